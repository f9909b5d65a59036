// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace idstore {

/// Little-endian numbers and records, to write binary workbooks with.
[[nodiscard]] QByteArray le16(unsigned number);
[[nodiscard]] QByteArray le32(unsigned number);
[[nodiscard]] QByteArray leReal(double number);
[[nodiscard]] QByteArray biffRecord(unsigned type, const QByteArray &data);
/// Text of Excel 97 and later in single bytes, with its length in two bytes.
[[nodiscard]] QByteArray biffText(const QByteArray &latin1);

/// A bare stream of a workbook with one sheet, "People": BOF, `globals`, BOUNDSHEET, EOF, BOF, `cells`, EOF.
[[nodiscard]] QByteArray biffWorkbook(const QByteArray &globals, const QByteArray &cells, unsigned version = 0x0600);

/// A compound file with one stream.
[[nodiscard]] QByteArray compoundFile(const QString &stream, const QByteArray &content);

} // namespace idstore
