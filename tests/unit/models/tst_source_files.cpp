// SPDX-License-Identifier: GPL-3.0-or-later
// Another file for a source: what stays, what goes, and what a crash leaves.
#include "tests/support/engine_fixture.h"
#include "tests/support/memory_connector.h"

#include <QDir>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>

using namespace idstore;
using test::EngineFixture;
using test::MemoryCatalog;

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
}

Result<Source> replace(EngineFixture &fixture, SourceId source, const QString &name, const QByteArray &content,
                       const QJsonObject &config = {})
{
    IDS_TRY(upload, fixture.engine().sources().stageUpload());
    IDS_CHECK(upload->write(content));
    return fixture.engine().sources().replaceFile(EngineFixture::user(), source, {name, config, {}}, std::move(upload));
}

QStringList filesOf(const EngineFixture &fixture)
{
    return QDir(fixture.dataDirectory() + QStringLiteral("/uploads/src_01")).entryList(QDir::Files);
}

} // namespace

class TestSourceFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void replaceFile_ofAReadySource_changesTheFileAlone()
    {
        MemoryCatalog catalog;
        EngineFixture fixture(catalog);
        const auto first = fixture.addFile(QStringLiteral("Leads"), "a\n1\n");
        IDS_VERIFY_OK(first);
        IDS_VERIFY_OK(fixture.ingest(first->id));
        QSignalSpy changed(&fixture.engine().sources(), &SourceService::sourceChanged);
        const auto source = replace(fixture, first->id, QStringLiteral("C:\\newer.xlsx"), "b\n22\n");
        IDS_VERIFY_OK(source);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(source->name, QStringLiteral("Leads"));
        QCOMPARE(source->rowCount, 10);
        QCOMPARE(toString(source->status), QStringLiteral("ready"));
        QCOMPARE(source->columns.size(), 3);
        QCOMPARE(source->file->originalName, QStringLiteral("newer.xlsx"));
        QCOMPARE(source->file->size, 5);
        QCOMPARE(contentOf(source->file->path), QByteArray("b\n22\n"));
        QVERIFY(!(QFile(source->file->path).permissions() & (QFile::ReadGroup | QFile::ReadOther)));
        QCOMPARE(filesOf(fixture).size(), 1);
    }

    void replaceFile_withTheSameName_againAndAgain()
    {
        MemoryCatalog catalog;
        EngineFixture fixture(catalog);
        const auto first = fixture.addFile(QStringLiteral("Leads"), "0");
        IDS_VERIFY_OK(first);
        for (const char *content : {"1", "2", "3"}) {
            const auto source = replace(fixture, first->id, QStringLiteral("Leads.csv"), content);
            IDS_VERIFY_OK(source);
            QCOMPARE(contentOf(source->file->path), QByteArray(content));
            QCOMPARE(filesOf(fixture).size(), 1);
        }
        fixture.reopen();
        const auto source = fixture.engine().sources().get(fixture.user(), first->id);
        IDS_VERIFY_OK(source);
        QCOMPARE(contentOf(source->file->path), QByteArray("3"));
    }

    void replaceFile_thatIsNoTable_changesNothing()
    {
        MemoryCatalog catalog;
        EngineFixture fixture(catalog);
        const auto first = fixture.addFile(QStringLiteral("Leads"), "a\n1\n");
        IDS_VERIFY_OK(first);
        IDS_VERIFY_ERROR(replace(fixture, first->id, QStringLiteral("x.csv"), ""), ErrorKind::InvalidInput,
                         "empty_file");
        const auto source = fixture.engine().sources().get(fixture.user(), first->id);
        IDS_VERIFY_OK(source);
        QVERIFY(source->file == first->file);
        QCOMPARE(filesOf(fixture), QStringList(QStringLiteral("upload.csv")));
    }

    void replaceFile_thatCannotBeKept_changesNothing()
    {
        MemoryCatalog catalog;
        EngineFixture fixture(catalog);
        const auto first = fixture.addFile(QStringLiteral("Leads"), "a\n1\n");
        IDS_VERIFY_OK(first);
        const QString folder = fixture.dataDirectory() + QStringLiteral("/uploads/src_01");
        QVERIFY(QDir().rename(folder, folder + QStringLiteral("-away")));
        QFile inTheWay(folder);
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        IDS_VERIFY_ERROR(replace(fixture, first->id, QStringLiteral("x.csv"), "b\n"), ErrorKind::Internal, "io_error");
        QVERIFY(inTheWay.remove());
        QVERIFY(QDir().rename(folder + QStringLiteral("-away"), folder));
        const auto source = fixture.engine().sources().get(fixture.user(), first->id);
        IDS_VERIFY_OK(source);
        QCOMPARE(contentOf(source->file->path), QByteArray("a\n1\n"));
    }

    void replaceFile_duringARun_isAConflict()
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
        const auto first = fixture.addFile(QStringLiteral("Leads"), "a\n1\n");
        IDS_VERIFY_OK(first);
        const auto run = fixture.engine().ingestion().start(fixture.user(), first->id, RunMode::Full, RunTrigger::Api);
        IDS_VERIFY_OK(run);
        reached.acquire();
        const auto refused = replace(fixture, first->id, QStringLiteral("x.csv"), "b\n");
        const auto asked = fixture.engine().sources().checkReplaceable(fixture.user(), first->id);
        goOn.release();
        IDS_VERIFY_ERROR(refused, ErrorKind::Conflict, "already_ingesting");
        IDS_VERIFY_ERROR(asked, ErrorKind::Conflict, "already_ingesting");
        IDS_VERIFY_OK(fixture.waitFor(first->id, *run));
        IDS_VERIFY_OK(replace(fixture, first->id, QStringLiteral("x.csv"), "b\n"));
    }

    void replaceFile_ofAConnectedOrForeignSource_isRefused()
    {
        MemoryCatalog catalog;
        EngineFixture fixture(catalog);
        NewConnectedSource request;
        request.name = QStringLiteral("CRM");
        request.sourceType = QStringLiteral("memory_test");
        request.credentials = {{QStringLiteral("token"), QStringLiteral("x")}};
        request.config = {{QStringLiteral("table"), QStringLiteral("t")}};
        const auto crm = fixture.engine().sources().createConnected(fixture.user(), request);
        IDS_VERIFY_OK(crm);
        IDS_VERIFY_ERROR(replace(fixture, crm->id, QStringLiteral("x.csv"), "b\n"), ErrorKind::Conflict,
                         "not_a_file_source");
        IDS_VERIFY_ERROR(fixture.engine().sources().checkReplaceable(UserId(99), crm->id), ErrorKind::NotFound,
                         "source_not_found");
    }

    void replaceWithLocalFile_copiesIt()
    {
        MemoryCatalog catalog;
        EngineFixture fixture(catalog);
        const auto first = fixture.addFile(QStringLiteral("Leads"), "a\n1\n");
        IDS_VERIFY_OK(first);
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("march.csv")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("c\n3\n");
        file.close();
        const auto source = fixture.engine().sources().replaceWithLocalFile(
            fixture.user(), first->id, file.fileName(), {{QStringLiteral("sheet"), QStringLiteral("March")}});
        IDS_VERIFY_OK(source);
        QCOMPARE(source->file->originalName, QStringLiteral("march.csv"));
        QCOMPARE(source->config, (QJsonObject{{QStringLiteral("sheet"), QStringLiteral("March")}}));
        QCOMPARE(contentOf(source->file->path), QByteArray("c\n3\n"));
        QVERIFY(file.exists());
        CancelToken cancelled;
        cancelled.cancel();
        IDS_VERIFY_ERROR(
            fixture.engine().sources().replaceWithLocalFile(fixture.user(), first->id, file.fileName(), {}, cancelled),
            ErrorKind::Cancelled, "cancelled");
    }

    void leftovers_ofACrash_areRemovedAtTheNextStart()
    {
        MemoryCatalog catalog;
        EngineFixture fixture(catalog);
        const auto first = fixture.addFile(QStringLiteral("Leads"), "a\n1\n");
        IDS_VERIFY_OK(first);
        // As after a crash between the new file's name and the catalog's word, or between that and the old file's end.
        QFile stray(fixture.dataDirectory() + QStringLiteral("/uploads/src_01/upload.2.csv"));
        QVERIFY(stray.open(QIODevice::WriteOnly));
        stray.close();
        fixture.reopen();
        QCOMPARE(filesOf(fixture), QStringList(QStringLiteral("upload.csv")));
    }

    void update_config_isChangedSettingBySetting()
    {
        MemoryCatalog catalog;
        EngineFixture fixture(catalog);
        const auto first = fixture.addFile(QStringLiteral("Leads"), "a\n1\n");
        IDS_VERIFY_OK(first);
        const auto patched = [&](const QJsonObject &config) {
            SourcePatch patch;
            patch.config = config;
            const auto source = fixture.engine().sources().update(fixture.user(), first->id, patch);
            return source ? source->config : QJsonObject{{QStringLiteral("error"), source.error().logLine()}};
        };
        const QJsonObject sheet{{QStringLiteral("sheet"), QStringLiteral("A")}};
        QJsonObject both = sheet;
        both.insert(QStringLiteral("header_row"), 3);
        QCOMPARE(patched(sheet), sheet);
        QCOMPARE(patched({{QStringLiteral("header_row"), 3}}), both);
        QCOMPARE(patched({{QStringLiteral("header_row"), QJsonValue::Null}}), sheet);
        QCOMPARE(patched({}), sheet);
    }
};

QTEST_GUILESS_MAIN(TestSourceFiles)
#include "tst_source_files.moc"
