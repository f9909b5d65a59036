// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/http_peer.h"

#include <QDateTime>

namespace idstore::test {

/// What is wrong with the signature of a request with an HMAC key of Google's, as the server works it out for itself
/// (https://cloud.google.com/storage/docs/authentication/signatures): the code of its error, or nothing.
[[nodiscard]] QByteArray goog4Problem(const PeerRequest &request, const QByteArray &accessId, const QByteArray &secret,
                                      const QDateTime &now);

} // namespace idstore::test
