// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/described_connector.h"
#include "connectors/schema/common_fields.h"

#include <QCoreApplication>

namespace idstore::connectors::csv_url {

namespace {
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(CsvUrlConnector)
};
} // namespace

std::unique_ptr<Connector> make()
{
    using namespace schema;
    return describedConnector(
        {.id = QStringLiteral("csv_url"),
         .title = Words::tr("CSV at a web address"),
         .summary = Words::tr("The rows of a CSV file that is fetched from a web address."),
         .category = ConnectorCategory::CloudFile,
         .auth = AuthKind::None,
         .credentialsSchema = oneOf(
             {{Words::tr("Name and password"),
               {text(QStringLiteral("username"), Words::tr("User name"),
                     Words::tr("The user name for the address, if it asks for one.")),
                text(QStringLiteral("password"), Words::tr("Password"), Words::tr("That user's password.")).secret()}},
              {Words::tr("Bearer token"),
               {text(QStringLiteral("bearer_token"), Words::tr("Bearer token"),
                     Words::tr("Sent as the Authorization header."))
                    .required()
                    .secret()}},
              {Words::tr("Own headers"),
               {textMap(QStringLiteral("headers"), Words::tr("Headers"),
                        Words::tr("Names and values of the headers to send."))
                    .required()
                    .secret()}}}),
         .configSchema = object(Fields{text(QStringLiteral("url"), Words::tr("Address"),
                                            Words::tr("The address of the file; https, or http on this computer."))
                                           .required()
                                           .matching(QStringLiteral("^https?://[^/?#\\s]+")),
                                       integer(QStringLiteral("max_bytes"), Words::tr("Most bytes"),
                                               Words::tr("A file larger than this is refused."), 1)
                                           .byDefault(50 * 1024 * 1024),
                                       boolean(QStringLiteral("allow_private_network"), Words::tr("Private networks"),
                                               Words::tr("Allows addresses within the local network."))} +
                                tableFileFields() + restFields()),
         .readable = false});
}

} // namespace idstore::connectors::csv_url
