// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/peers/peer_process.h"

#include <QUrl>

namespace idstore::test {

/// nginx on two free ports, one with TLS and a certificate for localhost and 127.0.0.1 from an authority of its own.
/// Serves files below /files/, the same packed on the way below /packed/, to "ada" with a password below
/// /private/; answers /busy with 429, /closed by closing; and what a test adds.
class NginxPeer
{
public:
    /// `locations`: further location blocks of the configuration.
    explicit NginxPeer(const QByteArray &locations = {});

    [[nodiscard]] QString problem() const { return m_process.problem(); }
    [[nodiscard]] QString url(const QString &path) const { return address(QStringLiteral("http"), m_port, path); }
    [[nodiscard]] QString tlsUrl(const QString &path) const
    {
        return address(QStringLiteral("https"), m_tlsPort, path);
    }
    /// The authority that issued the certificate, and another one.
    [[nodiscard]] QString caFile() const { return m_process.path(QStringLiteral("ca.pem")); }
    [[nodiscard]] QString otherCaFile() const { return m_process.path(QStringLiteral("other.pem")); }
    [[nodiscard]] QString password() const { return QStringLiteral("cAnArY web password"); }
    /// Puts a file below /files/; writes into the one that is there.
    void put(const QString &name, const QByteArray &content) const;
    /// Lines of the access log: method, address, status, Authorization.
    [[nodiscard]] QByteArray log() const;

private:
    [[nodiscard]] static QString address(const QString &scheme, int port, const QString &path)
    {
        return QStringLiteral("%1://127.0.0.1:%2%3").arg(scheme, QString::number(port), path);
    }
    [[nodiscard]] bool makeCertificates();
    [[nodiscard]] QByteArray configuration(const QByteArray &locations) const;
    [[nodiscard]] bool answers() const;

    PeerProcess m_process;
    int m_port = 0;
    int m_tlsPort = 0;
};

} // namespace idstore::test
