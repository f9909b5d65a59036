// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/described_connector.h"
#include "connectors/schema/common_fields.h"

#include <QCoreApplication>

namespace idstore::connectors::microsoft_contacts {

namespace {
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(MicrosoftContactsConnector)
};
} // namespace

std::unique_ptr<Connector> make()
{
    using namespace schema;
    return describedConnector(
        {.id = QStringLiteral("microsoft_contacts"),
         .title = Words::tr("Microsoft 365"),
         .summary = Words::tr("The contacts of a Microsoft 365 or Outlook account."),
         .category = ConnectorCategory::SignIn,
         .auth = AuthKind::OAuth,
         .credentialsSchema =
             oneOf({signInForm(),
                    {Words::tr("Own application"),
                     refreshTokenFields(false) + Fields{text(QStringLiteral("tenant"), Words::tr("Tenant"),
                                                             Words::tr("The directory of the account."))
                                                            .byDefault(QStringLiteral("common"))}}}),
         .configSchema = object(Fields{textList(QStringLiteral("folders"), Words::tr("Folders"),
                                                Words::tr("The contact folders to read. All when left out."))} +
                                restFields()),
         .readable = false});
}

} // namespace idstore::connectors::microsoft_contacts
