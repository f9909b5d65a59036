// SPDX-License-Identifier: GPL-3.0-or-later
// A file at a web address, served by nginx: TLS, compression, validators, redirects, and all that goes wrong on the
// way.
#include "remote_fixture.h"
#include "tests/support/http_peer.h"
#include "tests/support/peers/nginx_peer.h"
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

} // namespace

class TestCsvUrlNginx : public QObject
{
    Q_OBJECT

    std::unique_ptr<HttpPeer> m_behind; ///< what nginx passes requests below /behind/ on to
    std::unique_ptr<HttpPeer> m_elsewhere; ///< another host, to be redirected to
    std::unique_ptr<test::NginxPeer> m_peer;
    std::unique_ptr<RemoteFixture> m_source;

    RemoteFixture::Outcome run(const QString &url, const QJsonObject &more = {}, const QJsonObject &state = {})
    {
        m_source->config[u"url"_s] = url;
        return m_source->run(more, state);
    }

    /// As a preview, which does not wait out a server.
    QString refused(const QString &url, const QJsonObject &more = {})
    {
        m_source->config[u"url"_s] = url;
        return m_source->refusal(m_source->preview(more));
    }

    void usePassword() { m_source->credentials = {{u"username"_s, u"ada"_s}, {u"password"_s, m_peer->password()}}; }

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase()
    {
        m_peer.reset();
        m_behind.reset();
        m_elsewhere.reset();
    }

    void init()
    {
        m_source = std::make_unique<RemoteFixture>(u"csv_url");
        m_source->config = {{u"allow_private_network"_s, true}};
    }
    void cleanup() { m_source.reset(); }

    void file_isReadOnceUntilItChanges();
    void packedOnTheWay_isReadOnceUntilItChanges();
    void workbooksAndArchives_areRead();
    void protectedFile_isReadWithThePassword();
    void ownAuthority_isTrustedWhenNamed();
    void redirects_areFollowed();
    void redirectToAnotherHost_leavesSecretsBehind();
    void refusals_areNamed();
    void unreachableServers_areNamed();
    void certificates_areNeverTrustedBlindly();
    void silentServer_isGivenUp();
    void compressionBombs_areStopped();
    void connectionTest_stopsAtTheStepThatFails();
};

