// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/files/csv_tokenizer.h"

#include <cstddef>
#include <string>
#include <vector>

namespace idstore {

/// Recognises further header lines in the midst of a file: files put together one after the other repeat their header,
/// and a report may hold several tables with other columns. Used by one thread at a time.
class RepeatedHeader
{
public:
    enum class Line {
        Row,
        SameHeader, ///< every name of the header again
        OtherHeader, ///< of another length, words only, at least half of them (two or more) names of the header
    };

    RepeatedHeader() = default;
    /// `names` as they stand in the header; empty: nothing is recognised.
    explicit RepeatedHeader(std::vector<std::string> names);

    /// `fields`: at most as many as there are names; `fieldCount`: how many the line has.
    [[nodiscard]] Line look(const std::vector<CsvField> &fields, std::size_t fieldCount) const;

    /// Empty when nothing is recognised.
    [[nodiscard]] const std::vector<std::string> &names() const { return m_names; }

private:
    std::vector<std::string> m_names;
};

} // namespace idstore
