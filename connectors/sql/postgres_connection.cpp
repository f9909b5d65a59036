// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/sql/postgres_connection.h"

#include "connectors/sql/secret_file.h"
#include "connectors/ssh/tcp_connection.h"
#include "models/ingest/pipeline.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QHostAddress>
#include <QRegularExpression>

#include <libpq-fe.h>

#include <array>
#include <clocale>

#include <locale.h>
#include <poll.h>

namespace idstore::sql {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(SqlErrors)
};

constexpr int patienceMs = 50; // how long a cancellation goes unnoticed

/// libpq's own messages in English while this lives, on this thread alone: some of them have no code to tell them by.
class EnglishMessages
{
public:
    EnglishMessages()
        : m_english(newlocale(LC_MESSAGES_MASK, "C", duplocale(uselocale(nullptr))))
        , m_before(uselocale(m_english))
    {}
    ~EnglishMessages()
    {
        uselocale(m_before);
        freelocale(m_english);
    }
    Q_DISABLE_COPY_MOVE(EnglishMessages)

private:
    locale_t m_english;
    locale_t m_before;
};

QString stateIn(const QString &verboseMessage)
{
    static const QRegularExpression state(QStringLiteral("\\b(?:FATAL|ERROR|PANIC|\\w+):  ([0-9A-Z]{5}):"));
    return state.match(verboseMessage).captured(1);
}

} // namespace

void ResultDeleter::operator()(pg_result *result) const
{
    PQclear(result);
}

PostgresConnection::PostgresConnection(pg_conn *connection, PostgresPlace place, CancelToken cancel)
    : m_connection(connection)
    , m_place(std::move(place))
    , m_cancel(std::move(cancel))
{}

PostgresConnection::~PostgresConnection()
{
    stopStatement();
    PQfreemem(m_line);
    PQfinish(m_connection);
}

void PostgresConnection::stopStatement()
{
    // The server works on until it next writes to a socket that is gone: a sort of hours would go on.
    if (!m_busy || PQstatus(m_connection) != CONNECTION_OK)
        return;
    m_busy = false;
    if (PGcancel *cancel = PQgetCancel(m_connection)) {
        std::array<char, 256> problem{};
        PQcancel(cancel, problem.data(), problem.size());
        PQfreeCancel(cancel);
    }
}

Result<std::unique_ptr<PostgresConnection>> PostgresConnection::open(const PostgresLogin &login,
                                                                     const CancelToken &cancel)
{
    const EnglishMessages english;
    SecretFile certificate;
    SecretFile key;
    if (!login.clientCertificate.isEmpty()) {
        IDS_TRY(file, SecretFile::holding(login.clientCertificate));
        certificate = std::move(file);
    }
    if (!login.clientKey.isEmpty()) {
        IDS_TRY(file, SecretFile::holding(login.clientKey));
        key = std::move(file);
    }
    const auto timeout = QByteArray::number(static_cast<qint64>(login.connectTimeout.count()));
    const std::vector<std::pair<const char *, QByteArray>> settings{
        {"host", login.place.host.toUtf8()},
        {"port", QByteArray::number(login.place.port)},
        {"user", login.place.user.toUtf8()},
        {"password", login.password.reveal()},
        {"dbname", login.place.database.toUtf8()},
        {"sslmode", login.sslMode.toUtf8()},
        {"sslrootcert", login.caPath.toUtf8()},
        {"sslcert", certificate.name()},
        {"sslkey", key.name()},
        {"ssl_min_protocol_version", "TLSv1.2"},
        {"passfile", "/dev/null"},
        {"gssencmode", "disable"},
        {"connect_timeout", timeout},
        {"client_encoding", "UTF8"},
        {"application_name", "identity-store"},
        {"keepalives_idle", "30"},
        {"tcp_user_timeout", "60000"},
    };
    std::vector<const char *> names;
    std::vector<const char *> values;
    for (const auto &[name, value] : settings) {
        names.push_back(name);
        values.push_back(value.constData());
    }
    names.push_back(nullptr);
    values.push_back(nullptr);
    // No expansion: a database whose name looks like a connection string is a name.
    pg_conn *raw = PQconnectStartParams(names.data(), values.data(), 0);
    if (!raw)
        return sqlError("connection_failed", Words::tr("There is no memory for a connection."), {});
    std::unique_ptr<PostgresConnection> connection(new PostgresConnection(raw, login.place, cancel));
    IDS_CHECK(connection->establish(login));
    return connection;
}

