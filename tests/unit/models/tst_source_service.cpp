// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/engine_fixture.h"
#include "tests/support/memory_connector.h"

#include <QDir>
#include <QDirIterator>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace idstore;
using test::EngineFixture;
using test::MemoryCatalog;

namespace {

QStringList fieldsOf(const Error &error)
{
    QStringList fields;
    for (const FieldError &field : error.fields)
        fields.append(field.field);
    return fields;
}

int filesUnder(const QString &folder)
{
    int files = 0;
    for (QDirIterator it(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories); it.hasNext(); it.next())
        ++files;
    return files;
}

bool anyFileContains(const QString &folder, const QByteArray &needle)
{
    for (QDirIterator it(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories); it.hasNext();) {
        QFile file(it.next());
        if (file.open(QIODevice::ReadOnly) && file.readAll().contains(needle))
            return true;
    }
    return false;
}

NewConnectedSource validConnected()
{
    NewConnectedSource request;
    request.name = QStringLiteral("CRM");
    request.sourceType = QStringLiteral("memory_test");
    request.credentials = {{QStringLiteral("token"), QStringLiteral("canary-secret-4711")}};
    request.config = {{QStringLiteral("table"), QStringLiteral("contacts")}};
    return request;
}

} // namespace

class TestSourceService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void createFromFile_validUpload_isPendingAndKept()
    {
        MemoryCatalog catalog;
        EngineFixture fixture(catalog);
        QSignalSpy added(&fixture.engine().sources(), &SourceService::sourceAdded);
        const auto source = fixture.addFile(QStringLiteral("Leads"), "a,b\n1,2\n");
        IDS_VERIFY_OK(source);
        QCOMPARE(source->id.toString(), QStringLiteral("src_01"));
        QCOMPARE(toString(source->status), QStringLiteral("pending"));
        QCOMPARE(source->rowCount, 0);
        QCOMPARE(source->file->originalName, QStringLiteral("Leads.csv"));
        QFile kept(source->file->path);
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QCOMPARE(kept.readAll(), QByteArray("a,b\n1,2\n"));
        QVERIFY(!(kept.permissions() & (QFile::ReadGroup | QFile::ReadOther)));
        QCOMPARE(added.size(), 1);
    }

    void createFromFile_everythingWrong_namesEveryField()
    {
        MemoryCatalog catalog;
        EngineFixture fixture(catalog);
        const auto source = fixture.addFile(QStringLiteral("  "), "");
        IDS_VERIFY_ERROR(source, ErrorKind::InvalidInput, "invalid_input");
        QCOMPARE(fieldsOf(source.error()), QStringList({QStringLiteral("name"), QStringLiteral("file")}));
        QCOMPARE(filesUnder(fixture.dataDirectory() + QStringLiteral("/uploads")), 0);
    }

    void createFromFile_emptyFile_isRefusedByTheFormat()
    {
        MemoryCatalog catalog;
        EngineFixture fixture(catalog);
        IDS_VERIFY_ERROR(fixture.addFile(QStringLiteral("Leads"), ""), ErrorKind::InvalidInput, "empty_file");
    }

    void createFromFile_fileNames_areReducedToTheirBase_data()
    {
        QTest::addColumn<QString>("sent");
        QTest::addColumn<QString>("kept");
        QTest::newRow("plain") << "leads.csv"
                               << "leads.csv";
        QTest::newRow("unix path") << "/etc/../leads.csv"
                                   << "leads.csv";
        QTest::newRow("windows path") << "C:\\Users\\me\\leads.csv"
                                      << "leads.csv";
        QTest::newRow("traversal") << "../../.."
                                   << "..";
        QTest::newRow("nothing") << ""
                                 << "upload";
    }

    void createFromFile_fileNames_areReducedToTheirBase()
    {
        QFETCH(QString, sent);
        MemoryCatalog catalog;
        EngineFixture fixture(catalog);
        auto upload = fixture.engine().sources().stageUpload();
        IDS_VERIFY_OK(upload);
        IDS_VERIFY_OK((*upload)->write("a\n"));
        const auto source = fixture.engine().sources().createFromFile(fixture.user(), {QStringLiteral("n"), {}, sent},
                                                                      std::move(*upload));
        IDS_VERIFY_OK(source);
        QTEST(source->file->originalName, "kept");
        QVERIFY(source->file->path.startsWith(fixture.dataDirectory() + QStringLiteral("/uploads/src_01/upload.")));
    }

    void createFromFile_typesChosenBeforehand_areKeptByTheFirstRun()
    {
        MemoryCatalog catalog;
        EngineFixture fixture(catalog);
        auto upload = fixture.engine().sources().stageUpload();
        IDS_VERIFY_OK(upload);
        IDS_VERIFY_OK((*upload)->write("a\n"));
        NewFileSource request{QStringLiteral("n"), {}, QStringLiteral("n.csv")};
        Column chosen{.name = QStringLiteral("id"), .filled = 7};
        chosen.chosen = true; // as text, although all values are whole numbers
        request.columns = {chosen, Column{.name = QStringLiteral("name")}};
        const auto source = fixture.engine().sources().createFromFile(fixture.user(), request, std::move(*upload));
        IDS_VERIFY_OK(source);
        QCOMPARE(source->columns.size(), 2);
        QCOMPARE(source->columns.constFirst().filled, 0); // nothing is held yet
        IDS_VERIFY_OK(fixture.ingest(source->id));
        const auto after = fixture.engine().sources().get(fixture.user(), source->id);
        IDS_VERIFY_OK(after);
        QCOMPARE(after->columns.size(), 3);
        QVERIFY(after->columns.constFirst().chosen);
        QVERIFY(after->columns.constFirst().type == ColumnType::Text);
        QVERIFY(after->columns.constFirst().inferred == ColumnType::Integer);
    }

    void stageUpload_overTheLimit_isTooLargeAndLeavesNothing()
    {
        MemoryCatalog catalog;
        EngineFixture fixture(catalog);
        fixture.options().uploadLimit = 10;
        fixture.reopen();
        {
            auto upload = fixture.engine().sources().stageUpload();
            IDS_VERIFY_OK(upload);
            IDS_VERIFY_OK((*upload)->write("1234567890"));
            IDS_VERIFY_ERROR((*upload)->write("1"), ErrorKind::TooLarge, "upload_too_large");
        }
        QCOMPARE(filesUnder(fixture.dataDirectory() + QStringLiteral("/uploads")), 0);
    }

    void createFromLocalFile_withoutName_isCalledAfterTheFile()
    {
        MemoryCatalog catalog;
        EngineFixture fixture(catalog);
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("leads.2026.csv")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("id\n1\n");
        file.close();
        auto &sources = fixture.engine().sources();
        const auto first = sources.createFromLocalFile(fixture.user(), file.fileName());
        IDS_VERIFY_OK(first);
        QCOMPARE(first->name, QStringLiteral("leads.2026"));
        const auto second = sources.createFromLocalFile(fixture.user(), file.fileName());
        IDS_VERIFY_OK(second);
        QCOMPARE(second->name, QStringLiteral("leads.2026 2"));
        const auto folderError = sources.createFromLocalFile(fixture.user(), folder.path());
        IDS_VERIFY_ERROR(folderError, ErrorKind::InvalidInput, "invalid_input");
        const auto missing = sources.createFromLocalFile(fixture.user(), folder.filePath(QStringLiteral("no.csv")));
        IDS_VERIFY_ERROR(missing, ErrorKind::InvalidInput, "invalid_input");
    }

    void createConnected_valid_keepsTheSecretEncrypted()
    {
        MemoryCatalog catalog;
        EngineFixture fixture(catalog);
        const auto source = fixture.engine().sources().createConnected(fixture.user(), validConnected());
        IDS_VERIFY_OK(source);
        const QJsonObject hint = source->credentialHints[QStringLiteral("token")].toObject();
        QCOMPARE(hint[QStringLiteral("set")].toBool(), true);
        QCOMPARE(hint[QStringLiteral("hint")].toString(), QStringLiteral("…4711"));
        fixture.close();
        QVERIFY(!anyFileContains(fixture.dataDirectory(), "canary-secret"));
    }

    void createConnected_everythingWrong_namesEveryField()
    {
        MemoryCatalog catalog;
        EngineFixture fixture(catalog);
        NewConnectedSource request = validConnected();
        request.name.clear();
        request.credentials = {{QStringLiteral("tokn"), QStringLiteral("x")}};
        request.config = {};
        request.cursorColumn = QStringLiteral("updated");
        request.cursorType = QStringLiteral("date");
        const auto source = fixture.engine().sources().createConnected(fixture.user(), request);
        IDS_VERIFY_ERROR(source, ErrorKind::InvalidInput, "invalid_input");
        QStringList fields = fieldsOf(source.error());
        fields.sort();
        QCOMPARE(fields, QStringList({QStringLiteral("config.table"), QStringLiteral("credentials.token"),
                                      QStringLiteral("credentials.tokn"), QStringLiteral("cursor_type"),
                                      QStringLiteral("name")}));
    }

    void createConnected_unknownType_listsTheKnownOnes()
    {
        MemoryCatalog catalog;
        EngineFixture fixture(catalog);
        NewConnectedSource request = validConnected();
        request.sourceType = QStringLiteral("oracle");
        const auto source = fixture.engine().sources().createConnected(fixture.user(), request);
        IDS_VERIFY_ERROR(source, ErrorKind::InvalidInput, "invalid_input");
        QCOMPARE(source.error().fields.size(), 1);
        QCOMPARE(source.error().fields.first().field, QStringLiteral("source_type"));
        QVERIFY(source.error().fields.first().message.contains(QStringLiteral("memory_test")));
    }

    void get_anotherUsersSource_isNotFound()
    {
        MemoryCatalog catalog;
        EngineFixture fixture(catalog);
        const auto source = fixture.addFile(QStringLiteral("Mine"));
        IDS_VERIFY_OK(source);
        auto &engine = fixture.engine();
        const UserId stranger(99);
        IDS_VERIFY_ERROR(engine.sources().get(stranger, source->id), ErrorKind::NotFound, "source_not_found");
        IDS_VERIFY_ERROR(engine.sources().update(stranger, source->id, {}), ErrorKind::NotFound, "source_not_found");
        IDS_VERIFY_ERROR(engine.sources().remove(stranger, source->id), ErrorKind::NotFound, "source_not_found");
        IDS_VERIFY_ERROR(engine.ingestion().start(stranger, source->id, RunMode::Full, RunTrigger::Api),
                         ErrorKind::NotFound, "source_not_found");
        IDS_VERIFY_ERROR(engine.records().page(stranger, source->id, {}), ErrorKind::NotFound, "source_not_found");
        QCOMPARE(engine.sources().list(stranger)->size(), 0);
    }

    void update_nameAndCredentials_areKept()
    {
        MemoryCatalog catalog;
        EngineFixture fixture(catalog);
        const auto source = fixture.engine().sources().createConnected(fixture.user(), validConnected());
        IDS_VERIFY_OK(source);
        SourcePatch patch;
        patch.name = QStringLiteral(" CRM 2 ");
        patch.credentials = QJsonObject{{QStringLiteral("token"), QStringLiteral("another-secret-0815")}};
        const auto updated = fixture.engine().sources().update(fixture.user(), source->id, patch);
        IDS_VERIFY_OK(updated);
        QCOMPARE(updated->name, QStringLiteral("CRM 2"));
        QCOMPARE(updated->credentialHints[QStringLiteral("token")][QStringLiteral("hint")].toString(),
                 QStringLiteral("…0815"));
        patch.name = QString();
        IDS_VERIFY_ERROR(fixture.engine().sources().update(fixture.user(), source->id, patch), ErrorKind::InvalidInput,
                         "invalid_input");
    }

    void remove_source_takesItsFilesAndNeverItsNumber()
    {
        MemoryCatalog catalog;
        EngineFixture fixture(catalog);
        const auto source = fixture.addFile(QStringLiteral("Leads"));
        IDS_VERIFY_OK(source);
        IDS_VERIFY_OK(fixture.ingest(source->id));
        IDS_VERIFY_OK(fixture.engine().sources().remove(fixture.user(), source->id));
        QCOMPARE(filesUnder(fixture.dataDirectory() + QStringLiteral("/datasets")), 0);
        QCOMPARE(filesUnder(fixture.dataDirectory() + QStringLiteral("/uploads")), 0);
        const auto next = fixture.addFile(QStringLiteral("Leads"));
        IDS_VERIFY_OK(next);
        QCOMPARE(next->id.toString(), QStringLiteral("src_02"));
    }
};

QTEST_GUILESS_MAIN(TestSourceService)
#include "tst_source_service.moc"
