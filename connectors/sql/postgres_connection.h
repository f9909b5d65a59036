// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/sql/postgres_errors.h"
#include "models/ingest/connector.h"

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

struct pg_conn;
struct pg_result;

namespace idstore::sql {

/// Where to connect to and how, put together from a source's config and credentials.
struct PostgresLogin
{
    PostgresPlace place;
    Secret password;
    QString sslMode; ///< a word of libpq
    QString caPath; ///< the file of trusted authorities; empty: none needed
    Secret clientCertificate = {};
    Secret clientKey = {};
    std::chrono::seconds connectTimeout{10};
    std::chrono::seconds lockTimeout{30};
    std::chrono::seconds statementTimeout{0}; ///< 0: none
};

/// "connection_string_malformed" (Source) for a URL that is none or asks for what we do not do.
[[nodiscard]] Result<PostgresLogin> postgresLogin(const ReadRequest &request);

struct ResultDeleter
{
    void operator()(pg_result *result) const;
};
using ResultPointer = std::unique_ptr<pg_result, ResultDeleter>;

/// One connection over libpq, never blocking for longer than it takes to notice a cancellation; closed, with what is
/// under way on the server, when the object goes. One thread. The session is read only, in UTC, with ISO dates and
/// numbers with all their digits. Source of the protocol: PostgreSQL's manual, chapter "libpq".
class PostgresConnection
{
public:
    /// Errors: of postgres_errors.h, "host_not_found", "connection_refused", "timed_out", Cancelled.
    static Result<std::unique_ptr<PostgresConnection>> open(const PostgresLogin &login, const CancelToken &cancel);
    ~PostgresConnection();
    Q_DISABLE_COPY_MOVE(PostgresConnection)

    using Texts = std::vector<std::optional<QString>>;
    /// All rows of a small result. `values`: the parameters $1, $2, … as text.
    Result<std::vector<Texts>> rows(const QString &statement, const QStringList &values = {});
    Result<void> run(const QString &statement);

    /// Starts a statement; its results come one by one. `rowByRow`: each row is a result of its own.
    Result<void> start(const QString &statement, const QStringList &values, bool rowByRow);
    /// The next result of the statement under way, null when it is over.
    Result<ResultPointer> nextResult();
    /// The next line of COPY … TO STDOUT without its line break, valid until the next call; nothing when it is over.
    Result<std::optional<std::string_view>> nextCopyLine();

    /// Whether the texts that come are UTF-8 for sure: not from a database without an encoding.
    [[nodiscard]] bool textIsChecked() const;
    [[nodiscard]] const PostgresPlace &place() const { return m_place; }
    void setTable(const QString &table) { m_place.table = table; }

private:
    PostgresConnection(pg_conn *connection, PostgresPlace place, CancelToken cancel);

    Result<void> establish(const PostgresLogin &login);
    Result<void> waitForInput();
    Error failure(const pg_result *result) const;
    void stopStatement();

    pg_conn *m_connection;
    PostgresPlace m_place;
    CancelToken m_cancel;
    char *m_line = nullptr;
    bool m_busy = false; ///< the server works on a statement
};

} // namespace idstore::sql
