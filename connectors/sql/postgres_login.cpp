// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/sql/postgres_connection.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QHostAddress>
#include <QJsonDocument>

#include <libpq-fe.h>

#include <algorithm>

namespace idstore::sql {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(SqlErrors)
};

constexpr int usualPort = 5432;

Error malformed(const QString &problem)
{
    return sqlError("connection_string_malformed", problem,
                    Words::tr("Write it as postgresql://user:password@host:5432/database."));
}

bool isThisComputer(const QString &host)
{
    return host.compare(QLatin1StringView("localhost"), Qt::CaseInsensitive) == 0 || QHostAddress(host).isLoopback();
}

/// libpq 15 has no word for the authorities that the system trusts.
QString systemAuthorities()
{
    for (const char *path : {"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"}) {
        if (QFileInfo::exists(QString::fromLatin1(path)))
            return QString::fromLatin1(path);
    }
    return {};
}

/// What the URL says. Its database and encryption give way to those of the config.
Result<void> readUrl(const QByteArray &url, PostgresLogin &login)
{
    if (!url.startsWith("postgresql://") && !url.startsWith("postgres://"))
        return malformed(Words::tr("The connection string does not begin with postgresql://."));
    char *problem = nullptr;
    const std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption *)> options(
        PQconninfoParse(url.constData(), &problem), PQconninfoFree);
    PQfreemem(problem); // may hold the password
    if (!options)
        return malformed(Words::tr("The connection string cannot be read."));
    for (const PQconninfoOption *option = options.get(); option->keyword; ++option) {
        if (!option->val || *option->val == '\0')
            continue;
        const QLatin1StringView name(option->keyword);
        const QString value = QString::fromUtf8(option->val);
        if (name == QLatin1StringView("host"))
            login.place.host = value;
        else if (name == QLatin1StringView("port"))
            login.place.port = value.toUShort();
        else if (name == QLatin1StringView("user"))
            login.place.user = value;
        else if (name == QLatin1StringView("password"))
            login.password = Secret(QByteArray(option->val));
        else if (name == QLatin1StringView("dbname"))
            login.place.database = login.place.database.isEmpty() ? value : login.place.database;
        else if (name == QLatin1StringView("sslmode"))
            login.sslMode = login.sslMode.isEmpty() ? value : login.sslMode;
        else if (name != QLatin1StringView("application_name") && name != QLatin1StringView("connect_timeout"))
            return malformed(Words::tr("The connection string has a setting that is not supported: %1.").arg(name));
    }
    const QStringList modes{QStringLiteral("disable"), QStringLiteral("require"), QStringLiteral("verify-ca"),
                            QStringLiteral("verify-full")};
    if (!login.sslMode.isEmpty() && !modes.contains(login.sslMode))
        return malformed(Words::tr("The sslmode in the connection string is none of %1.").arg(modes.join(u", ")));
    return {};
}

} // namespace

Result<PostgresLogin> postgresLogin(const ReadRequest &request)
{
    const QJsonObject credentials = QJsonDocument::fromJson(request.credentials.reveal()).object();
    const auto setting = [&](const char *name) { return request.config[QLatin1StringView(name)]; };
    const auto credential = [&](const char *name) { return credentials[QLatin1StringView(name)]; };
    const auto secret = [&](const char *name) { return Secret(credential(name).toString().toUtf8()); };

    PostgresLogin login;
    login.place.database = setting("database").toString();
    login.place.caFile = setting("ca_file").toString();
    login.sslMode = setting("sslmode").toString();
    login.clientCertificate = secret("client_certificate");
    login.clientKey = secret("client_key");
    if (const Secret url = secret("connection_string"); !url.isEmpty()) {
        IDS_CHECK(readUrl(url.reveal(), login));
    } else {
        login.place.host = credential("host").toString();
        login.place.port = static_cast<quint16>(credential("port").toInt(usualPort));
        login.place.user = credential("user").toString();
        login.password = secret("password");
    }
    const QString &host = login.place.host;
    if (host.isEmpty() || login.place.port == 0 || host.contains(u'/') || host.contains(u','))
        return malformed(Words::tr("One host, and a port from 1 to 65535, are needed to reach the server."));
    if (login.sslMode.isEmpty())
        login.sslMode = isThisComputer(host) ? QStringLiteral("prefer") : QStringLiteral("verify-full");
    if (login.sslMode.startsWith(QLatin1StringView("verify"))) {
        login.caPath = login.place.caFile.isEmpty() ? systemAuthorities() : login.place.caFile;
        if (!QFileInfo(login.caPath).isReadable())
            return sqlError("ca_file_unreadable",
                            Words::tr("The file of certificate authorities %1 cannot be read.").arg(login.caPath),
                            Words::tr("Give a file in PEM format that this user may read (ca_file)."));
    }
    if (const qint64 seconds = setting("timeout_seconds").toInteger(); seconds > 0) {
        login.lockTimeout = std::chrono::seconds(seconds);
        login.connectTimeout = std::min(login.connectTimeout, login.lockTimeout);
    }
    login.statementTimeout = std::chrono::seconds(setting("statement_timeout_seconds").toInteger());
    return login;
}

} // namespace idstore::sql
