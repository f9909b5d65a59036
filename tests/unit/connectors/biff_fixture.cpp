// SPDX-License-Identifier: GPL-3.0-or-later
#include "biff_fixture.h"

#include <QString>
#include <QtEndian>

#include <bit>
#include <cstdint>

namespace idstore {

namespace {

template <typename Number>
QByteArray littleEndian(Number number)
{
    QByteArray bytes(sizeof(Number), '\0');
    qToLittleEndian(number, bytes.data());
    return bytes;
}

QByteArray directoryEntry(const QString &name, char type, unsigned start, unsigned size)
{
    QByteArray entry;
    for (const QChar letter : name)
        entry += le16(letter.unicode());
    entry = entry.leftJustified(64, '\0');
    entry += le16(static_cast<unsigned>(name.size() + 1) * 2);
    entry += type;
    entry = entry.leftJustified(116, '\0');
    entry += le32(start);
    entry += le32(size);
    return entry.leftJustified(128, '\0');
}

} // namespace

QByteArray le16(unsigned number)
{
    return littleEndian(static_cast<std::uint16_t>(number));
}

QByteArray le32(unsigned number)
{
    return littleEndian(static_cast<std::uint32_t>(number));
}

QByteArray leReal(double number)
{
    return littleEndian(std::bit_cast<std::uint64_t>(number));
}

QByteArray biffRecord(unsigned type, const QByteArray &data)
{
    return le16(type) + le16(static_cast<unsigned>(data.size())) + data;
}

QByteArray biffText(const QByteArray &latin1)
{
    return le16(static_cast<unsigned>(latin1.size())) + '\0' + latin1;
}

QByteArray biffWorkbook(const QByteArray &globals, const QByteArray &cells, unsigned version)
{
    const QByteArray start = biffRecord(0x0809, le16(version) + le16(5) + le32(0));
    const QByteArray end = biffRecord(0x000A, {});
    QByteArray name("People");
    name.prepend(version == 0x0600 ? QByteArray("\x06\x00", 2) : QByteArray("\x06", 1));
    const auto sheetAt = static_cast<unsigned>(start.size() + globals.size() + 4 + 6 + name.size() + end.size());
    return start + globals + biffRecord(0x0085, le32(sheetAt) + le16(0) + name) + end + start + cells + end;
}

QByteArray compoundFile(const QString &stream, const QByteArray &content)
{
    // Sector 0 is the allocation table, 1 the directory, the others the stream, long enough not to be a small one.
    const unsigned size = 4096;
    QByteArray header = QByteArray("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8).leftJustified(24, '\0');
    header += le16(0x3E) + le16(3) + le16(0xFFFE) + le16(9) + le16(6);
    header = header.leftJustified(44, '\0');
    header +=
        le32(1) + le32(1) + le32(0) + le32(4096) + le32(0xFFFFFFFE) + le32(0) + le32(0xFFFFFFFE) + le32(0) + le32(0);
    header = header.leftJustified(512, '\xFF');

    QByteArray table = le32(0xFFFFFFFD) + le32(0xFFFFFFFE);
    for (unsigned sector = 2; sector < 9; ++sector)
        table += le32(sector + 1);
    table += le32(0xFFFFFFFE);
    table = table.leftJustified(512, '\xFF');

    const QByteArray directory =
        directoryEntry(QStringLiteral("Root Entry"), 5, 0xFFFFFFFE, 0) + directoryEntry(stream, 2, 2, size);
    return header + table + directory.leftJustified(512, '\0') + content.leftJustified(size, '\0');
}

} // namespace idstore
