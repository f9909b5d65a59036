// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/files/workbook/html_tokenizer.h"
#include "connectors/files/workbook/workbook.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace idstore {

/// Which tables are open at a place of a page. Used by one thread at a time.
class HtmlTableStack
{
public:
    /// For each <table>; false when they are nested too deep.
    [[nodiscard]] bool open();
    /// For each </table>.
    void close();
    /// The innermost table is number `table`, counted from 0.
    [[nodiscard]] bool isIn(std::size_t table) const { return !m_open.empty() && m_open.back() == table; }
    [[nodiscard]] bool isInAny() const { return !m_open.empty(); }
    [[nodiscard]] std::size_t innermost() const { return m_open.back(); }
    [[nodiscard]] std::size_t count() const { return m_count; } ///< of tables so far

private:
    std::vector<std::size_t> m_open;
    std::size_t m_count = 0;
};

/// The rows of one table of a page, with <td> and <th> in the columns where colspan and rowspan put them.
class HtmlTableRows final : public SheetRows
{
public:
    /// `table`: which one, counted from 0.
    HtmlTableRows(std::unique_ptr<HtmlTokenizer> tokens, std::size_t table);

    Result<bool> next(SheetRow &row) override;
    [[nodiscard]] std::int64_t bytesRead() const override { return m_tokens->bytesRead(); }

private:
    Result<void> startTag();
    void endTag();
    void startRow();
    Result<void> startCell();
    void endCell();
    void addText();
    void breakLine();

    std::unique_ptr<HtmlTokenizer> m_tokens;
    std::size_t m_table;
    HtmlTableStack m_stack;
    SheetRow m_current;
    std::int64_t m_rowNumber = 0;
    std::uint32_t m_column = 0; ///< of the cell now, and then of the next
    std::uint32_t m_width = 1; ///< of the cell now, in columns
    std::vector<std::int64_t> m_takenTo; ///< for each column: the last row that a cell from above reaches
    std::string m_text; ///< of the cell now
    bool m_inRow = false;
    bool m_inCell = false;
    bool m_spaceBefore = false;
    bool m_rowEnds = false; ///< m_current is complete
    bool m_rowStarts = false; ///< and the next one has begun
    bool m_done = false;
};

} // namespace idstore
