// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/engine_fixture.h"
#include "tests/support/memory_connector.h"

#include <QTest>

using namespace idstore;
using test::EngineFixture;
using test::MemoryCatalog;

class TestRecordService : public QObject
{
    Q_OBJECT

    static QByteArray readAll(EngineFixture &fixture, SourceId id, ExportFormat format)
    {
        auto stream = fixture.engine().records().exportSource(fixture.user(), id, format);
        QByteArray all;
        while (stream) {
            const auto block = (*stream)->next();
            if (!block || block->isEmpty())
                return all;
            all += *block;
        }
        return all;
    }

private Q_SLOTS:
    void page_walkedToTheEnd_givesEveryRowOnce()
    {
        MemoryCatalog catalog;
        catalog.file.behaviour = {.rows = 1'050};
        EngineFixture fixture(catalog);
        const auto source = fixture.addFile(QStringLiteral("People"));
        IDS_VERIFY_OK(fixture.ingest(source->id));
        RecordQuery query;
        query.limit = 100;
        qint64 expected = 0;
        do {
            const auto page = fixture.engine().records().page(fixture.user(), source->id, query);
            IDS_VERIFY_OK(page);
            for (const Record &record : page->records) {
                QCOMPARE(record.row, ++expected);
                QCOMPARE(record.cells[0], QString::number(expected));
                QCOMPARE(record.cells[2].has_value(), expected % 2 == 1); // NULL and empty stay apart
            }
            query.after = page->next;
        } while (query.after > 0);
        QCOMPARE(expected, 1'050);
    }

    void page_sourceWithoutRows_isEmpty()
    {
        MemoryCatalog catalog;
        EngineFixture fixture(catalog);
        const auto source = fixture.addFile(QStringLiteral("People"));
        const auto page = fixture.engine().records().page(fixture.user(), source->id, {});
        IDS_VERIFY_OK(page);
        QVERIFY(page->records.isEmpty());
        QCOMPARE(readAll(fixture, source->id, ExportFormat::Csv), QByteArray());
    }

    void page_badQuery_namesEveryField()
    {
        MemoryCatalog catalog;
        EngineFixture fixture(catalog);
        const auto source = fixture.addFile(QStringLiteral("People"));
        RecordQuery query;
        query.limit = 0;
        query.after = -1;
        query.filters = {{QStringLiteral("nope"), {}}};
        const auto page = fixture.engine().records().page(fixture.user(), source->id, query);
        IDS_VERIFY_ERROR(page, ErrorKind::InvalidInput, "invalid_input");
        QCOMPARE(page.error().fields.size(), 3);
        QCOMPARE(page.error().fields.last().field, QStringLiteral("filter[nope]"));
    }

    void export_csvAndNdjson_tellNullFromEmpty()
    {
        MemoryCatalog catalog;
        catalog.file.behaviour = {.rows = 2};
        EngineFixture fixture(catalog);
        const auto source = fixture.addFile(QStringLiteral("People"));
        IDS_VERIFY_OK(fixture.ingest(source->id));
        QCOMPARE(readAll(fixture, source->id, ExportFormat::Csv),
                 QByteArray("id,name,note\r\n1,Name 1,\"\"\r\n2,Name 2,\r\n"));
        QCOMPARE(readAll(fixture, source->id, ExportFormat::Ndjson),
                 QByteArray("{\"id\":\"1\",\"name\":\"Name 1\",\"note\":\"\"}\n"
                            "{\"id\":\"2\",\"name\":\"Name 2\",\"note\":null}\n"));
    }

    void export_underway_keepsItsRowsWhileRunsReplaceThem()
    {
        MemoryCatalog catalog;
        catalog.file.behaviour = {.rows = 20'000};
        EngineFixture fixture(catalog);
        const auto source = fixture.addFile(QStringLiteral("People"));
        IDS_VERIFY_OK(fixture.ingest(source->id));
        auto stream = fixture.engine().records().exportSource(fixture.user(), source->id, ExportFormat::Ndjson);
        IDS_VERIFY_OK(stream);
        QByteArray all = *(*stream)->next();
        for (int i = 0; i < 3; ++i) // the exported generation's file goes away meanwhile
            IDS_VERIFY_OK(fixture.ingest(source->id));
        for (;;) {
            const auto block = (*stream)->next();
            IDS_VERIFY_OK(block);
            if (block->isEmpty())
                break;
            all += *block;
        }
        QCOMPARE(all.count('\n'), 20'000);
    }
};

QTEST_GUILESS_MAIN(TestRecordService)
#include "tst_record_service.moc"
