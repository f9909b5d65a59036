// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/http_message.h"

namespace idstore {

/// How the end of an answer's body is told (RFC 9112 section 6).
enum class AnswerFraming { Length, Chunked, UntilClose };

/// Status line and header fields of an answer, the empty line included, with the fields that every answer carries:
/// Date, Cache-Control: no-store, X-Content-Type-Options: nosniff. Pure but for the date.
/// `length` counts with AnswerFraming::Length; a 204 has neither length nor type.
[[nodiscard]] QByteArray responseHead(int status, const QByteArray &contentType, const QList<HttpHeader> &headers,
                                      AnswerFraming framing, qint64 length, bool close, int minorVersion);

} // namespace idstore
