// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/described_connector.h"
#include "connectors/schema/common_fields.h"

#include <QCoreApplication>

namespace idstore::connectors::google_contacts {

namespace {
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(GoogleContactsConnector)
};
} // namespace

std::unique_ptr<Connector> make()
{
    using namespace schema;
    return describedConnector(
        {.id = QStringLiteral("google_contacts"),
         .title = Words::tr("Google Contacts"),
         .summary = Words::tr("The contacts of a Google account."),
         .category = ConnectorCategory::SignIn,
         .auth = AuthKind::OAuth,
         .credentialsSchema = oneOf({signInForm(), {Words::tr("Own application"), refreshTokenFields(true)}}),
         .configSchema = object(Fields{textList(QStringLiteral("person_fields"), Words::tr("Person fields"),
                                                Words::tr("The fields to read, such as names and emailAddresses."))} +
                                restFields()),
         .readable = false});
}

} // namespace idstore::connectors::google_contacts
