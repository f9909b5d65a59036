// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/peers/sshd_peer.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QThread>

#include <algorithm>
#include <csignal>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace idstore::test {

namespace {

constexpr int patience = 30'000; // ms
const QString server = QStringLiteral("/usr/sbin/sshd");

int freePort()
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    const bool bound = ::bind(socket, reinterpret_cast<sockaddr *>(&address), size) == 0 &&
                       ::getsockname(socket, reinterpret_cast<sockaddr *>(&address), &size) == 0;
    ::close(socket);
    return bound ? ntohs(address.sin_port) : 0;
}

bool answers(int port)
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<quint16>(port));
    const bool connected = ::connect(socket, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0;
    ::close(socket);
    return connected;
}

QString randomName(const QString &prefix)
{
    return prefix + QString::number(QRandomGenerator::system()->generate(), 36);
}

QList<qint64> childrenOf(qint64 process)
{
    QFile list(QStringLiteral("/proc/%1/task/%1/children").arg(process));
    QList<qint64> children;
    if (list.open(QIODevice::ReadOnly)) {
        for (const QByteArray &word : list.readAll().split(' ')) {
            if (!word.trimmed().isEmpty())
                children.append(word.trimmed().toLongLong());
        }
    }
    return children;
}

} // namespace

SshdPeer::SshdPeer(HostKeys hostKeys, const QStringList &moreConfig)
    : m_password(randomName(QStringLiteral("pässword ")))
{
    if (!QFileInfo::exists(server)) {
        m_problem = QStringLiteral("sshd is missing: install the package openssh-server");
        return;
    }
    if (::geteuid() == 0) {
        if (!makeUser())
            return;
    } else {
        m_user = qEnvironmentVariable("USER");
    }
    start(hostKeys, moreConfig);
}

SshdPeer::~SshdPeer()
{
    signalSessions(SIGKILL);
    m_server.kill();
    m_server.waitForFinished(patience);
    if (m_madeUser)
        static_cast<void>(run(QStringLiteral("userdel"), {m_user}));
}

bool SshdPeer::run(const QString &program, const QStringList &arguments, const QByteArray &input)
{
    QProcess process;
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    if (process.waitForFinished(patience) && process.exitCode() == 0)
        return true;
    m_problem = QStringLiteral("%1 %2: %3")
                    .arg(program, arguments.join(u' '), QString::fromLocal8Bit(process.readAllStandardError()));
    return false;
}

bool SshdPeer::makeUser()
{
    m_user = randomName(QStringLiteral("idstore-"));
    // The files of users are locked while another test makes one.
    for (int attempt = 0; attempt < 50 && !m_madeUser; ++attempt) {
        m_madeUser = run(QStringLiteral("useradd"),
                         {QStringLiteral("--no-create-home"), QStringLiteral("--home-dir"), m_home.path(),
                          QStringLiteral("--shell"), QStringLiteral("/usr/sbin/nologin"), m_user});
        if (!m_madeUser)
            QThread::msleep(100);
    }
    for (int attempt = 0; attempt < 50 && m_madeUser; ++attempt) {
        if (run(QStringLiteral("chpasswd"), {}, QStringLiteral("%1:%2\n").arg(m_user, m_password).toUtf8())) {
            m_problem.clear();
            return true;
        }
        QThread::msleep(100);
    }
    return false;
}

