// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QUrl>

#include <utility>

namespace idstore::cloud {

// Percent-encoding (RFC 3986, section 2.1) the way the stores' signatures want it: nothing but the unreserved
// characters A-Z a-z 0-9 - . _ ~ stays as it is, hexadecimal digits are capital letters.

/// The name of an object as the path of an address: slashes stay.
[[nodiscard]] QByteArray encodedPath(QByteArrayView bytes);
/// One segment of a path, or a name or value of a query.
[[nodiscard]] QByteArray encodedPart(QByteArrayView bytes);
/// The opposite of both. A percent sign without two hexadecimal digits stands for itself; so does a plus sign.
[[nodiscard]] QByteArray decoded(QByteArrayView encoded);

using QueryItems = QList<std::pair<QByteArray, QByteArray>>;

/// The names and values of a query, decoded, in its order; a name without a value has an empty one.
[[nodiscard]] QueryItems queryItems(QByteArrayView query);
/// "name=value&…", encoded, in the order given.
[[nodiscard]] QByteArray encodedQuery(const QueryItems &items);

/// `base` with `path` (encoded, beginning with a slash) appended to its own path, and with this query.
[[nodiscard]] QUrl addressBelow(const QUrl &base, const QByteArray &path, const QueryItems &query = {});

} // namespace idstore::cloud
