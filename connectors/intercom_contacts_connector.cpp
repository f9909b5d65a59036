// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/described_connector.h"
#include "connectors/schema/common_fields.h"

#include <QCoreApplication>

namespace idstore::connectors::intercom_contacts {

namespace {
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(IntercomContactsConnector)
};
} // namespace

std::unique_ptr<Connector> make()
{
    using namespace schema;
    return describedConnector(
        {.id = QStringLiteral("intercom_contacts"),
         .title = Words::tr("Intercom"),
         .summary = Words::tr("The contacts of an Intercom workspace."),
         .category = ConnectorCategory::Application,
         .auth = AuthKind::Token,
         .credentialsSchema = object({accessToken()}),
         .configSchema = object(
             Fields{choice(QStringLiteral("region"), Words::tr("Region"), Words::tr("Where the workspace is kept."),
                           {QStringLiteral("us"), QStringLiteral("eu"), QStringLiteral("au")})
                        .byDefault(QStringLiteral("us"))} +
             restFields()),
         .readable = false});
}

} // namespace idstore::connectors::intercom_contacts
