// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/csv_samples.h"
#include "tests/support/serve_process.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <memory>

using namespace idstore::test;

namespace {

constexpr int patience = 60'000; // ms

bool writeFile(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

QByteArray readFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestCommandLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        QVERIFY(m_dir->isValid());
        m_data = m_dir->filePath(QStringLiteral("data"));
        m_small = m_dir->filePath(QStringLiteral("small.csv"));
        QVERIFY(writeFile(m_small, "id,name\r\n1,Ada\r\n2,Ben\r\n"));
    }

    void help_and_version_goToStandardOutput();
    void wrongUsage_isStatusTwo();
    void store_postgresql_isRefusedForNow();
    void import_withoutInstance_holdsTheRowsAfterwards();
    void import_severalFiles_goOnAfterABadOne();
    void import_intoASource_keepsItsSettings();
    void import_withInstance_isSeenByIt();
    void import_noWait_needsAnInstance();
    void import_noWait_leavesTheRunToTheInstance();
    void import_interrupted_cancelsTheRun();
    void import_badFiles_sayWhatIsWrong_data();
    void import_badFiles_sayWhatIsWrong();
    void commands_withInstance_talkToIt();
    void commands_afterAKilledInstance_workAlone();
    void commands_unknownSource_failWithTheDetail_data();
    void commands_unknownSource_failWithTheDetail();
    void export_formats_andFile();
    void export_failing_keepsTheFileThatWasThere();
    void rejects_badRows_areListed();
    void delete_source_isGone();
    void token_created_worksUntilRevoked();

private:
    [[nodiscard]] EndedProgram run(const QStringList &arguments) const
    {
        return runProgram(arguments + QStringList{QStringLiteral("--data-dir"), m_data});
    }
    [[nodiscard]] QJsonArray listed() const
    {
        return QJsonDocument::fromJson(run({QStringLiteral("list"), QStringLiteral("--json")}).output).array();
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_data;
    QString m_small;
};

void TestCommandLine::help_and_version_goToStandardOutput()
{
    const EndedProgram help = runProgram({QStringLiteral("--help")});
    QCOMPARE(help.status, 0);
    QVERIFY(help.output.contains("serve"));
    QCOMPARE(help.errors, QByteArray());
    const EndedProgram version = runProgram({QStringLiteral("--version")});
    QCOMPARE(version.status, 0);
    QCOMPARE(version.output, QByteArray("identity-store " IDSTORE_VERSION "\n"));
}

void TestCommandLine::wrongUsage_isStatusTwo()
{
    for (const QString &line : {QStringLiteral("serve --port many"), QStringLiteral("frobnicate"),
                                QStringLiteral("import"), QStringLiteral("list --full")}) {
        const EndedProgram ended = runProgram(line.split(u' '));
        QCOMPARE(ended.status, 2);
        QCOMPARE(ended.output, QByteArray());
        QVERIFY2(ended.errors.startsWith("identity-store: "), ended.errors.constData());
    }
}

void TestCommandLine::store_postgresql_isRefusedForNow()
{
    const EndedProgram ended = run({QStringLiteral("serve"), QStringLiteral("--store"),
                                    QStringLiteral("postgresql://user:hunter2@db.example.org/people")});
    QCOMPARE(ended.status, 2);
    QVERIFY2(ended.errors.contains("come later"), ended.errors.constData());
    QVERIFY(!ended.errors.contains("hunter2"));
    QVERIFY(!QFile::exists(m_data));
}

void TestCommandLine::import_withoutInstance_holdsTheRowsAfterwards()
{
    const EndedProgram imported = run({QStringLiteral("import"), m_small, QStringLiteral("--name"),
                                       QStringLiteral("People"), QStringLiteral("--json")});
    QVERIFY2(imported.status == 0, imported.errors.constData());
    const QJsonObject source = QJsonDocument::fromJson(imported.output).object();
    QCOMPARE(source.value(QLatin1StringView("name")).toString(), QStringLiteral("People"));
    QCOMPARE(source.value(QLatin1StringView("status")).toString(), QStringLiteral("ready"));
    QCOMPARE(source.value(QLatin1StringView("row_count")).toInt(), 2);
    QVERIFY(!QFile::exists(QDir(m_data).filePath(QStringLiteral("instance.json"))));

    QCOMPARE(listed().size(), 1);
    const EndedProgram list = run({QStringLiteral("list")});
    QCOMPARE(list.status, 0);
    QVERIFY2(list.output.contains("src_01  ready") && list.output.contains("People"), list.output.constData());

    const EndedProgram again = run({QStringLiteral("ingest"), QStringLiteral("src_01"), QStringLiteral("--full")});
    QVERIFY2(again.status == 0, again.errors.constData());
    const EndedProgram history = run({QStringLiteral("history"), QStringLiteral("src_01"), QStringLiteral("--json")});
    QCOMPARE(history.status, 0);
    const QJsonArray runs = QJsonDocument::fromJson(history.output).array();
    QCOMPARE(runs.size(), 2);
    QCOMPARE(runs.first().toObject().value(QLatin1StringView("trigger")).toString(), QStringLiteral("cli"));
}

void TestCommandLine::import_intoASource_keepsItsSettings()
{
    const auto write = [this](const char *name, const QByteArray &content) {
        QFile file(m_dir->filePath(QLatin1StringView(name)));
        return file.open(QIODevice::WriteOnly) && file.write(content) == content.size() ? file.fileName() : QString();
    };
    const QString march = write("march.csv", "by hand\nid;name\n1;Ada\n");
    const QString april = write("april.csv", "by hand again\nid;name;town\n2;Bo;Kiel\n3;Cy;Bonn\n");
    const EndedProgram first = run({QStringLiteral("import"), march, QStringLiteral("--header-row"),
                                    QStringLiteral("2"), QStringLiteral("--delimiter=;")});
    QVERIFY2(first.status == 0, first.errors.constData());
    const EndedProgram next = run({QStringLiteral("import"), april, QStringLiteral("--into"), QStringLiteral("src_01"),
                                   QStringLiteral("--json")});
    QVERIFY2(next.status == 0, next.errors.constData());
    const QJsonObject source = QJsonDocument::fromJson(next.output).object();
    QCOMPARE(source.value(QLatin1StringView("id")).toString(), QStringLiteral("src_01"));
    QCOMPARE(source.value(QLatin1StringView("name")).toString(), QStringLiteral("march.csv"));
    QCOMPARE(source.value(QLatin1StringView("row_count")).toInt(), 2);
    QCOMPARE(source.value(QLatin1StringView("columns")).toArray().size(), 3);
    QCOMPARE(listed().size(), 1);

    const EndedProgram unknown =
        run({QStringLiteral("import"), april, QStringLiteral("--into"), QStringLiteral("src_99")});
    QCOMPARE(unknown.status, 1);
    QVERIFY2(unknown.errors.contains("src_99"), unknown.errors.constData());
    const EndedProgram wrong =
        run({QStringLiteral("import"), april, QStringLiteral("--delimiter"), QStringLiteral("abc")});
    QCOMPARE(wrong.status, 1);
    QVERIFY2(wrong.errors.contains("delimiter"), wrong.errors.constData());
    QCOMPARE(listed().size(), 1);
}

void TestCommandLine::import_severalFiles_goOnAfterABadOne()
{
    const QString missing = m_dir->filePath(QStringLiteral("missing.csv"));
    const EndedProgram ended = run({QStringLiteral("import"), m_small, missing, m_small, QStringLiteral("--json")});
    QCOMPARE(ended.status, 1);
    QVERIFY2(ended.errors.contains("missing.csv"), ended.errors.constData());
    QCOMPARE(ended.output.count('\n'), 2);
    QCOMPARE(listed().size(), 2);
}

void TestCommandLine::import_withInstance_isSeenByIt()
{
    ServeProcess serve(m_data);
    QVERIFY2(serve.start(), serve.errors().constData());
    const EndedProgram imported = run({QStringLiteral("import"), m_small});
    QVERIFY2(imported.status == 0, imported.errors.constData());
    // The instance holds the directory, so nobody else can have put it there.
    const QJsonArray sources = serve.api().get(QStringLiteral("/api/sources")).array();
    QCOMPARE(sources.size(), 1);
    QCOMPARE(sources.first().toObject().value(QLatin1StringView("row_count")).toInt(), 2);
    QCOMPARE(sources.first().toObject().value(QLatin1StringView("name")).toString(), QStringLiteral("small.csv"));
}

void TestCommandLine::import_noWait_needsAnInstance()
{
    const EndedProgram ended = run({QStringLiteral("import"), m_small, QStringLiteral("--no-wait")});
    QCOMPARE(ended.status, 1);
    QVERIFY2(ended.errors.contains("--no-wait"), ended.errors.constData());
    QCOMPARE(listed().size(), 0);
}

void TestCommandLine::import_noWait_leavesTheRunToTheInstance()
{
    ServeProcess serve(m_data);
    QVERIFY2(serve.start(), serve.errors().constData());
    const EndedProgram ended = run({QStringLiteral("import"), m_small, QStringLiteral("--no-wait")});
    QVERIFY2(ended.status == 0, ended.errors.constData());
    const QJsonArray runs = serve.api().get(QStringLiteral("/api/sources/src_01/history")).array();
    QCOMPARE(runs.size(), 1);
    const QJsonObject run =
        serve.api().waitForRun(runs.first().toObject().value(QLatin1StringView("run_id")).toString());
    QCOMPARE(run.value(QLatin1StringView("status")).toString(), QStringLiteral("completed"));
}

void TestCommandLine::import_interrupted_cancelsTheRun()
{
    const QString large = m_dir->filePath(QStringLiteral("large.csv"));
    QVERIFY(writePeople(large, 2'000'000));
    ServeProcess serve(m_data);
    QVERIFY2(serve.start(), serve.errors().constData());

    QProcess command;
    command.setProcessEnvironment(programEnvironment());
    command.start(programPath(), {QStringLiteral("import"), large, QStringLiteral("--data-dir"), m_data});
    QVERIFY(command.waitForStarted(patience));
    const QString path = QStringLiteral("/api/sources/src_01");
    QTRY_COMPARE_WITH_TIMEOUT(serve.api().get(path).text("status"), QStringLiteral("ingesting"), patience);
    QCOMPARE(::kill(static_cast<pid_t>(command.processId()), SIGINT), 0);
    QVERIFY(command.waitForFinished(patience));
    QCOMPARE(command.exitStatus(), QProcess::NormalExit);
    const QByteArray errors = command.readAllStandardError();
    QVERIFY2(command.exitCode() == 130, errors.constData());

    const QJsonArray runs = serve.api().get(path + QStringLiteral("/history")).array();
    QCOMPARE(runs.size(), 1);
    QCOMPARE(runs.first().toObject().value(QLatin1StringView("status")).toString(), QStringLiteral("cancelled"));
}

void TestCommandLine::import_badFiles_sayWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("picture") << QByteArray("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\x08\6\0\0\0", 29);
    QTest::newRow("binary") << QByteArray("\0\1\2\3\4\5\6\7\xff\xfe\xfd\0\0\0\0\0", 16);
}

