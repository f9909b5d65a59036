// SPDX-License-Identifier: GPL-3.0-or-later
// Previews of real files, and settings that are remembered from one file of a source to the next.
#include "connectors/connector_catalog.h"
#include "models/services/rejection_service.h"
#include "tests/support/engine_fixture.h"
#include "workbook_fixture.h"

#include <QTest>

using namespace idstore;
using namespace Qt::StringLiterals;

namespace {

QByteArray sheetRow(const QByteArray &text)
{
    return "<row><c t=\"inlineStr\"><is><t>" + text + "</t></is></c></row>";
}

Result<Source> replace(test::EngineFixture &fixture, SourceId source, const QByteArray &content)
{
    IDS_TRY(upload, fixture.engine().sources().stageUpload());
    IDS_CHECK(upload->write(content));
    return fixture.engine().sources().replaceFile(test::EngineFixture::user(), source, {u"next.csv"_s, {}, {}},
                                                  std::move(upload));
}

QStringList logOf(test::EngineFixture &fixture, RunId run)
{
    QStringList texts;
    const auto lines = fixture.engine().ingestion().log(test::EngineFixture::user(), run);
    for (const RunLogLine &line : lines ? *lines : QList<RunLogLine>())
        texts.append(line.text);
    return texts;
}

} // namespace

class TestFilePreview : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void preview_showsWhatARunStores_data();
    void preview_showsWhatARunStores();
    void override_holdsForTheNextFile();
    void override_thatTheNextFileContradicts_failsTheRunAndSaysWhy();
    void nextFile_withOtherColumns_isSaidInTheLog();
    void chosenType_holdsForTheNextFileAndItsPreview();
    void preview_ofADamagedWorkbook_saysWhatToDo();
};

void TestFilePreview::preview_showsWhatARunStores_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QJsonObject>("config");
    QTest::newRow("csv") << QByteArray("Fair\n\nid;name;\n1;J\xF6rg;\n2;\"\";x;y\n3;\"Zo\xEB\nB\";\n") << QJsonObject();
    QTest::newRow("no header") << QByteArray("id;name\n1;Ada\n") << QJsonObject{{u"header_row"_s, 0}};
    QTest::newRow("workbook") << zipped(xlsxParts(sheetRow("name") + sheetRow("Ada") + sheetRow("Bo")))
                              << QJsonObject();
}

void TestFilePreview::preview_showsWhatARunStores()
{
    QFETCH(QByteArray, content);
    QFETCH(QJsonObject, config);
    const BuiltInConnectors connectors;
    test::EngineFixture fixture(connectors);
    const UserId user = test::EngineFixture::user();
    const auto source = fixture.addFile(u"People"_s, content);
    IDS_VERIFY_OK(source);
    PreviewRequest request;
    request.config = config;
    const auto preview = fixture.engine().previews().preview(user, source->id, request);
    IDS_VERIFY_OK(preview);

    SourcePatch patch;
    patch.config = config;
    IDS_VERIFY_OK(fixture.engine().sources().update(user, source->id, patch));
    const auto run = fixture.ingest(source->id);
    IDS_VERIFY_OK(run);
    QVERIFY(run->status == RunStatus::Completed);
    const auto page = fixture.engine().records().page(user, source->id, {});
    IDS_VERIFY_OK(page);
    QVERIFY(page->columns == preview->columns);
    QCOMPARE(page->records.size(), preview->rows.size());
    for (qsizetype i = 0; i < page->records.size(); ++i)
        QCOMPARE(page->records[i].cells, preview->rows[i].cells);
    const auto rejects = fixture.engine().rejections().page(user, source->id, 0, 10);
    IDS_VERIFY_OK(rejects);
    QCOMPARE(rejects->rejections.size(), preview->rejections.size());
    QVERIFY(preview->complete);
    QCOMPARE(preview->rowsSampled, run->counts.added);
    QCOMPARE(preview->rowsRejected, run->counts.rejected);
}

void TestFilePreview::override_holdsForTheNextFile()
{
    const BuiltInConnectors connectors;
    test::EngineFixture fixture(connectors);
    const UserId user = test::EngineFixture::user();
    const auto source = fixture.addFile(u"People"_s, "a;b\nid;name\n1;Ada\n");
    IDS_VERIFY_OK(source);
    SourcePatch patch;
    patch.config = {{u"header_row"_s, 2}};
    IDS_VERIFY_OK(fixture.engine().sources().update(user, source->id, patch));
    IDS_VERIFY_OK(fixture.ingest(source->id));
    IDS_VERIFY_OK(replace(fixture, source->id, "c;d\nid;name\n2;Bo\n3;Cy\n"));
    const auto before = fixture.engine().records().page(user, source->id, {});
    QCOMPARE(before->records.size(), 1);
    const auto run = fixture.ingest(source->id);
    IDS_VERIFY_OK(run);
    const auto page = fixture.engine().records().page(user, source->id, {});
    IDS_VERIFY_OK(page);
    QCOMPARE(page->columns[1].name, u"name"_s);
    QCOMPARE(page->records.size(), 2);
}

