// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/described_connector.h"
#include "connectors/schema/common_fields.h"

#include <QCoreApplication>

namespace idstore::connectors::hubspot_contacts {

namespace {
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(HubspotContactsConnector)
};
} // namespace

std::unique_ptr<Connector> make()
{
    using namespace schema;
    return describedConnector(
        {.id = QStringLiteral("hubspot_contacts"),
         .title = Words::tr("HubSpot"),
         .summary = Words::tr("The contacts of a HubSpot account."),
         .category = ConnectorCategory::Application,
         .auth = AuthKind::Token,
         .credentialsSchema = object({accessToken()}),
         .configSchema = object(Fields{textList(QStringLiteral("properties"), Words::tr("Properties"),
                                                Words::tr("The properties to read. All when left out.")),
                                       boolean(QStringLiteral("include_archived"), Words::tr("Archived too"),
                                               Words::tr("Reads archived contacts as well."))} +
                                restFields()),
         .readable = false});
}

} // namespace idstore::connectors::hubspot_contacts
