// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace idstore::test {

/// Writes `rows` rows of five columns with a header, about 60 bytes each; the same bytes for the same arguments.
/// False when the file cannot be written.
[[nodiscard]] bool writePeople(const QString &path, int rows);

/// A cell as RFC 4180 writes it: an empty field without quotes is not the same as a quoted empty text.
struct CsvCell
{
    QByteArray text;
    bool isQuotedEmpty = false;

    bool operator==(const CsvCell &) const = default;
};

/// A reader for comparisons, deliberately not the program's own: RFC 4180 with CRLF or LF.
[[nodiscard]] QList<QList<CsvCell>> readCsv(const QByteArray &bytes);

} // namespace idstore::test
