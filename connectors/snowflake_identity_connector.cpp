// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/described_connector.h"
#include "connectors/schema/common_fields.h"

#include <QCoreApplication>

namespace idstore::connectors::snowflake_identity {

namespace {
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(SnowflakeIdentityConnector)
};
} // namespace

std::unique_ptr<Connector> make()
{
    using namespace schema;
    return describedConnector(
        {.id = QStringLiteral("snowflake_identity"),
         .title = Words::tr("Snowflake"),
         .summary = Words::tr("The rows of a table or view of a Snowflake warehouse."),
         .category = ConnectorCategory::Database,
         .auth = AuthKind::AccessKey,
         .credentialsSchema =
             oneOf({{Words::tr("Key pair"),
                     {text(QStringLiteral("account"), Words::tr("Account"),
                           Words::tr("The account identifier, such as myorg-account123."))
                          .required(),
                      text(QStringLiteral("user"), Words::tr("User"), Words::tr("The user whose public key is set."))
                          .required(),
                      text(QStringLiteral("private_key"), Words::tr("Private key"),
                           Words::tr("The PEM private key of that user."))
                          .asDocument()
                          .required()
                          .secret(),
                      text(QStringLiteral("private_key_passphrase"), Words::tr("Passphrase"),
                           Words::tr("The passphrase of the private key, if it has one."))
                          .secret()}},
                    {Words::tr("Programmatic access token"),
                     {text(QStringLiteral("account"), Words::tr("Account"),
                           Words::tr("The account identifier, such as myorg-account123."))
                          .required(),
                      text(QStringLiteral("programmatic_access_token"), Words::tr("Programmatic access token"),
                           Words::tr("A token made for this program under the user's settings."))
                          .required()
                          .secret()}},
                    {Words::tr("OAuth token"),
                     {text(QStringLiteral("account"), Words::tr("Account"),
                           Words::tr("The account identifier, such as myorg-account123."))
                          .required(),
                      text(QStringLiteral("oauth_token"), Words::tr("OAuth token"),
                           Words::tr("An access token of an OAuth integration."))
                          .required()
                          .secret()}}}),
         .configSchema = object(
             Fields{
                 text(QStringLiteral("database"), Words::tr("Database"), Words::tr("The name of the database."))
                     .required(),
                 text(QStringLiteral("schema"), Words::tr("Schema"), Words::tr("The schema of the table.")).required(),
                 text(QStringLiteral("table"), Words::tr("Table"), Words::tr("The table or view to read.")).required(),
                 text(QStringLiteral("warehouse"), Words::tr("Warehouse"),
                      Words::tr("The warehouse that runs the query. The user's own when left out.")),
                 text(QStringLiteral("role"), Words::tr("Role"),
                      Words::tr("The role to read with. The user's own when left out."))} +
             restFields()),
         .readable = false});
}

} // namespace idstore::connectors::snowflake_identity
