// SPDX-License-Identifier: GPL-3.0-or-later
// Files in Azure Blob Storage: against Microsoft's emulator, and for what Azure says otherwise against a scripted
// server.
#include "connectors/cloud/azure_account.h"
#include "connectors/cloud/azure_signature.h"
#include "connectors/cloud/store_time.h"
#include "remote_fixture.h"
#include "tests/support/http_peer.h"
#include "tests/support/peers/azurite_peer.h"
#include "tests/support/result_checks.h"
#include "workbook_fixture.h"

#include <QTest>

using namespace idstore;
using namespace Qt::StringLiterals;
using test::HttpPeer;
using test::PeerAnswer;
using test::PeerRequest;

namespace {

const QByteArray people = "id,name\n1,Ada\n2,Bo\n";
const std::vector<Row> peopleRows{{"1", "Ada"}, {"2", "Bo"}};

PeerAnswer azureRefusal(int status, const QByteArray &code, const QByteArray &more = {})
{
    return PeerAnswer::of(status, "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code>" + more + "</Error>",
                          {"x-ms-error-code: " + code});
}

/// Whether a request carries the signature of the account's key for what it sends.
bool isSigned(const PeerRequest &request, const HttpPeer &peer, const QJsonObject &credentials)
{
    QUrl url = peer.url({});
    url.setPath(QString::fromLatin1(request.target.split('?').first()), QUrl::StrictMode);
    if (request.target.contains('?'))
        url.setQuery(QString::fromLatin1(request.target.mid(request.target.indexOf('?') + 1)), QUrl::StrictMode);
    http::Headers headers;
    for (const auto &[name, value] : request.headers) {
        if (name.toLower() != "x-ms-date" && name.toLower() != "x-ms-version")
            headers.append({name, value});
    }
    const auto account =
        cloud::AzureAccount::withKey(credentials[u"account_name"_s].toString(),
                                     Secret(credentials[u"account_key"_s].toString().toUtf8()), QUrl(peer.url({})));
    if (!account)
        return false;
    const auto expected =
        cloud::signForAzure(*account, request.method, url, headers, cloud::httpTime(request.header("x-ms-date")));
    return expected && std::ranges::all_of(*expected, [&](const auto &field) {
               return request.header(field.first) == field.second.reveal();
           });
}

} // namespace

class TestAzureBlobCsv : public QObject
{
    Q_OBJECT

    std::unique_ptr<test::AzuritePeer> m_peer;
    std::unique_ptr<RemoteFixture> m_source;

    QJsonObject at(const HttpPeer &peer) const
    {
        return {{u"endpoint"_s, peer.url({}).toString()}, {u"blob"_s, u"people.csv"_s}};
    }

    void useSharedAccess(const QByteArray &permissions, qint64 seconds = 3600)
    {
        const QDateTime until = QDateTime::currentDateTimeUtc().addSecs(seconds);
        m_source->credentials = {{u"account_name"_s, m_peer->account()},
                                 {u"sas_token"_s, QString::fromLatin1(m_peer->sharedAccess(permissions, until))}};
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_peer = std::make_unique<test::AzuritePeer>();
        QVERIFY2(m_peer->problem().isEmpty(), qPrintable(m_peer->problem()));
        QVERIFY(m_peer->put(u"in/people.csv"_s, people));
    }
    void cleanupTestCase() { m_peer.reset(); }

    void init()
    {
        m_source = std::make_unique<RemoteFixture>(u"azure_blob_csv");
        m_source->config = m_peer->config();
        m_source->credentials = m_peer->credentials();
    }
    void cleanup() { m_source.reset(); }

    void blob_isReadOnceUntilItChanges();
    void blobNames_ofEveryKind_areFound();
    void workbooksAndArchives_areRead();
    void severalBlobs_areOneTable();
    void sharedAccess_readsAndLists();
    void connectionString_readsAndLists();
    void sharedAccess_faults_areNamedBeforeItIsUsed();
    void malformedCredentials_areNamedByField();
    void refusals_areNamed();
    void connectionTest_stopsAtTheStepThatFails();

