// SPDX-License-Identifier: GPL-3.0-or-later
// Files in S3: against a real server, and for what that one cannot do against a scripted one that checks signatures.
#include "remote_fixture.h"
#include "tests/support/peers/s3_peer.h"
#include "tests/support/result_checks.h"
#include "workbook_fixture.h"

#include <QTest>

#include <sys/resource.h>

using namespace idstore;
using namespace Qt::StringLiterals;
using test::HttpPeer;
using test::PeerAnswer;
using test::PeerRequest;

namespace {

const QByteArray people = "id,name\n1,Ada\n2,Bo\n";
const std::vector<Row> peopleRows{{"1", "Ada"}, {"2", "Bo"}};

PeerAnswer s3Refusal(int status, const QByteArray &code, const QByteArray &more = {},
                     const QList<QByteArray> &fields = {})
{
    return PeerAnswer::of(status, "<Error><Code>" + code + "</Code><Message>no</Message>" + more + "</Error>", fields);
}

} // namespace

class TestS3Csv : public QObject
{
    Q_OBJECT

    std::unique_ptr<test::S3Peer> m_peer;
    std::unique_ptr<RemoteFixture> m_source;

    /// A source at a scripted server that first checks the signature.
    QJsonObject at(const HttpPeer &peer) const
    {
        return {{u"endpoint"_s, peer.url({}).toString()}, {u"key"_s, u"people.csv"_s}};
    }

    HttpPeer::Script checked(const std::function<PeerAnswer(const PeerRequest &)> &answer,
                             const QString &region = u"us-east-1"_s)
    {
        return [=, this](const PeerRequest &request) {
            if (!test::isSignedForS3(request, m_source->credentials, region))
                return s3Refusal(403, "SignatureDoesNotMatch");
            return answer(request);
        };
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_peer = std::make_unique<test::S3Peer>();
        QVERIFY2(m_peer->problem().isEmpty(), qPrintable(m_peer->problem()));
    }
    void cleanupTestCase() { m_peer.reset(); }

    void init()
    {
        m_source = std::make_unique<RemoteFixture>(u"s3_csv");
        m_source->config = m_peer->config();
        m_source->credentials = m_peer->credentials();
    }
    void cleanup() { m_source.reset(); }

    void object_isReadOnceUntilItChanges();
    void objectNames_ofEveryKind_areFound();
    void workbooksAndArchives_areRead();
    void severalObjects_areOneTable();
    void manyObjects_areListedToTheEnd();
    void bucketBeforeTheHost_isReached();
    void publicBucket_isReadWithoutSignature();
    void refusals_areNamed();
    void connectionTest_stopsAtTheStepThatFails();
    void badConfig_isRefusedByField();

    void sessionToken_isSignedAndItsFaultsNamed();
    void otherRegion_isFollowedOnce();
    void otherRegion_thatIsNotTaken_isNamed();
    void redirect_isNotFollowed();
    void busyStore_isUnavailable();
    void busyStore_canBeCancelled();
    void halfAnAnswer_isNeverATable();
    void halfAnAnswer_isFetchedAnew_neverMixed();
    void objectChangedDuringTheDownload_isFetchedAnew();
    void objectThatAlwaysChanges_isGivenUp();
    void silentStore_isGivenUp();
    void compressionBomb_isStopped();
};

void TestS3Csv::object_isReadOnceUntilItChanges()
{
    QVERIFY(m_peer->put(u"in/people.csv"_s, people));
    const QJsonObject which{{u"key"_s, u"in/people.csv"_s}};
    const auto first = m_source->run(which);
    QVERIFY2(!first.table.error, qPrintable(m_source->refusal(first)));
    QCOMPARE(first.table.names, (QStringList{u"id"_s, u"name"_s}));
    QCOMPARE(shown(first.table.rows), shown(peopleRows));

    const auto second = m_source->run(which, first.state);
    QVERIFY(second.unchanged);
    QCOMPARE(second.state, first.state);

    QVERIFY(m_peer->put(u"in/people.csv"_s, "id,name\n3,Cy\n"));
    const auto third = m_source->run(which, second.state);
    QVERIFY(!third.unchanged);
    QCOMPARE(shown(third.table.rows), shown({{"3", "Cy"}}));
    QVERIFY(third.state != first.state);
}

