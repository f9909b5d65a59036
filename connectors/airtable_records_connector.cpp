// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/described_connector.h"
#include "connectors/schema/common_fields.h"

#include <QCoreApplication>

namespace idstore::connectors::airtable_records {

namespace {
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AirtableRecordsConnector)
};
} // namespace

std::unique_ptr<Connector> make()
{
    using namespace schema;
    return describedConnector(
        {.id = QStringLiteral("airtable_records"),
         .title = Words::tr("Airtable"),
         .summary = Words::tr("The records of a table of an Airtable base."),
         .category = ConnectorCategory::Application,
         .auth = AuthKind::Token,
         .credentialsSchema = object({accessToken()}),
         .configSchema = object(
             Fields{text(QStringLiteral("base_id"), Words::tr("Base ID"),
                         Words::tr("The part of the base's address that begins with app."))
                        .required(),
                    text(QStringLiteral("table"), Words::tr("Table"), Words::tr("The name or ID of the table."))
                        .required(),
                    text(QStringLiteral("view"), Words::tr("View"), Words::tr("Reads only what this view shows."))} +
             restFields()),
         .readable = false});
}

} // namespace idstore::connectors::airtable_records
