// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/csv_row_intake.h"

#include "connectors/files/utf8.h"

#include <QCoreApplication>

#include <utility>

namespace idstore {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(CsvReader)
};

} // namespace

void CsvRowIntake::take(CsvTokenizer &tokenizer, RowBatch &batch)
{
    const std::string_view raw = tokenizer.raw();
    const bool oneColumn = m_table.columns.size() == 1;
    if (tokenizer.fieldCount() == 1 && (oneColumn ? raw.empty() : isBlank(raw))) {
        ++state.line;
        if (oneColumn)
            ++state.blankLines;
        return;
    }
    if (makeBlankLinesDue()) {
        tokenizer.putBack();
        return;
    }
    store(tokenizer, batch);
    state.line += 1 + tokenizer.lineBreaksInside();
}

bool CsvRowIntake::addDueRow(RowBatch &batch)
{
    if (state.blankRowsDue == 0)
        return false;
    batch.addNull();
    batch.endRow(state.line - state.blankRowsDue);
    --state.blankRowsDue;
    return true;
}

bool CsvRowIntake::makeBlankLinesDue()
{
    if (state.blankLines == 0)
        return false;
    state.blankRowsDue = std::exchange(state.blankLines, 0);
    return true;
}

void CsvRowIntake::store(const CsvTokenizer &tokenizer, RowBatch &batch)
{
    const std::string_view raw = tokenizer.raw();
    const std::vector<CsvField> &fields = tokenizer.fields();
    if (!utf8::isValid(raw)) {
        QString column;
        for (std::size_t i = 0; i < fields.size() && column.isEmpty(); ++i) {
            if (!utf8::isValid(fields[i].text))
                column = m_table.columns[static_cast<qsizetype>(i)].name;
        }
        reject(batch, "undecodable",
               Words::tr("The row holds bytes that are not %1 text. Save the file as UTF-8, or set its encoding.")
                   .arg(toString(encoding)),
               raw, column);
        return;
    }
    if (passRepeatedHeader(tokenizer, batch))
        return;
    if (m_table.end.holds(raw)) {
        reject(batch, "below_table", Words::tr("The line stands below the table and is no row of it."), raw);
        return;
    }
    if (tokenizer.fieldCount() != static_cast<std::size_t>(m_table.columns.size()) && storeRepaired(raw, batch))
        return;
    if (tokenizer.hasTextBeyond()) {
        reject(batch, "too_many_fields",
               Words::tr("The row has %1 fields, but the table has %2 columns. Put quotes around values that contain "
                         "the delimiter.")
                   .arg(tokenizer.fieldCount())
                   .arg(m_table.columns.size()),
               raw);
        return;
    }
    for (const CsvField &field : fields) {
        if (field.escaped) {
            m_unescaped.clear();
            tokenizer.unescape(field, m_unescaped);
            batch.addCell(m_unescaped);
        } else if (field.text.empty() && !field.quoted) {
            batch.addNull();
        } else {
            batch.addCell(field.text);
        }
    }
    for (auto missing = fields.size(); missing < static_cast<std::size_t>(m_table.columns.size()); ++missing)
        batch.addNull();
    batch.endRow(state.line);
}

bool CsvRowIntake::passRepeatedHeader(const CsvTokenizer &tokenizer, RowBatch &batch)
{
    const auto line = m_table.repeatedHeader.look(tokenizer.fields(), tokenizer.fieldCount());
    if (line == RepeatedHeader::Line::SameHeader) {
        state.inOtherTable = false;
        reject(batch, "repeated_header", Words::tr("The line names the columns again."), tokenizer.raw());
        return true;
    }
    if (line == RepeatedHeader::Line::OtherHeader)
        state.inOtherTable = true;
    if (state.inOtherTable) {
        reject(batch, "another_table",
               Words::tr("The row belongs to another table further down in the file, with other columns. Put that "
                         "table into a file of its own."),
               tokenizer.raw());
    }
    return state.inOtherTable;
}

bool CsvRowIntake::storeRepaired(std::string_view raw, RowBatch &batch)
{
    const auto cells = m_table.repair.repaired(raw);
    if (!cells)
        return false;
    for (const RowRepair::Cell &cell : *cells) {
        if (cell.null)
            batch.addNull();
        else
            batch.addCell(cell.text);
    }
    batch.endRow(state.line);
    ++state.repairedRows;
    return true;
}

void CsvRowIntake::rejectOpenQuote(RowBatch &batch, std::string_view raw)
{
    reject(batch, "quote_not_closed",
           Words::tr("A quote that is opened in this line is never closed. Close it, or write it twice."), raw);
}

void CsvRowIntake::reject(RowBatch &batch, const char *code, const QString &reason, std::string_view raw,
                          const QString &column)
{
    const auto form = encoding == TextEncoding::Utf8 ? utf8::Undecodable::AsIs : utf8::Undecodable::Wrapped;
    Rejection rejection{.line = state.line,
                        .column = column,
                        .code = QLatin1StringView(code),
                        .reason = reason,
                        .raw = utf8::display(raw, Rejection::maxRawLength, form)};
    m_rejectedBytes += static_cast<std::size_t>(rejection.raw.size()) * sizeof(QChar);
    batch.addRejection(std::move(rejection));
}

std::size_t CsvRowIntake::takeRejectedBytes()
{
    return std::exchange(m_rejectedBytes, 0);
}

} // namespace idstore
