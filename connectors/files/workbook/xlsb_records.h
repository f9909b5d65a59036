// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/files/workbook/zip_archive.h"

#include <memory>
#include <string>
#include <vector>

namespace idstore {

/// Walks the records of one part of a binary .xlsx ([MS-XLSB] 2.1.4) and reads the fields of the one it stands on.
/// Reading beyond a record is remembered as a failure (isBroken()), and answers zeros.
class XlsbRecords
{
public:
    explicit XlsbRecords(std::unique_ptr<ZipPart> part)
        : m_part(std::move(part))
    {}

    /// To the next record; false at the end of the part.
    Result<bool> next();
    [[nodiscard]] unsigned type() const { return m_type; }
    [[nodiscard]] bool isBroken() const { return m_broken; }
    [[nodiscard]] const ZipPart &part() const { return *m_part; }

    std::uint8_t u8();
    std::uint16_t u16();
    std::uint32_t u32();
    double real();
    /// UTF-16 with its length in front ([MS-XLSB] 2.5.168), as UTF-8; appended. Of the length 0xFFFFFFFF: nothing.
    void text(std::string &utf8);

private:
    Result<bool> byte(std::uint8_t &to);
    Result<void> fill(char *to, std::size_t count);

    std::unique_ptr<ZipPart> m_part;
    std::vector<char> m_block;
    std::size_t m_blockAt = 0;
    std::vector<char> m_data;
    std::size_t m_at = 0;
    unsigned m_type = 0;
    bool m_broken = false;
};

} // namespace idstore
