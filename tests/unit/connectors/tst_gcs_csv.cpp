// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/cloud/gcs_store.h"
#include "connectors/remote/remote_tables.h"
#include "remote_fixture.h"
#include "tests/support/peers/google_storage_peer.h"
#include "tests/support/result_checks.h"
#include "workbook_fixture.h"

#include <QJsonDocument>
#include <QTest>

#include <zlib.h>

using namespace idstore;
using namespace Qt::StringLiterals;
using test::GoogleCall;
using test::GoogleStoragePeer;
using test::PeerAnswer;

namespace {

const QByteArray people = "id,name\n1,Ada\n2,Bo\n";
const std::vector<Row> peopleRows = {{"1", "Ada"}, {"2", "Bo"}};

QByteArray gzipped(const QByteArray &bytes)
{
    QByteArray packed(bytes.size() + 100, Qt::Uninitialized);
    z_stream stream{};
    constexpr int gzipWindow = 15 + 16;
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, gzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        qFatal("zlib");
    QByteArray input = bytes;
    stream.next_in = reinterpret_cast<Bytef *>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = reinterpret_cast<Bytef *>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.truncate(static_cast<qsizetype>(stream.total_out));
    deflateEnd(&stream);
    return packed;
}

bool isMedia(const GoogleCall &call)
{
    return call.read.value(u"alt"_s) == u"media";
}

} // namespace

/// Against a server that holds every request to the vendor's description and judges assertions and tokens.
class TestGcsCsv : public QObject
{
    Q_OBJECT

    std::unique_ptr<RemoteFixture> m_source;
    std::unique_ptr<GoogleStoragePeer> m_google;

