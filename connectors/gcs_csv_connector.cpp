// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/cloud/gcs_store.h"
#include "connectors/remote/remote_tables.h"
#include "connectors/schema/common_fields.h"

#include <QCoreApplication>

namespace idstore::connectors::gcs_csv {

namespace {
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(GcsCsvConnector)
};
} // namespace

std::unique_ptr<Connector> make()
{
    using namespace schema;
    return remoteTablesConnector(
        {.id = QStringLiteral("gcs_csv"),
         .title = Words::tr("Google Cloud Storage"),
         .summary = Words::tr("The rows of CSV files in a Google Cloud Storage bucket."),
         .keywords = {Words::tr("Google"), Words::tr("bucket"), Words::tr("object storage")},
         .category = ConnectorCategory::CloudFile,
         .auth = AuthKind::ServiceAccount,
         .credentialsSchema = oneOf(
             {{Words::tr("Service account"), {serviceAccount()}},
              {Words::tr("HMAC key"),
               {text(QStringLiteral("hmac_access_id"), Words::tr("Access ID"),
                     Words::tr("The access ID of the HMAC key."))
                    .foundAt(Words::tr("Google Cloud console, Cloud Storage, Settings, Interoperability: make a key "
                                       "for a service account."))
                    .required(),
                text(QStringLiteral("hmac_secret"), Words::tr("Secret"), Words::tr("The secret of that key."))
                    .required()
                    .secret()}},
              {Words::tr("Public bucket"), {}}}),
         .configSchema =
             storedFiles(text(QStringLiteral("bucket"), Words::tr("Bucket"), Words::tr("The name of the bucket.")),
                         text(QStringLiteral("object"), Words::tr("Object"),
                              Words::tr("The full name of the file within the bucket.")))},
        [](const ReadRequest &request) { return cloud::openGcsStore(request, clientSettings(request)); });
}

} // namespace idstore::connectors::gcs_csv
