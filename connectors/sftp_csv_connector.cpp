// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/described_connector.h"
#include "connectors/schema/common_fields.h"

#include <QCoreApplication>

namespace idstore::connectors::sftp_csv {

namespace {
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(SftpCsvConnector)
};
} // namespace

std::unique_ptr<Connector> make()
{
    using namespace schema;
    return describedConnector(
        {.id = QStringLiteral("sftp_csv"),
         .title = Words::tr("SFTP"),
         .summary = Words::tr("The rows of CSV files on a server that is reached over SSH."),
         .category = ConnectorCategory::CloudFile,
         .auth = AuthKind::Password,
         .credentialsSchema =
             oneOf({{Words::tr("Password"),
                     {text(QStringLiteral("username"), Words::tr("User name"), Words::tr("The user on the server."))
                          .required(),
                      text(QStringLiteral("password"), Words::tr("Password"), Words::tr("That user's password."))
                          .required()
                          .secret()}},
                    {Words::tr("Private key"),
                     {text(QStringLiteral("username"), Words::tr("User name"), Words::tr("The user on the server."))
                          .required(),
                      text(QStringLiteral("private_key"), Words::tr("Private key"),
                           Words::tr("The private key, as the text of its file."))
                          .required()
                          .secret(),
                      text(QStringLiteral("private_key_passphrase"), Words::tr("Passphrase"),
                           Words::tr("The passphrase of the private key, if it has one."))
                          .secret()}}}),
         .configSchema = object(
             Fields{text(QStringLiteral("host"), Words::tr("Host"), Words::tr("The name or address of the server."))
                        .required(),
                    integer(QStringLiteral("port"), Words::tr("Port"), Words::tr("The port of the server."))
                        .between(1, 65535)
                        .byDefault(22),
                    text(QStringLiteral("path"), Words::tr("Path"),
                         Words::tr("The path of the file; * and ? stand for several files."))
                        .required(),
                    text(QStringLiteral("host_key_sha256"), Words::tr("Host key"),
                         Words::tr("The SHA-256 fingerprint of the server's key. Asked for once when left out."))} +
             tableFileFields() + networkFields()),
         .readable = false});
}

} // namespace idstore::connectors::sftp_csv
