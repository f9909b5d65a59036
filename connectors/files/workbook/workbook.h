// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QString>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace idstore {

/// One row of a sheet as it stands in the file: the cells that have a value, as UTF-8 text, in the file's order.
/// Dates are ISO 8601, numbers unformatted, booleans TRUE and FALSE. Reused from row to row.
class SheetRow
{
public:
    struct Cell
    {
        std::uint32_t column; ///< 0-based
        std::uint32_t offset;
        std::uint32_t length;
    };
    static constexpr std::size_t maxTextBytes = 32 * 1024 * 1024;
    static constexpr std::size_t maxCells = 100'000;

    void reset(std::int64_t number);
    void setNumber(std::int64_t number) { m_number = number; }
    void add(std::uint32_t column, std::string_view utf8);
    [[nodiscard]] bool isTooLarge() const { return m_text.size() > maxTextBytes || m_cells.size() > maxCells; }

    [[nodiscard]] std::int64_t number() const { return m_number; } ///< 1-based, as the spreadsheet program shows it
    [[nodiscard]] const std::vector<Cell> &cells() const { return m_cells; }
    [[nodiscard]] std::string_view text(const Cell &cell) const
    {
        return std::string_view(m_text).substr(cell.offset, cell.length);
    }

private:
    std::int64_t m_number = 0;
    std::vector<Cell> m_cells;
    std::string m_text;
};

/// Pulls the rows of one sheet, once, top to bottom. Ends before its Workbook does, and before another pass is begun.
class SheetRows
{
public:
    virtual ~SheetRows() = default;
    /// False at the end of the sheet; a sheet that breaks off is an error, never an end.
    virtual Result<bool> next(SheetRow &row) = 0;
    /// Bytes of the file consumed, for progress.
    [[nodiscard]] virtual std::int64_t bytesRead() const = 0;
};

/// A workbook of some format. Used by one thread at a time.
class Workbook
{
public:
    struct Sheet
    {
        QString name;
        bool hidden = false;
    };
    virtual ~Workbook() = default;
    /// The sheets that hold cells, in the order of their tabs; charts and macro sheets are left out.
    [[nodiscard]] virtual const std::vector<Sheet> &sheets() const = 0;
    /// From the top; may be called again.
    virtual Result<std::unique_ptr<SheetRows>> rows(std::size_t sheet) = 0;
};

/// Errors that all formats share; each ErrorKind::Source.
namespace workbook_errors {
/// "workbook_damaged"; `cause` is for the log.
[[nodiscard]] Error damaged(const QString &cause);
/// "workbook_encrypted".
[[nodiscard]] Error encrypted();
/// "workbook_too_large": unpacks to more than we are willing to hold or to read.
[[nodiscard]] Error tooLarge(const QString &cause);
/// "workbook_not_supported".
[[nodiscard]] Error notSupported(const QString &format);
/// "not_a_workbook": an archive or office file that holds something else.
[[nodiscard]] Error notAWorkbook();
} // namespace workbook_errors

} // namespace idstore