void TestCsvUrlNginx::initTestCase()
{
    m_elsewhere = std::make_unique<HttpPeer>([](const PeerRequest &) { return PeerAnswer::of(200, people); });
    m_behind = std::make_unique<HttpPeer>([](const PeerRequest &request) {
        if (request.target.endsWith("/silent"))
            return PeerAnswer{{}, PeerAnswer::Then::Hang};
        PeerAnswer half = PeerAnswer::of(200, largeTable(200'000, "half"));
        half.bytes.chop(100'000);
        half.then = PeerAnswer::Then::Close;
        return half;
    });
    const QByteArray elsewhere = m_elsewhere->url(u"/people.csv"_s, u"localhost"_s).toEncoded();
    m_peer = std::make_unique<test::NginxPeer>("location = /moved { return 301 /files/people.csv; }\n"
                                               "location = /twice { return 307 /moved; }\n"
                                               "location = /loop { return 302 /loop; }\n"
                                               "location = /away { return 302 " +
                                               elsewhere +
                                               "; }\n"
                                               "location = /down { return 302 http://127.0.0.1/people.csv; }\n"
                                               "location /behind/ { proxy_pass " +
                                               m_behind->url(u"/"_s).toEncoded() + "; }\n");
    QVERIFY2(m_peer->problem().isEmpty(), qPrintable(m_peer->problem()));
    m_peer->put(u"people.csv"_s, people);
}

void TestCsvUrlNginx::file_isReadOnceUntilItChanges()
{
    m_peer->put(u"changing.csv"_s, people);
    const QString url = m_peer->url(u"/files/changing.csv"_s);
    const auto first = run(url);
    QVERIFY2(!first.table.error, qPrintable(m_source->refusal(first)));
    QCOMPARE(shown(first.table.rows), shown(peopleRows));
    QVERIFY(run(url, {}, first.state).unchanged);
    // A server writes its log when the answer is gone.
    QTRY_VERIFY(m_peer->log().contains("GET /files/changing.csv 304"));
    m_peer->put(u"changing.csv"_s, "id,name\n3,Cyril\n");
    const auto third = run(url, {}, first.state);
    QVERIFY(!third.unchanged);
    QCOMPARE(shown(third.table.rows), shown({{"3", "Cyril"}}));
}

void TestCsvUrlNginx::packedOnTheWay_isReadOnceUntilItChanges()
{
    // nginx makes the entity tag a weak one then.
    const QByteArray table = largeTable(3'000'000, "somebody");
    m_peer->put(u"large.csv"_s, table);
    const QString url = m_peer->url(u"/packed/large.csv"_s);
    const auto first = run(url);
    QVERIFY2(!first.table.error, qPrintable(m_source->refusal(first)));
    QCOMPARE(static_cast<qsizetype>(first.table.rows.size()), table.count('\n') - 1);
    QVERIFY(first.state[u"files"_s][url].toString().startsWith(u"W/"));
    QVERIFY(run(url, {}, first.state).unchanged);
}

void TestCsvUrlNginx::workbooksAndArchives_areRead()
{
    m_peer->put(
        u"p.xlsx"_s,
        zipped(xlsxParts(
            R"(<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c></row><row r="2"><c r="A2"><v>1</v></c></row>)")));
    m_peer->put(u"p.csv.gz"_s, gzipped(people));
    m_peer->put(u"p.zip"_s, zipped({{"people.csv", people}}));
    QCOMPARE(shown(run(m_peer->url(u"/files/p.xlsx"_s)).table.rows), shown({{"1"}}));
    for (const char *name : {"p.csv.gz", "p.zip"})
        QCOMPARE(shown(run(m_peer->url(u"/files/"_s + QLatin1StringView(name))).table.rows), shown(peopleRows));
}

void TestCsvUrlNginx::protectedFile_isReadWithThePassword()
{
    const QString url = m_peer->url(u"/private/people.csv"_s);
    QCOMPARE(refused(url), u"unauthorized"_s);
    usePassword();
    QCOMPARE(shown(run(url).table.rows), shown(peopleRows));
    m_source->credentials[u"password"_s] = u"cAnArY of a wrong password"_s;
    QCOMPARE(refused(url), u"unauthorized"_s);
}

void TestCsvUrlNginx::ownAuthority_isTrustedWhenNamed()
{
    const auto outcome = run(m_peer->tlsUrl(u"/files/people.csv"_s), {{u"ca_file"_s, m_peer->caFile()}});
    QVERIFY2(!outcome.table.error, qPrintable(m_source->refusal(outcome)));
    QCOMPARE(shown(outcome.table.rows), shown(peopleRows));
}

void TestCsvUrlNginx::redirects_areFollowed()
{
    QCOMPARE(shown(run(m_peer->url(u"/moved"_s)).table.rows), shown(peopleRows));
    QCOMPARE(shown(run(m_peer->url(u"/twice"_s)).table.rows), shown(peopleRows));
    QCOMPARE(refused(m_peer->url(u"/loop"_s)), u"too_many_redirects"_s);
    QCOMPARE(refused(m_peer->tlsUrl(u"/down"_s), {{u"ca_file"_s, m_peer->caFile()}}), u"redirect_refused"_s);
}

void TestCsvUrlNginx::redirectToAnotherHost_leavesSecretsBehind()
{
    const QList<QJsonObject> allCredentials{{{u"username"_s, u"ada"_s}, {u"password"_s, m_peer->password()}},
                                            {{u"bearer_token"_s, u"cAnArY-token"_s}},
                                            {{u"headers"_s, QJsonObject{{u"X-Api-Key"_s, u"cAnArY-key"_s}}}}};
    for (const QJsonObject &credentials : allCredentials) {
        m_source->credentials = credentials;
        const qsizetype before = m_elsewhere->requests().size();
        QCOMPARE(shown(run(m_peer->url(u"/away"_s)).table.rows), shown(peopleRows));
        const QList<PeerRequest> requests = m_elsewhere->requests();
        QCOMPARE(requests.size(), before + 1);
        QVERIFY(!requests.last().has("Authorization"));
        for (const auto &[name, value] : requests.last().headers)
            QVERIFY2(!value.contains("cAnArY"), name.constData());
    }
    // The first host did get them.
    QTRY_VERIFY(m_peer->log().contains("GET /away 302 Basic "));
    QTRY_VERIFY(m_peer->log().contains("GET /away 302 Bearer cAnArY-token"));
}

void TestCsvUrlNginx::refusals_areNamed()
{
    usePassword();
    m_peer->put(u"page.html"_s, "<!DOCTYPE html><html><body>Sign in</body></html>");
    m_peer->put(u"empty.csv"_s, {});
    QCOMPARE(refused(m_peer->url(u"/files/nobody.csv"_s)), u"not_found"_s);
    QCOMPARE(refused(m_peer->url(u"/files/page.html"_s)), u"not_a_table"_s);
    QCOMPARE(refused(m_peer->url(u"/files/empty.csv"_s)), u"empty_file"_s);
    QCOMPARE(refused(m_peer->url(u"/files/people.csv"_s), {{u"max_bytes"_s, 10}}), u"answer_too_large"_s);
    QCOMPARE(refused(m_peer->url(u"/busy"_s)), u"rate_limited"_s);
    QCOMPARE(refused(m_peer->url(u"/closed"_s)), u"connection_lost"_s);
    QCOMPARE(refused(m_peer->url(u"/behind/half"_s)), u"connection_lost"_s);
}

void TestCsvUrlNginx::unreachableServers_areNamed()
{
    usePassword();
    QCOMPARE(refused(u"https://no-such-host.invalid/people.csv"_s), u"host_not_found"_s);
    QCOMPARE(refused(u"http://127.0.0.1:1/people.csv"_s), u"connection_refused"_s);
    QCOMPARE(refused(m_peer->url(u"/files/people.csv"_s), {{u"allow_private_network"_s, false}}),
             u"private_address_refused"_s);
}

void TestCsvUrlNginx::certificates_areNeverTrustedBlindly()
{
    usePassword();
    m_peer->put(u"guarded.csv"_s, people);
    const QString url = m_peer->tlsUrl(u"/files/guarded.csv"_s);
    QCOMPARE(refused(url), u"certificate_not_trusted"_s);
    QCOMPARE(refused(url, {{u"ca_file"_s, m_peer->otherCaFile()}}), u"certificate_not_trusted"_s);
    QCOMPARE(refused(url, {{u"ca_file"_s, u"/nonexistent/ca.pem"_s}}), u"ca_file_unreadable"_s);
    QString otherName = url;
    otherName.replace(u"127.0.0.1"_s, u"other.localhost"_s);
    QCOMPARE(refused(otherName, {{u"ca_file"_s, m_peer->caFile()}}), u"certificate_not_trusted"_s);
    // TLS spoken to a port without.
    QString plain = m_peer->url(u"/files/guarded.csv"_s);
    plain.replace(u"http:"_s, u"https:"_s);
    QCOMPARE(refused(plain, {{u"ca_file"_s, m_peer->caFile()}}), u"tls_failed"_s);
    QVERIFY(!m_peer->log().contains("guarded.csv"));
}

void TestCsvUrlNginx::silentServer_isGivenUp()
{
    usePassword();
    QCOMPARE(refused(m_peer->url(u"/behind/silent"_s), {{u"timeout_seconds"_s, 1}}), u"timed_out"_s);
}

void TestCsvUrlNginx::compressionBombs_areStopped()
{
    // A packed file, and one packed on the way.
    m_peer->put(u"bomb.csv.gz"_s, gzipped(QByteArray(80'000'000, '0')));
    QCOMPARE(refused(m_peer->url(u"/files/bomb.csv.gz"_s)), u"archive_too_large"_s);
    m_peer->put(u"zeros.csv"_s, QByteArray(60'000'000, '0'));
    QCOMPARE(m_source->refusal(run(m_peer->url(u"/packed/zeros.csv"_s))), u"answer_too_large"_s);
}

void TestCsvUrlNginx::connectionTest_stopsAtTheStepThatFails()
{
    const auto failed = [this](const QString &url) {
        m_source->config[u"url"_s] = url;
        return m_source->failedStep();
    };
    usePassword();
    QCOMPARE(failed(m_peer->url(u"/private/people.csv"_s)), u"ok"_s);
    QCOMPARE(failed(m_peer->tlsUrl(u"/private/people.csv"_s)), u"0"_s);
    QCOMPARE(failed(m_peer->url(u"/private/nobody.csv"_s)), u"2"_s);
    m_source->credentials[u"password"_s] = u"cAnArY of a wrong password"_s;
    QCOMPARE(failed(m_peer->url(u"/private/people.csv"_s)), u"1"_s);
}

QTEST_GUILESS_MAIN(TestCsvUrlNginx)
#include "tst_csv_url_nginx.moc"
