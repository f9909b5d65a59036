// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/peers/peer_process.h"

#include <QDateTime>
#include <QJsonObject>

namespace idstore::test {

/// Microsoft's emulator of Azure Blob Storage (npm: azurite) with one account and one container; enforces account keys
/// and shared access signatures. To a wrong key it says AuthorizationFailure where Azure says AuthenticationFailed.
class AzuritePeer
{
public:
    AzuritePeer();

    [[nodiscard]] QString problem() const { return m_problem.isEmpty() ? m_process.problem() : m_problem; }
    [[nodiscard]] QString account() const { return QStringLiteral("peeraccount"); }
    [[nodiscard]] QString container() const { return QStringLiteral("contacts"); }
    [[nodiscard]] QString endpoint() const
    {
        return QStringLiteral("http://127.0.0.1:%1/%2").arg(QString::number(m_port), account());
    }
    [[nodiscard]] QByteArray key() const { return QByteArray("cAnArY-key-of-a-storage-account!").toBase64(); }
    /// {account_name, account_key}
    [[nodiscard]] QJsonObject credentials() const;
    /// {container, endpoint}
    [[nodiscard]] QJsonObject config() const;
    /// A shared access signature for the container with these permissions ("rl").
    [[nodiscard]] QByteArray sharedAccess(const QByteArray &permissions, const QDateTime &until) const;

    /// Stores a blob; false, and a warning, when the server refuses.
    [[nodiscard]] bool put(const QString &blob, const QByteArray &content, const QByteArray &encoding = {});

private:
    [[nodiscard]] bool put(const QUrl &url, const QByteArray &content,
                           const QList<std::pair<QByteArray, QByteArray>> &fields);

    PeerProcess m_process;
    QString m_problem;
    int m_port = 0;
};

} // namespace idstore::test
