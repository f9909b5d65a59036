// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/peers/google_peer.h"

#include <QSet>

namespace idstore::test {

/// Google Cloud Storage as far as reading goes: objects.list and objects.get with generations and their conditions,
/// pages, and content that is stored packed; and for requests signed with an HMAC key its XML interface, which has no
/// description to hold them to.
class GoogleStoragePeer
{
public:
    struct Object
    {
        QByteArray content; ///< as stored
        qint64 generation = 1;
        QByteArray encoding = {}; ///< "gzip": of a content that is to be unpacked on the way
    };

    GoogleStoragePeer();

    /// Puts a new generation of an object there.
    void put(const QString &bucket, const QString &name, const QByteArray &content, const QByteArray &encoding = {});
    void remove(const QString &bucket, const QString &name) { m_buckets[bucket].remove(name); }
    void publish(const QString &bucket) { m_public.insert(bucket); }
    /// The account may not read these.
    void lock(const QString &bucket) { m_locked.insert(bucket); }

    static constexpr char hmacId[] = "GOOG1EXAMPLEACCESSID";
    static constexpr char hmacSecret[] = "canary/hmac+secret";

    qsizetype pageSize = 1000; ///< a page has at most so many, whatever is asked for

private:
    PeerAnswer serve(const GoogleCall &call);
    PeerAnswer serveXml(const GoogleCall &call) const;
    [[nodiscard]] QByteArray xmlListing(const QString &bucket, const QByteArray &query) const;
    PeerAnswer listed(const QString &bucket, const GoogleCall &call) const;
    PeerAnswer got(const QString &bucket, const GoogleCall &call) const;

    QMap<QString, QMap<QString, Object>> m_buckets;
    QSet<QString> m_public;
    QSet<QString> m_locked;
    qint64 m_lastGeneration = 1'700'000'000'000'000;

public:
    GooglePeer peer; ///< last, so that it ends first
};

} // namespace idstore::test
