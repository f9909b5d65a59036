// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/schema/schema_fields.h"

namespace idstore::schema {

/// The `max_bytes` of files in cloud stores when the config has none: whoever keeps files there keeps large ones.
inline constexpr qint64 defaultStoredFileBytes = 50'000'000'000;

// Fields and forms that several connectors share, each written down once. Pure functions; any thread.

/// `key`, `columns`: which rows are the same, and what to keep of them. Every source has them.
[[nodiscard]] Fields rowFields();
/// rowFields() and `ca_file`, `timeout_seconds`: every source behind a network.
[[nodiscard]] Fields networkFields();
/// networkFields() and `base_url`: every source that is read over HTTP.
[[nodiscard]] Fields restFields();
/// `encoding`, `delimiter`, `quote`, `escape`, `header_row`, `header_rows`, `skip_rows`, `sheet`, `range`.
[[nodiscard]] Fields tableFileFields();
/// The config of table files in a cloud store: one `object` of a `container`, or `prefix` and `pattern` for several
/// that are read as one table; `more` fields of the store, `endpoint`, `max_bytes`, and what all such files have.
[[nodiscard]] QJsonObject storedFiles(const Field &container, const Field &object, const Fields &more = {});

[[nodiscard]] Field sslMode();
[[nodiscard]] Field serviceAccount();
[[nodiscard]] Field accessToken();
/// `client_id`, `client_secret`, `refresh_token` of an application of one's own.
[[nodiscard]] Fields refreshTokenFields(bool clientSecretRequired);
/// `connection_string`, or host, port, user and password; `common` belongs to both.
[[nodiscard]] QJsonObject databaseLogin(qint64 port, const QString &example, const Fields &common = {});
/// The finished sign-in.
[[nodiscard]] Form signInForm();

/// No credentials at all.
[[nodiscard]] QJsonObject noCredentials();

} // namespace idstore::schema
