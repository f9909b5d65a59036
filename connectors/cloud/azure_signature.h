// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/cloud/azure_account.h"
#include "connectors/http/http_message.h"

#include <QDateTime>

namespace idstore::cloud {

/// The version of the Blob service's protocol that is spoken.
inline constexpr char azureStorageVersion[] = "2023-11-03";

/// What an account key signs: Shared Key for the Blob service of 2009-09-19 and later, with an empty Content-Length for
/// no body as of 2015-02-21 (https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key).
/// `headers`: all that are sent, x-ms-date and x-ms-version included. No secret.
[[nodiscard]] QByteArray azureStringToSign(const QString &account, const QByteArray &method, const QUrl &url,
                                           const http::Headers &headers);

/// The fields to add to a request at this time: x-ms-version, and with an account key x-ms-date and Authorization.
/// `headers`: those that are sent besides, such as If-None-Match and Range, and Content-Length if there is a body.
/// A shared access signature is not a field: see SharedAccess::query(). Error: "crypto_failed".
[[nodiscard]] Result<http::SecretHeaders> signForAzure(const AzureAccount &account, const QByteArray &method,
                                                       const QUrl &url, const http::Headers &headers,
                                                       const QDateTime &now);

} // namespace idstore::cloud