    void requests_areSignedAsAzureWantsIt();
    void refusalsOfAzureItself_areNamed();
    void busyStore_isUnavailable();
    void redirect_isNotFollowed();
    void halfAnAnswer_isNeverATable();
    void blobChangedDuringTheDownload_isFetchedAnew();
    void silentStore_isGivenUp();
};

void TestAzureBlobCsv::blob_isReadOnceUntilItChanges()
{
    const QJsonObject which{{u"blob"_s, u"changing.csv"_s}};
    QVERIFY(m_peer->put(u"changing.csv"_s, people));
    const auto first = m_source->run(which);
    QVERIFY2(!first.table.error, qPrintable(m_source->refusal(first)));
    QCOMPARE(shown(first.table.rows), shown(peopleRows));
    QVERIFY(m_source->run(which, first.state).unchanged);
    QVERIFY(m_peer->put(u"changing.csv"_s, "id,name\n3,Cy\n"));
    const auto third = m_source->run(which, first.state);
    QVERIFY(!third.unchanged);
    QCOMPARE(shown(third.table.rows), shown({{"3", "Cy"}}));
}

void TestAzureBlobCsv::blobNames_ofEveryKind_areFound()
{
    for (const QString &blob :
         {u"a b+c.csv"_s, u"Ünï/côdé ☃.csv"_s, u"q&c#d.csv"_s, u"100%.csv"_s, u"it's (1)!.csv"_s}) {
        QVERIFY(m_peer->put(blob, people));
        const auto outcome = m_source->run({{u"blob"_s, blob}});
        QVERIFY2(!outcome.table.error, qPrintable(blob + m_source->refusal(outcome)));
        QCOMPARE(shown(outcome.table.rows), shown(peopleRows));
    }
}

void TestAzureBlobCsv::workbooksAndArchives_areRead()
{
    QVERIFY(m_peer->put(
        u"p.xlsx"_s,
        zipped(xlsxParts(
            R"(<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c></row><row r="2"><c r="A2"><v>1</v></c></row>)"))));
    QVERIFY(m_peer->put(u"p.csv.gz"_s, gzipped(people)));
    QVERIFY(m_peer->put(u"p.zip"_s, zipped({{"people.csv", people}})));
    QVERIFY(m_peer->put(u"encoded.csv"_s, gzipped(people), "gzip"));
    QCOMPARE(shown(m_source->run({{u"blob"_s, u"p.xlsx"_s}}).table.rows), shown({{"1"}}));
    for (const QString &blob : {u"p.csv.gz"_s, u"p.zip"_s, u"encoded.csv"_s})
        QCOMPARE(shown(m_source->run({{u"blob"_s, blob}}).table.rows), shown(peopleRows));
}

void TestAzureBlobCsv::severalBlobs_areOneTable()
{
    QVERIFY(m_peer->put(u"days/2026-01.csv"_s, "id,name\n1,Ada\n"));
    QVERIFY(m_peer->put(u"days/2026-02.csv"_s, "id,town\n2,Oslo\n"));
    QVERIFY(m_peer->put(u"days/notes.txt"_s, "not meant"));
    const QJsonObject which{{u"prefix"_s, u"days/"_s}, {u"pattern"_s, u"*.csv"_s}};
    const auto first = m_source->run(which);
    QVERIFY2(!first.table.error, qPrintable(m_source->refusal(first)));
    QCOMPARE(shown(first.table.rows),
             shown({{"1", "Ada", null, "days/2026-01.csv"}, {"2", null, "Oslo", "days/2026-02.csv"}}));
    QVERIFY(m_source->run(which, first.state).unchanged);
    QVERIFY(m_peer->put(u"days/2026-02.csv"_s, "id,town\n2,Rome\n"));
    const auto changed = m_source->run(which, first.state);
    QVERIFY(!changed.unchanged);
    QCOMPARE(shown(changed.table.rows).count("Rome"), 1);
}

