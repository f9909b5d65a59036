// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/peers/peer_process.h"

#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include <csignal>

#include <sys/prctl.h>

namespace idstore::test {

namespace {

constexpr int patience = 60'000; // ms; node is slow to start on a busy machine

} // namespace

PeerProcess::PeerProcess()
{
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setStandardInputFile(QProcess::nullDevice());
    m_process.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
    // Servers that change their user must get in.
    QFile::setPermissions(m_folder.path(), QFile::permissions(m_folder.path()) | QFile::ExeGroup | QFile::ExeOther);
}

PeerProcess::~PeerProcess()
{
    m_process.kill();
    m_process.waitForFinished(patience);
}

void PeerProcess::write(const QString &name, const QByteArray &content) const
{
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("a file of a test's server was not written");
}

void PeerProcess::setEnvironment(const QString &name, const QString &value)
{
    QProcessEnvironment environment = m_process.processEnvironment();
    if (environment.isEmpty())
        environment = QProcessEnvironment::systemEnvironment();
    environment.insert(name, value);
    m_process.setProcessEnvironment(environment);
}

QRegularExpressionMatch PeerProcess::start(const QString &program, const QStringList &arguments,
                                           const QRegularExpression &ready)
{
    if (!launch(program, arguments))
        return {};
    QElapsedTimer waited;
    waited.start();
    QByteArray output;
    while (!waited.hasExpired(patience)) {
        const bool more = m_process.waitForReadyRead(static_cast<int>(patience - waited.elapsed()));
        output += m_process.readAll();
        const auto match = ready.match(QString::fromUtf8(output));
        if (match.hasMatch())
            return match;
        if (!more)
            break;
    }
    m_problem = QStringLiteral("%1 did not become ready: %2").arg(program, QString::fromUtf8(output));
    return {};
}

QRegularExpressionMatch PeerProcess::startNode(const QStringList &arguments, const QRegularExpression &ready)
{
    if (!QFileInfo::exists(modules() + QStringLiteral("/node_modules"))) {
        m_problem =
            QStringLiteral("The npm packages of tests/support/peers/package.json are missing; ./dev test installs "
                           "them into %1.")
                .arg(modules());
        return {};
    }
    return start(QStringLiteral("node"), arguments, ready);
}

bool PeerProcess::launch(const QString &program, const QStringList &arguments)
{
    QString found = QStandardPaths::findExecutable(program);
    if (found.isEmpty()) // not on the path of plain users
        found = QStandardPaths::findExecutable(program, {QStringLiteral("/usr/sbin"), QStringLiteral("/sbin")});
    if (found.isEmpty()) {
        m_problem = QStringLiteral("%1 is not installed; ./dev test installs it.").arg(program);
        return false;
    }
    m_process.start(found, arguments);
    if (m_process.waitForStarted(patience))
        return true;
    m_problem = QStringLiteral("%1 did not start: %2").arg(found, m_process.errorString());
    return false;
}

bool PeerProcess::run(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setWorkingDirectory(m_folder.path());
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    if (process.waitForFinished(patience) && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0)
        return true;
    m_problem =
        QStringLiteral("%1 failed: %2 %3").arg(program, process.errorString(), QString::fromUtf8(process.readAll()));
    return false;
}

QString PeerProcess::modules()
{
    return QStringLiteral(IDSTORE_PEER_MODULES);
}

} // namespace idstore::test
