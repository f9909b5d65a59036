// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "google_source.h"
#include "tests/support/peers/google_storage_peer.h"

#include <QTest>

namespace idstore {

/// Sources of Google Cloud Storage, read from a server that holds every request to the vendor's description and judges
/// assertions, tokens and signatures.
class GcsFixture
{
public:
    /// With one object, people.csv in the bucket people-1: Ada and Bo.
    GcsFixture();

    static const QByteArray people;
    static const std::vector<Row> peopleRows;

    /// One object, read with a service account, with more settings.
    [[nodiscard]] ReadRequest one(const QString &object, const QJsonObject &more = {});
    [[nodiscard]] ReadRequest several(const QJsonObject &more);
    void put(const QString &name, const QByteArray &content, const QByteArray &encoding = {})
    {
        google.put(QStringLiteral("people-1"), name, content, encoding);
    }
    /// What must stand in no message and no log.
    [[nodiscard]] QList<QByteArray> secrets() const;
    /// Whatever must hold after every test.
    void check() const;

    GoogleSource source;
    test::GoogleStoragePeer google;
};

/// Whether the bytes of an object are asked for.
[[nodiscard]] bool isForContent(const test::GoogleCall &call);

} // namespace idstore