Result<void> PostgresConnection::establish(const PostgresLogin &login)
{
    // The verbose form has the code that the server gave; there is no other way to it before the connection stands.
    PQsetErrorVerbosity(m_connection, PQERRORS_VERBOSE);
    PQsetNoticeProcessor(
        m_connection, [](void *, const char *) {}, nullptr);
    const QDeadlineTimer limit(login.connectTimeout);
    PostgresPollingStatusType wanted = PGRES_POLLING_WRITING;
    if (PQstatus(m_connection) == CONNECTION_BAD)
        wanted = PGRES_POLLING_FAILED;
    bool late = false;
    while (wanted != PGRES_POLLING_OK && wanted != PGRES_POLLING_FAILED) {
        if (m_cancel.isCancelled())
            return cancelledError();
        late = limit.hasExpired();
        if (late)
            break;
        pollfd waiting{PQsocket(m_connection), static_cast<short>(wanted == PGRES_POLLING_READING ? POLLIN : POLLOUT),
                       0};
        if (poll(&waiting, 1, patienceMs) > 0)
            wanted = PQconnectPoll(m_connection);
    }
    if (wanted != PGRES_POLLING_OK) {
        const QString text = QString::fromUtf8(PQerrorMessage(m_connection));
        if (const QString state = stateIn(text); !state.isEmpty())
            return postgresError(state, text, m_place);
        // Whether it is the way there that is at fault is said best by trying it.
        auto way = ssh::TcpConnection::open(m_place.host, m_place.port, login.connectTimeout, m_cancel);
        if (!way)
            return way.error();
        if (late)
            return sqlError("timed_out", Words::tr("%1 did not answer in time.").arg(m_place.host),
                            Words::tr("Check that the port is the database's; else try again later."), text);
        return postgresHandshakeError(text, m_place);
    }
    if (PQsetnonblocking(m_connection, 1) != 0)
        return failure(nullptr);
    const auto milliseconds = [](std::chrono::seconds seconds) { return QString::number(seconds.count() * 1000); };
    // Not as options of the start: poolers refuse those.
    return run(QStringLiteral("SET default_transaction_read_only = on; SET TimeZone = 'UTC'; SET DateStyle = 'ISO, "
                              "YMD'; SET IntervalStyle = 'iso_8601'; SET extra_float_digits = 3; "
                              "SET standard_conforming_strings = on; SET lock_timeout = %1; SET statement_timeout = %2")
                   .arg(milliseconds(login.lockTimeout), milliseconds(login.statementTimeout)));
}

bool PostgresConnection::textIsChecked() const
{
    const char *encoding = PQparameterStatus(m_connection, "server_encoding");
    return encoding && qstrcmp(encoding, "SQL_ASCII") != 0;
}

Error PostgresConnection::failure(const pg_result *result) const
{
    const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
    const char *text = result ? PQresultErrorMessage(result) : PQerrorMessage(m_connection);
    return postgresError(QString::fromLatin1(state), QString::fromUtf8(text), m_place);
}

Result<void> PostgresConnection::waitForInput()
{
    for (;;) {
        if (m_cancel.isCancelled()) {
            stopStatement();
            return cancelledError();
        }
        const int unsent = PQflush(m_connection);
        if (unsent < 0)
            return failure(nullptr);
        pollfd waiting{PQsocket(m_connection), static_cast<short>(unsent ? POLLIN | POLLOUT : POLLIN), 0};
        if (poll(&waiting, 1, patienceMs) > 0 && (waiting.revents & ~POLLOUT) != 0) {
            // What the server said last, such as that it shuts down, is still to be had when this fails.
            static_cast<void>(PQconsumeInput(m_connection));
            return {};
        }
    }
}

