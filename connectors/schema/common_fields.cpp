// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/schema/common_fields.h"

#include <QCoreApplication>

namespace idstore::schema {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ConnectorFields)
};

constexpr qint64 highestPort = 65535;

Fields inSection(Fields fields, const QString &section)
{
    for (Field &field : fields)
        field = field.inSection(section);
    return fields;
}

const QString more = QStringLiteral("more");

} // namespace

Fields rowFields()
{
    return inSection({textOrList(QStringLiteral("key"), Words::tr("Key"),
                                 Words::tr("The column, or list of columns, that identifies a row.")),
                      textList(QStringLiteral("columns"), Words::tr("Columns"),
                               Words::tr("The columns to keep. All when left out."))},
                     more);
}

Fields networkFields()
{
    return rowFields() + inSection({text(QStringLiteral("ca_file"), Words::tr("Certificate authorities"),
                                         Words::tr("A PEM file of the authorities to trust instead of the system's.")),
                                    integer(QStringLiteral("timeout_seconds"), Words::tr("Time limit"),
                                            Words::tr("How many seconds to wait for an answer."), 1)},
                                   more);
}

Fields restFields()
{
    return networkFields() +
           Fields{text(QStringLiteral("base_url"), Words::tr("Base URL"),
                       Words::tr("Scheme, host and port to use instead of the vendor's, for self-hosted or proxied "
                                 "systems. Plain http only on this computer."))
                      .matching(QStringLiteral(
                                    "^(https://[^/?#\\s]+|http://(localhost|127\\.0\\.0\\.1|\\[::1\\])(:[0-9]+)?)/?$"),
                                Words::tr("Write an address such as https://gateway.example.com, without a path."))
                      .inSection(more)};
}

Fields tableFileFields()
{
    return inSection(
        {text(QStringLiteral("encoding"), Words::tr("Encoding"),
              Words::tr("Such as utf-8, utf-16le, windows-1252, shift_jis or koi8-r. Found out when left out.")),
         text(QStringLiteral("delimiter"), Words::tr("Delimiter"),
              Words::tr("The character between fields, several such as ||, or the word tab. Found out when left out.")),
         text(QStringLiteral("quote"), Words::tr("Quote"),
              Words::tr("The character around fields, or the word none. Found out when left out.")),
         text(QStringLiteral("escape"), Words::tr("Escape"),
              Words::tr("How a quote is written inside quotes: \" for twice, \\ for a backslash before it. Found out "
                        "when left out.")),
         integer(QStringLiteral("header_row"), Words::tr("Header row"),
                 Words::tr("The line with the column names, counted from 1 after the skipped ones; 0 for none. Found "
                           "out when left out.")),
         integer(QStringLiteral("header_rows"), Words::tr("Header rows"),
                 Words::tr("How many rows name the columns together. Found out when left out."), 1),
         integer(QStringLiteral("skip_rows"), Words::tr("Lines to skip"),
                 Words::tr("How many lines at the very beginning do not belong to the table.")),
         text(QStringLiteral("sheet"), Words::tr("Sheet"),
              Words::tr("The name of the sheet in a workbook. The first visible one with data when left out.")),
         text(QStringLiteral("range"), Words::tr("Range"),
              Words::tr("The cells to read from a sheet, such as A1:F200. All when left out."))},
        QStringLiteral("reading"));
}

QJsonObject storedFiles(const Field &container, const Field &object, const Fields &more)
{
    const Fields several{
        text(QStringLiteral("prefix"), Words::tr("Prefix"),
             Words::tr("Reads all files whose names start with this, as one table."))
            .required(),
        text(QStringLiteral("pattern"), Words::tr("Pattern"),
             Words::tr("Only files whose names behind the prefix's last slash match, such as *.csv. * stands for "
                       "anything within a folder, ** for folders too, ? for one character."))};
    const Fields seldom = inSection(
        {text(QStringLiteral("endpoint"), Words::tr("Endpoint"),
              Words::tr("The address of a compatible service, when it is not the vendor's own. Plain http only on this "
                        "computer."))
             .matching(
                 QStringLiteral(
                     "^(https://[^/?#\\s]+|http://(([A-Za-z0-9-]+\\.)*localhost|127\\.0\\.0\\.1|\\[::1\\])(:[0-9]+)?)"
                     "(/[^?#\\s]*)?$"),
                 Words::tr("Write an address such as https://minio.example.com.")),
         integer(QStringLiteral("max_bytes"), Words::tr("Most bytes"), Words::tr("A file larger than this is refused."),
                 1)
             .byDefault(defaultStoredFileBytes)},
        QStringLiteral("more"));
    return oneOf({{Words::tr("One file"), {container.required(), object.required()}},
                  {Words::tr("Several files"), Fields{container.required()} + several}},
                 more + seldom + tableFileFields() + restFields());
}

Field sslMode()
{
    return choice(QStringLiteral("sslmode"), Words::tr("Encryption"),
                  Words::tr("How the connection is protected. Left out, the server's certificate and name are checked, "
                            "except on this computer."),
                  {QStringLiteral("disable"), QStringLiteral("require"), QStringLiteral("verify-ca"),
                   QStringLiteral("verify-full")});
}

Field serviceAccount()
{
    return document(QStringLiteral("service_account_json"), Words::tr("Service account key"),
                    Words::tr("The JSON key file of a service account that may read the data."))
        .foundAt(Words::tr("Google Cloud console, IAM and admin, Service accounts: open the account, Keys, Add key, "
                           "JSON. Share the data with the account's e-mail address."))
        .required()
        .secret();
}

Field accessToken()
{
    return text(QStringLiteral("access_token"), Words::tr("Access token"),
                Words::tr("A token that may read the data. It is stored encrypted and never shown again."))
        .required()
        .secret();
}

Fields refreshTokenFields(bool clientSecretRequired)
{
    const Field clientSecret =
        text(QStringLiteral("client_secret"), Words::tr("Client secret"), Words::tr("The secret of that application."))
            .secret();
    return {text(QStringLiteral("client_id"), Words::tr("Client ID"),
                 Words::tr("The ID of your own application with the vendor."))
                .required(),
            clientSecretRequired ? clientSecret.required() : clientSecret,
            text(QStringLiteral("refresh_token"), Words::tr("Refresh token"),
                 Words::tr("The token from a sign-in to that application, for computers without a browser."))
                .required()
                .secret()};
}

QJsonObject databaseLogin(qint64 port, const QString &example, const Fields &common)
{
    return oneOf(
        {{Words::tr("Connection string"),
          {text(QStringLiteral("connection_string"), Words::tr("Connection string"),
                Words::tr("Everything in one line, such as %1").arg(example))
               .required()
               .secret()}},
         {Words::tr("Host and password"),
          {text(QStringLiteral("host"), Words::tr("Host"), Words::tr("The name or address of the server.")).required(),
           integer(QStringLiteral("port"), Words::tr("Port"), Words::tr("The port of the server."))
               .between(1, highestPort)
               .byDefault(port),
           text(QStringLiteral("user"), Words::tr("User"), Words::tr("A user who may read the table.")).required(),
           text(QStringLiteral("password"), Words::tr("Password"), Words::tr("That user's password."))
               .required()
               .secret()}}},
        common);
}

Form signInForm()
{
    return {Words::tr("Sign in"),
            {text(QStringLiteral("oauth_grant"), Words::tr("Sign-in"),
                  Words::tr("The ID that a finished sign-in in the browser answered."))
                 .inSection(QStringLiteral("sign_in"))
                 .required()}};
}

QJsonObject noCredentials()
{
    return object({});
}

} // namespace idstore::schema
