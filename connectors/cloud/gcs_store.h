// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/http/http_client.h"
#include "connectors/remote/remote_store.h"
#include "models/ingest/connector.h"

namespace idstore::cloud {

/// Files in Google Cloud Storage as `gcs_csv` describes them. With a service account, or nobody's access to what is
/// public, through the JSON interface (https://cloud.google.com/storage/docs/json_api); with an HMAC key through the
/// XML interface, which is the one that takes such keys (https://cloud.google.com/storage/docs/xml-api). The version of
/// a file is its generation, or its ETag over XML: a file replaced while it is fetched is fetched anew.
///
/// Errors, beside those of the client and of RemoteStore: those of ServiceAccount::parse(), googleTokenError(),
/// googleStorageError(), s3Error() and objectFiles(); "object_unreadable" (Source) for an answer that makes no sense.
[[nodiscard]] Result<std::unique_ptr<RemoteStore>> openGcsStore(const ReadRequest &request,
                                                                const http::ClientSettings &settings);

} // namespace idstore::cloud
