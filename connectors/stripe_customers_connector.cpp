// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/described_connector.h"
#include "connectors/schema/common_fields.h"

#include <QCoreApplication>

namespace idstore::connectors::stripe_customers {

namespace {
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(StripeCustomersConnector)
};
} // namespace

std::unique_ptr<Connector> make()
{
    using namespace schema;
    return describedConnector(
        {.id = QStringLiteral("stripe_customers"),
         .title = Words::tr("Stripe"),
         .summary = Words::tr("The customers of a Stripe account."),
         .category = ConnectorCategory::Application,
         .auth = AuthKind::Token,
         .credentialsSchema = object({text(QStringLiteral("api_key"), Words::tr("API key"),
                                           Words::tr("A secret or restricted key that may read customers."))
                                          .required()
                                          .secret()}),
         .configSchema = object(Fields{text(QStringLiteral("stripe_account"), Words::tr("Connected account"),
                                            Words::tr("The ID of a connected account to read instead of your own."))} +
                                restFields()),
         .readable = false});
}

} // namespace idstore::connectors::stripe_customers
