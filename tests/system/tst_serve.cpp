// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/csv_samples.h"
#include "tests/support/serve_process.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <memory>

using namespace idstore::test;

class TestServe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        QVERIFY(m_dir->isValid());
        m_data = m_dir->filePath(QStringLiteral("data"));
    }

    void start_output_isExactlyOneLine();
    void start_logs_goToStandardError();
    void tokenFile_isTheOwnersOnlyAndWorks();
    void tokenFile_option_choosesThePlace();
    void tokenFile_afterRestart_holdsTheSameToken();
    void health_needsNoToken();
    void stop_signals_endCleanly_data();
    void stop_signals_endCleanly();
    void stop_secondSignal_doesNoHarm();
    void stop_duringIngestion_endsCancelled();
    void instanceFile_isThereWhileRunning();
    void directory_inUse_namesTheAddress();
    void directory_afterKill_canBeUsed();
    void port_inUse_isSaid();
    void port_ofOption_isUsed();
    void upload_overTheLimit_isRefusedAndLeavesNothing();
    void catalog_ofNewerVersion_isRefused();
    void directory_notWritable_isRefused();

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_data;
};

void TestServe::start_output_isExactlyOneLine()
{
    ServeProcess serve(m_data);
    QVERIFY2(serve.start(), serve.errors().constData());
    QCOMPARE(serve.url().host(), QStringLiteral("127.0.0.1"));
    QVERIFY(serve.url().port() > 0);
    QCOMPARE(serve.tokenFile(), QDir(m_data).filePath(QStringLiteral("token")));
    QCOMPARE(serve.api().get(QStringLiteral("/api/sources")).status, 200);
    QCOMPARE(serve.api().get(QStringLiteral("/api/nothing")).status, 404);
    QCOMPARE(serve.stop(SIGTERM), 0);
    const QByteArray output = serve.output();
    QCOMPARE(output.count('\n'), 1);
    QVERIFY(output.endsWith('\n'));
    const QJsonObject ready = QJsonDocument::fromJson(output).object();
    QCOMPARE(ready.keys(), (QStringList{QStringLiteral("token_file"), QStringLiteral("url")}));
}

void TestServe::start_logs_goToStandardError()
{
    ServeProcess serve(m_data);
    QVERIFY2(serve.start(), serve.errors().constData());
    QCOMPARE(serve.stop(SIGTERM), 0);
    const QList<QByteArray> lines = serve.errors().trimmed().split('\n');
    static const QRegularExpression form(
        QStringLiteral(R"(^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (debug|info|warning|error) [\w.]+: )"));
    for (const QByteArray &line : lines)
        QVERIFY2(line.startsWith("    ") || form.match(QString::fromUtf8(line)).hasMatch(), line.constData());
}

void TestServe::tokenFile_isTheOwnersOnlyAndWorks()
{
    ServeProcess serve(m_data);
    QVERIFY2(serve.start(), serve.errors().constData());
    const QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther |
                                      QFile::WriteOther | QFile::ExeOther | QFile::ExeOwner;
    QCOMPARE(QFile::permissions(serve.tokenFile()) & others, QFile::Permissions());
    QCOMPARE(serve.api().get(QStringLiteral("/api/sources")).status, 200);
    QCOMPARE(ApiCaller(serve.url(), "ids_w_wrong").get(QStringLiteral("/api/sources")).status, 401);
    // It is a write token.
    QCOMPARE(serve.api().remove(QStringLiteral("/api/sources/src_99")).status, 404);
}

void TestServe::tokenFile_option_choosesThePlace()
{
    const QString path = m_dir->filePath(QStringLiteral("key"));
    ServeProcess serve(m_data, {QStringLiteral("--token-file"), path});
    QVERIFY2(serve.start(), serve.errors().constData());
    QCOMPARE(serve.tokenFile(), path);
    QCOMPARE(serve.api().get(QStringLiteral("/api/sources")).status, 200);
}