void TestCommandLine::import_badFiles_sayWhatIsWrong()
{
    QFETCH(const QByteArray, content);
    const QString path = m_dir->filePath(QStringLiteral("bad.csv"));
    QVERIFY(writeFile(path, content));
    const EndedProgram ended = run({QStringLiteral("import"), path});
    QCOMPARE(ended.status, 1);
    QCOMPARE(ended.output, QByteArray());
    QVERIFY2(ended.errors.startsWith("identity-store: ") && ended.errors.contains("bad.csv"), ended.errors.constData());
    QVERIFY(ended.errors.size() > path.size() + 40); // more than the name: a sentence
    QCOMPARE(listed().size(), 0);
    QCOMPARE(storedFiles(m_data), QStringList());
}

void TestCommandLine::commands_withInstance_talkToIt()
{
    ServeProcess serve(m_data);
    QVERIFY2(serve.start(), serve.errors().constData());
    QCOMPARE(serve.api().upload(m_small, QStringLiteral("By the instance")).status, 201);
    QCOMPARE(listed().first().toObject().value(QLatin1StringView("name")).toString(),
             QStringLiteral("By the instance"));
    const EndedProgram ingested = run({QStringLiteral("ingest"), QStringLiteral("src_01"), QStringLiteral("--json")});
    QVERIFY2(ingested.status == 0, ingested.errors.constData());
    QCOMPARE(
        serve.api().get(QStringLiteral("/api/sources/src_01")).object().value(QLatin1StringView("row_count")).toInt(),
        2);
    // Nothing runs any more: there is nothing to cancel.
    const EndedProgram cancelled = run({QStringLiteral("cancel"), QStringLiteral("src_01")});
    QCOMPARE(cancelled.status, 1);
    QCOMPARE(serve.stop(SIGTERM), 0);
    QCOMPARE(listed().size(), 1);
}

