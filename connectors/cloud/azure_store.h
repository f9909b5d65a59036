// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/http/http_client.h"
#include "connectors/remote/remote_store.h"
#include "models/ingest/connector.h"

namespace idstore::cloud {

/// Files in Azure Blob Storage (https://learn.microsoft.com/rest/api/storageservices/blob-service-rest-api), as
/// `azure_blob_csv` describes them. The version of a file is its ETag. A shared access signature is looked at before it
/// is used, as the service says of most of its faults only that they are one.
///
/// Errors, beside those of the client and of RemoteStore: those of AzureAccount (InvalidInput), SharedAccess::check(),
/// azureError() and objectFiles().
[[nodiscard]] Result<std::unique_ptr<RemoteStore>> openAzureStore(const ReadRequest &request,
                                                                  const http::ClientSettings &settings);

} // namespace idstore::cloud
