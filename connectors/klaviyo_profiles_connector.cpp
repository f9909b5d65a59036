// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/described_connector.h"
#include "connectors/schema/common_fields.h"

#include <QCoreApplication>

namespace idstore::connectors::klaviyo_profiles {

namespace {
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(KlaviyoProfilesConnector)
};
} // namespace

std::unique_ptr<Connector> make()
{
    using namespace schema;
    return describedConnector({.id = QStringLiteral("klaviyo_profiles"),
                               .title = Words::tr("Klaviyo"),
                               .summary = Words::tr("The profiles of a Klaviyo account."),
                               .category = ConnectorCategory::Application,
                               .auth = AuthKind::Token,
                               .credentialsSchema = object({text(QStringLiteral("api_key"), Words::tr("API key"),
                                                                 Words::tr("A private key that may read profiles."))
                                                                .required()
                                                                .secret()}),
                               .configSchema = object(Fields{text(QStringLiteral("list_id"), Words::tr("List ID"),
                                                                  Words::tr("Reads only the profiles of this list."))} +
                                                      restFields()),
                               .readable = false});
}

} // namespace idstore::connectors::klaviyo_profiles
