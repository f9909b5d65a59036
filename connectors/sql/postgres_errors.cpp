// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/sql/postgres_errors.h"

#include <QCoreApplication>

namespace idstore::sql {

namespace {
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(SqlErrors)
};
} // namespace

Error sqlError(const char *code, const QString &message, const QString &remedy, const QString &cause)
{
    return {.kind = ErrorKind::Source,
            .code = QString::fromLatin1(code),
            .message = message,
            .remedy = remedy,
            .cause = cause.trimmed(),
            .fields = {}};
}

Error postgresError(const QString &state, const QString &text, const PostgresPlace &place)
{
    const auto is = [&](QLatin1StringView code) { return state == code; };
    if (state.isEmpty())
        return sqlError("connection_lost", Words::tr("The connection to %1 broke off.").arg(place.host),
                        Words::tr("Try again; if it stays so, check the network in between."), text);
    if (is(QLatin1StringView("28P01")))
        return sqlError("wrong_password",
                        Words::tr("%1 does not accept the user %2 with this password.").arg(place.host, place.user),
                        Words::tr("Check the user's name and password."), text);
    if (is(QLatin1StringView("28000"))) {
        if (text.contains(QLatin1StringView("no encryption")))
            return sqlError("encryption_required",
                            Words::tr("%1 takes no connection without encryption.").arg(place.host),
                            Words::tr("Set the encryption (sslmode) to require or stricter."), text);
        return sqlError("sign_in_refused",
                        Words::tr("%1 does not let the user %2 in from this computer.").arg(place.host, place.user),
                        Words::tr("Ask who runs the server to allow this user and this computer (pg_hba.conf)."), text);
    }
    if (is(QLatin1StringView("3D000")))
        return sqlError("database_not_found",
                        Words::tr("There is no database %1 on %2.").arg(place.database, place.host),
                        Words::tr("Check the name of the database; upper and lower case differ."), text);
    if (is(QLatin1StringView("42501")))
        return sqlError(
            "permission_denied",
            place.table.isEmpty()
                ? Words::tr("The user %1 may not use the database %2.").arg(place.user, place.database)
                : Words::tr("The user %1 may not read %2.").arg(place.user, place.table),
            place.table.isEmpty()
                ? Words::tr("Ask for the right to connect to it: GRANT CONNECT ON DATABASE.")
                : Words::tr("Ask for the right to read it: GRANT USAGE ON SCHEMA and GRANT SELECT ON the table."),
            text);
    if (is(QLatin1StringView("42P01")) || is(QLatin1StringView("3F000")))
        return sqlError("table_not_found", Words::tr("There is no table or view %1.").arg(place.table),
                        Words::tr("Check the names of the schema and the table."), text);
    if (is(QLatin1StringView("42703")))
        return sqlError("column_not_found", Words::tr("A column is no longer in %1.").arg(place.table),
                        Words::tr("Run it again; if it stays so, check the chosen columns."), text);
    if (is(QLatin1StringView("55P03")))
        return sqlError("table_locked", Words::tr("%1 is locked by somebody else.").arg(place.table),
                        Words::tr("Try again when the change to the table that is under way is over."), text);
    if (is(QLatin1StringView("57014")))
        return sqlError(
            "statement_timeout",
            Words::tr("Reading %1 took longer than is allowed, or was stopped on the server.").arg(place.table),
            Words::tr("Allow more time (statement_timeout_seconds), or choose fewer columns."), text);
    if (is(QLatin1StringView("53300")))
        return sqlError("too_many_connections", Words::tr("%1 has no connection left.").arg(place.host),
                        Words::tr("Try again later, or ask who runs the server for more connections."), text);
    if (state.startsWith(QLatin1StringView("57P")))
        return sqlError("server_stopped", Words::tr("%1 stopped or is just starting.").arg(place.host),
                        Words::tr("Try again when the server is up."), text);
    if (state.startsWith(QLatin1StringView("08")))
        return postgresError({}, text, place);
    return sqlError("query_failed",
                    Words::tr("%1 could not be read: the server answered with an error (%2).")
                        .arg(place.table.isEmpty() ? place.database : place.table, state),
                    Words::tr("The run's log has what the server said. Try to read the table with another program."),
                    text);
}

Error postgresHandshakeError(const QString &text, const PostgresPlace &place)
{
    const auto says = [&](const char *words) { return text.contains(QLatin1StringView(words), Qt::CaseInsensitive); };
    if (says("does not support SSL"))
        return sqlError("tls_not_offered",
                        Words::tr("%1 offers no encryption, and this source asks for it.").arg(place.host),
                        Words::tr("Have TLS switched on at the server. Only within a network that you trust, set the "
                                  "encryption (sslmode) to disable."),
                        text);
    if (says("certificate verify failed"))
        return sqlError(
            "certificate_not_trusted",
            Words::tr("The certificate of %1 is not trusted, so it may be somebody else's server.").arg(place.host),
            place.caFile.isEmpty()
                ? Words::tr("If the server is your company's own, give the file with its certificate "
                            "authority (ca_file).")
                : Words::tr("Check that %1 holds the authority that issued the server's certificate.")
                      .arg(place.caFile),
            text);
    if (says("does not match host name"))
        return sqlError("certificate_wrong_name",
                        Words::tr("The certificate that %1 shows is for another name.").arg(place.host),
                        Words::tr("Use the name that the certificate is for, or set the encryption (sslmode) to "
                                  "verify-ca."),
                        text);
    if (says("root certificate file"))
        return sqlError("ca_file_unreadable",
                        Words::tr("The file of certificate authorities %1 cannot be read.").arg(place.caFile),
                        Words::tr("Give a file in PEM format that this user may read."), text);
    if (says("private key file") || says("certificate file"))
        return sqlError("client_key_unreadable", Words::tr("The client certificate or its key cannot be read."),
                        Words::tr("Give both in PEM format, the key without a passphrase."), text);
    if (says("SSL"))
        return sqlError("tls_failed", Words::tr("No protected connection to %1 came about.").arg(place.host),
                        Words::tr("Check that the server speaks TLS 1.2 or newer."), text);
    return postgresError({}, text, place);
}

} // namespace idstore::sql
