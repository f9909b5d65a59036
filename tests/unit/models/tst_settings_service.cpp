// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/settings_service.h"

#include "connectors/connector_catalog.h"
#include "models/domain/proxy_setting.h"
#include "tests/support/engine_fixture.h"
#include "tests/support/http_peer.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QTest>

#include <atomic>
#include <chrono>
#include <thread>

using namespace idstore;
using namespace idstore::test;

class TestSettingsService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        for (const char *name : {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
            qunsetenv(name);
    }

    void proxy_asPeopleWriteIt_isUnderstood_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("kept");
        QTest::newRow("as the system says") << QStringLiteral(" ") << QString();
        QTest::newRow("none") << QStringLiteral("none") << QStringLiteral("none");
        QTest::newRow("without a scheme") << QStringLiteral("proxy:3128") << QStringLiteral("http://proxy:3128");
        QTest::newRow("with a slash") << QStringLiteral("http://proxy:3128/") << QStringLiteral("http://proxy:3128");
        QTest::newRow("SOCKS") << QStringLiteral("socks5h://[::1]:1080") << QStringLiteral("socks5h://[::1]:1080");
    }
    void proxy_asPeopleWriteIt_isUnderstood()
    {
        QFETCH(QString, text);
        const auto kept = checkProxy(text);
        IDS_VERIFY_OK(kept);
        QTEST(*kept, "kept");
    }

    void proxy_thatIsNone_isRefused_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("another protocol") << QStringLiteral("ftp://proxy:21");
        QTest::newRow("no host") << QStringLiteral("http://:3128");
        QTest::newRow("a path") << QStringLiteral("http://proxy:3128/pac");
        QTest::newRow("a space") << QStringLiteral("http://pro xy:3128");
        QTest::newRow("no such port") << QStringLiteral("http://proxy:99999");
    }
    void proxy_thatIsNone_isRefused()
    {
        QFETCH(QString, text);
        IDS_VERIFY_ERROR(checkProxy(text), ErrorKind::InvalidInput, "proxy_malformed");
    }

    void password_isNeverKept()
    {
        BuiltInConnectors connectors;
        EngineFixture fixture(connectors);
        for (const char *text : {"http://ada:CANARY@proxy:3128", "ada:CANARY@proxy:3128", "http://CANARY@proxy"}) {
            const auto set = fixture.engine().settings().setProxy(QLatin1StringView(text));
            IDS_VERIFY_ERROR(set, ErrorKind::InvalidInput, "proxy_has_password");
            QVERIFY(!set.error().detail().contains(u"CANARY"));
        }
        QVERIFY(!QFile::exists(fixture.dataDirectory() + QStringLiteral("/settings.json")));
    }

    void proxy_isKeptOverARestart_andTheStartWins()
    {
        BuiltInConnectors connectors;
        EngineFixture fixture(connectors);
        IDS_VERIFY_OK(fixture.engine().settings().setProxy(QStringLiteral("proxy:3128")));
        fixture.reopen();
        QCOMPARE(fixture.engine().settings().proxy(), QStringLiteral("http://proxy:3128"));
        QVERIFY(!fixture.engine().settings().isProxyFixed());

        fixture.options().proxy = directProxy();
        fixture.reopen();
        QCOMPARE(fixture.engine().settings().proxy(), directProxy());
        QVERIFY(fixture.engine().settings().isProxyFixed());

        fixture.options().proxy.clear();
        fixture.reopen();
        QCOMPARE(fixture.engine().settings().proxy(), QStringLiteral("http://proxy:3128"));
    }

    void damagedFile_isSaid()
    {
        BuiltInConnectors connectors;
        EngineFixture fixture(connectors);
        fixture.close();
        QFile file(fixture.dataDirectory() + QStringLiteral("/settings.json"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{");
        file.close();
        SettingsService settings(file.fileName(), {});
        IDS_VERIFY_ERROR(settings.load(), ErrorKind::Unavailable, "settings_unreadable");
    }

    void connection_goesThroughTheProxyThatIsSet_andTellsItsSteps()
    {
        std::atomic<bool> isTold = false;
        HttpPeer proxy([&isTold](const PeerRequest &) {
            // Not before the steps under way were told of.
            const QDeadlineTimer limit(20'000);
            while (!isTold && !limit.hasExpired())
                std::this_thread::sleep_for(std::chrono::milliseconds(5));
            return PeerAnswer::of(200, "id;name\r\n1;Ada\r\n");
        });
        BuiltInConnectors connectors;
        EngineFixture fixture(connectors);
        IDS_VERIFY_OK(fixture.engine().settings().setProxy(proxy.url({}).toString()));
        const NewConnection connection{.sourceType = QStringLiteral("csv_url"),
                                       .config = {{QStringLiteral("url"), QStringLiteral("http://127.0.0.2:81/a.csv")},
                                                  {QStringLiteral("allow_private_network"), true}}};
        const auto report =
            fixture.engine().connections().testNew(connection, {}, [&isTold](const ConnectionReport &soFar) {
                isTold = isTold || (soFar.steps.size() == 4 && !soFar.steps.first().ok);
            });
        IDS_VERIFY_OK(report);
        QVERIFY(isTold);
        QVERIFY(report->ok());
        QCOMPARE(proxy.requests().first().target, QByteArray("http://127.0.0.2:81/a.csv"));
    }
};

QTEST_GUILESS_MAIN(TestSettingsService)
#include "tst_settings_service.moc"