void TestS3Csv::objectNames_ofEveryKind_areFound()
{
    for (const QString &key :
         {u"a b+c.csv"_s, u"Ünï/côdé ☃.csv"_s, u"q?a=b&c#d.csv"_s, u"100%.csv"_s, u"it's (1)!*.csv"_s}) {
        QVERIFY(m_peer->put(key, people));
        const auto outcome = m_source->run({{u"key"_s, key}});
        QVERIFY2(!outcome.table.error, qPrintable(key + m_source->refusal(outcome)));
        QCOMPARE(shown(outcome.table.rows), shown(peopleRows));
    }
}

void TestS3Csv::workbooksAndArchives_areRead()
{
    const QByteArray workbook = zipped(xlsxParts(
        R"(<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c></row><row r="2"><c r="A2"><v>1</v></c></row>)"));
    QVERIFY(m_peer->put(u"p.xlsx"_s, workbook));
    QVERIFY(m_peer->put(u"p.csv.gz"_s, gzipped(people)));
    QVERIFY(m_peer->put(u"p.zip"_s, zipped({{"people.csv", people}})));
    QVERIFY(m_peer->put(u"encoded.csv"_s, gzipped(people), "gzip"));
    QCOMPARE(shown(m_source->run({{u"key"_s, u"p.xlsx"_s}}).table.rows), shown({{"1"}}));
    for (const QString &key : {u"p.csv.gz"_s, u"p.zip"_s, u"encoded.csv"_s})
        QCOMPARE(shown(m_source->run({{u"key"_s, key}}).table.rows), shown(peopleRows));
}

void TestS3Csv::severalObjects_areOneTable()
{
    QVERIFY(m_peer->put(u"days/2026-01.csv"_s, "id,name\n1,Ada\n"));
    QVERIFY(m_peer->put(u"days/2026-02.csv"_s, "id,town\n2,Oslo\n"));
    QVERIFY(m_peer->put(u"days/notes.txt"_s, "not meant"));
    QVERIFY(m_peer->put(u"days/_SUCCESS.csv"_s, {}));
    QVERIFY(m_peer->put(u"days/old/2025.csv"_s, "id,name\n0,Old\n"));
    const QJsonObject which{{u"prefix"_s, u"days/"_s}, {u"pattern"_s, u"*.csv"_s}};
    const auto first = m_source->run(which);
    QVERIFY2(!first.table.error, qPrintable(m_source->refusal(first)));
    QCOMPARE(first.table.names, (QStringList{u"id"_s, u"name"_s, u"town"_s, u"source_file"_s}));
    QCOMPARE(shown(first.table.rows),
             shown({{"1", "Ada", null, "days/2026-01.csv"}, {"2", null, "Oslo", "days/2026-02.csv"}}));
    QVERIFY(m_source->run(which, first.state).unchanged);

    // One that changed, one that came and one that went: all are read anew.
    QVERIFY(m_peer->put(u"days/2026-02.csv"_s, "id,town\n2,Rome\n"));
    const auto changed = m_source->run(which, first.state);
    QVERIFY(!changed.unchanged);
    QCOMPARE(changed.table.rows.size(), 2U);
    QVERIFY(m_peer->put(u"days/2026-03.csv"_s, "id,name\n3,Cy\n"));
    const auto more = m_source->run(which, changed.state);
    QVERIFY(!more.unchanged);
    QCOMPARE(more.table.rows.size(), 3U);
}

