// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/csv_piece.h"

#include "connectors/files/csv_plain_rows.h"
#include "connectors/files/utf8.h"

namespace idstore {

static_assert(TextBuffer::overread >= RowBatch::overread);

void CsvPiece::parse(const CsvTable &table, const CsvPlainRows &plain, const CsvRowIntake::State &before,
                     RowBatch &batch)
{
    const auto columnCount = static_cast<std::size_t>(table.columns.size());
    batch.reset(static_cast<int>(columnCount));
    batch.sourceBytes = sourceBytes;

    CsvRowIntake rows(table);
    rows.state = before;
    rows.encoding = encoding;
    CsvTokenizer tokenizer(table.syntax, columnCount);
    const bool plainPossible = plain.areKnown() && utf8::isValid(text.text());
    for (const char *at = text.begin(); at != text.end();) {
        if (plainPossible && rows.state.isPlain())
            at = plain.take(at, text.end(), batch, rows.state.line);
        if (at == text.end())
            break;
        if (rows.addDueRow(batch))
            continue;
        if (tokenizer.position() != at)
            tokenizer.setInput(at, text.end(), true);
        [[maybe_unused]] const CsvTokenizer::Outcome outcome = tokenizer.next();
        Q_ASSERT(outcome == CsvTokenizer::Outcome::Row);
        rows.take(tokenizer, batch);
        at = tokenizer.position();
    }
    m_after = rows.state;
}

} // namespace idstore