    [[nodiscard]] QJsonObject config(const QJsonObject &more) const
    {
        QJsonObject config{{u"bucket"_s, u"people-1"_s}, {u"base_url"_s, m_google->peer.baseUrl()}};
        for (auto it = more.begin(); it != more.end(); ++it)
            config.insert(it.key(), it.value());
        return config;
    }
    [[nodiscard]] ReadRequest one(const QString &object, const QJsonObject &more = {}) const
    {
        QJsonObject fields = more;
        fields.insert(u"object"_s, object);
        return m_source->request(config(fields), m_google->peer.credentials());
    }
    [[nodiscard]] ReadRequest several(const QJsonObject &more) const
    {
        return m_source->request(config(more), m_google->peer.credentials());
    }
    /// What must stand in no message and no log.
    [[nodiscard]] QList<QByteArray> secrets() const
    {
        return m_google->peer.tokens() + QList{m_google->peer.account().privateKey()};
    }
    /// The error that opening the file ends in, with little patience for a server that fails.
    [[nodiscard]] Result<QByteArray> fetchedImpatiently(int attempts) const
    {
        const ReadRequest request = one(u"people.csv"_s);
        http::ClientSettings settings = clientSettings(request);
        settings.retry.attempts = attempts;
        settings.retry.firstDelay = std::chrono::milliseconds(1);
        settings.silence = std::chrono::seconds(1);
        IDS_TRY(store, cloud::openGcsStore(request, settings));
        IDS_TRY(files, store->list());
        IDS_TRY(scratch, ScratchFile::create(m_source->scratchFolder()));
        IDS_TRY(fetched, store->fetch(files.first(), {}, std::move(scratch), {}));
        QFile file(fetched->content->readablePath());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private Q_SLOTS:
    void init();
    void cleanup();

    void object_isReadWithAToken();
    void object_unchanged_isNotFetched();
    void object_replaced_isFetchedAgain();
    void objects_overSeveralPages_areOneTable();
    void objects_noneMatching_isAnError();
    void object_packedOrWorkbook_isRead();
    void object_anyName_isFound();
    void publicBucket_needsNoCredentials();
    void preview_fetchesASample();

    void object_replacedBetweenLookAndFetch_isTheNewOne();
    void object_replacedAfterHalfOfIt_isTheNewOne();
    void object_replacedAgainAndAgain_isAnError();
    void object_conditionIgnored_isNoticed();

    void token_holds_isKept();
    void token_aboutToExpire_isRenewed();
    void token_revokedBetweenRequests_isRenewedOnce();
    void token_refusedForEver_isAnError();
    void token_endpointRefuses_isNamed_data();
    void token_endpointRefuses_isNamed();

    void refusal_isNamed_data();
    void refusal_isNamed();
    void server_busyForAWhile_isWaitedFor();
    void server_failing_isNamed_data();
    void server_failing_isNamed();
    void largerThanAllowed_isRefused();
    void cancelled_endsAtOnce();
    void connectionTest_namesTheStep();
};

void TestGcsCsv::init()
{
    m_source = std::make_unique<RemoteFixture>(u"gcs_csv");
    m_google = std::make_unique<GoogleStoragePeer>();
    m_google->put(u"people-1"_s, u"people.csv"_s, people);
}

void TestGcsCsv::cleanup()
{
    QCOMPARE(m_google->peer.problems(), QStringList());
    QVERIFY(m_source->leftNothingBehind());
    QCOMPARE(m_source->leak(secrets()), QByteArray());
}

void TestGcsCsv::object_isReadWithAToken()
{
    const ReadTable table = m_source->read(one(u"people.csv"_s));
    QVERIFY2(!table.error, table.error ? qPrintable(table.error->logLine()) : "");
    QCOMPARE(table.names, QStringList({u"id"_s, u"name"_s}));
    QCOMPARE(table.rows, peopleRows);
    QCOMPARE(m_google->peer.tokensIssued(), 1);
    QCOMPARE(m_google->peer.operations(), QStringList({u"storage.objects.get"_s, u"storage.objects.get"_s}));
}

void TestGcsCsv::object_unchanged_isNotFetched()
{
    ReadRequest request = one(u"people.csv"_s);
    {
        const auto first = m_source->open(request);
        IDS_VERIFY_OK(first);
        QVERIFY(!(*first)->isUnchanged());
        request.state = (*first)->state();
    }
    m_google->peer.forgetOperations();
    m_google->peer.intervention = [](const GoogleCall &call) -> std::optional<PeerAnswer> {
        if (isMedia(call))
            return PeerAnswer::of(500);
        return std::nullopt;
    };
    const auto second = m_source->open(request);
    IDS_VERIFY_OK(second);
    QVERIFY((*second)->isUnchanged());
    QCOMPARE((*second)->state(), request.state);
    QCOMPARE(m_google->peer.operations().size(), 1);
}

void TestGcsCsv::object_replaced_isFetchedAgain()
{
    ReadRequest request = one(u"people.csv"_s);
    {
        const auto first = m_source->open(request);
        IDS_VERIFY_OK(first);
        request.state = (*first)->state();
    }
    // The very same bytes are a new generation all the same.
    m_google->put(u"people-1"_s, u"people.csv"_s, people);
    const ReadTable again = m_source->read(request);
    QVERIFY(!again.error);
    QCOMPARE(again.rows, peopleRows);
    // Another name has no state in common with this one.
    m_google->put(u"people-1"_s, u"other.csv"_s, "id,name\n3,Cy\n");
    ReadRequest other = one(u"other.csv"_s);
    other.state = request.state;
    QCOMPARE(m_source->read(other).rows, std::vector<Row>({{"3", "Cy"}}));
}

void TestGcsCsv::objects_overSeveralPages_areOneTable()
{
    m_google->pageSize = 2;
    for (int i = 1; i <= 5; ++i)
        m_google->put(u"people-1"_s, u"in/part-%1.csv"_s.arg(i), "id,name\n" + QByteArray::number(i) + ",N\n");
    m_google->put(u"people-1"_s, u"in/notes.txt"_s, "not this one");
    m_google->put(u"people-1"_s, u"in/old/part-0.csv"_s, "id,name\n0,N\n");
    m_google->put(u"people-1"_s, u"in/_SUCCESS.csv"_s, {});
    ReadRequest request = several({{u"prefix"_s, u"in/"_s}, {u"pattern"_s, u"*.csv"_s}});
    const ReadTable table = m_source->read(request);
    QVERIFY2(!table.error, table.error ? qPrintable(table.error->logLine()) : "");
    QCOMPARE(table.rows.size(), 5u);
    QCOMPARE(table.rows.front(), Row({"1", "N", "in/part-1.csv"}));
    QCOMPARE(table.rows.back(), Row({"5", "N", "in/part-5.csv"}));
    QCOMPARE(m_google->peer.operations().count(u"storage.objects.list"_s), 4); // 8 objects, 2 a page
    QCOMPARE(m_google->peer.operations().count(u"storage.objects.get"_s), 5);
    {
        const auto first = m_source->open(request);
        IDS_VERIFY_OK(first);
        request.state = (*first)->state();
    }
    {
        const auto unchanged = m_source->open(request);
        IDS_VERIFY_OK(unchanged);
        QVERIFY((*unchanged)->isUnchanged());
    }
    m_google->put(u"people-1"_s, u"in/part-6.csv"_s, "id,name\n6,N\n");
    QCOMPARE(m_source->read(request).rows.size(), 6u);
}

void TestGcsCsv::objects_noneMatching_isAnError()
{
    const ReadTable table = m_source->read(several({{u"prefix"_s, u"nothing/"_s}}));
    QCOMPARE(table.error.value_or(Error()).code, u"no_file_matches"_s);
}

void TestGcsCsv::object_packedOrWorkbook_isRead()
{
    m_google->put(u"people-1"_s, u"people.csv.gz"_s, gzipped(people));
    m_google->put(u"people-1"_s, u"transcoded.csv"_s, gzipped(people), "gzip");
    m_google->put(u"people-1"_s, u"people.zip"_s, zipped({{"people.csv", people}}));
    for (const QString &name : {u"people.csv.gz"_s, u"transcoded.csv"_s, u"people.zip"_s}) {
        const ReadTable table = m_source->read(one(name));
        QVERIFY2(!table.error, table.error ? qPrintable(table.error->logLine()) : "");
        QCOMPARE(table.rows, peopleRows);
    }
    m_google->put(u"people-1"_s, u"people.xlsx"_s,
                  zipped(xlsxParts(R"(<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c></row>)"
                                   R"(<row r="2"><c r="A2"><v>7</v></c></row>)")));
    const ReadTable workbook = m_source->read(one(u"people.xlsx"_s));
    QVERIFY(!workbook.error);
    QCOMPARE(workbook.rows, std::vector<Row>({{"7"}}));
}

void TestGcsCsv::object_anyName_isFound()
{
    for (const QString &name : {u"a/b c/päople #1?.csv"_s, u"../up.csv"_s, u"100%25.csv"_s, u"a+b&c=d.csv"_s}) {
        m_google->put(u"people-1"_s, name, people);
        const ReadTable table = m_source->read(one(name));
        QVERIFY2(!table.error, table.error ? qPrintable(name + table.error->logLine()) : "");
        QCOMPARE(table.rows, peopleRows);
    }
}

void TestGcsCsv::publicBucket_needsNoCredentials()
{
    m_google->publish(u"people-1"_s);
    const ReadTable table = m_source->read(m_source->request(config({{u"object"_s, u"people.csv"_s}})));
    QVERIFY(!table.error);
    QCOMPARE(table.rows, peopleRows);
    QCOMPARE(m_google->peer.tokensIssued(), 0);
    for (const auto &request : m_google->peer.requests())
        QVERIFY(!request.has("Authorization"));
    // A compatible service of one's own is named by its endpoint.
    const QJsonObject own{
        {u"bucket"_s, u"people-1"_s}, {u"object"_s, u"people.csv"_s}, {u"endpoint"_s, m_google->peer.baseUrl()}};
    QCOMPARE(m_source->read(m_source->request(own)).rows, peopleRows);
}

void TestGcsCsv::preview_fetchesASample()
{
    QByteArray large = "id,name\n";
    while (large.size() < 20'000'000)
        large += QByteArray::number(large.size()) + ",somebody with quite a long name\n";
    m_google->put(u"people-1"_s, u"large.csv"_s, large);
    ReadRequest request = one(u"large.csv"_s);
    request.sampleRows = 100;
    const auto reader = m_source->open(request);
    IDS_VERIFY_OK(reader);
    QVERIFY(*(*reader)->totalBytes() < 10'000'000);
}

void TestGcsCsv::object_replacedBetweenLookAndFetch_isTheNewOne()
{
    int fetches = 0;
    m_google->peer.intervention = [&](const GoogleCall &call) -> std::optional<PeerAnswer> {
        if (isMedia(call) && ++fetches == 1)
            m_google->put(u"people-1"_s, u"people.csv"_s, "id,name\n9,New\n");
        return std::nullopt;
    };
    ReadRequest request = one(u"people.csv"_s);
    {
        const auto reader = m_source->open(request);
        IDS_VERIFY_OK(reader);
        request.state = (*reader)->state();
    }
    QCOMPARE(fetches, 2);
    // What is remembered is the generation of these very rows.
    const auto again = m_source->open(request);
    IDS_VERIFY_OK(again);
    QVERIFY((*again)->isUnchanged());
    request.state = {};
    QCOMPARE(m_source->read(request).rows, std::vector<Row>({{"9", "New"}}));
}

void TestGcsCsv::object_replacedAfterHalfOfIt_isTheNewOne()
{
    QByteArray old = "id,name\n";
    for (int i = 0; i < 50'000; ++i)
        old += QByteArray::number(i) + ",Old\n";
    m_google->put(u"people-1"_s, u"people.csv"_s, old);
    int fetches = 0;
    m_google->peer.intervention = [&](const GoogleCall &call) -> std::optional<PeerAnswer> {
        if (!isMedia(call) || ++fetches > 1)
            return std::nullopt;
        PeerAnswer half = PeerAnswer::of(200, old);
        half.bytes.truncate(half.bytes.size() / 2);
        half.then = PeerAnswer::Then::Close;
        m_google->put(u"people-1"_s, u"people.csv"_s, "id,name\n9,New\n");
        return half;
    };
    const ReadTable table = m_source->read(one(u"people.csv"_s));
    QVERIFY2(!table.error, table.error ? qPrintable(table.error->logLine()) : "");
    QCOMPARE(table.rows, std::vector<Row>({{"9", "New"}}));
    QCOMPARE(fetches, 3); // half of the old one, its generation refused, the new one
    QVERIFY(m_source->log.text().contains(u"replaced while it was fetched"));
}

void TestGcsCsv::object_replacedAgainAndAgain_isAnError()
{
    m_google->peer.intervention = [&](const GoogleCall &call) -> std::optional<PeerAnswer> {
        if (isMedia(call))
            m_google->put(u"people-1"_s, u"people.csv"_s, people);
        return std::nullopt;
    };
    IDS_VERIFY_ERROR(m_source->open(one(u"people.csv"_s)), ErrorKind::Source, "object_changed");
}

void TestGcsCsv::object_conditionIgnored_isNoticed()
{
    // A server in between that answers with what it has, whatever the conditions.
    int fetches = 0;
    m_google->peer.intervention = [&](const GoogleCall &call) -> std::optional<PeerAnswer> {
        if (isMedia(call) && ++fetches == 1)
            return PeerAnswer::of(200, "id,name\n0,Stale\n", {"x-goog-generation: 12"});
        return std::nullopt;
    };
    const ReadTable table = m_source->read(one(u"people.csv"_s));
    QCOMPARE(table.rows, peopleRows);
    QCOMPARE(fetches, 2);
}

void TestGcsCsv::token_holds_isKept()
{
    for (int i = 1; i <= 4; ++i)
        m_google->put(u"people-1"_s, u"in/%1.csv"_s.arg(i), people);
    QVERIFY(!m_source->read(several({{u"prefix"_s, u"in/"_s}})).error);
    QCOMPARE(m_google->peer.tokensIssued(), 1);
}

void TestGcsCsv::token_aboutToExpire_isRenewed()
{
    m_google->peer.tokenSeconds = 60; // less than a request may take
    QCOMPARE(m_source->read(one(u"people.csv"_s)).rows, peopleRows);
    QCOMPARE(m_google->peer.tokensIssued(), 2);
}

void TestGcsCsv::token_revokedBetweenRequests_isRenewedOnce()
{
    bool revoked = false;
    m_google->peer.intervention = [&](const GoogleCall &call) -> std::optional<PeerAnswer> {
        if (!isMedia(call) || revoked)
            return std::nullopt;
        revoked = true;
        m_google->peer.revokeTokens();
        return test::googleError(401, "Invalid Credentials", "authError");
    };
    const ReadTable table = m_source->read(one(u"people.csv"_s));
    QVERIFY2(!table.error, table.error ? qPrintable(table.error->logLine()) : "");
    QCOMPARE(table.rows, peopleRows);
    QCOMPARE(m_google->peer.tokensIssued(), 2);
}

void TestGcsCsv::token_refusedForEver_isAnError()
{
    m_google->peer.intervention = [](const GoogleCall &) -> std::optional<PeerAnswer> {
        return test::googleError(401, "Invalid Credentials", "authError");
    };
    const ReadTable table = m_source->read(one(u"people.csv"_s));
    QCOMPARE(table.error.value_or(Error()).code, u"wrong_token"_s);
    QCOMPARE(m_google->peer.tokensIssued(), 2);
    QCOMPARE(m_source->leak(secrets(), table.error), QByteArray());
}

void TestGcsCsv::token_endpointRefuses_isNamed_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("code");
    QTest::newRow("deleted account")
        << 400 << QByteArray(R"({"error":"invalid_grant","error_description":"Invalid grant: account not found"})")
        << u"unknown_key"_s;
    QTest::newRow("deleted key") << 400
                                 << QByteArray(
                                        R"({"error":"invalid_grant","error_description":"Invalid JWT Signature."})")
                                 << u"wrong_key"_s;
    QTest::newRow("clock")
        << 400
        << QByteArray(
               R"({"error":"invalid_grant","error_description":"Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim."})")
        << u"clock_wrong"_s;
    QTest::newRow("no JSON") << 200 << QByteArray("<html>Sign in to the hotel's network</html>")
                             << u"token_unreadable"_s;
    QTest::newRow("another type") << 200
                                  << QByteArray(
                                         R"({"access_token":"ya29.canary-x","token_type":"MAC","expires_in":3599})")
                                  << u"token_unreadable"_s;
}

void TestGcsCsv::token_endpointRefuses_isNamed()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QString, code);
    m_google->peer.tokenIntervention = [&](const GoogleCall &) -> std::optional<PeerAnswer> {
        return PeerAnswer::of(status, body, {"Content-Type: application/json"});
    };
    const ReadTable table = m_source->read(one(u"people.csv"_s));
    QCOMPARE(table.error.value_or(Error()).code, code);
    QVERIFY(!table.error->remedy.isEmpty());
    QCOMPARE(m_source->leak(secrets() + QList<QByteArray>{"ya29.canary-x"}, table.error), QByteArray());
}

