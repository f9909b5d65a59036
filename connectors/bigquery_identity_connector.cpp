// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/described_connector.h"
#include "connectors/schema/common_fields.h"

#include <QCoreApplication>

namespace idstore::connectors::bigquery_identity {

namespace {
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(BigqueryIdentityConnector)
};
} // namespace

std::unique_ptr<Connector> make()
{
    using namespace schema;
    return describedConnector(
        {.id = QStringLiteral("bigquery_identity"),
         .title = Words::tr("BigQuery"),
         .summary = Words::tr("The rows of a table or view of Google BigQuery."),
         .category = ConnectorCategory::Database,
         .auth = AuthKind::ServiceAccount,
         .credentialsSchema = object({serviceAccount()}),
         .configSchema = object(
             Fields{
                 text(QStringLiteral("project"), Words::tr("Project"),
                      Words::tr("The project of the dataset. The service account's own when left out.")),
                 text(QStringLiteral("dataset"), Words::tr("Dataset"), Words::tr("The dataset of the table."))
                     .required(),
                 text(QStringLiteral("table"), Words::tr("Table"), Words::tr("The table or view to read.")).required(),
                 text(QStringLiteral("location"), Words::tr("Location"),
                      Words::tr("Where the dataset is kept, such as EU.")),
                 integer(QStringLiteral("maximum_bytes_billed"), Words::tr("Most bytes billed"),
                         Words::tr("A query that would read more than this fails instead."))} +
             restFields()),
         .readable = false});
}

} // namespace idstore::connectors::bigquery_identity