void TestAzureBlobCsv::sharedAccess_readsAndLists()
{
    useSharedAccess("rl");
    const auto one = m_source->run({{u"blob"_s, u"in/people.csv"_s}});
    QVERIFY2(!one.table.error, qPrintable(m_source->refusal(one)));
    QCOMPARE(shown(one.table.rows), shown(peopleRows));
    QVERIFY(m_source->run({{u"blob"_s, u"in/people.csv"_s}}, one.state).unchanged);
    const auto several = m_source->run({{u"prefix"_s, u"in/"_s}});
    QVERIFY2(!several.table.error, qPrintable(m_source->refusal(several)));
    QCOMPARE(several.table.rows.size(), 2U);
    // It is the key to the container: it is nowhere but in the requests.
    QCOMPARE(m_source->leaks(m_source->log().join(u' ')), QStringList());
    QCOMPARE(m_source->refusal(m_source->run({{u"blob"_s, u"in/nobody.csv"_s}})), u"object_not_found"_s);
}

void TestAzureBlobCsv::connectionString_readsAndLists()
{
    const QString text = u"DefaultEndpointsProtocol=http;AccountName=%1;AccountKey=%2;BlobEndpoint=%3;"_s.arg(
        m_peer->account(), QString::fromLatin1(m_peer->key()), m_peer->endpoint());
    m_source->credentials = {{u"connection_string"_s, text}};
    const auto outcome = m_source->run({{u"prefix"_s, u"in/"_s}, {u"endpoint"_s, QJsonValue()}});
    QVERIFY2(!outcome.table.error, qPrintable(m_source->refusal(outcome)));
    QCOMPARE(outcome.table.rows.size(), 2U);
}

void TestAzureBlobCsv::sharedAccess_faults_areNamedBeforeItIsUsed()
{
    const QJsonObject one{{u"blob"_s, u"in/people.csv"_s}};
    const QJsonObject several{{u"prefix"_s, u"in/"_s}};
    useSharedAccess("rl", -60);
    QCOMPARE(m_source->refusal(m_source->run(one)), u"access_expired"_s);
    QCOMPARE(m_source->failedStep(one), u"1"_s);
    useSharedAccess("l");
    QCOMPARE(m_source->refusal(m_source->run(one)), u"sas_may_not_read"_s);
    useSharedAccess("r");
    QCOMPARE(m_source->refusal(m_source->run(several)), u"sas_may_not_list"_s);
    QCOMPARE(shown(m_source->run(one).table.rows), shown(peopleRows));
}

void TestAzureBlobCsv::malformedCredentials_areNamedByField()
{
    const auto refused = [this](const QJsonObject &credentials) {
        m_source->credentials = credentials;
        const auto outcome = m_source->run({{u"blob"_s, u"p.csv"_s}});
        const QString code = m_source->refusal(outcome);
        return outcome.table.error->kind == ErrorKind::InvalidInput
                   ? QString(code + u' ' + outcome.table.error->fields.value(0).field)
                   : code;
    };
    const QString account = m_peer->account();
    QCOMPARE(refused({{u"account_name"_s, account}, {u"account_key"_s, u"not base64: cAnArY"_s}}),
             u"account_key_malformed credentials.account_key"_s);
    QCOMPARE(refused({{u"account_name"_s, u"https://contoso"_s}, {u"account_key"_s, u"QUJD"_s}}),
             u"account_name_malformed credentials.account_name"_s);
    QCOMPARE(refused({{u"account_name"_s, account}, {u"sas_token"_s, u"sv=2022-11-02&se=cAnArY"_s}}),
             u"sas_malformed credentials.sas_token"_s);
    QCOMPARE(refused({{u"connection_string"_s, u"cAnArY"_s}}),
             u"connection_string_malformed credentials.connection_string"_s);
    QCOMPARE(refused({{u"connection_string"_s, u"AccountName=a;SharedAccessSignature=cAnArY"_s}}),
             u"sas_malformed credentials.connection_string"_s);
}

