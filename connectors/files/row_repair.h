// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/files/cell_kind.h"
#include "connectors/files/csv_tokenizer.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace idstore {

/// Finds out what was meant by a row that has not as many fields as the table has columns: a delimiter too many or too
/// few, another delimiter in this row, a quote too many. The kinds of values that the columns hold elsewhere decide:
/// an answer is given only when the row as it stands contradicts them (or a quote in the midst of it splits it so that
/// more of them have their value), exactly one way to read it does not, and at least two columns of numbers, dates,
/// addresses or codes bear it out. Otherwise the row is the caller's.
/// Time is bounded by the length of the row. Used by one thread at a time.
class RowRepair
{
public:
    struct Cell
    {
        std::string text;
        bool null = false;

        bool operator==(const Cell &) const = default;
    };
    using Cells = std::vector<Cell>;

    /// `kinds`: one for each column.
    RowRepair(const CsvSyntax &syntax, std::vector<CellKind> kinds);

    /// The row's cells, one for each column; nothing when it is not clear what was meant.
    [[nodiscard]] std::optional<Cells> repaired(std::string_view raw) const;

private:
    [[nodiscard]] bool fits(const std::string &text, std::size_t column) const;
    /// Every cell fits its column; missing ones count as empty.
    [[nodiscard]] bool fits(const Cells &cells) const;
    /// How many of the columns with a kind of their own have a value.
    [[nodiscard]] std::size_t borneOut(const Cells &cells) const;
    [[nodiscard]] std::optional<Cells> withOtherDelimiter(std::string_view raw) const;
    /// Of a row delimited by spaces: one value of two words without quotes.
    [[nodiscard]] std::optional<Cells> withTwoWordsJoined(std::string_view raw, const Cells &cells) const;
    [[nodiscard]] std::optional<Cells> withStrayQuote(std::string_view raw) const;
    [[nodiscard]] std::optional<Cells> withoutEmptyCell(const Cells &cells) const;
    [[nodiscard]] std::optional<Cells> splitAtQuote(std::string_view raw) const;
    [[nodiscard]] std::optional<Cells> splitByKind(const Cells &cells) const;

    CsvSyntax m_syntax;
    std::vector<CellKind> m_kinds;
    bool m_enoughKinds = false;
};

} // namespace idstore
