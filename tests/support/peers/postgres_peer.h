// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>

namespace idstore::test {

/// PostgreSQL on a free port of 127.0.0.1 with a cluster of its own, which offers TLS with a certificate for 127.0.0.1
/// alone. It refuses to run as root and is started as the user postgres then. Stopped, with its cluster removed, when
/// the object goes.
class PostgresPeer
{
public:
    PostgresPeer();
    ~PostgresPeer();
    PostgresPeer(const PostgresPeer &) = delete;
    PostgresPeer &operator=(const PostgresPeer &) = delete;

    /// Why it does not run; empty when it does.
    [[nodiscard]] QString problem() const { return m_problem; }
    [[nodiscard]] int port() const { return m_port; }
    [[nodiscard]] QString user() const { return QStringLiteral("app"); } ///< may do anything
    [[nodiscard]] QString password() const { return QStringLiteral("pg sécret"); }
    [[nodiscard]] QString caFile() const { return m_folder.filePath(QStringLiteral("server.crt")); }

    /// Runs statements as user(); what went wrong, or empty.
    [[nodiscard]] QString run(const QString &statements) const;
    /// The first value that a statement answers.
    [[nodiscard]] QString value(const QString &statement) const;
    /// Whether TLS is offered; connections from now on.
    [[nodiscard]] bool offerTls(bool offered) const;
    /// Keeps all others from a table as long as it lives.
    using Lock = std::shared_ptr<void>;
    [[nodiscard]] Lock lock(const QString &table) const;
    /// Breaks off all work, as a crash does, and keeps the cluster; start() brings it back.
    void stop();
    [[nodiscard]] bool start();

private:
    [[nodiscard]] bool runTool(const QString &program, const QStringList &arguments);
    [[nodiscard]] bool makeCluster();

    QTemporaryDir m_folder;
    QProcess m_server;
    QString m_problem;
    QString m_programs; ///< the folder of PostgreSQL's programs
    int m_port = 0;
};

} // namespace idstore::test