void SshdPeer::start(HostKeys hostKeys, const QStringList &moreConfig)
{
    QFile::setPermissions(m_home.path(), QFile::Permissions(0x7055)); // the user goes through, owner as before
    QDir().mkpath(folder());
    QFile::setPermissions(folder(), QFile::Permissions(0x7055));
    QDir().mkpath(QStringLiteral("/run/sshd"));
    QFile authorized(path(QStringLiteral("authorized_keys")));
    if (!authorized.open(QIODevice::WriteOnly))
        return;
    authorized.setPermissions(QFile::Permissions(0x6044));

    const QStringList kinds = hostKeys == HostKeys::EcdsaAlone
                                  ? QStringList{QStringLiteral("ecdsa")}
                                  : QStringList{QStringLiteral("ed25519"), QStringLiteral("rsa")};
    m_port = freePort();
    QStringList config{QStringLiteral("Port %1").arg(m_port),
                       QStringLiteral("ListenAddress 127.0.0.1"),
                       QStringLiteral("PidFile none"),
                       QStringLiteral("AuthorizedKeysFile %1").arg(authorized.fileName()),
                       QStringLiteral("PermitRootLogin no"),
                       QStringLiteral("UsePAM no"),
                       QStringLiteral("StrictModes no"),
                       QStringLiteral("LogLevel DEBUG1"),
                       QStringLiteral("Subsystem sftp internal-sftp"),
                       QStringLiteral("ForceCommand internal-sftp")};
    for (const QString &kind : kinds) {
        const QString file = path(QStringLiteral("host_") + kind);
        if (!run(QStringLiteral("ssh-keygen"), {QStringLiteral("-q"), QStringLiteral("-t"), kind, QStringLiteral("-N"),
                                                QString(), QStringLiteral("-f"), file}))
            return;
        config.append(QStringLiteral("HostKey ") + file);
    }
    // The first of two settings counts.
    config =
        moreConfig + config +
        QStringList{QStringLiteral("PasswordAuthentication yes"), QStringLiteral("KbdInteractiveAuthentication no")};
    QFile file(path(QStringLiteral("sshd_config")));
    if (!file.open(QIODevice::WriteOnly) || file.write(config.join(u'\n').toUtf8() + '\n') < 0)
        return;
    file.close();

    m_server.start(server, {QStringLiteral("-D"), QStringLiteral("-f"), file.fileName(), QStringLiteral("-E"),
                            path(QStringLiteral("log"))});
    QElapsedTimer waited;
    waited.start();
    while (!answers(m_port)) {
        if (waited.hasExpired(patience) || (m_server.waitForFinished(10) && m_server.state() == QProcess::NotRunning)) {
            m_problem = QStringLiteral("sshd does not start: ") + QString::fromLocal8Bit(log());
            return;
        }
    }
}

QString SshdPeer::fingerprint(const QString &kind) const
{
    QProcess process;
    process.start(QStringLiteral("ssh-keygen"),
                  {QStringLiteral("-l"), QStringLiteral("-f"), path(QStringLiteral("host_%1.pub").arg(kind))});
    process.waitForFinished(patience);
    return QString::fromLatin1(process.readAllStandardOutput()).section(u' ', 1, 1);
}

QByteArray SshdPeer::newKey(const QStringList &keygenArguments, bool authorized)
{
    const QString file = path(QStringLiteral("key_%1").arg(++m_keys));
    if (!run(QStringLiteral("ssh-keygen"),
             QStringList{QStringLiteral("-q"), QStringLiteral("-f"), file} + keygenArguments))
        return {};
    QFile publicPart(file + QStringLiteral(".pub"));
    QFile list(path(QStringLiteral("authorized_keys")));
    if (authorized && publicPart.open(QIODevice::ReadOnly) && list.open(QIODevice::Append))
        list.write(publicPart.readAll());
    QFile key(file);
    return key.open(QIODevice::ReadOnly) ? key.readAll() : QByteArray();
}

QString SshdPeer::folder() const
{
    return path(QStringLiteral("in"));
}

void SshdPeer::put(const QString &name, const QByteArray &content, qint64 secondsAgo) const
{
    QFile file(folder() + u'/' + name);
    QDir().mkpath(QFileInfo(file).path());
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size() || !file.flush())
        qFatal("cannot write %s", qPrintable(file.fileName()));
    file.setPermissions(QFile::Permissions(0x6044));
    file.setFileTime(QDateTime::currentDateTimeUtc().addSecs(-secondsAgo), QFileDevice::FileModificationTime);
}

QByteArray SshdPeer::log() const
{
    QFile file(path(QStringLiteral("log")));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QList<qint64> SshdPeer::sessions() const
{
    QList<qint64> all;
    if (m_server.processId() <= 0)
        return all;
    all = childrenOf(m_server.processId());
    for (qsizetype i = 0; i < all.size(); ++i)
        all += childrenOf(all[i]);
    return all;
}

bool SshdPeer::isServing(const QString &name) const
{
    const QString wanted = folder() + u'/' + name;
    for (const qint64 session : sessions()) {
        const QDir handles(QStringLiteral("/proc/%1/fd").arg(session));
        for (const QString &handle : handles.entryList(QDir::System | QDir::AllEntries | QDir::NoDotAndDotDot)) {
            if (QFile::symLinkTarget(handles.filePath(handle)) == wanted)
                return true;
        }
    }
    return false;
}

void SshdPeer::signalSessions(int signal) const
{
    for (const qint64 session : sessions())
        ::kill(static_cast<pid_t>(session), signal);
}

} // namespace idstore::test