void TestGcsCsv::refusal_isNamed_data()
{
    QTest::addColumn<QString>("bucket");
    QTest::addColumn<QString>("object");
    QTest::addColumn<bool>("anonymous");
    QTest::addColumn<QString>("code");
    QTest::newRow("bucket") << u"elsewhere"_s << u"people.csv"_s << false << u"bucket_not_found"_s;
    QTest::newRow("object") << u"people-1"_s << u"poeple.csv"_s << false << u"object_not_found"_s;
    QTest::newRow("not allowed") << u"locked"_s << u"people.csv"_s << false << u"access_denied"_s;
    QTest::newRow("list not allowed") << u"locked"_s << QString() << false << u"access_denied"_s;
    QTest::newRow("not public") << u"people-1"_s << u"people.csv"_s << true << u"key_needed"_s;
    QTest::newRow("no table") << u"people-1"_s << u"page.csv"_s << false << u"not_a_table"_s;
}

void TestGcsCsv::refusal_isNamed()
{
    QFETCH(QString, bucket);
    QFETCH(QString, object);
    QFETCH(bool, anonymous);
    QFETCH(QString, code);
    m_google->put(u"locked"_s, u"people.csv"_s, people);
    m_google->lock(u"locked"_s);
    m_google->put(u"people-1"_s, u"page.csv"_s, "<!DOCTYPE html><html><body>Hello</body></html>");
    ReadRequest request = object.isEmpty() ? several({{u"prefix"_s, u"in/"_s}}) : one(object);
    request.config.insert(u"bucket"_s, bucket);
    if (anonymous)
        request.credentials = {};
    const ReadTable table = m_source->read(request);
    QCOMPARE(table.error.value_or(Error()).code, code);
    QVERIFY(!table.error->message.isEmpty() && !table.error->remedy.isEmpty());
    QCOMPARE(m_source->leak(secrets(), table.error), QByteArray());
}

