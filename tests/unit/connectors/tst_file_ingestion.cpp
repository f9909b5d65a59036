// SPDX-License-Identifier: GPL-3.0-or-later
// The file connector in its place: an upload goes through the whole engine, and its rows come out.
#include "connectors/connector_catalog.h"
#include "tests/support/engine_fixture.h"

#include <QTest>

using namespace idstore;
using namespace Qt::StringLiterals;

class TestFileIngestion : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void upload_ofMessyCsv_landsItsRowsAndRejects();
    void upload_ofImage_isRefusedAndLeavesNothing();
    void connected_notReadable_cannotBeIngested();
};

void TestFileIngestion::upload_ofMessyCsv_landsItsRowsAndRejects()
{
    const BuiltInConnectors connectors;
    test::EngineFixture fixture(connectors);
    const auto source =
        fixture.addFile(u"People"_s, "id;name;;NAME\r\n1;J\xF6rg;\"\";x\r\n2;a;b;c;d\r\n3;\"open\r\n4;Zo\xEB\r\n");
    IDS_VERIFY_OK(source);
    const auto run = fixture.ingest(source->id);
    IDS_VERIFY_OK(run);
    QVERIFY2(run->status == RunStatus::Completed, run->error ? qPrintable(run->error->logLine()) : "");
    QCOMPARE(run->counts.read, 4);
    QCOMPARE(run->counts.rejected, 2);
    QVERIFY(run->counts.addUp());

    const auto stored = fixture.engine().sources().get(test::EngineFixture::user(), source->id);
    IDS_VERIFY_OK(stored);
    QCOMPARE(stored->rowCount, 2);
    QStringList names;
    for (const Column &column : stored->columns)
        names.append(column.name);
    QCOMPARE(names, (QStringList{u"id"_s, u"name"_s, u"column_3"_s, u"NAME_2"_s}));
    QVERIFY(stored->columns[2].generated);
}

void TestFileIngestion::upload_ofImage_isRefusedAndLeavesNothing()
{
    const BuiltInConnectors connectors;
    test::EngineFixture fixture(connectors);
    IDS_VERIFY_ERROR(fixture.addFile(u"Photo"_s, "\x89PNG\r\n\x1A\nIHDR"), ErrorKind::InvalidInput, "not_a_table");
    const auto sources = fixture.engine().sources().list(test::EngineFixture::user());
    IDS_VERIFY_OK(sources);
    QVERIFY(sources->isEmpty());
}

void TestFileIngestion::connected_notReadable_cannotBeIngested()
{
    const BuiltInConnectors connectors;
    test::EngineFixture fixture(connectors);
    NewConnectedSource request;
    request.name = u"HubSpot"_s;
    request.sourceType = u"hubspot_contacts"_s;
    request.credentials = {{u"access_token"_s, u"pat-0123456789abcdef"_s}};
    const auto source = fixture.engine().sources().createConnected(test::EngineFixture::user(), request);
    IDS_VERIFY_OK(source);
    IDS_VERIFY_ERROR(fixture.ingest(source->id), ErrorKind::Unavailable, "connector_not_available");
}

QTEST_GUILESS_MAIN(TestFileIngestion)
#include "tst_file_ingestion.moc"
