// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/ingest/connector.h"

namespace idstore {

struct EngineParts;
struct NewConnection;

// How runs and previews alike come from a source to its reader. Thread-safe.

/// The connector that sources of this type are read through. Unavailable ("connector_not_available") when this build
/// cannot read them.
[[nodiscard]] Result<const Connector *> readableConnector(const EngineParts &parts, const QString &sourceType);

/// What a connector needs to read the source: its config, file, cursor, and its credentials. Unavailable
/// ("credentials_not_found") when the source has some that are out of reach; errors of the SecretStore.
[[nodiscard]] Result<ReadRequest> readRequest(const EngineParts &parts, const Source &source);

/// A way to a system that is no source yet, checked.
struct OpenedConnection
{
    const Connector *connector;
    ReadRequest request;
};
/// InvalidInput naming the fields that make no sense; Unavailable as readableConnector().
[[nodiscard]] Result<OpenedConnection> newConnection(const EngineParts &parts, const NewConnection &connection);

/// `config` with `changes` on top (RFC 7396): a null takes a setting away.
[[nodiscard]] QJsonObject mergedConfig(QJsonObject config, const QJsonObject &changes);

} // namespace idstore