void TestAzureBlobCsv::refusals_areNamed()
{
    const auto refused = [this](const QJsonObject &more) { return m_source->refusal(m_source->preview(more)); };
    QVERIFY(m_peer->put(u"page.csv"_s, "<!DOCTYPE html><html><body>Sign in</body></html>"));
    QCOMPARE(refused({{u"blob"_s, u"in/nobody.csv"_s}}), u"object_not_found"_s);
    QCOMPARE(refused({{u"blob"_s, u"p.csv"_s}, {u"container"_s, u"elsewhere"_s}}), u"container_not_found"_s);
    QCOMPARE(refused({{u"prefix"_s, u"in/"_s}, {u"container"_s, u"elsewhere"_s}}), u"container_not_found"_s);
    QCOMPARE(refused({{u"prefix"_s, u"nowhere/"_s}}), u"no_file_matches"_s);
    QCOMPARE(refused({{u"blob"_s, u"page.csv"_s}}), u"not_a_table"_s);
    QCOMPARE(refused({{u"blob"_s, u"p.csv"_s}, {u"endpoint"_s, u"https://no-such-host.invalid"_s}}),
             u"host_not_found"_s);
    QCOMPARE(refused({{u"blob"_s, u"p.csv"_s}, {u"endpoint"_s, u"http://127.0.0.1:1/a"_s}}), u"connection_refused"_s);
    // What the emulator says to a wrong key; Azure itself says it of a firewall.
    m_source->credentials[u"account_key"_s] = QString::fromLatin1(QByteArray("cAnArY of a wrong key").toBase64());
    QCOMPARE(refused({{u"blob"_s, u"in/people.csv"_s}}), u"network_denied"_s);
    QCOMPARE(refused({{u"prefix"_s, u"in/"_s}}), u"network_denied"_s);
}

void TestAzureBlobCsv::connectionTest_stopsAtTheStepThatFails()
{
    QCOMPARE(m_source->failedStep({{u"blob"_s, u"in/people.csv"_s}}), u"ok"_s);
    QCOMPARE(m_source->failedStep({{u"blob"_s, u"p"_s}, {u"endpoint"_s, u"http://127.0.0.1:1/a"_s}}), u"0"_s);
    QCOMPARE(m_source->failedStep({{u"blob"_s, u"p"_s}, {u"container"_s, u"elsewhere"_s}}), u"2"_s);
    m_source->credentials[u"account_key"_s] = u"d3Jvbmc="_s;
    QCOMPARE(m_source->failedStep({{u"blob"_s, u"in/people.csv"_s}}), u"1"_s);
}

void TestAzureBlobCsv::requests_areSignedAsAzureWantsIt()
{
    // Without the account in the path, as at Azure itself.
    const HttpPeer *self = nullptr;
    const HttpPeer peer([&](const PeerRequest &request) {
        if (!isSigned(request, *self, m_source->credentials))
            return azureRefusal(403, "AuthenticationFailed");
        if (request.header("If-None-Match") == "\"0x8D1\"")
            return PeerAnswer::of(304);
        return PeerAnswer::of(200, people, {"ETag: \"0x8D1\""});
    });
    self = &peer;
    const auto first = m_source->run(at(peer));
    QVERIFY2(!first.table.error, qPrintable(m_source->refusal(first)));
    QVERIFY(m_source->run(at(peer), first.state).unchanged);
    QCOMPARE(peer.requests()[0].target, "/contacts/people.csv"_ba);
}