void TestServe::tokenFile_afterRestart_holdsTheSameToken()
{
    QByteArray token;
    {
        ServeProcess serve(m_data);
        QVERIFY2(serve.start(), serve.errors().constData());
        token = serve.token();
        QCOMPARE(serve.stop(SIGTERM), 0);
    }
    ServeProcess again(m_data);
    QVERIFY2(again.start(), again.errors().constData());
    QCOMPARE(again.token(), token);
}

void TestServe::health_needsNoToken()
{
    ServeProcess serve(m_data);
    QVERIFY2(serve.start(), serve.errors().constData());
    QCOMPARE(ApiCaller(serve.url(), "none").get(QStringLiteral("/api/health")).status, 200);
}

void TestServe::stop_signals_endCleanly_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGINT") << SIGINT;
    QTest::newRow("SIGHUP") << SIGHUP;
}

void TestServe::stop_signals_endCleanly()
{
    QFETCH(const int, signal);
    ServeProcess serve(m_data);
    QVERIFY2(serve.start(), serve.errors().constData());
    QCOMPARE(serve.stop(signal), 0);
    QVERIFY(!QFile::exists(QDir(m_data).filePath(QStringLiteral("instance.json"))));
}

void TestServe::stop_secondSignal_doesNoHarm()
{
    const QString file = m_dir->filePath(QStringLiteral("people.csv"));
    QVERIFY(writePeople(file, 300'000));
    ServeProcess serve(m_data);
    QVERIFY2(serve.start(), serve.errors().constData());
    const QString source = serve.api().upload(file, QStringLiteral("People")).text("id");
    QVERIFY(!serve.api().startFullLoad(source).isEmpty());
    for (int i = 0; i < 5; ++i) {
        serve.sendSignal(SIGTERM);
        serve.sendSignal(SIGINT);
    }
    QCOMPARE(serve.stop(SIGTERM), 0);
}

void TestServe::stop_duringIngestion_endsCancelled()
{
    const QString file = m_dir->filePath(QStringLiteral("people.csv"));
    QVERIFY(writePeople(file, 1'500'000));
    QString source;
    QString run;
    QStringList before;
    {
        ServeProcess serve(m_data);
        QVERIFY2(serve.start(), serve.errors().constData());
        source = serve.api().upload(file, QStringLiteral("People")).text("id");
        before = storedFiles(m_data);
        run = serve.api().startFullLoad(source);
        QVERIFY(!run.isEmpty());
        QCOMPARE(serve.stop(SIGTERM), 0);
        QCOMPARE(storedFiles(m_data), before);
    }
    ServeProcess again(m_data);
    QVERIFY2(again.start(), again.errors().constData());
    const QJsonObject ended = again.api().get(QStringLiteral("/api/runs/") + run).object();
    QCOMPARE(ended.value(QLatin1StringView("status")).toString(), QStringLiteral("cancelled"));
    QVERIFY(ended.value(QLatin1StringView("finished_at")).isString());
    QCOMPARE(storedFiles(m_data), before);
}

void TestServe::instanceFile_isThereWhileRunning()
{
    const QString path = QDir(m_data).filePath(QStringLiteral("instance.json"));
    ServeProcess serve(m_data);
    QVERIFY2(serve.start(), serve.errors().constData());
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject instance = QJsonDocument::fromJson(file.readAll()).object();
    QCOMPARE(instance.value(QLatin1StringView("url")).toString(), serve.url().toString());
    QCOMPARE(instance.value(QLatin1StringView("token_file")).toString(), serve.tokenFile());
    QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    QCOMPARE(serve.stop(SIGTERM), 0);
    QVERIFY(!QFile::exists(path));
}

void TestServe::directory_inUse_namesTheAddress()
{
    ServeProcess first(m_data);
    QVERIFY2(first.start(), first.errors().constData());
    const EndedProgram second = runProgram(
        {QStringLiteral("serve"), QStringLiteral("--port"), QStringLiteral("0"), QStringLiteral("--data-dir"), m_data});
    QCOMPARE(second.status, 1);
    QCOMPARE(second.output, QByteArray());
    QVERIFY2(second.errors.contains(first.url().toString().toUtf8()), second.errors.constData());
    // The first one has not noticed.
    QCOMPARE(first.api().get(QStringLiteral("/api/sources")).status, 200);
    QVERIFY(QFile::exists(QDir(m_data).filePath(QStringLiteral("instance.json"))));
}

void TestServe::directory_afterKill_canBeUsed()
{
    {
        ServeProcess serve(m_data);
        QVERIFY2(serve.start(), serve.errors().constData());
        serve.kill();
    }
    QVERIFY(QFile::exists(QDir(m_data).filePath(QStringLiteral("instance.json"))));
    ServeProcess again(m_data);
    QVERIFY2(again.start(), again.errors().constData());
    QCOMPARE(again.stop(SIGTERM), 0);
}

void TestServe::port_inUse_isSaid()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    const QString port = QString::number(other.serverPort());
    const EndedProgram ended =
        runProgram({QStringLiteral("serve"), QStringLiteral("--port"), port, QStringLiteral("--data-dir"), m_data});
    QCOMPARE(ended.status, 1);
    QCOMPARE(ended.output, QByteArray());
    QVERIFY2(ended.errors.contains(port.toUtf8()), ended.errors.constData());
}

void TestServe::port_ofOption_isUsed()
{
    quint16 port = 0;
    {
        QTcpServer free;
        QVERIFY(free.listen(QHostAddress::LocalHost));
        port = free.serverPort();
    }
    ServeProcess serve(m_data, {QStringLiteral("--port"), QString::number(port)});
    QVERIFY2(serve.start(), serve.errors().constData());
    QCOMPARE(serve.url().port(), port);
}

void TestServe::upload_overTheLimit_isRefusedAndLeavesNothing()
{
    const QString file = m_dir->filePath(QStringLiteral("people.csv"));
    QVERIFY(writePeople(file, 1000));
    ServeProcess serve(m_data, {QStringLiteral("--upload-limit"), QStringLiteral("10K")});
    QVERIFY2(serve.start(), serve.errors().constData());
    const Reply reply = serve.api().upload(file, QStringLiteral("People"));
    QVERIFY2(reply.status == 413, qPrintable(reply.failure));
    QCOMPARE(storedFiles(m_data), QStringList());
}

void TestServe::catalog_ofNewerVersion_isRefused()
{
    {
        ServeProcess serve(m_data);
        QVERIFY2(serve.start(), serve.errors().constData());
        QCOMPARE(serve.stop(SIGTERM), 0);
    }
    const QString connection = QStringLiteral("newer");
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), connection);
        database.setDatabaseName(QDir(m_data).filePath(QStringLiteral("catalog.db")));
        QVERIFY(database.open());
        QSqlQuery query(database);
        QVERIFY2(query.exec(QStringLiteral("INSERT INTO schema_migrations SELECT 9999, 'from the future', checksum, "
                                           "applied_at FROM schema_migrations LIMIT 1")),
                 qPrintable(query.lastError().text()));
    }
    QSqlDatabase::removeDatabase(connection);
    const EndedProgram ended = runProgram(
        {QStringLiteral("serve"), QStringLiteral("--port"), QStringLiteral("0"), QStringLiteral("--data-dir"), m_data});
    QCOMPARE(ended.status, 1);
    QCOMPARE(ended.output, QByteArray());
    QVERIFY2(ended.errors.contains("newer version"), ended.errors.constData());
}

void TestServe::directory_notWritable_isRefused()
{
    // A file where the folder should be: nobody, the administrator included, can make a folder there.
    QFile file(m_data);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    const EndedProgram ended = runProgram(
        {QStringLiteral("serve"), QStringLiteral("--port"), QStringLiteral("0"), QStringLiteral("--data-dir"), m_data});
    QCOMPARE(ended.status, 1);
    QVERIFY2(ended.errors.contains(m_data.toUtf8()), ended.errors.constData());
}

QTEST_GUILESS_MAIN(TestServe)
#include "tst_serve.moc"
