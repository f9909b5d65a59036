// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/cloud/s3_store.h"
#include "connectors/remote/remote_tables.h"
#include "connectors/schema/common_fields.h"

#include <QCoreApplication>

namespace idstore::connectors::s3_csv {

namespace {
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(S3CsvConnector)
};
} // namespace

std::unique_ptr<Connector> make()
{
    using namespace schema;
    return remoteTablesConnector(
        {.id = QStringLiteral("s3_csv"),
         .title = Words::tr("Amazon S3"),
         .summary = Words::tr("The rows of CSV files in an Amazon S3 bucket, or in a store that speaks its protocol."),
         .keywords = {Words::tr("AWS"), Words::tr("MinIO"), Words::tr("bucket"), Words::tr("object storage")},
         .category = ConnectorCategory::CloudFile,
         .auth = AuthKind::AccessKey,
         .credentialsSchema = oneOf({{Words::tr("Access key"),
                                      {text(QStringLiteral("access_key_id"), Words::tr("Access key ID"),
                                            Words::tr("The ID of the access key."))
                                           .required(),
                                       text(QStringLiteral("secret_access_key"), Words::tr("Secret access key"),
                                            Words::tr("The secret of that key."))
                                           .foundAt(Words::tr("AWS console, your name at the top right, Security "
                                                              "credentials, Create access key. The secret is shown "
                                                              "once, when the key is made."))
                                           .required()
                                           .secret(),
                                       text(QStringLiteral("session_token"), Words::tr("Session token"),
                                            Words::tr("For keys that are valid for a while only."))
                                           .secret()}},
                                     {Words::tr("Public bucket"), {}}}),
         .configSchema = storedFiles(
             text(QStringLiteral("bucket"), Words::tr("Bucket"), Words::tr("The name of the bucket.")),
             text(QStringLiteral("key"), Words::tr("Object key"),
                  Words::tr("The full name of the file within the bucket.")),
             {text(QStringLiteral("region"), Words::tr("Region"),
                   Words::tr("The region of the bucket, such as eu-central-1."))
                  .matching(QStringLiteral("^[A-Za-z0-9_-]+$"), Words::tr("Write a region such as eu-central-1."))
                  .foundAt(Words::tr("AWS console, S3, Buckets: the column AWS Region of the bucket."))
                  .required(),
              boolean(
                  QStringLiteral("path_style"), Words::tr("Bucket in the path"),
                  Words::tr("Writes the bucket into the path of the address instead of the host name. Left out, this "
                            "is so for an endpoint of one's own and for buckets with a dot in their names."))
                  .inSection(QStringLiteral("more"))})},
        [](const ReadRequest &request) { return cloud::openS3Store(request, clientSettings(request)); },
        QStringLiteral("key"));
}

} // namespace idstore::connectors::s3_csv