Result<void> PostgresConnection::start(const QString &statement, const QStringList &values, bool rowByRow)
{
    std::vector<QByteArray> texts;
    std::vector<const char *> pointers;
    texts.reserve(static_cast<std::size_t>(values.size()));
    pointers.reserve(static_cast<std::size_t>(values.size()));
    for (const QString &value : values)
        texts.push_back(value.toUtf8());
    for (const QByteArray &text : texts)
        pointers.push_back(text.constData());
    // Several statements in one go are for the simple protocol alone.
    const int sent = values.isEmpty() && !rowByRow ? PQsendQuery(m_connection, statement.toUtf8().constData())
                                                   : PQsendQueryParams(m_connection, statement.toUtf8().constData(),
                                                                       static_cast<int>(pointers.size()), nullptr,
                                                                       pointers.data(), nullptr, nullptr, 0);
    if (sent != 1)
        return failure(nullptr);
    m_busy = true;
    if (rowByRow)
        PQsetSingleRowMode(m_connection);
    return {};
}

Result<ResultPointer> PostgresConnection::nextResult()
{
    while (PQisBusy(m_connection)) {
        IDS_CHECK(waitForInput());
        if (m_cancel.isCancelled()) {
            stopStatement();
            return cancelledError();
        }
    }
    ResultPointer result(PQgetResult(m_connection));
    if (!result) {
        m_busy = false;
        return result;
    }
    switch (PQresultStatus(result.get())) {
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK:
    case PGRES_SINGLE_TUPLE:
    case PGRES_COPY_OUT:
        return result;
    default:
        m_busy = false;
        return failure(result.get());
    }
}

Result<std::optional<std::string_view>> PostgresConnection::nextCopyLine()
{
    PQfreemem(m_line);
    m_line = nullptr;
    for (;;) {
        const int size = PQgetCopyData(m_connection, &m_line, 1);
        if (size > 0) {
            std::string_view line(m_line, static_cast<std::size_t>(size));
            if (line.ends_with('\n'))
                line.remove_suffix(1);
            return std::optional(line);
        }
        if (size == 0) {
            IDS_CHECK(waitForInput());
            continue;
        }
        if (size == -2)
            return failure(nullptr);
        // Over; whether well or not stands in the results that follow.
        for (;;) {
            IDS_TRY(result, nextResult());
            if (!result)
                return std::optional<std::string_view>();
        }
    }
}

Result<std::vector<PostgresConnection::Texts>> PostgresConnection::rows(const QString &statement,
                                                                        const QStringList &values)
{
    IDS_CHECK(start(statement, values, false));
    std::vector<Texts> all;
    std::optional<Error> failed;
    for (;;) {
        auto next = nextResult();
        if (!next) {
            if (failed || PQstatus(m_connection) != CONNECTION_OK || next.error().kind == ErrorKind::Cancelled)
                return failed.value_or(next.error());
            failed = next.error();
            continue; // libpq wants all results taken
        }
        const ResultPointer &result = *next;
        if (!result)
            break;
        for (int row = 0; row < PQntuples(result.get()); ++row) {
            Texts texts;
            for (int column = 0; column < PQnfields(result.get()); ++column) {
                if (PQgetisnull(result.get(), row, column))
                    texts.emplace_back();
                else
                    texts.emplace_back(QString::fromUtf8(PQgetvalue(result.get(), row, column)));
            }
            all.push_back(std::move(texts));
        }
    }
    if (failed)
        return *failed;
    return all;
}

Result<void> PostgresConnection::run(const QString &statement)
{
    IDS_CHECK(rows(statement));
    return {};
}

} // namespace idstore::sql
