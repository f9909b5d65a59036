// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/workbook/xlsb_records.h"

#include "connectors/files/workbook/shared_strings.h"
#include "connectors/files/workbook/workbook.h"

#include <QString>
#include <QtEndian>

#include <algorithm>
#include <bit>

namespace idstore {

namespace {

constexpr std::size_t blockBytes = 64 * 1024;
constexpr std::size_t maxRecordBytes = 8 * 1024 * 1024;

Error breaksOff()
{
    return workbook_errors::damaged(QStringLiteral("a part breaks off in a record"));
}

} // namespace

Result<bool> XlsbRecords::byte(std::uint8_t &to)
{
    if (m_blockAt == m_block.size()) {
        m_block.resize(blockBytes);
        m_blockAt = 0;
        auto got = m_part->read(m_block.data(), blockBytes);
        m_block.resize(got ? *got : 0);
        if (!got)
            return got.error();
        if (*got == 0)
            return false;
    }
    to = static_cast<std::uint8_t>(m_block[m_blockAt++]);
    return true;
}

Result<void> XlsbRecords::fill(char *to, std::size_t count)
{
    while (count > 0) {
        if (m_blockAt == m_block.size()) {
            std::uint8_t first = 0;
            IDS_TRY(more, byte(first));
            if (!more)
                return breaksOff();
            --m_blockAt;
        }
        const std::size_t part = std::min(count, m_block.size() - m_blockAt);
        std::copy_n(&m_block[m_blockAt], part, to);
        m_blockAt += part;
        to += part;
        count -= part;
    }
    return {};
}

Result<bool> XlsbRecords::next()
{
    if (m_broken)
        return workbook_errors::damaged(QStringLiteral("a record is too short"));
    // Seven bits a byte, the highest bit of which says that another follows: two for the type, four for the size.
    constexpr unsigned typeBytes = 2;
    constexpr unsigned sizeBytes = 4;
    m_type = 0;
    std::uint8_t part = 0x80;
    for (unsigned i = 0; i < typeBytes && (part & 0x80); ++i) {
        IDS_TRY(more, byte(part));
        if (!more && i == 0)
            return false;
        if (!more)
            return breaksOff();
        m_type |= (part & 0x7FU) << (7 * i);
    }
    std::size_t size = 0;
    part = 0x80;
    for (unsigned i = 0; i < sizeBytes && (part & 0x80); ++i) {
        IDS_TRY(more, byte(part));
        if (!more)
            return breaksOff();
        size |= static_cast<std::size_t>(part & 0x7FU) << (7 * i);
    }
    if (size > maxRecordBytes)
        return workbook_errors::tooLarge(QStringLiteral("a record of %1 bytes").arg(size));
    m_data.resize(size);
    m_at = 0;
    if (size > 0)
        IDS_CHECK(fill(m_data.data(), size));
    return true;
}

std::uint8_t XlsbRecords::u8()
{
    if (m_at >= m_data.size()) {
        m_broken = true;
        return 0;
    }
    return static_cast<std::uint8_t>(m_data[m_at++]);
}

std::uint16_t XlsbRecords::u16()
{
    const unsigned low = u8();
    return static_cast<std::uint16_t>(low | static_cast<unsigned>(u8()) << 8);
}

std::uint32_t XlsbRecords::u32()
{
    const std::uint32_t low = u16();
    return low | static_cast<std::uint32_t>(u16()) << 16;
}

double XlsbRecords::real()
{
    const std::uint64_t low = u32();
    return std::bit_cast<double>(low | static_cast<std::uint64_t>(u32()) << 32);
}

void XlsbRecords::text(std::string &utf8)
{
    const std::uint32_t length = u32();
    if (length == 0xFFFF'FFFF || m_broken)
        return;
    if (length > (m_data.size() - m_at) / 2) {
        m_broken = true;
        return;
    }
    QString text;
    text.reserve(static_cast<qsizetype>(length));
    for (std::uint32_t i = 0; i < length; ++i)
        text += QChar(qFromLittleEndian<char16_t>(m_data.data() + m_at + 2 * static_cast<std::size_t>(i)));
    m_at += 2 * static_cast<std::size_t>(length);
    const QByteArray bytes = text.toUtf8();
    utf8.append(bytes.constData(), static_cast<std::size_t>(bytes.size()));
}

} // namespace idstore