void TestGcsCsv::server_busyForAWhile_isWaitedFor()
{
    int requests = 0;
    m_google->peer.intervention = [&](const GoogleCall &) -> std::optional<PeerAnswer> {
        if (++requests == 1)
            return test::googleError(429, "Rate limit exceeded", "rateLimitExceeded", {}, {"Retry-After: 1"});
        return std::nullopt;
    };
    ReadRequest request = one(u"people.csv"_s);
    QList<QDateTime> waits;
    request.waiting = [&](const QDateTime &until) { waits.append(until); };
    QCOMPARE(m_source->read(request).rows, peopleRows);
    QCOMPARE(waits.size(), 2);
    QVERIFY(waits[0].isValid() && waits[1].isNull());
    // One that asks for longer than anybody waits is not waited for.
    requests = -1'000'000;
    m_google->peer.intervention = [&](const GoogleCall &) -> std::optional<PeerAnswer> {
        return test::googleError(429, "Rate limit exceeded", "rateLimitExceeded", {}, {"Retry-After: 86400"});
    };
    IDS_VERIFY_ERROR(m_source->open(one(u"people.csv"_s)), ErrorKind::Unavailable, "store_busy");
}

void TestGcsCsv::server_failing_isNamed_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QString>("code");
    QTest::newRow("5xx for ever") << u"503"_s << u"store_busy"_s;
    QTest::newRow("cut off for ever") << u"half"_s << u"connection_lost"_s;
    QTest::newRow("silent") << u"hang"_s << u"timed_out"_s;
    QTest::newRow("says nothing") << u"nothing"_s << u"object_unreadable"_s;
    QTest::newRow("redirects") << u"elsewhere"_s << u"redirect_refused"_s;
    QTest::newRow("twice, then well") << u"twice"_s << QString();
}

