// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/error.h"

#include <QString>

namespace idstore::sql {

/// Where a PostgreSQL source is, for what is said of it.
struct PostgresPlace
{
    QString host;
    quint16 port = 5432;
    QString user = {};
    QString database = {};
    QString table = {}; ///< "schema.table"; empty before it comes to that
    QString caFile = {}; ///< as in the config
};

// What PostgreSQL and libpq refuse, in sentences; kind Source. `text` is what they say and goes into the cause alone.
// Pure functions; any thread. Source of the codes: PostgreSQL's manual, appendix A.

/// "wrong_password", "database_not_found", "permission_denied", "table_not_found", "column_not_found", "table_locked",
/// "statement_timeout", "server_stopped", "too_many_connections", "encryption_required", "sign_in_refused",
/// "connection_lost" for a state of "", "query_failed" for anything else.
[[nodiscard]] Error postgresError(const QString &state, const QString &text, const PostgresPlace &place);
/// No connection came about, and the server named no reason: "tls_not_offered", "certificate_not_trusted",
/// "certificate_wrong_name", "tls_failed", "client_key_unreadable", "connection_lost".
[[nodiscard]] Error postgresHandshakeError(const QString &text, const PostgresPlace &place);

/// A Source error.
[[nodiscard]] Error sqlError(const char *code, const QString &message, const QString &remedy,
                             const QString &cause = {});

} // namespace idstore::sql
