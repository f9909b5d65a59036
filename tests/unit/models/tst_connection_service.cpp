// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/connection_service.h"

#include "tests/support/engine_fixture.h"
#include "tests/support/memory_connector.h"

#include <QTest>

#include <thread>

using namespace idstore;
using test::EngineFixture;
using test::MemoryCatalog;

using namespace std::chrono_literals;

class TestConnectionService : public QObject
{
    Q_OBJECT

    static NewConnection connection()
    {
        return {.sourceType = QStringLiteral("memory_test"),
                .credentials = {{QStringLiteral("token"), QStringLiteral("canary-secret-4711")}},
                .config = {{QStringLiteral("table"), QStringLiteral("people")}}};
    }
    static Result<Source> stored(EngineFixture &fixture)
    {
        NewConnectedSource request;
        request.name = QStringLiteral("People");
        request.sourceType = connection().sourceType;
        request.credentials = connection().credentials;
        request.config = connection().config;
        return fixture.engine().sources().createConnected(EngineFixture::user(), request);
    }
    static QStringList fieldsOf(const Error &error)
    {
        QStringList fields;
        for (const FieldError &field : error.fields)
            fields.append(field.field);
        return fields;
    }

private Q_SLOTS:
    void newConnection_thatWorks_isReportedWithItsColumns()
    {
        MemoryCatalog catalog;
        EngineFixture fixture(catalog);
        const auto report = fixture.engine().connections().testNew(connection());
        IDS_VERIFY_OK(report);
        QVERIFY(report->ok());
        QCOMPARE(report->columns.size(), 3);
        QVERIFY(fixture.engine().sources().list(EngineFixture::user())->isEmpty());
    }

    void newConnection_thatBreaks_isAReportAndNoError()
    {
        MemoryCatalog catalog;
        catalog.described.behaviour.failAfter = 0;
        EngineFixture fixture(catalog);
        const auto report = fixture.engine().connections().testNew(connection());
        IDS_VERIFY_OK(report);
        QVERIFY(!report->ok());
        QCOMPARE(report->steps.last().ok, std::optional(false));
        QVERIFY(!report->steps.last().detail.isEmpty());
    }

    void wrongFields_areAllNamed()
    {
        MemoryCatalog catalog;
        EngineFixture fixture(catalog);
        NewConnection wrong = connection();
        wrong.credentials = {{QStringLiteral("tokn"), QStringLiteral("x")}};
        wrong.config = {};
        wrong.problems = {{QStringLiteral("colour"), QStringLiteral("There is no such field.")}};
        const auto refused = fixture.engine().connections().testNew(wrong);
        IDS_VERIFY_ERROR(refused, ErrorKind::InvalidInput, "invalid_input");
        QCOMPARE(fieldsOf(refused.error()),
                 QStringList({QStringLiteral("colour"), QStringLiteral("credentials.token"),
                              QStringLiteral("credentials.tokn"), QStringLiteral("config.table")}));
        wrong = connection();
        wrong.sourceType = QStringLiteral("fax");
        const auto unknown = fixture.engine().connections().testNew(wrong);
        IDS_VERIFY_ERROR(unknown, ErrorKind::InvalidInput, "invalid_input");
    }

    void source_isTestedWithStoredAndWithGivenCredentials()
    {
        MemoryCatalog catalog;
        EngineFixture fixture(catalog);
        const auto source = stored(fixture);
        IDS_VERIFY_OK(source);
        const UserId user = EngineFixture::user();
        ConnectionService &connections = fixture.engine().connections();
        const auto asStored = connections.test(user, source->id);
        IDS_VERIFY_OK(asStored);
        QVERIFY(asStored->ok());
        const auto kept = connections.test(
            user, source->id,
            {.credentials = QJsonObject{{QStringLiteral("token"), QJsonObject{{QStringLiteral("set"), true}}}}});
        IDS_VERIFY_OK(kept);
        const auto without = connections.test(user, source->id, {.credentials = QJsonObject()});
        IDS_VERIFY_ERROR(without, ErrorKind::InvalidInput, "invalid_input");
        const auto noTable = connections.test(user, source->id, {.config = {{QStringLiteral("table"), QJsonValue()}}});
        IDS_VERIFY_ERROR(noTable, ErrorKind::InvalidInput, "invalid_input");
        const auto nobody = connections.test(user, SourceId(4711));
        IDS_VERIFY_ERROR(nobody, ErrorKind::NotFound, "source_not_found");
    }

    void silentSystem_isGivenUpAfterTheLimit()
    {
        MemoryCatalog catalog;
        EngineFixture fixture(catalog);
        fixture.options().connectionTestLimit = 50ms;
        fixture.reopen();
        QSemaphore open;
        catalog.described.behaviour.beforeBatch = [&](qint64) { open.acquire(); };
        std::thread later([&] {
            // The reader is let go once the limit is surely over; it reports its cancellation then.
            std::this_thread::sleep_for(300ms);
            open.release(1000);
        });
        const auto report = fixture.engine().connections().testNew(connection());
        later.join();
        IDS_VERIFY_OK(report);
        QVERIFY(!report->ok());
        const auto failed = std::ranges::find_if(report->steps, [](const TestStep &step) { return step.ok == false; });
        QVERIFY(failed != report->steps.end());
        QVERIFY(failed->detail.contains(QStringLiteral("no answer")));
        QVERIFY(!failed->fix.isEmpty());
    }

    void cancel_endsTheTest()
    {
        MemoryCatalog catalog;
        EngineFixture fixture(catalog);
        QSemaphore open;
        const CancelToken cancel;
        catalog.described.behaviour.beforeBatch = [&](qint64) {
            cancel.cancel();
            open.acquire();
        };
        const auto report = fixture.engine().connections().testNew(connection(), cancel);
        IDS_VERIFY_ERROR(report, ErrorKind::Cancelled, "cancelled");
        open.release(1000);
        fixture.close(); // waits for the worker, which looks at what lives here
    }
};

QTEST_GUILESS_MAIN(TestConnectionService)
#include "tst_connection_service.moc"
