// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QProcess>
#include <QRegularExpression>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

namespace idstore::test {

/// A server that a test talks to: a process with a folder of its own, gone together with the object, or with the test's
/// process however that ends.
class PeerProcess
{
public:
    PeerProcess();
    ~PeerProcess();
    PeerProcess(const PeerProcess &) = delete;
    PeerProcess &operator=(const PeerProcess &) = delete;

    [[nodiscard]] const QTemporaryDir &folder() const { return m_folder; }
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }
    /// A file in the folder.
    void write(const QString &name, const QByteArray &content) const;

    void setEnvironment(const QString &name, const QString &value);
    /// Starts it and waits for `ready` in what it prints; the match, or none: see problem().
    [[nodiscard]] QRegularExpressionMatch start(const QString &program, const QStringList &arguments,
                                                const QRegularExpression &ready);
    /// A script or program of the npm packages in tests/support/peers/package.json.
    [[nodiscard]] QRegularExpressionMatch startNode(const QStringList &arguments, const QRegularExpression &ready);
    /// Starts it; the caller finds out when it is ready.
    [[nodiscard]] bool launch(const QString &program, const QStringList &arguments);
    /// Runs a program to its end; false, with problem(), unless it ended well.
    [[nodiscard]] bool run(const QString &program, const QStringList &arguments);

    [[nodiscard]] bool isRunning() const { return m_process.state() == QProcess::Running; }
    /// Why there is no server, with what to install if that is it; empty when there is one.
    [[nodiscard]] QString problem() const { return m_problem; }
    /// Where the npm packages are.
    [[nodiscard]] static QString modules();

private:
    QTemporaryDir m_folder;
    QProcess m_process;
    QString m_problem;
};

} // namespace idstore::test