void TestS3Csv::manyObjects_areListedToTheEnd()
{
    // Three pages, and a token that has to be signed as it is encoded.
    const HttpPeer peer(checked([](const PeerRequest &request) {
        if (!request.target.contains("list-type=2"))
            return PeerAnswer::of(200, "id\n1\n");
        const int page = request.target.contains("continuation-token=to%2Fken%2B1%3D")   ? 1
                         : request.target.contains("continuation-token=to%2Fken%2B2%3D") ? 2
                                                                                         : 0;
        QByteArray xml = "<ListBucketResult><IsTruncated>" + QByteArray(page < 2 ? "true" : "false") + "</IsTruncated>";
        if (page < 2)
            xml += "<NextContinuationToken>to/ken+" + QByteArray::number(page + 1) + "=</NextContinuationToken>";
        for (int i = 0; i < 20; ++i)
            xml += "<Contents><Key>p" + QByteArray::number(page * 20 + i) + ".csv</Key><Size>5</Size><ETag>&quot;e" +
                   QByteArray::number(i) + "&quot;</ETag></Contents>";
        return PeerAnswer::of(200, xml + "</ListBucketResult>");
    }));
    // More of them than may be open at first.
    rlimit before{};
    QCOMPARE(getrlimit(RLIMIT_NOFILE, &before), 0);
    rlimit tight = before;
    tight.rlim_cur = 50;
    QCOMPARE(setrlimit(RLIMIT_NOFILE, &tight), 0);
    const auto outcome =
        m_source->run({{u"endpoint"_s, peer.url({}).toString()}, {u"prefix"_s, u"p"_s}, {u"pattern"_s, u"*.csv"_s}});
    QCOMPARE(setrlimit(RLIMIT_NOFILE, &before), 0);
    QVERIFY2(!outcome.table.error, qPrintable(m_source->refusal(outcome)));
    QCOMPARE(outcome.table.rows.size(), 60U);
}

void TestS3Csv::bucketBeforeTheHost_isReached()
{
    const HttpPeer peer(checked([](const PeerRequest &) { return PeerAnswer::of(200, people); }));
    const auto outcome = m_source->run({{u"key"_s, u"/in//people.csv"_s},
                                        {u"endpoint"_s, peer.url({}, u"s3.localhost"_s).toString()},
                                        {u"path_style"_s, false}});
    QVERIFY2(!outcome.table.error, qPrintable(m_source->refusal(outcome)));
    QCOMPARE(shown(outcome.table.rows), shown(peopleRows));
    QCOMPARE(peer.requests()[0].header("Host"), "contacts.s3.localhost:" + QByteArray::number(peer.port()));
    QCOMPARE(peer.requests()[0].target, "//in//people.csv"_ba);
}

void TestS3Csv::publicBucket_isReadWithoutSignature()
{
    QVERIFY(m_peer->put(u"public.csv"_s, people));
    m_source->credentials = {};
    QCOMPARE(shown(m_source->run({{u"key"_s, u"public.csv"_s}}).table.rows), shown(peopleRows));
    const HttpPeer peer([](const PeerRequest &request) {
        return request.has("Authorization") ? PeerAnswer::of(500) : s3Refusal(403, "AccessDenied");
    });
    QCOMPARE(m_source->refusal(m_source->run(at(peer))), u"key_needed"_s);
}