void TestCommandLine::commands_afterAKilledInstance_workAlone()
{
    ServeProcess serve(m_data);
    QVERIFY2(serve.start(), serve.errors().constData());
    QCOMPARE(serve.api().upload(m_small, QStringLiteral("People")).status, 201);
    serve.kill();
    QVERIFY(QFile::exists(QDir(m_data).filePath(QStringLiteral("instance.json"))));
    QCOMPARE(listed().size(), 1);
    QVERIFY(!QFile::exists(QDir(m_data).filePath(QStringLiteral("instance.json"))));
}

void TestCommandLine::commands_unknownSource_failWithTheDetail_data()
{
    QTest::addColumn<QString>("command");
    for (const char *name : {"ingest", "export", "history", "rejects", "delete", "cancel"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestCommandLine::commands_unknownSource_failWithTheDetail()
{
    QFETCH(const QString, command);
    for (const QString &id : {QStringLiteral("src_77"), QStringLiteral("../tokens")}) {
        const EndedProgram ended = run({command, id});
        QCOMPARE(ended.status, 1);
        QCOMPARE(ended.output, QByteArray());
        QVERIFY2(ended.errors.startsWith("identity-store: "), ended.errors.constData());
    }
}

void TestCommandLine::export_formats_andFile()
{
    QCOMPARE(run({QStringLiteral("import"), m_small}).status, 0);
    const EndedProgram csv = run({QStringLiteral("export"), QStringLiteral("src_01")});
    QCOMPARE(csv.status, 0);
    QCOMPARE(csv.output, QByteArray("id,name\r\n1,Ada\r\n2,Ben\r\n"));

    const QString path = m_dir->filePath(QStringLiteral("out.ndjson"));
    const EndedProgram ndjson = run({QStringLiteral("export"), QStringLiteral("src_01"), QStringLiteral("-o"), path,
                                     QStringLiteral("--format"), QStringLiteral("ndjson")});
    QCOMPARE(ndjson.status, 0);
    QCOMPARE(ndjson.output, QByteArray());
    const QList<QByteArray> lines = readFile(path).trimmed().split('\n');
    QCOMPARE(lines.size(), 2);
    QCOMPARE(QJsonDocument::fromJson(lines.last()).object().value(QLatin1StringView("name")).toString(),
             QStringLiteral("Ben"));
}

void TestCommandLine::export_failing_keepsTheFileThatWasThere()
{
    const QString path = m_dir->filePath(QStringLiteral("kept.csv"));
    QVERIFY(writeFile(path, "the export of yesterday"));
    QCOMPARE(run({QStringLiteral("export"), QStringLiteral("src_01"), QStringLiteral("-o"), path}).status, 1);
    QCOMPARE(readFile(path), QByteArray("the export of yesterday"));
    const EndedProgram nowhere = run({QStringLiteral("export"), QStringLiteral("src_01"), QStringLiteral("-o"),
                                      m_dir->filePath(QStringLiteral("no/such/folder/out.csv"))});
    QCOMPARE(nowhere.status, 1);
    QVERIFY2(nowhere.errors.contains("out.csv"), nowhere.errors.constData());
}

void TestCommandLine::rejects_badRows_areListed()
{
    const QString path = m_dir->filePath(QStringLiteral("ragged.csv"));
    QVERIFY(writeFile(path, "id,name,city\r\n1,Ada,Rom\r\n2,Ben,Ulm,extra,cells\r\n3,Cleo,Bonn\r\n4,Dora,Kiel\r\n"));
    QCOMPARE(run({QStringLiteral("import"), path}).status, 0);
    const EndedProgram json = run({QStringLiteral("rejects"), QStringLiteral("src_01"), QStringLiteral("--json")});
    QVERIFY2(json.status == 0, json.errors.constData());
    const QJsonArray rejects = QJsonDocument::fromJson(json.output).array();
    QCOMPARE(rejects.size(), 1);
    QCOMPARE(rejects.first().toObject().value(QLatin1StringView("line")).toInt(), 3);
    const EndedProgram table = run({QStringLiteral("rejects"), QStringLiteral("src_01")});
    QVERIFY2(table.output.contains("2,Ben,Ulm,extra,cells"), table.output.constData());
}

void TestCommandLine::delete_source_isGone()
{
    QCOMPARE(run({QStringLiteral("import"), m_small}).status, 0);
    QCOMPARE(run({QStringLiteral("delete"), QStringLiteral("src_01")}).status, 0);
    QCOMPARE(listed().size(), 0);
    QCOMPARE(storedFiles(m_data), QStringList());
}

void TestCommandLine::token_created_worksUntilRevoked()
{
    const EndedProgram created = run({QStringLiteral("token"), QStringLiteral("create"), QStringLiteral("--name"),
                                      QStringLiteral("nightly"), QStringLiteral("--scope"), QStringLiteral("read")});
    QVERIFY2(created.status == 0, created.errors.constData());
    const QByteArray token = created.output.trimmed();

    ServeProcess serve(m_data);
    QVERIFY2(serve.start(), serve.errors().constData());
    const ApiCaller reader(serve.url(), token);
    QCOMPARE(reader.get(QStringLiteral("/api/sources")).status, 200);
    QCOMPARE(reader.upload(m_small, QStringLiteral("People")).status, 403);

    const EndedProgram tokens = run({QStringLiteral("token"), QStringLiteral("list"), QStringLiteral("--json")});
    QCOMPARE(tokens.status, 0);
    QVERIFY(!tokens.output.contains(token));
    QString id;
    for (const QJsonValue &value : QJsonDocument::fromJson(tokens.output).array()) {
        if (value.toObject().value(QLatin1StringView("name")).toString() == QStringLiteral("nightly"))
            id = value.toObject().value(QLatin1StringView("id")).toString();
    }
    QVERIFY(!id.isEmpty());
    QCOMPARE(run({QStringLiteral("token"), QStringLiteral("revoke"), id}).status, 0);
    QCOMPARE(reader.get(QStringLiteral("/api/sources")).status, 401);
}

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_command_line.moc"
