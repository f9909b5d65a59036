// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/described_connector.h"
#include "connectors/schema/common_fields.h"

#include <QCoreApplication>

namespace idstore::connectors::mailchimp_members {

namespace {
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(MailchimpMembersConnector)
};
} // namespace

std::unique_ptr<Connector> make()
{
    using namespace schema;
    return describedConnector(
        {.id = QStringLiteral("mailchimp_members"),
         .title = Words::tr("Mailchimp"),
         .summary = Words::tr("The members of a Mailchimp audience."),
         .category = ConnectorCategory::Application,
         .auth = AuthKind::Token,
         .credentialsSchema =
             oneOf({{Words::tr("API key"),
                     {text(QStringLiteral("api_key"), Words::tr("API key"),
                           Words::tr("A key from your account; it ends in the data centre, such as -us21."))
                          .required()
                          .secret()}},
                    {Words::tr("Access token"), {accessToken()}}}),
         .configSchema = object(Fields{text(QStringLiteral("list_id"), Words::tr("Audience ID"),
                                            Words::tr("The ID of the audience, from its settings."))
                                           .required(),
                                       textList(QStringLiteral("statuses"), Words::tr("Statuses"),
                                                Words::tr("Only members with these statuses, such as subscribed."))} +
                                restFields()),
         .readable = false});
}

} // namespace idstore::connectors::mailchimp_members