void TestS3Csv::refusals_areNamed()
{
    const auto refused = [this](const QJsonObject &more) { return m_source->refusal(m_source->preview(more)); };
    const QJsonObject any{{u"key"_s, u"in/people.csv"_s}};
    QVERIFY(m_peer->put(u"in/people.csv"_s, people));
    QVERIFY(m_peer->put(u"page.csv"_s, "<!DOCTYPE html><html><body>Sign in</body></html>"));
    QCOMPARE(refused({{u"key"_s, u"in/nobody.csv"_s}}), u"object_not_found"_s);
    QCOMPARE(refused({{u"key"_s, u"p.csv"_s}, {u"bucket"_s, u"elsewhere"_s}}), u"bucket_not_found"_s);
    QCOMPARE(refused({{u"prefix"_s, u"in/"_s}, {u"bucket"_s, u"elsewhere"_s}}), u"bucket_not_found"_s);
    QCOMPARE(refused({{u"prefix"_s, u"nowhere/"_s}}), u"no_file_matches"_s);
    QCOMPARE(refused({{u"key"_s, u"page.csv"_s}}), u"not_a_table"_s);
    QCOMPARE(refused({{u"key"_s, u"p.csv"_s}, {u"endpoint"_s, u"https://no-such-host.invalid"_s}}),
             u"host_not_found"_s);
    QCOMPARE(refused({{u"key"_s, u"p.csv"_s}, {u"endpoint"_s, u"http://127.0.0.1:1"_s}}), u"connection_refused"_s);
    QCOMPARE(refused({{u"key"_s, u"in/people.csv"_s}, {u"max_bytes"_s, 10}}), u"answer_too_large"_s);
    m_source->credentials[u"secret_access_key"_s] = u"cAnArY/wrong/secret"_s;
    QCOMPARE(refused(any), u"wrong_key"_s);
    QCOMPARE(refused({{u"prefix"_s, u"in/"_s}}), u"wrong_key"_s);
    m_source->credentials[u"access_key_id"_s] = u"AKIANOBODY"_s;
    QCOMPARE(refused(any), u"unknown_key"_s);
    m_source->credentials[u"secret_access_key"_s] = u"cAnArY with\na line"_s;
    const auto malformed = m_source->preview(any);
    QCOMPARE(m_source->refusal(malformed), u"access_key_malformed"_s);
    QCOMPARE(malformed.table.error->fields.value(0).field, u"credentials.secret_access_key"_s);
    QVERIFY(malformed.table.error->kind == ErrorKind::InvalidInput);
}

void TestS3Csv::connectionTest_stopsAtTheStepThatFails()
{
    QVERIFY(m_peer->put(u"in/people.csv"_s, people));
    const QJsonObject which{{u"key"_s, u"in/people.csv"_s}};
    QCOMPARE(m_source->failedStep(which), u"ok"_s);
    QCOMPARE(m_source->failedStep({{u"key"_s, u"p"_s}, {u"endpoint"_s, u"http://127.0.0.1:1"_s}}), u"0"_s);
    QCOMPARE(m_source->failedStep({{u"key"_s, u"p"_s}, {u"bucket"_s, u"elsewhere"_s}}), u"2"_s);
    QCOMPARE(m_source->failedStep({{u"key"_s, u"p"_s}}), u"2"_s);
    m_source->credentials[u"secret_access_key"_s] = u"cAnArY/wrong/secret"_s;
    QCOMPARE(m_source->failedStep(which), u"1"_s);
}

void TestS3Csv::badConfig_isRefusedByField()
{
    const auto fields = [this](const QJsonObject &more) {
        QStringList names;
        for (const FieldError &problem : m_source->connector().checkConfig(m_source->request(more).config))
            names.append(problem.field);
        return names;
    };
    const QJsonObject one{{u"key"_s, u"p.csv"_s}};
    QCOMPARE(fields(one), QStringList());
    for (const auto &[name, value] : {std::pair{u"endpoint"_s, u"http://store.example.com"_s},
                                      {u"endpoint"_s, u"store.example.com"_s},
                                      {u"region"_s, u"eu/central"_s},
                                      {u"region"_s, u""_s}}) {
        const QStringList refused = fields({{u"key"_s, u"p.csv"_s}, {name, value}});
        QVERIFY2(refused.contains(u"config."_s + name), qPrintable(refused.join(u' ')));
    }
    const auto outcome = m_source->run({{u"key"_s, u"p"_s}, {u"bucket"_s, u"a/b"_s}, {u"path_style"_s, false}});
    QCOMPARE(m_source->refusal(outcome), u"bucket_malformed"_s);
}