void TestGcsCsv::server_failing_isNamed()
{
    QFETCH(QString, fault);
    QFETCH(QString, code);
    int requests = 0;
    m_google->peer.intervention = [&](const GoogleCall &call) -> std::optional<PeerAnswer> {
        ++requests;
        if (fault == u"503" || (fault == u"twice" && requests <= 2))
            return test::googleError(503, "We encountered an internal error. Please try again.", "backendError");
        if (fault == u"nothing")
            return PeerAnswer::of(200, "{}");
        if (fault == u"elsewhere")
            return PeerAnswer::of(302, {}, {"Location: https://example.org/"});
        if (!isMedia(call))
            return std::nullopt;
        if (fault == u"hang")
            return PeerAnswer{{}, PeerAnswer::Then::Hang};
        PeerAnswer half = PeerAnswer::of(200, people);
        half.bytes.chop(5);
        half.then = PeerAnswer::Then::Close;
        return fault == u"half" ? std::optional(half) : std::nullopt;
    };
    const auto fetched = fetchedImpatiently(fault == u"hang" ? 1 : 3);
    QCOMPARE(fetched ? QString() : fetched.error().code, code);
    if (fetched)
        QCOMPARE(*fetched, people);
    else
        QCOMPARE(m_source->leak(secrets(), fetched.error()), QByteArray());
}

