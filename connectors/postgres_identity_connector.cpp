// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/described_connector.h"
#include "connectors/schema/common_fields.h"

#include <QCoreApplication>

namespace idstore::connectors::postgres_identity {

namespace {
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(PostgresIdentityConnector)
};
} // namespace

std::unique_ptr<Connector> make()
{
    using namespace schema;
    return describedConnector(
        {.id = QStringLiteral("postgres_identity"),
         .title = Words::tr("PostgreSQL"),
         .summary = Words::tr("The rows of a table or view of a PostgreSQL database."),
         .category = ConnectorCategory::Database,
         .auth = AuthKind::Password,
         .credentialsSchema =
             databaseLogin(5432, QStringLiteral("postgresql://user:password@host/database"),
                           {text(QStringLiteral("client_certificate"), Words::tr("Client certificate"),
                                 Words::tr("The PEM certificate to log in with, when the server asks for one."))
                                .asDocument()
                                .inSection(QStringLiteral("more")),
                            text(QStringLiteral("client_key"), Words::tr("Client key"),
                                 Words::tr("The PEM private key of that certificate."))
                                .asDocument()
                                .inSection(QStringLiteral("more"))
                                .secret()}),
         .configSchema = object(
             Fields{
                 text(QStringLiteral("database"), Words::tr("Database"), Words::tr("The name of the database."))
                     .required(),
                 text(QStringLiteral("schema"), Words::tr("Schema"), Words::tr("The schema of the table."))
                     .byDefault(QStringLiteral("public")),
                 text(QStringLiteral("table"), Words::tr("Table"), Words::tr("The table or view to read.")).required(),
                 sslMode()} +
             networkFields()),
         .readable = false});
}

} // namespace idstore::connectors::postgres_identity
