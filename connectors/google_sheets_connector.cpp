// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/described_connector.h"
#include "connectors/schema/common_fields.h"

#include <QCoreApplication>

namespace idstore::connectors::google_sheets {

namespace {
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(GoogleSheetsConnector)
};
} // namespace

std::unique_ptr<Connector> make()
{
    using namespace schema;
    return describedConnector(
        {.id = QStringLiteral("google_sheets"),
         .title = Words::tr("Google Sheets"),
         .summary = Words::tr("The rows of a sheet of a Google Sheets document."),
         .category = ConnectorCategory::CloudFile,
         .auth = AuthKind::ServiceAccount,
         .credentialsSchema = oneOf({{Words::tr("Service account"), {serviceAccount()}}, signInForm()}),
         .configSchema = object(Fields{text(QStringLiteral("spreadsheet_id"), Words::tr("Spreadsheet ID"),
                                            Words::tr("The long part of the document's address between /d/ and /edit."))
                                           .required()} +
                                tableFileFields() + restFields()),
         .readable = false});
}

} // namespace idstore::connectors::google_sheets
