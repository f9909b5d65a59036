// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QMap>

#include <optional>

namespace idstore {

/// A field value of the form `word; name=value; name="value"`, as Content-Type (RFC 9110 section 8.3) and
/// Content-Disposition (RFC 6266, RFC 7578) have it.
struct HeaderParameters
{
    QByteArray word; ///< lower-case
    QMap<QByteArray, QByteArray> parameters; ///< names lower-case, values unquoted
};

/// Nothing when the text does not have that form or a parameter is given twice. Pure function.
[[nodiscard]] std::optional<HeaderParameters> parseHeaderParameters(const QByteArray &value);

/// The boundary of a multipart/form-data Content-Type; nothing when it is missing or breaks RFC 2046.
[[nodiscard]] std::optional<QByteArray> multipartBoundary(const HeaderParameters &contentType);

/// The file name of a form-data part: UTF-8 as browsers send it, or RFC 8187's `filename*`. Null when there is none.
[[nodiscard]] QString dispositionFileName(const HeaderParameters &disposition);

} // namespace idstore
