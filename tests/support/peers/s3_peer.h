// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/http_peer.h"
#include "tests/support/peers/peer_process.h"

#include <QJsonObject>

namespace idstore::test {

/// An S3 server with one bucket, which verifies signatures and times (npm: @20minutes/s3rver). Unlike Amazon it lets
/// anybody read, knows no regions and session tokens, and signs for a bucket before the host as if it stood in the
/// path.
class S3Peer
{
public:
    S3Peer();

    [[nodiscard]] QString problem() const { return m_process.problem(); }
    [[nodiscard]] QString bucket() const { return QStringLiteral("contacts"); }
    [[nodiscard]] QString endpoint() const { return QStringLiteral("http://127.0.0.1:%1").arg(m_port); }
    [[nodiscard]] QJsonObject credentials() const;
    /// {bucket, region, endpoint}
    [[nodiscard]] QJsonObject config() const;
    /// Stores an object; false, and a warning, when the server refuses.
    [[nodiscard]] bool put(const QString &key, const QByteArray &content, const QByteArray &encoding = {});

private:
    PeerProcess m_process;
    int m_port = 0;
};

/// Whether a request carries the one right signature of this key for this region, and the session token if there is
/// one.
[[nodiscard]] bool isSignedForS3(const PeerRequest &request, const QJsonObject &credentials, const QString &region);

} // namespace idstore::test