void TestFilePreview::override_thatTheNextFileContradicts_failsTheRunAndSaysWhy()
{
    const BuiltInConnectors connectors;
    test::EngineFixture fixture(connectors);
    const UserId user = test::EngineFixture::user();
    const auto source = fixture.addFile(u"People"_s, zipped(xlsxParts(sheetRow("name") + sheetRow("Ada"))));
    IDS_VERIFY_OK(source);
    SourcePatch patch;
    patch.config = {{u"sheet"_s, u"People"_s}};
    IDS_VERIFY_OK(fixture.engine().sources().update(user, source->id, patch));
    IDS_VERIFY_OK(fixture.ingest(source->id));

    ZipParts parts = xlsxParts(sheetRow("name") + sheetRow("Bo"));
    for (auto &[name, content] : parts)
        content.replace("name=\"People\"", "name=\"March\"");
    IDS_VERIFY_OK(replace(fixture, source->id, zipped(parts)));
    const auto run = fixture.ingest(source->id);
    IDS_VERIFY_OK(run);
    QVERIFY(run->status == RunStatus::Failed);
    QCOMPARE(run->error->code, u"sheet_not_found"_s);
    QVERIFY2(run->error->message.contains(u"“sheet”") && run->error->remedy.contains(u"“March”"),
             qPrintable(run->error->detail()));
    // The rows of the file before are still there, and the preview says the same.
    QCOMPARE(fixture.engine().records().page(user, source->id, {})->records[0].cells[0], u"Ada"_s);
    IDS_VERIFY_ERROR(fixture.engine().previews().preview(user, source->id, {}), ErrorKind::Source, "sheet_not_found");
    patch.config = {{u"sheet"_s, QJsonValue::Null}};
    IDS_VERIFY_OK(fixture.engine().sources().update(user, source->id, patch));
    IDS_VERIFY_OK(fixture.ingest(source->id));
    QCOMPARE(fixture.engine().records().page(user, source->id, {})->records[0].cells[0], u"Bo"_s);
}

void TestFilePreview::nextFile_withOtherColumns_isSaidInTheLog()
{
    const BuiltInConnectors connectors;
    test::EngineFixture fixture(connectors);
    const auto source = fixture.addFile(u"People"_s, "id,name,town\n1,Ada,Bonn\n");
    IDS_VERIFY_OK(source);
    IDS_VERIFY_OK(fixture.ingest(source->id));

    IDS_VERIFY_OK(replace(fixture, source->id, "name,id,town\nBo,2,Kiel\n"));
    const auto reordered = fixture.ingest(source->id);
    IDS_VERIFY_OK(reordered);
    QVERIFY(logOf(fixture, reordered->id).contains(u"The columns stand in another order than before."_s));

    IDS_VERIFY_OK(replace(fixture, source->id, "name,id,street\nCy,3,High\n"));
    const auto changed = fixture.ingest(source->id);
    IDS_VERIFY_OK(changed);
    QVERIFY(changed->status == RunStatus::Completed);
    const QStringList log = logOf(fixture, changed->id);
    QVERIFY(log.contains(u"New columns: street."_s));
    QVERIFY(log.contains(u"Columns that are no longer there: town."_s));
    const auto page = fixture.engine().records().page(test::EngineFixture::user(), source->id, {});
    IDS_VERIFY_OK(page);
    QCOMPARE(page->columns[2].name, u"street"_s);
    QCOMPARE(page->records[0].cells[2], u"High"_s);
}

void TestFilePreview::chosenType_holdsForTheNextFileAndItsPreview()
{
    const BuiltInConnectors connectors;
    test::EngineFixture fixture(connectors);
    const UserId user = test::EngineFixture::user();
    const auto source = fixture.addFile(u"People"_s, "name,visits\nAda,1\nBo,2\n");
    IDS_VERIFY_OK(source);
    IDS_VERIFY_OK(fixture.ingest(source->id));
    SourcePatch patch;
    patch.columns = {{.name = u"visits"_s, .choice = ColumnChange::Choice::Chosen, .type = ColumnType::Text}};
    IDS_VERIFY_OK(fixture.engine().sources().update(user, source->id, patch));
    IDS_VERIFY_OK(replace(fixture, source->id, "visits,town\n7,Bonn\n"));
    const auto preview = fixture.engine().previews().preview(user, source->id, {});
    IDS_VERIFY_OK(preview);
    QVERIFY(preview->columns[0].chosen);
    QVERIFY(preview->columns[0].type == ColumnType::Text);
    QVERIFY(preview->columns[0].inferred == ColumnType::Integer);
    IDS_VERIFY_OK(fixture.ingest(source->id));
    QVERIFY(fixture.engine().records().page(user, source->id, {})->columns == preview->columns);
}

void TestFilePreview::preview_ofADamagedWorkbook_saysWhatToDo()
{
    const BuiltInConnectors connectors;
    test::EngineFixture fixture(connectors);
    ZipParts parts = xlsxParts(sheetRow("name"));
    parts.back().second = "<worksheet><sheetData><row>";
    const auto source = fixture.addFile(u"People"_s, zipped(parts));
    IDS_VERIFY_OK(source);
    const auto preview = fixture.engine().previews().preview(test::EngineFixture::user(), source->id, {});
    IDS_VERIFY_ERROR(preview, ErrorKind::Source, "workbook_damaged");
    QVERIFY(!preview.error().remedy.isEmpty());
}

QTEST_GUILESS_MAIN(TestFilePreview)
#include "tst_file_preview.moc"
