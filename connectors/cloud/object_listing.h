// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <vector>

namespace idstore::cloud {

/// An object of a store.
struct ObjectEntry
{
    QString name;
    qint64 size = -1; ///< bytes; -1: not told
    QByteArray etag; ///< as header fields have it, with its quotes; opaque
    QDateTime lastModified; ///< UTC; invalid: not told
    QByteArray generation; ///< Google's number of this version; empty elsewhere

    bool operator==(const ObjectEntry &) const = default;
};

/// One answer to a request for a list.
struct ObjectPage
{
    std::vector<ObjectEntry> objects;
    QString nextToken; ///< asks for the next page; empty: this was the last one
};

// Errors of all three: "listing_unreadable" (Source). A list that says it goes on but not where is one, never an end.

/// ListObjectsV2 of S3 (https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html), with or without
/// encoding-type=url. Also what the XML interface of Google Cloud Storage answers.
[[nodiscard]] Result<ObjectPage> parseS3Listing(QByteArrayView xml);
/// List Blobs of Azure (https://learn.microsoft.com/rest/api/storageservices/list-blobs). Folders of accounts with a
/// hierarchical namespace are left out.
[[nodiscard]] Result<ObjectPage> parseAzureListing(QByteArrayView xml);
/// objects.list of Google Cloud Storage (https://cloud.google.com/storage/docs/json_api/v1/objects/list).
[[nodiscard]] Result<ObjectPage> parseGoogleListing(const QByteArray &json);

} // namespace idstore::cloud
