// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/described_connector.h"
#include "connectors/schema/common_fields.h"

#include <QCoreApplication>

namespace idstore::connectors::mysql_identity {

namespace {
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(MysqlIdentityConnector)
};
} // namespace

std::unique_ptr<Connector> make()
{
    using namespace schema;
    return describedConnector(
        {.id = QStringLiteral("mysql_identity"),
         .title = Words::tr("MySQL"),
         .summary = Words::tr("The rows of a table or view of a MySQL or MariaDB database."),
         .category = ConnectorCategory::Database,
         .auth = AuthKind::Password,
         .credentialsSchema = databaseLogin(3306, QStringLiteral("mysql://user:password@host/database")),
         .configSchema = object(
             Fields{
                 text(QStringLiteral("database"), Words::tr("Database"), Words::tr("The name of the database."))
                     .required(),
                 text(QStringLiteral("table"), Words::tr("Table"), Words::tr("The table or view to read.")).required(),
                 sslMode()} +
             networkFields()),
         .readable = false});
}

} // namespace idstore::connectors::mysql_identity
