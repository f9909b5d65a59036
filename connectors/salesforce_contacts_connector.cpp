// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/described_connector.h"
#include "connectors/schema/common_fields.h"

#include <QCoreApplication>

namespace idstore::connectors::salesforce_contacts {

namespace {
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(SalesforceContactsConnector)
};
} // namespace

std::unique_ptr<Connector> make()
{
    using namespace schema;
    return describedConnector(
        {.id = QStringLiteral("salesforce_contacts"),
         .title = Words::tr("Salesforce"),
         .summary = Words::tr("The contacts, or other objects, of a Salesforce organisation."),
         .category = ConnectorCategory::SignIn,
         .auth = AuthKind::OAuth,
         .credentialsSchema = oneOf(
             {signInForm(),
              {Words::tr("Own application"),
               refreshTokenFields(false) +
                   Fields{
                       text(QStringLiteral("instance_url"), Words::tr("Instance URL"),
                            Words::tr("The address of your organisation, such as https://example.my.salesforce.com."))
                           .required()}}}),
         .configSchema =
             object(Fields{text(QStringLiteral("object"), Words::tr("Object"), Words::tr("The kind of object to read."))
                               .byDefault(QStringLiteral("Contact")),
                           textList(QStringLiteral("fields"), Words::tr("Fields"),
                                    Words::tr("The fields to read. All that may be read when left out.")),
                           boolean(QStringLiteral("include_deleted"), Words::tr("Deleted too"),
                                   Words::tr("Reads what is in the recycle bin as well.")),
                           text(QStringLiteral("login_url"), Words::tr("Login URL"),
                                Words::tr("Where to sign in when it is not the usual place, such as a sandbox."))} +
                    restFields()),
         .readable = false});
}

} // namespace idstore::connectors::salesforce_contacts
