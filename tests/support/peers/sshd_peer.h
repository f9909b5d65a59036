// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

namespace idstore::test {

/// OpenSSH's sshd on a free port of 127.0.0.1, with host keys and a user of its own. Password logins need a user of the
/// system, which is made when the tests run as root and removed again; otherwise the user is whoever runs the tests,
/// and gets in by key alone. Stopped, with all its sessions, when the object goes.
class SshdPeer
{
public:
    enum class HostKeys { Ed25519AndRsa, EcdsaAlone };

    explicit SshdPeer(HostKeys hostKeys = HostKeys::Ed25519AndRsa, const QStringList &moreConfig = {});
    ~SshdPeer();
    SshdPeer(const SshdPeer &) = delete;
    SshdPeer &operator=(const SshdPeer &) = delete;

    /// Why it does not run; empty when it does.
    [[nodiscard]] QString problem() const { return m_problem; }
    [[nodiscard]] int port() const { return m_port; }
    [[nodiscard]] QString user() const { return m_user; }
    [[nodiscard]] QString password() const { return m_password; }
    [[nodiscard]] bool takesPasswords() const { return m_madeUser; }
    /// "SHA256:…" of the host key of this kind ("ed25519", "rsa", "ecdsa").
    [[nodiscard]] QString fingerprint(const QString &kind) const;
    /// The text of a new private key of this kind that the server lets in, or not.
    [[nodiscard]] QByteArray newKey(const QStringList &keygenArguments, bool authorized = true);

    /// Where files are put for the user to fetch; the same path on the server.
    [[nodiscard]] QString folder() const;
    void put(const QString &name, const QByteArray &content, qint64 secondsAgo = 3600) const;

    /// sshd's own log so far.
    [[nodiscard]] QByteArray log() const;
    /// Whether a session has this file open now.
    [[nodiscard]] bool isServing(const QString &name) const;
    /// Signals the sessions under way, not the server itself.
    void signalSessions(int signal) const;

private:
    [[nodiscard]] bool run(const QString &program, const QStringList &arguments, const QByteArray &input = {});
    [[nodiscard]] bool makeUser();
    [[nodiscard]] QList<qint64> sessions() const;
    void start(HostKeys hostKeys, const QStringList &moreConfig);
    [[nodiscard]] QString path(const QString &name) const { return m_home.filePath(name); }

    QTemporaryDir m_home;
    QProcess m_server;
    QString m_problem;
    QString m_user;
    QString m_password;
    bool m_madeUser = false;
    int m_port = 0;
    int m_keys = 0;
};

} // namespace idstore::test
