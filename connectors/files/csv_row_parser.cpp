// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/csv_row_parser.h"

#include <tuple>
#include <utility>

namespace idstore {

CsvRowParser::CsvRowParser(std::unique_ptr<CsvReader> reader)
    : m_reader(std::move(reader))
{}

void CsvRowParser::parse(const QString &text, RowBatch &batch)
{
    const QByteArray utf8 = text.toUtf8();
    m_reader->readRow({utf8.constData(), static_cast<std::size_t>(utf8.size())}, batch);
}

QList<RowParser::Field> CsvRowParser::fields(const QString &text) const
{
    const QByteArray utf8 = text.toUtf8();
    const auto tokenize = [&utf8](const CsvSyntax &syntax) {
        CsvTokenizer tokenizer(syntax, CsvReader::maxColumns + 1);
        tokenizer.setInput(utf8.constData(), utf8.constData() + utf8.size(), true);
        return std::pair(tokenizer.next(), tokenizer.fields());
    };
    auto [outcome, cut] = tokenize(m_reader->syntax());
    if (outcome == CsvTokenizer::Outcome::QuoteNotClosed) {
        // With a quote that is not closed, delimiters are all there is to go by.
        CsvSyntax literal = m_reader->syntax();
        literal.quote = CsvSyntax::noQuote;
        std::tie(outcome, cut) = tokenize(literal);
    }
    if (outcome != CsvTokenizer::Outcome::Row)
        return {};
    // From bytes to UTF-16, each stretch once.
    QList<Field> found;
    const char *at = utf8.constData();
    qsizetype position = 0;
    const auto advanceTo = [&](const char *to) {
        position += QString::fromUtf8(at, to - at).size();
        at = to;
        return position;
    };
    for (const CsvField &field : cut) {
        const qsizetype start = advanceTo(field.text.data() - (field.quoted ? 1 : 0));
        const qsizetype end = advanceTo(field.text.data() + field.text.size() + (field.quoted ? 1 : 0));
        found.append({start, end - start});
    }
    return found;
}

} // namespace idstore
