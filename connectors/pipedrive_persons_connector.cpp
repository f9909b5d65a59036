// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/described_connector.h"
#include "connectors/schema/common_fields.h"

#include <QCoreApplication>

namespace idstore::connectors::pipedrive_persons {

namespace {
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(PipedrivePersonsConnector)
};
} // namespace

std::unique_ptr<Connector> make()
{
    using namespace schema;
    return describedConnector(
        {.id = QStringLiteral("pipedrive_persons"),
         .title = Words::tr("Pipedrive"),
         .summary = Words::tr("The persons of a Pipedrive account."),
         .category = ConnectorCategory::Application,
         .auth = AuthKind::Token,
         .credentialsSchema = object({text(QStringLiteral("api_token"), Words::tr("API token"),
                                           Words::tr("The token under your personal preferences."))
                                          .required()
                                          .secret()}),
         .configSchema = object(Fields{text(QStringLiteral("company_domain"), Words::tr("Company domain"),
                                            Words::tr("The first part of your address at Pipedrive."))} +
                                restFields()),
         .readable = false});
}

} // namespace idstore::connectors::pipedrive_persons
