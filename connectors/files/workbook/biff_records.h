// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/files/workbook/compound_file.h"

#include <cstdint>
#include <memory>
#include <string>

namespace idstore {

/// The record numbers that are looked at ([MS-XLS] 2.3.2).
enum class Biff : std::uint16_t {
    Formula = 0x0006,
    Eof = 0x000A,
    DateMode = 0x0022,
    FilePass = 0x002F,
    Continue = 0x003C,
    CodePage = 0x0042,
    BoundSheet = 0x0085,
    MulRk = 0x00BD,
    RString = 0x00D6,
    Xf = 0x00E0,
    Sst = 0x00FC,
    LabelSst = 0x00FD,
    Number = 0x0203,
    Label = 0x0204,
    BoolErr = 0x0205,
    String = 0x0207,
    Rk = 0x027E,
    Format = 0x041E,
    Bof = 0x0809,
};

/// Text of a workbook older than Excel 97, which is in the code page of the machine it was written on.
class CodePage
{
public:
    explicit CodePage(unsigned number);
    ~CodePage();
    CodePage(const CodePage &) = delete;
    CodePage &operator=(const CodePage &) = delete;

    /// Appends as UTF-8; what the code page does not have becomes U+FFFD.
    void append(std::string_view bytes, std::string &utf8) const;

private:
    void *m_converter;
};

/// Walks the records of a workbook stream ([MS-XLS] 2.1.4) and reads the fields of the one it stands on. Reading
/// fields goes on into the CONTINUE records that follow; going beyond them is remembered as a failure (isBroken()),
/// and answers zeros.
class BiffRecords
{
public:
    /// `bytes` is not owned and outlives this.
    BiffRecords(ByteSource &bytes, std::uint64_t at);

    /// To the next record; false at the end of the stream.
    Result<bool> next();
    [[nodiscard]] Biff type() const { return m_type; }
    [[nodiscard]] std::uint64_t position() const { return m_next; } ///< of the record after this one
    [[nodiscard]] std::size_t remaining() const { return m_end - m_at; } ///< of this record, without what continues it
    [[nodiscard]] bool isBroken() const { return m_broken; }

    std::uint8_t u8();
    std::uint16_t u16();
    std::uint32_t u32();
    double real();
    void skip(std::uint64_t count);

    /// Characters as Excel 97 and later write them, with the flags in front ([MS-XLS] 2.5.293 and 2.5.294).
    void unicodeText(std::size_t characters, std::string &utf8);
    /// Bytes in a code page.
    void byteText(std::size_t count, const CodePage &codePage, std::string &utf8);

private:
    bool more();
    bool readRecord(Biff &type, std::uint64_t at);
    void characters(std::size_t count, bool wide, std::string &utf8);

    ByteSource &m_bytes;
    std::uint64_t m_next;
    std::vector<char> m_data;
    std::size_t m_at = 0;
    std::size_t m_end = 0;
    Biff m_type = Biff::Eof;
    bool m_broken = false;
};

} // namespace idstore