void TestGcsCsv::largerThanAllowed_isRefused()
{
    const ReadTable table = m_source->read(one(u"people.csv"_s, {{u"max_bytes"_s, 10}}));
    QCOMPARE(table.error.value_or(Error()).code, u"answer_too_large"_s);
}

void TestGcsCsv::cancelled_endsAtOnce()
{
    ReadRequest request = one(u"people.csv"_s);
    m_google->peer.intervention = [&](const GoogleCall &) -> std::optional<PeerAnswer> {
        request.cancel.cancel();
        PeerAnswer nothing;
        nothing.then = PeerAnswer::Then::Hang;
        return nothing;
    };
    IDS_VERIFY_ERROR(m_source->open(request), ErrorKind::Cancelled, "cancelled");
}

void TestGcsCsv::connectionTest_namesTheStep()
{
    QCOMPARE(failedStepOf(m_source->test(one(u"people.csv"_s))), QString());
    const auto failedAt = [&](const ReadRequest &request) {
        const ConnectionReport report = m_source->test(request);
        const QString step = failedStepOf(report);
        return m_source->leak(secrets(), {}, report).isEmpty() && step.size() > 5 ? step.left(1) : u"?"_s;
    };
    m_google->lock(u"locked"_s);
    m_google->put(u"locked"_s, u"people.csv"_s, people);
    ReadRequest locked = one(u"people.csv"_s);
    locked.config.insert(u"bucket"_s, u"locked"_s);
    ReadRequest brokenKey = one(u"people.csv"_s);
    brokenKey.credentials = Secret(R"({"service_account_json":{"type":"service_account"}})");
    QCOMPARE(failedAt(brokenKey), u"1"_s);
    QCOMPARE(failedAt(locked), u"2"_s);
    QCOMPARE(failedAt(one(u"poeple.csv"_s)), u"2"_s);
    m_google->put(u"people-1"_s, u"page.csv"_s, "<!DOCTYPE html><html></html>");
    QCOMPARE(failedAt(one(u"page.csv"_s)), u"3"_s);
    m_google->peer.tokenIntervention = [](const GoogleCall &) -> std::optional<PeerAnswer> {
        return PeerAnswer::of(400, R"({"error":"invalid_grant","error_description":"Invalid JWT Signature."})");
    };
    QCOMPARE(failedAt(one(u"people.csv"_s)), u"1"_s);
}

QTEST_GUILESS_MAIN(TestGcsCsv)
#include "tst_gcs_csv.moc"
