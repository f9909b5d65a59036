// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/workbook/biff_records.h"

#include "connectors/files/workbook/shared_strings.h"
#include "connectors/files/workbook/workbook.h"

#include <QString>
#include <QtEndian>

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>

#include <iconv.h>

namespace idstore {

namespace {

constexpr std::size_t headBytes = 4;

iconv_t converter(unsigned codePage)
{
    switch (codePage) {
    case 0:
    case 367: // ASCII
    case 0x8001:
        codePage = 1252;
        break;
    default:
        break;
    }
    const QByteArray name = codePage == 10000 || codePage == 0x8000 ? QByteArray("MACINTOSH")
                            : codePage == 1200                      ? QByteArray("UTF-16LE")
                                                                    : "CP" + QByteArray::number(codePage);
    const iconv_t found = iconv_open("UTF-8", name.constData());
    return found == reinterpret_cast<iconv_t>(-1) ? iconv_open("UTF-8", "CP1252") : found;
}

} // namespace

CodePage::CodePage(unsigned number)
    : m_converter(converter(number))
{}

CodePage::~CodePage()
{
    if (m_converter != reinterpret_cast<iconv_t>(-1))
        iconv_close(m_converter);
}

void CodePage::append(std::string_view bytes, std::string &utf8) const
{
    std::string input(bytes);
    char *from = input.data();
    std::size_t left = input.size();
    while (left > 0) {
        std::array<char, 1024> block{};
        char *to = block.data();
        std::size_t room = block.size();
        const std::size_t result = m_converter == reinterpret_cast<iconv_t>(-1)
                                       ? (errno = EILSEQ, static_cast<std::size_t>(-1))
                                       : iconv(m_converter, &from, &left, &to, &room);
        const bool stuck = result == static_cast<std::size_t>(-1) && errno != E2BIG;
        utf8.append(block.data(), block.size() - room);
        if (stuck) {
            utf8 += "\xEF\xBF\xBD";
            ++from;
            --left;
        }
    }
    if (m_converter != reinterpret_cast<iconv_t>(-1))
        iconv(m_converter, nullptr, nullptr, nullptr, nullptr);
}

BiffRecords::BiffRecords(ByteSource &bytes, std::uint64_t at)
    : m_bytes(bytes)
    , m_next(at)
{}

bool BiffRecords::readRecord(Biff &type, std::uint64_t at)
{
    std::array<char, headBytes> head{};
    if (at + headBytes > m_bytes.size() || !m_bytes.read(at, head.data(), head.size()))
        return false;
    type = static_cast<Biff>(qFromLittleEndian<std::uint16_t>(&head[0]));
    m_end = qFromLittleEndian<std::uint16_t>(&head[2]);
    m_at = 0;
    m_data.resize(std::max(m_data.size(), m_end));
    if (m_end > 0 && !m_bytes.read(at + headBytes, m_data.data(), m_end))
        return false;
    m_next = at + headBytes + m_end;
    return true;
}

Result<bool> BiffRecords::next()
{
    if (m_broken)
        return workbook_errors::damaged(QStringLiteral("a record before %1 is too short").arg(m_next));
    if (m_next == m_bytes.size())
        return false;
    if (!readRecord(m_type, m_next))
        return workbook_errors::damaged(QStringLiteral("the record at %1 breaks off").arg(m_next));
    return true;
}

bool BiffRecords::more()
{
    while (m_at == m_end && !m_broken) {
        std::array<char, headBytes> head{};
        Biff type = Biff::Eof;
        if (m_next + headBytes > m_bytes.size() || !m_bytes.read(m_next, head.data(), head.size()) ||
            static_cast<Biff>(qFromLittleEndian<std::uint16_t>(&head[0])) != Biff::Continue ||
            !readRecord(type, m_next))
            m_broken = true;
    }
    return !m_broken;
}

std::uint8_t BiffRecords::u8()
{
    return more() ? static_cast<std::uint8_t>(m_data[m_at++]) : 0;
}

std::uint16_t BiffRecords::u16()
{
    const unsigned low = u8();
    return static_cast<std::uint16_t>(low | static_cast<unsigned>(u8()) << 8);
}

std::uint32_t BiffRecords::u32()
{
    const std::uint32_t low = u16();
    return low | static_cast<std::uint32_t>(u16()) << 16;
}

double BiffRecords::real()
{
    const std::uint64_t low = u32();
    return std::bit_cast<double>(low | static_cast<std::uint64_t>(u32()) << 32);
}

void BiffRecords::skip(std::uint64_t count)
{
    while (count > 0 && more()) {
        const std::size_t part = static_cast<std::size_t>(std::min<std::uint64_t>(count, m_end - m_at));
        m_at += part;
        count -= part;
    }
}

void BiffRecords::characters(std::size_t count, bool wide, std::string &utf8)
{
    QString text;
    while (count > 0 && !m_broken) {
        if (m_at == m_end) {
            // Each record that continues text says anew how wide its characters are.
            wide = (u8() & 1) != 0;
            continue;
        }
        const std::size_t width = wide ? 2 : 1;
        const std::size_t part = std::min(count, (m_end - m_at) / width);
        if (part == 0) {
            m_broken = true;
            break;
        }
        for (std::size_t i = 0; i < part; ++i) {
            text +=
                wide ? QChar(qFromLittleEndian<char16_t>(&m_data[m_at + 2 * i])) : QChar(QLatin1Char(m_data[m_at + i]));
        }
        m_at += part * width;
        count -= part;
    }
    const QByteArray bytes = text.toUtf8();
    utf8.append(bytes.constData(), static_cast<std::size_t>(bytes.size()));
}

void BiffRecords::unicodeText(std::size_t count, std::string &utf8)
{
    const unsigned flags = u8();
    const std::uint64_t runs = (flags & 8) ? u16() : 0;
    const std::uint64_t phonetic = (flags & 4) ? u32() : 0;
    characters(count, (flags & 1) != 0, utf8);
    skip(runs * 4 + phonetic);
}

void BiffRecords::byteText(std::size_t count, const CodePage &codePage, std::string &utf8)
{
    std::string bytes;
    while (count > 0 && more()) {
        const std::size_t part = std::min(count, m_end - m_at);
        bytes.append(&m_data[m_at], part);
        m_at += part;
        count -= part;
    }
    codePage.append(bytes, utf8);
}

} // namespace idstore
