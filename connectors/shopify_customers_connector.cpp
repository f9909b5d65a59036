// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/described_connector.h"
#include "connectors/schema/common_fields.h"

#include <QCoreApplication>

namespace idstore::connectors::shopify_customers {

namespace {
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ShopifyCustomersConnector)
};
} // namespace

std::unique_ptr<Connector> make()
{
    using namespace schema;
    return describedConnector(
        {.id = QStringLiteral("shopify_customers"),
         .title = Words::tr("Shopify"),
         .summary = Words::tr("The customers of a Shopify shop."),
         .category = ConnectorCategory::Application,
         .auth = AuthKind::Token,
         .credentialsSchema = oneOf({{Words::tr("Own application"),
                                      {text(QStringLiteral("client_id"), Words::tr("Client ID"),
                                            Words::tr("The ID of your application with the vendor."))
                                           .required(),
                                       text(QStringLiteral("client_secret"), Words::tr("Client secret"),
                                            Words::tr("The secret of that application."))
                                           .required()
                                           .secret()}},
                                     {Words::tr("Access token"), {accessToken()}}}),
         .configSchema = object(Fields{text(QStringLiteral("shop"), Words::tr("Shop"),
                                            Words::tr("The first part of the shop's address at myshopify.com."))
                                           .required()} +
                                restFields()),
         .readable = false});
}

} // namespace idstore::connectors::shopify_customers
