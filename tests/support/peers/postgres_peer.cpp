// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/peers/postgres_peer.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTcpServer>
#include <QThread>

#include <csignal>
#include <memory>

#include <libpq-fe.h>

#include <sys/prctl.h>
#include <unistd.h>

namespace idstore::test {

namespace {

constexpr int patience = 60'000; // ms

using Connection = std::unique_ptr<PGconn, void (*)(PGconn *)>;
using Answer = std::unique_ptr<PGresult, void (*)(PGresult *)>;

Connection connectTo(const PostgresPeer &peer)
{
    const QByteArray port = QByteArray::number(peer.port());
    const QByteArray password = peer.password().toUtf8();
    const char *const names[] = {"host", "port", "user", "password", "dbname", "sslmode", nullptr};
    const char *const values[] = {"127.0.0.1", port.constData(), "app",  password.constData(),
                                  "postgres",  "prefer",         nullptr};
    return {PQconnectdbParams(names, values, 0), PQfinish};
}

/// The arguments behind which a program runs as a user whom the server accepts.
QStringList asServerUser()
{
    if (::geteuid() != 0)
        return {};
    return {QStringLiteral("setpriv"), QStringLiteral("--reuid=postgres"), QStringLiteral("--regid=postgres"),
            QStringLiteral("--clear-groups"), QStringLiteral("--pdeathsig=QUIT")};
}

} // namespace

PostgresPeer::PostgresPeer()
{
    const QDir versions(QStringLiteral("/usr/lib/postgresql"));
    for (const QString &version : versions.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name | QDir::Reversed)) {
        const QString folder = versions.filePath(version + QStringLiteral("/bin"));
        if (m_programs.isEmpty() && QFile::exists(folder + QStringLiteral("/postgres")))
            m_programs = folder;
    }
    if (m_programs.isEmpty()) {
        m_problem = QStringLiteral("PostgreSQL is missing: install the package postgresql");
        return;
    }
    if (makeCluster())
        static_cast<void>(start());
}

PostgresPeer::~PostgresPeer()
{
    stop();
}

bool PostgresPeer::runTool(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setWorkingDirectory(m_folder.path());
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    if (process.waitForFinished(patience) && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0)
        return true;
    m_problem =
        QStringLiteral("%1: %2 %3").arg(program, process.errorString(), QString::fromLocal8Bit(process.readAll()));
    return false;
}

bool PostgresPeer::makeCluster()
{
    const auto path = [&](const char *name) { return m_folder.filePath(QString::fromLatin1(name)); };
    QFile::setPermissions(m_folder.path(), QFile::Permissions(0x7055)); // the server's user goes through
    QDir().mkpath(path("data"));
    QFile secret(path("password"));
    if (!secret.open(QIODevice::WriteOnly) || secret.write(password().toUtf8()) < 0)
        return false;
    secret.close();
    secret.setPermissions(QFile::Permissions(0x6044));
    if (!runTool(QStringLiteral("openssl"),
                 {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"), QStringLiteral("rsa:2048"),
                  QStringLiteral("-nodes"), QStringLiteral("-days"), QStringLiteral("2"), QStringLiteral("-subj"),
                  QStringLiteral("/CN=database"), QStringLiteral("-addext"),
                  QStringLiteral("subjectAltName=IP:127.0.0.1"), QStringLiteral("-keyout"), path("server.key"),
                  QStringLiteral("-out"), path("server.crt")}))
        return false;
    if (::geteuid() == 0 &&
        !runTool(QStringLiteral("chown"), {QStringLiteral("postgres:postgres"), path("data"), path("server.key")}))
        return false;
    QFile::setPermissions(path("server.key"), QFile::Permissions(0x6000));
    QStringList initdb = asServerUser();
    initdb += {m_programs + QStringLiteral("/initdb"),
               QStringLiteral("--pgdata=") + path("data"),
               QStringLiteral("--username=app"),
               QStringLiteral("--encoding=UTF8"),
               QStringLiteral("--locale=C.UTF-8"),
               QStringLiteral("--auth=scram-sha-256"),
               QStringLiteral("--pwfile=") + path("password"),
               QStringLiteral("--no-sync")};
    return runTool(initdb.takeFirst(), initdb);
}

