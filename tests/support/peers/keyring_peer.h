// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QProcessEnvironment>
#include <QString>
#include <QTemporaryDir>

namespace idstore::test {

/// A message bus with GNOME Keyring on it, in a home of its own: a session with a keychain, unlocked or not. Nobody's
/// real keychain is seen. Both end when the object goes.
class KeyringPeer
{
public:
    enum class Keyring { Unlocked, Locked };

    explicit KeyringPeer(Keyring keyring = Keyring::Unlocked);
    ~KeyringPeer();
    KeyringPeer(const KeyringPeer &) = delete;
    KeyringPeer &operator=(const KeyringPeer &) = delete;

    /// Why it does not run; empty when it does.
    [[nodiscard]] QString problem() const { return m_problem; }
    /// What a program in this session has in its environment, by name.
    [[nodiscard]] const QMap<QString, QString> &variables() const { return m_variables; }
    /// The keyring's files.
    [[nodiscard]] QString home() const { return m_home.path(); }

private:
    void start(Keyring keyring);

    QTemporaryDir m_home;
    QMap<QString, QString> m_variables;
    QProcess m_bus;
    QProcess m_keyring;
    QString m_problem;
};

} // namespace idstore::test
