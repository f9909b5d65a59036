// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/cloud/azure_store.h"
#include "connectors/remote/remote_tables.h"
#include "connectors/schema/common_fields.h"

#include <QCoreApplication>

namespace idstore::connectors::azure_blob_csv {

namespace {
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AzureBlobCsvConnector)
};
} // namespace

std::unique_ptr<Connector> make()
{
    using namespace schema;
    return remoteTablesConnector(
        {.id = QStringLiteral("azure_blob_csv"),
         .title = Words::tr("Azure Blob Storage"),
         .summary = Words::tr("The rows of CSV files in an Azure Blob Storage container."),
         .keywords = {Words::tr("Microsoft"), Words::tr("container"), Words::tr("object storage")},
         .category = ConnectorCategory::CloudFile,
         .auth = AuthKind::AccessKey,
         .credentialsSchema =
             oneOf({{Words::tr("Account key"),
                     {text(QStringLiteral("account_name"), Words::tr("Account name"),
                           Words::tr("The name of the storage account."))
                          .required(),
                      text(QStringLiteral("account_key"), Words::tr("Account key"),
                           Words::tr("One of the two keys of the account."))
                          .foundAt(Words::tr("Azure portal, Storage accounts: open the account, "
                                             "Security + networking, Access keys."))
                          .required()
                          .secret()}},
                    {Words::tr("Shared access signature"),
                     {text(QStringLiteral("account_name"), Words::tr("Account name"),
                           Words::tr("The name of the storage account."))
                          .required(),
                      text(QStringLiteral("sas_token"), Words::tr("SAS token"),
                           Words::tr("A signature that allows to list and read."))
                          .foundAt(Words::tr("Azure portal, Storage accounts: open the account, "
                                             "Security + networking, Shared access signature. Read and "
                                             "list are enough."))
                          .required()
                          .secret()}},
                    {Words::tr("Connection string"),
                     {text(QStringLiteral("connection_string"), Words::tr("Connection string"),
                           Words::tr("As the portal shows it under the access keys."))
                          .foundAt(Words::tr("Azure portal, Storage accounts: open the account, "
                                             "Security + networking, Access keys."))
                          .required()
                          .secret()}}}),
         .configSchema = storedFiles(
             text(QStringLiteral("container"), Words::tr("Container"), Words::tr("The name of the container.")),
             text(QStringLiteral("blob"), Words::tr("Blob"),
                  Words::tr("The full name of the file within the container.")))},
        [](const ReadRequest &request) { return cloud::openAzureStore(request, clientSettings(request)); });
}

} // namespace idstore::connectors::azure_blob_csv