bool PostgresPeer::start()
{
    QTcpServer free;
    if (m_port == 0 && free.listen(QHostAddress::LocalHost))
        m_port = free.serverPort();
    free.close();
    const auto path = [&](const char *name) { return m_folder.filePath(QString::fromLatin1(name)); };
    QStringList command = asServerUser();
    command += {m_programs + QStringLiteral("/postgres"), QStringLiteral("-D"), path("data")};
    const QStringList settings{QStringLiteral("listen_addresses=127.0.0.1"),
                               QStringLiteral("port=%1").arg(m_port),
                               QStringLiteral("unix_socket_directories="),
                               QStringLiteral("ssl_cert_file=") + path("server.crt"),
                               QStringLiteral("ssl_key_file=") + path("server.key"),
                               QStringLiteral("fsync=off"),
                               QStringLiteral("full_page_writes=off"),
                               QStringLiteral("shared_buffers=32MB"),
                               QStringLiteral("max_connections=30")};
    for (const QString &setting : settings)
        command += {QStringLiteral("-c"), setting};
    m_server.setProcessChannelMode(QProcess::MergedChannels);
    m_server.setStandardOutputFile(path("log"), QIODevice::Append);
    m_server.setWorkingDirectory(m_folder.path());
    if (::geteuid() != 0)
        m_server.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGQUIT); });
    const QString program = command.takeFirst();
    m_server.start(program, command);
    QElapsedTimer waited;
    waited.start();
    while (PQstatus(connectTo(*this).get()) != CONNECTION_OK) {
        QThread::msleep(50);
        if (waited.hasExpired(patience) || (m_server.waitForFinished(1) && m_server.state() == QProcess::NotRunning)) {
            QFile log(path("log"));
            static_cast<void>(log.open(QIODevice::ReadOnly));
            m_problem = QStringLiteral("PostgreSQL does not start: ") + QString::fromLocal8Bit(log.readAll());
            return false;
        }
    }
    return m_problem.isEmpty() && offerTls(true);
}

void PostgresPeer::stop()
{
    if (m_server.state() == QProcess::NotRunning)
        return;
    ::kill(static_cast<pid_t>(m_server.processId()), SIGQUIT); // at once, but with its children
    if (!m_server.waitForFinished(patience))
        m_server.kill();
    m_server.waitForFinished(patience);
}

QString PostgresPeer::run(const QString &statements) const
{
    const Connection connection = connectTo(*this);
    const Answer answer(PQexec(connection.get(), statements.toUtf8().constData()), PQclear);
    const ExecStatusType status = PQresultStatus(answer.get());
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK
               ? QString()
               : QString::fromUtf8(PQerrorMessage(connection.get()));
}

QString PostgresPeer::value(const QString &statement) const
{
    const Connection connection = connectTo(*this);
    const Answer answer(PQexec(connection.get(), statement.toUtf8().constData()), PQclear);
    return PQntuples(answer.get()) > 0 ? QString::fromUtf8(PQgetvalue(answer.get(), 0, 0)) : QString();
}

PostgresPeer::Lock PostgresPeer::lock(const QString &table) const
{
    std::shared_ptr<PGconn> connection = connectTo(*this);
    const QString statements = QStringLiteral("BEGIN; LOCK TABLE %1 IN ACCESS EXCLUSIVE MODE").arg(table);
    PQclear(PQexec(connection.get(), statements.toUtf8().constData()));
    return connection;
}

bool PostgresPeer::offerTls(bool offered) const
{
    const QString wanted = offered ? QStringLiteral("on") : QStringLiteral("off");
    if (!run(QStringLiteral("ALTER SYSTEM SET ssl = ") + wanted).isEmpty() ||
        !run(QStringLiteral("SELECT pg_reload_conf()")).isEmpty())
        return false;
    QElapsedTimer waited;
    waited.start();
    while (value(QStringLiteral("SHOW ssl")) != wanted) {
        if (waited.hasExpired(patience))
            return false;
        QThread::msleep(20);
    }
    return true;
}

} // namespace idstore::test