void TestS3Csv::sessionToken_isSignedAndItsFaultsNamed()
{
    m_source->credentials[u"session_token"_s] = u"cAnArY/session+token=="_s;
    QByteArray code;
    const HttpPeer peer(checked(
        [&code](const PeerRequest &) { return code.isEmpty() ? PeerAnswer::of(200, people) : s3Refusal(400, code); }));
    QCOMPARE(shown(m_source->run(at(peer)).table.rows), shown(peopleRows));
    code = "ExpiredToken";
    QCOMPARE(m_source->refusal(m_source->run(at(peer))), u"access_expired"_s);
    code = "InvalidToken";
    QCOMPARE(m_source->refusal(m_source->run(at(peer))), u"wrong_token"_s);
    code = "RequestTimeTooSkewed";
    QCOMPARE(m_source->refusal(m_source->run(at(peer))), u"clock_wrong"_s);
}

void TestS3Csv::otherRegion_isFollowedOnce()
{
    const HttpPeer peer([this](const PeerRequest &request) {
        if (test::isSignedForS3(request, m_source->credentials, u"eu-central-1"_s))
            return PeerAnswer::of(200, people);
        return s3Refusal(400, "AuthorizationHeaderMalformed", "<Region>eu-central-1</Region>");
    });
    QCOMPARE(shown(m_source->run(at(peer)).table.rows), shown(peopleRows));
    QCOMPARE(peer.requests().size(), 2);
    QVERIFY(m_source->log().join(u' ').contains(u"eu-central-1"_s));
}

void TestS3Csv::otherRegion_thatIsNotTaken_isNamed()
{
    const HttpPeer peer([](const PeerRequest &) {
        return s3Refusal(301, "PermanentRedirect", {}, {"x-amz-bucket-region: eu-west-3"});
    });
    const auto outcome = m_source->run(at(peer));
    QCOMPARE(m_source->refusal(outcome), u"wrong_region"_s);
    QCOMPARE(peer.requests().size(), 2);
}

void TestS3Csv::redirect_isNotFollowed()
{
    const HttpPeer elsewhere([](const PeerRequest &) { return PeerAnswer::of(200, people); });
    const HttpPeer peer([&](const PeerRequest &) {
        return PeerAnswer::of(307, {}, {"Location: " + elsewhere.url(u"/people.csv"_s, u"localhost"_s).toEncoded()});
    });
    QCOMPARE(m_source->refusal(m_source->run(at(peer))), u"wrong_address"_s);
    QCOMPARE(elsewhere.requests().size(), 0);
}

void TestS3Csv::busyStore_isUnavailable()
{
    const HttpPeer peer(checked([](const PeerRequest &) { return s3Refusal(503, "SlowDown"); }));
    const auto outcome = m_source->preview(at(peer));
    QCOMPARE(m_source->refusal(outcome), u"store_busy"_s);
    QVERIFY(outcome.table.error->kind == ErrorKind::Unavailable);
    QCOMPARE(peer.requests().size(), 2);
    QVERIFY(peer.requests()[0].header("Authorization").startsWith("AWS4-HMAC-SHA256 "));
}

void TestS3Csv::busyStore_canBeCancelled()
{
    const HttpPeer peer(
        checked([](const PeerRequest &) { return s3Refusal(429, "SlowDown", {}, {"Retry-After: 600"}); }));
    // Seen waiting, and until when; whoever waits for it stops it then.
    QDateTime until;
    m_source->waiting = [&](const QDateTime &time) {
        if (time.isValid())
            until = time;
        m_source->cancel.cancel();
    };
    const auto outcome = m_source->run(at(peer));
    QVERIFY(outcome.table.error);
    QVERIFY(outcome.table.error->kind == ErrorKind::Cancelled);
    QVERIFY(until > QDateTime::currentDateTimeUtc().addSecs(500));
    QCOMPARE(peer.requests().size(), 1);
}

