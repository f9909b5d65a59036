// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/http/http_client.h"
#include "connectors/remote/remote_store.h"
#include "models/ingest/connector.h"

namespace idstore::cloud {

/// Files in Amazon S3 and what speaks its protocol (https://docs.aws.amazon.com/AmazonS3/latest/API/), as `s3_csv`
/// describes them. The version of a file is its ETag. A bucket that turns out to be in another region than the config
/// says is read there. Redirects are not followed.
///
/// Errors, beside those of the client and of RemoteStore: "access_key_malformed", "region_malformed",
/// "bucket_malformed" (InvalidInput), and those of s3Error() and objectFiles().
[[nodiscard]] Result<std::unique_ptr<RemoteStore>> openS3Store(const ReadRequest &request,
                                                               const http::ClientSettings &settings);

} // namespace idstore::cloud
