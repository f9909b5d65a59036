// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/engine_fixture.h"
#include "tests/support/memory_connector.h"

#include <QDirIterator>
#include <QSemaphore>
#include <QTest>

using namespace idstore;
using test::EngineFixture;
using test::MemoryCatalog;

class TestPreviewService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void preview_ofASmallSource_isComplete()
    {
        MemoryCatalog catalog;
        catalog.file.behaviour = {.rows = 10, .rejectEvery = 4, .rowsPerBatch = 3};
        EngineFixture fixture(catalog);
        const auto source = fixture.addFile(QStringLiteral("Leads"));
        IDS_VERIFY_OK(source);
        const auto preview =
            fixture.engine().previews().preview(fixture.user(), source->id, {.config = {}, .rows = 2, .problems = {}});
        IDS_VERIFY_OK(preview);
        QCOMPARE(preview->rowsSampled, 8);
        QCOMPARE(preview->rowsRejected, 2);
        QVERIFY(preview->complete);
        QCOMPARE(preview->totalRows, 10);
        QCOMPARE(preview->columns.size(), 3);
        QCOMPARE(preview->columns[1].filled, 8);
        QCOMPARE(preview->rows.size(), 2);
        QCOMPARE(preview->rows[1].line, 2);
        QCOMPARE(preview->rows[1].cells,
                 (QList<std::optional<QString>>{QStringLiteral("2"), QStringLiteral("Name 2"), std::nullopt}));
        QCOMPARE(preview->rejections.size(), 2);
        QCOMPARE(preview->rejections[0].line, 4);
    }

    void preview_ofALargeSource_isASample()
    {
        MemoryCatalog catalog;
        catalog.file.behaviour = {.rows = 1'000'000'000, .rejectEvery = 2, .rowsPerBatch = 1000};
        EngineFixture fixture(catalog);
        const auto source = fixture.addFile(QStringLiteral("Leads"));
        IDS_VERIFY_OK(source);
        const auto preview = fixture.engine().previews().preview(fixture.user(), source->id, {});
        IDS_VERIFY_OK(preview);
        QVERIFY(!preview->complete);
        QVERIFY(preview->rowsSampled + preview->rowsRejected <= 6000);
        QCOMPARE(preview->rows.size(), 50);
        QCOMPARE(preview->rejections.size(), 50);
    }

    void preview_storesNothing()
    {
        MemoryCatalog catalog;
        EngineFixture fixture(catalog);
        const auto source = fixture.addFile(QStringLiteral("Leads"));
        IDS_VERIFY_OK(source);
        PreviewRequest request;
        request.config = {{QStringLiteral("sheet"), QStringLiteral("A")}};
        const auto preview = fixture.engine().previews().preview(fixture.user(), source->id, request);
        IDS_VERIFY_OK(preview);
        QCOMPARE(preview->config, request.config);
        const auto after = fixture.engine().sources().get(fixture.user(), source->id);
        IDS_VERIFY_OK(after);
        QCOMPARE(after->config, QJsonObject());
        QCOMPARE(toString(after->status), QStringLiteral("pending"));
        QCOMPARE(fixture.engine().ingestion().history(fixture.user(), source->id, 10)->size(), 0);
        QVERIFY(!QDirIterator(fixture.dataDirectory() + QStringLiteral("/datasets"), QDir::Files,
                              QDirIterator::Subdirectories)
                     .hasNext());
    }

    void previewFile_isNoSource()
    {
        MemoryCatalog catalog;
        EngineFixture fixture(catalog);
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("x.csv")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        auto &previews = fixture.engine().previews();
        IDS_VERIFY_ERROR(previews.previewFile(file.fileName(), QStringLiteral("x.csv"), {}), ErrorKind::InvalidInput,
                         "empty_file");
        file.write("id\n1\n");
        file.close();
        const auto preview = previews.previewFile(file.fileName(), QStringLiteral("x.csv"), {});
        IDS_VERIFY_OK(preview);
        QCOMPARE(preview->rows.size(), 10);
        QCOMPARE(fixture.engine().sources().list(fixture.user())->size(), 0);
    }

    void preview_beside_aRun_doesNotWait()
    {
        QSemaphore reached;
        QSemaphore goOn;
        MemoryCatalog catalog;
        catalog.file.behaviour.beforeBatch = [&](qint64 row) {
            if (row == 0) {
                reached.release();
                goOn.acquire();
            }
        };
        EngineFixture fixture(catalog);
        const auto source = fixture.addFile(QStringLiteral("Leads"));
        IDS_VERIFY_OK(source);
        const auto run = fixture.engine().ingestion().start(fixture.user(), source->id, RunMode::Full, RunTrigger::Api);
        IDS_VERIFY_OK(run);
        reached.acquire();
        catalog.file.behaviour = {};
        const auto preview = fixture.engine().previews().preview(fixture.user(), source->id, {});
        goOn.release();
        IDS_VERIFY_OK(preview);
        const auto ended = fixture.waitFor(source->id, *run);
        IDS_VERIFY_OK(ended);
        QVERIFY(ended->status == RunStatus::Completed);
    }

    void preview_thatMakesNoSense_namesTheFields()
    {
        MemoryCatalog catalog;
        EngineFixture fixture(catalog);
        NewConnectedSource connected;
        connected.name = QStringLiteral("CRM");
        connected.sourceType = QStringLiteral("memory_test");
        connected.credentials = {{QStringLiteral("token"), QStringLiteral("x")}};
        connected.config = {{QStringLiteral("table"), QStringLiteral("t")}};
        const auto source = fixture.engine().sources().createConnected(fixture.user(), connected);
        IDS_VERIFY_OK(source);
        auto &previews = fixture.engine().previews();
        IDS_VERIFY_OK(previews.preview(fixture.user(), source->id, {}));
        PreviewRequest request;
        request.config = {{QStringLiteral("table"), QJsonValue::Null}, {QStringLiteral("tabel"), 1}};
        request.rows = PreviewRequest::maxRows + 1;
        const auto refused = previews.preview(fixture.user(), source->id, request);
        IDS_VERIFY_ERROR(refused, ErrorKind::InvalidInput, "invalid_input");
        QStringList fields;
        for (const FieldError &problem : refused.error().fields)
            fields.append(problem.field);
        fields.sort();
        QCOMPARE(fields,
                 (QStringList{QStringLiteral("config.tabel"), QStringLiteral("config.table"), QStringLiteral("rows")}));
        IDS_VERIFY_ERROR(previews.preview(UserId(99), source->id, {}), ErrorKind::NotFound, "source_not_found");
    }

    void preview_ofASourceThatBreaks_saysWhat()
    {
        MemoryCatalog catalog;
        catalog.file.behaviour.failAfter = 3;
        EngineFixture fixture(catalog);
        const auto source = fixture.addFile(QStringLiteral("Leads"));
        IDS_VERIFY_OK(source);
        IDS_VERIFY_ERROR(fixture.engine().previews().preview(fixture.user(), source->id, {}), ErrorKind::Source,
                         "source_broke");
    }

    void preview_cancelled_ends()
    {
        MemoryCatalog catalog;
        CancelToken cancel;
        catalog.file.behaviour.rows = 1'000'000'000;
        catalog.file.behaviour.beforeBatch = [&cancel](qint64) { cancel.cancel(); };
        EngineFixture fixture(catalog);
        const auto source = fixture.addFile(QStringLiteral("Leads"));
        IDS_VERIFY_OK(source);
        IDS_VERIFY_ERROR(fixture.engine().previews().preview(fixture.user(), source->id, {}, cancel),
                         ErrorKind::Cancelled, "cancelled");
    }
};

QTEST_GUILESS_MAIN(TestPreviewService)
#include "tst_preview_service.moc"