void TestAzureBlobCsv::refusalsOfAzureItself_areNamed()
{
    PeerAnswer answer;
    const HttpPeer peer([&answer](const PeerRequest &) { return answer; });
    const auto refused = [&](const PeerAnswer &next) {
        answer = next;
        return m_source->refusal(m_source->run(at(peer)));
    };
    // The detail quotes what was signed, and a proxy may quote the request.
    const QByteArray quoted = "<AuthenticationErrorDetail>The MAC signature found in the HTTP request '" +
                              m_peer->key() + "' is not the same</AuthenticationErrorDetail>";
    QCOMPARE(refused(azureRefusal(403, "AuthenticationFailed", quoted)), u"wrong_key"_s);
    QCOMPARE(refused(azureRefusal(403, "KeyBasedAuthenticationNotPermitted")), u"keys_switched_off"_s);
    QCOMPARE(refused(azureRefusal(403, "AuthorizationFailure")), u"network_denied"_s);
    QCOMPARE(refused(azureRefusal(403, "AuthorizationPermissionMismatch")), u"access_denied"_s);
    QCOMPARE(refused(azureRefusal(409, "BlobArchived")), u"object_archived"_s);
    QCOMPARE(refused(PeerAnswer::of(404, "<html>not here</html>")), u"object_not_found"_s);
}

void TestAzureBlobCsv::busyStore_isUnavailable()
{
    const HttpPeer peer([](const PeerRequest &) { return azureRefusal(503, "ServerBusy"); });
    const auto outcome = m_source->preview(at(peer));
    QCOMPARE(m_source->refusal(outcome), u"store_busy"_s);
    QVERIFY(outcome.table.error->kind == ErrorKind::Unavailable);
}

void TestAzureBlobCsv::redirect_isNotFollowed()
{
    useSharedAccess("rl");
    const HttpPeer elsewhere([](const PeerRequest &) { return PeerAnswer::of(200, people); });
    const HttpPeer peer([&](const PeerRequest &) {
        return PeerAnswer::of(302, {}, {"Location: " + elsewhere.url(u"/people.csv"_s, u"localhost"_s).toEncoded()});
    });
    QCOMPARE(m_source->refusal(m_source->run(at(peer))), u"redirect_refused"_s);
    QCOMPARE(elsewhere.requests().size(), 0);
    QVERIFY(peer.requests()[0].target.contains("sig="));
}

void TestAzureBlobCsv::halfAnAnswer_isNeverATable()
{
    const HttpPeer peer([](const PeerRequest &) {
        PeerAnswer half = PeerAnswer::of(200, largeTable(100'000, "half"));
        half.bytes.chop(50'000);
        half.then = PeerAnswer::Then::Close;
        return half;
    });
    QCOMPARE(m_source->refusal(m_source->preview(at(peer))), u"connection_lost"_s);
}

void TestAzureBlobCsv::blobChangedDuringTheDownload_isFetchedAnew()
{
    int requests = 0;
    const HttpPeer peer([&](const PeerRequest &request) {
        const QByteArray now = ++requests == 1 ? "old" : "new";
        if (request.header("If-None-Match") == '"' + now + '"')
            return PeerAnswer::of(304);
        return PeerAnswer::of(200, largeTable(1'500'000, now), {"ETag: \"" + now + '"'});
    });
    const auto outcome = m_source->run(at(peer));
    QVERIFY2(!outcome.table.error, qPrintable(m_source->refusal(outcome)));
    for (const Row &row : outcome.table.rows)
        QCOMPARE(*row[1], "new");
    QCOMPARE(requests, 4);
}

void TestAzureBlobCsv::silentStore_isGivenUp()
{
    const HttpPeer peer([](const PeerRequest &) { return PeerAnswer{{}, PeerAnswer::Then::Hang}; });
    QJsonObject which = at(peer);
    which.insert(u"timeout_seconds"_s, 1);
    QCOMPARE(m_source->refusal(m_source->preview(which)), u"timed_out"_s);
}

QTEST_GUILESS_MAIN(TestAzureBlobCsv)
#include "tst_azure_blob_csv.moc"
