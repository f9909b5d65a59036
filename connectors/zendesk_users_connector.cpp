// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/described_connector.h"
#include "connectors/schema/common_fields.h"

#include <QCoreApplication>

namespace idstore::connectors::zendesk_users {

namespace {
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ZendeskUsersConnector)
};
} // namespace

std::unique_ptr<Connector> make()
{
    using namespace schema;
    return describedConnector(
        {.id = QStringLiteral("zendesk_users"),
         .title = Words::tr("Zendesk"),
         .summary = Words::tr("The users of a Zendesk account."),
         .category = ConnectorCategory::Application,
         .auth = AuthKind::Token,
         .credentialsSchema = oneOf(
             {{Words::tr("OAuth client"),
               {text(QStringLiteral("client_id"), Words::tr("Client ID"),
                     Words::tr("The ID of your application with the vendor."))
                    .required(),
                text(QStringLiteral("client_secret"), Words::tr("Client secret"),
                     Words::tr("The secret of that application."))
                    .required()
                    .secret()}},
              {Words::tr("Access token"), {accessToken()}},
              {Words::tr("API token"),
               {text(QStringLiteral("email"), Words::tr("E-mail address"),
                     Words::tr("The address of the agent whom the token acts for."))
                    .required(),
                text(QStringLiteral("api_token"), Words::tr("API token"), Words::tr("A token from the admin centre."))
                    .required()
                    .secret()}}}),
         .configSchema = object(Fields{text(QStringLiteral("subdomain"), Words::tr("Subdomain"),
                                            Words::tr("The first part of your address at Zendesk."))
                                           .required(),
                                       textList(QStringLiteral("roles"), Words::tr("Roles"),
                                                Words::tr("Only users with these roles, such as end-user."))} +
                                restFields()),
         .readable = false});
}

} // namespace idstore::connectors::zendesk_users
