// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/connector_catalog.h"
#include "connectors/remote/share_links.h"
#include "csv_fixture.h"
#include "tests/support/http_peer.h"
#include "tests/support/result_checks.h"
#include "workbook_fixture.h"

#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace idstore;
using test::HttpPeer;
using test::PeerAnswer;
using test::PeerRequest;

namespace {

const QByteArray people = "id,name\n1,Ada\n2,Bo\n";

} // namespace

class TestCsvUrl : public QObject
{
    Q_OBJECT

    QTemporaryDir m_scratch;
    BuiltInConnectors m_connectors;
    const Connector &m_connector = *m_connectors.find(u"csv_url");

    ReadRequest requestFor(const QUrl &url, const QJsonObject &more = {}, const QJsonObject &credentials = {})
    {
        ReadRequest request;
        request.config = {{QStringLiteral("url"), url.toString()}, {QStringLiteral("allow_private_network"), true}};
        for (auto it = more.begin(); it != more.end(); ++it)
            request.config.insert(it.key(), it.value());
        if (!credentials.isEmpty())
            request.credentials = Secret(QJsonDocument(credentials).toJson());
        request.mode = RunMode::Incremental;
        request.scratchFolder = m_scratch.path();
        return request;
    }

    Result<qint64> rowsOf(const ReadRequest &request)
    {
        IDS_TRY(reader, m_connector.open(request));
        qint64 rows = 0;
        RowBatch batch;
        for (;;) {
            IDS_TRY(more, reader->read(batch));
            if (!more)
                return rows;
            rows += static_cast<qint64>(batch.rowCount());
        }
    }

private Q_SLOTS:
    void initTestCase()
    {
        for (const char *name : {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
            qunsetenv(name);
    }

    void file_isReadLikeAnUpload_andLeavesNothingBehind()
    {
        HttpPeer peer([](const PeerRequest &) { return PeerAnswer::of(200, people); });
        const auto rows = rowsOf(requestFor(peer.url(QStringLiteral("/people.csv"))));
        IDS_VERIFY_OK(rows);
        QCOMPARE(*rows, 2);
        QVERIFY(QDir(m_scratch.path()).isEmpty());
    }

    void packedFilesAndWorkbooks_areRead()
    {
        const QByteArray zip = zipped({{"people.csv", people}});
        const QByteArray workbook = zipped(xlsxParts(
            R"(<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c></row><row r="2"><c r="A2"><v>1</v></c></row>)"));
        HttpPeer peer(
            [&](const PeerRequest &request) { return PeerAnswer::of(200, request.target == "/zip" ? zip : workbook); });
        const auto fromZip = rowsOf(requestFor(peer.url(QStringLiteral("/zip"))));
        IDS_VERIFY_OK(fromZip);
        QCOMPARE(*fromZip, 2);
        const auto fromWorkbook = rowsOf(requestFor(peer.url(QStringLiteral("/xlsx"))));
        IDS_VERIFY_OK(fromWorkbook);
        QCOMPARE(*fromWorkbook, 1);
    }

    void unchangedFile_isNotReadAgain()
    {
        for (const QByteArray &validator : {QByteArray("ETag: \"v1\""), QByteArray("ETag: W/\"v1\""),
                                            QByteArray("Last-Modified: Mon, 13 Apr 2026 08:00:00 GMT")}) {
            HttpPeer peer([&](const PeerRequest &request) {
                const QByteArray value = validator.mid(validator.indexOf(' ') + 1);
                const bool known =
                    request.header("If-None-Match") == value || request.header("If-Modified-Since") == value;
                return known ? PeerAnswer::of(304) : PeerAnswer::of(200, people, {validator});
            });
            ReadRequest request = requestFor(peer.url(QStringLiteral("/people.csv")));
            const auto first = m_connector.open(request);
            IDS_VERIFY_OK(first);
            QVERIFY(!(*first)->isUnchanged());
            request.state = (*first)->state();
            const auto second = m_connector.open(request);
            IDS_VERIFY_OK(second);
            QVERIFY((*second)->isUnchanged());
            QCOMPARE((*second)->state(), request.state);
            // Other settings read other rows, and a full run is asked for by name.
            ReadRequest other =
                requestFor(peer.url(QStringLiteral("/people.csv")), {{QStringLiteral("header_row"), 0}});
            other.state = request.state;
            const auto reread = m_connector.open(other);
            IDS_VERIFY_OK(reread);
            QVERIFY(!(*reread)->isUnchanged());
            request.mode = RunMode::Full;
            const auto full = m_connector.open(request);
            IDS_VERIFY_OK(full);
            QVERIFY(!(*full)->isUnchanged());
        }
    }

    void refusals_areNamed()
    {
        HttpPeer peer([](const PeerRequest &request) {
            if (request.target == "/page")
                return PeerAnswer::of(200, "<!DOCTYPE html><html><body>Sign in</body></html>");
            if (request.target == "/empty")
                return PeerAnswer::of(200);
            return PeerAnswer::of(request.target.mid(1).toInt());
        });
        const auto code = [&](const char *path) {
            const auto rows = rowsOf(requestFor(peer.url(QLatin1StringView(path))));
            return rows ? QString() : rows.error().code;
        };
        QCOMPARE(code("/401"), QStringLiteral("unauthorized"));
        QCOMPARE(code("/403"), QStringLiteral("forbidden"));
        QCOMPARE(code("/404"), QStringLiteral("not_found"));
        QCOMPARE(code("/410"), QStringLiteral("not_found"));
        QCOMPARE(code("/page"), QStringLiteral("not_a_table"));
        QCOMPARE(code("/empty"), QStringLiteral("empty_file"));
    }

    void largerThanAllowed_isRefused()
    {
        HttpPeer peer([](const PeerRequest &) { return PeerAnswer::of(200, people); });
        IDS_VERIFY_ERROR(rowsOf(requestFor(peer.url(QStringLiteral("/p")), {{QStringLiteral("max_bytes"), 10}})),
                         ErrorKind::Source, "answer_too_large");
    }

    void privateNetwork_isRefusedUnlessAllowed()
    {
        HttpPeer peer([](const PeerRequest &) { return PeerAnswer::of(200, people); });
        IDS_VERIFY_ERROR(
            rowsOf(requestFor(peer.url(QStringLiteral("/p")), {{QStringLiteral("allow_private_network"), false}})),
            ErrorKind::Source, "private_address_refused");
    }

    void credentials_areSentInEachForm()
    {
        HttpPeer peer([](const PeerRequest &) { return PeerAnswer::of(200, people); });
        const QUrl url = peer.url(QStringLiteral("/p"));
        IDS_VERIFY_OK(rowsOf(requestFor(url, {}, {{QStringLiteral("bearer_token"), QStringLiteral("t0k")}})));
        IDS_VERIFY_OK(rowsOf(requestFor(url, {},
                                        {{QStringLiteral("username"), QStringLiteral("ada")},
                                         {QStringLiteral("password"), QStringLiteral("pw")}})));
        IDS_VERIFY_OK(rowsOf(requestFor(
            url, {}, {{QStringLiteral("headers"), QJsonObject{{QStringLiteral("X-Key"), QStringLiteral("k1")}}}})));
        QCOMPARE(peer.requests()[0].header("Authorization"), QByteArray("Bearer t0k"));
        QCOMPARE(peer.requests()[1].header("Authorization"), QByteArray("Basic ") + QByteArray("ada:pw").toBase64());
        QCOMPARE(peer.requests()[2].header("X-Key"), QByteArray("k1"));
    }

    void preview_fetchesASampleOnly()
    {
        QByteArray large = "id,name\n";
        while (large.size() < 40'000'000)
            large += QByteArray::number(large.size()) + ",somebody with quite a long name\n";
        HttpPeer peer([&](const PeerRequest &) { return PeerAnswer::of(200, large); });
        ReadRequest request = requestFor(peer.url(QStringLiteral("/p")));
        request.sampleRows = 100;
        const auto reader = m_connector.open(request);
        IDS_VERIFY_OK(reader);
        QVERIFY(*(*reader)->totalBytes() < 10'000'000);
        RowBatch batch;
        const auto more = (*reader)->read(batch);
        IDS_VERIFY_OK(more);
        QVERIFY(batch.rowCount() > 100);
    }

    void connectionTest_stopsAtTheStepThatFails()
    {
        HttpPeer peer([](const PeerRequest &request) {
            if (request.target == "/good")
                return PeerAnswer::of(200, people);
            return PeerAnswer::of(request.target.mid(1).toInt());
        });
        const auto failedAt = [&](const QUrl &url) {
            const ConnectionReport report = m_connector.test(requestFor(url));
            for (qsizetype i = 0; i < report.steps.size(); ++i) {
                const TestStep &step = report.steps[i];
                if (step.ok == std::optional(false)) {
                    const bool restOpen = std::all_of(report.steps.begin() + i + 1, report.steps.end(),
                                                      [](const TestStep &later) { return !later.ok; });
                    return restOpen && !step.detail.isEmpty() && !step.fix.isEmpty() ? i : -2;
                }
            }
            return report.ok() && report.columns.size() == 2 ? qsizetype(-1) : qsizetype(-2);
        };
        QCOMPARE(failedAt(peer.url(QStringLiteral("/good"))), -1);
        QCOMPARE(failedAt(peer.url(QStringLiteral("/401"))), 1);
        QCOMPARE(failedAt(peer.url(QStringLiteral("/404"))), 2);
        QUrl nobody = peer.url(QStringLiteral("/"));
        nobody.setScheme(QStringLiteral("gopher"));
        QCOMPARE(failedAt(nobody), 0);
    }

    void sharedPages_leadToTheirFiles_data()
    {
        QTest::addColumn<QString>("shared");
        QTest::addColumn<QString>("direct");
        QTest::newRow("sheet") << "https://docs.google.com/spreadsheets/d/abc/edit#gid=42"
                               << "https://docs.google.com/spreadsheets/d/abc/export?format=csv&gid=42";
        QTest::newRow("first tab") << "https://docs.google.com/spreadsheets/d/abc/edit?usp=sharing"
                                   << "https://docs.google.com/spreadsheets/d/abc/export?format=csv";
        QTest::newRow("dropbox") << "https://www.dropbox.com/s/x/people.csv?dl=0"
                                 << "https://www.dropbox.com/s/x/people.csv?dl=1";
        QTest::newRow("drive") << "https://drive.google.com/file/d/abc/view?usp=sharing"
                               << "https://drive.google.com/uc?export=download&id=abc";
        QTest::newRow("github") << "https://github.com/o/r/blob/main/data/p.csv"
                                << "https://raw.githubusercontent.com/o/r/main/data/p.csv";
        QTest::newRow("other") << "https://example.com/edit?dl=0"
                               << "https://example.com/edit?dl=0";
    }

    void sharedPages_leadToTheirFiles()
    {
        QFETCH(QString, shared);
        QFETCH(QString, direct);
        QCOMPARE(directDownload(QUrl(shared)), QUrl(direct));
    }
};

QTEST_GUILESS_MAIN(TestCsvUrl)
#include "tst_csv_url.moc"