void TestS3Csv::halfAnAnswer_isNeverATable()
{
    const HttpPeer peer(checked([](const PeerRequest &) {
        PeerAnswer half = PeerAnswer::of(200, largeTable(100'000, "half"));
        half.bytes.chop(50'000);
        half.then = PeerAnswer::Then::Close;
        return half;
    }));
    QCOMPARE(m_source->refusal(m_source->preview(at(peer))), u"connection_lost"_s);
}

void TestS3Csv::halfAnAnswer_isFetchedAnew_neverMixed()
{
    int fetches = 0;
    const HttpPeer peer(checked([&](const PeerRequest &) {
        if (++fetches > 1)
            return PeerAnswer::of(200, "id,name\n7,new\n", {"ETag: \"v2\""});
        PeerAnswer half = PeerAnswer::of(200, largeTable(300'000, "old"), {"ETag: \"v1\""});
        half.bytes.chop(100'000);
        half.then = PeerAnswer::Then::Close;
        return half;
    }));
    const auto outcome = m_source->run(at(peer));
    QVERIFY2(!outcome.table.error, qPrintable(m_source->refusal(outcome)));
    QCOMPARE(shown(outcome.table.rows), shown({{"7", "new"}}));
    QCOMPARE(outcome.state[u"files"_s][u"people.csv"_s].toString(), u"\"v2\""_s);
}

void TestS3Csv::objectChangedDuringTheDownload_isFetchedAnew()
{
    // It is v1 when the first download begins, and v2 when it is over.
    int requests = 0;
    const HttpPeer peer(checked([&](const PeerRequest &request) {
        const QByteArray now = ++requests == 1 ? "old" : "new";
        if (request.header("If-None-Match") == '"' + now + '"')
            return PeerAnswer::of(304);
        return PeerAnswer::of(200, largeTable(1'500'000, now), {"ETag: \"" + now + '"'});
    }));
    const auto outcome = m_source->run(at(peer));
    QVERIFY2(!outcome.table.error, qPrintable(m_source->refusal(outcome)));
    for (const Row &row : outcome.table.rows)
        QCOMPARE(*row[1], "new");
    QCOMPARE(outcome.state[u"files"_s][u"people.csv"_s].toString(), u"\"new\""_s);
    // Asked: the file, whether it is still that one, the file, whether it is still that one.
    QCOMPARE(requests, 4);
}

void TestS3Csv::objectThatAlwaysChanges_isGivenUp()
{
    int requests = 0;
    const HttpPeer peer(checked([&](const PeerRequest &) {
        const QByteArray now = QByteArray::number(++requests);
        return PeerAnswer::of(200, largeTable(1'500'000, now), {"ETag: \"" + now + '"'});
    }));
    QCOMPARE(m_source->refusal(m_source->run(at(peer))), u"object_changed"_s);
}

void TestS3Csv::silentStore_isGivenUp()
{
    const HttpPeer peer([](const PeerRequest &) { return PeerAnswer{{}, PeerAnswer::Then::Hang}; });
    QJsonObject which = at(peer);
    which.insert(u"timeout_seconds"_s, 1);
    QCOMPARE(m_source->refusal(m_source->preview(which)), u"timed_out"_s);
}

void TestS3Csv::compressionBomb_isStopped()
{
    const QByteArray bomb = gzipped(QByteArray(80'000'000, '0'));
    const HttpPeer peer(checked([&bomb](const PeerRequest &) {
        return PeerAnswer::of(200, bomb, {"Content-Encoding: gzip", "ETag: \"b\""});
    }));
    QCOMPARE(m_source->refusal(m_source->run(at(peer))), u"answer_too_large"_s);
}

QTEST_GUILESS_MAIN(TestS3Csv)
#include "tst_s3_csv.moc"
