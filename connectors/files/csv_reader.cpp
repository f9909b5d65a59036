// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/csv_reader.h"

#include "connectors/files/csv_piece.h"
#include "connectors/files/header_names.h"
#include "connectors/files/table_start.h"
#include "models/ingest/run_log.h"

#include <QCoreApplication>

#include <algorithm>

namespace idstore {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(CsvReader)
};

constexpr std::size_t batchRows = 4096;
constexpr std::size_t batchBytes = 1024 * 1024;
constexpr std::size_t sampledRows = 200;
constexpr qint64 tailBytes = 64 * 1024;

QString inWords(char special)
{
    switch (special) {
    case '\t':
        return Words::tr("tab");
    case ' ':
        return Words::tr("space");
    case CsvSyntax::noQuote:
        return Words::tr("none");
    default:
        return QStringLiteral("“%1”").arg(QLatin1Char(special));
    }
}

QString delimiterInWords(const CsvSyntax &syntax)
{
    return syntax.delimiterRest.isEmpty() ? inWords(syntax.delimiter)
                                          : QStringLiteral("“%1”").arg(QString::fromStdString(syntax.delimiterText()));
}

} // namespace

CsvReader::CsvReader(const QString &path, const CancelToken &cancel, RunLog *log, const Limits &limits)
    : m_window(path, limits.blockSize)
    , m_cancel(cancel)
    , m_log(log)
    , m_limits(limits)
{}

Result<std::unique_ptr<CsvReader>> CsvReader::open(const QString &path, const TableFileOptions &options,
                                                   const CancelToken &cancel, RunLog *log, const Limits &limits)
{
    std::unique_ptr<CsvReader> reader(new CsvReader(path, cancel, log, limits));
    IDS_CHECK(reader->m_window.open());
    IDS_CHECK(reader->findTable(options));
    return reader;
}

Result<void> CsvReader::findTable(const TableFileOptions &options)
{
    IDS_TRY(bytes, m_window.sample(m_limits.sampleBytes));
    const std::string_view raw(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    const bool whole = bytes.size() == m_window.totalBytes();

    DetectedEncoding encoding = detectEncoding(raw);
    if (options.encoding && !(encoding.bomLength > 0 && *options.encoding != TextEncoding::Windows1252))
        encoding = {*options.encoding, bomLength(raw, *options.encoding), false};
    encoding.open = encoding.open && !whole;
    TextDecoder decoder(encoding.encoding);
    std::string text;
    decoder.decode(raw.substr(static_cast<std::size_t>(encoding.bomLength)), text);
    if (whole && text.find_first_not_of(" \t\r\n\f\v\x1A") == std::string::npos)
        return emptyFile();

    const qint64 headerRow = options.headerRow.value_or(1);
    qint64 linesBefore = options.skipRows + std::max<qint64>(headerRow - 1, 0);
    std::string_view sample = withoutLines(text, linesBefore);
    const CsvDialect dialect = detectCsvDialect(sample, whole, options.dialect);
    m_table.syntax = dialect.syntax;
    if (dialect.separatorLine) {
        ++linesBefore;
        sample = withoutLines(sample, 1);
    }
    std::vector<std::int64_t> linesAbove;
    const SampledRows rows = sampleRows(sample, whole, m_table.syntax, sampledRows, maxColumns + 1, &linesAbove);
    TableStart start;
    if (options.headerRow)
        start.headerRows = headerRow > 0 ? static_cast<std::size_t>(options.headerRows.value_or(1)) : 0;
    else if (options.skipRows > 0)
        start.headerRows = firstRowIsHeader(rows) ? 1 : 0;
    else
        start = findTableStart(rows);
    if (start.headerRows > 0 && options.headerRows)
        start.headerRows = static_cast<std::size_t>(*options.headerRows);
    // A row that could not be read is no header to look for below others.
    if (start.preambleRows > 0 && bytesOf(rows[start.preambleRows]) > m_limits.rowBytes)
        start = {.preambleRows = 0, .headerRows = 1};
    if (start.preambleRows > 0)
        linesBefore += linesAbove[start.preambleRows];

    IDS_TRY(tail, m_window.lastText(encoding, tailBytes));
    IDS_CHECK(m_window.start(encoding));
    useTokenizer(m_table.syntax, maxColumns + 1);
    for (; m_rows.state.line <= linesBefore && !atEnd(); ++m_rows.state.line)
        IDS_CHECK(skipLine());
    m_findings = {.options = options,
                  .syntax = m_table.syntax,
                  .marked = encoding.bomLength > 0,
                  .separatorLine = dialect.separatorLine,
                  .linesAbove = linesBefore,
                  .headerRows = static_cast<qint64>(start.headerRows)};
    if (start.headerRows > 0)
        IDS_CHECK(readHeader(start.headerRows));
    // The same rows, however it came to be known where the table begins.
    const SampledRows table =
        sampleRows(withoutLines(text, m_findings.linesAbove), whole, m_table.syntax, sampledRows, maxColumns + 1);
    if (start.headerRows == 0)
        m_table.columns = generatedColumns(static_cast<int>(usualLength(table)));

    if (m_table.columns.isEmpty())
        return m_findings.linesAbove > 0 && (options.headerRow || options.skipRows > 0)
                   ? nothingLeft(options, m_rows.state.line - 1)
                   : emptyFile();
    if (m_table.columns.size() > maxColumns) {
        return Error{.kind = ErrorKind::Source,
                     .code = QStringLiteral("too_many_columns"),
                     .message = Words::tr("The table has more than %1 columns.").arg(maxColumns),
                     .remedy = Words::tr("Remove columns that are not needed, or check the delimiter."),
                     .cause = {},
                     .fields = {}};
    }
    logFindings();
    std::vector<CellKind> kinds;
    for (qsizetype column = 0; column < m_table.columns.size(); ++column)
        kinds.push_back(usualKind(table, start.headerRows, static_cast<std::size_t>(column)));
    m_table.end = findTableEnd(tail, m_table.syntax, kinds);
    m_findings.linesBelow = static_cast<qint64>(m_table.end.lines().size());
    m_table.repair = RowRepair(m_table.syntax, std::move(kinds));
    m_plain.emplace(m_table);
    useTokenizer(m_table.syntax, static_cast<std::size_t>(m_table.columns.size()));
    return {};
}

void CsvReader::useTokenizer(const CsvSyntax &syntax, std::size_t storedFields)
{
    // Text that is in the window already stays there.
    if (m_tokenizer.position())
        m_window.consume(m_tokenizer.position());
    m_tokenizer = CsvTokenizer(syntax, storedFields);
    showText();
}

void CsvReader::showText()
{
    m_tokenizer.setInput(m_window.begin(), m_window.end(), m_window.atEnd());
    m_rows.encoding = m_window.encoding();
}

Result<void> CsvReader::readHeader(std::size_t rows)
{
    const bool oneRow = rows == 1;
    bool begun = false;
    std::vector<std::string> names;
    while (rows > 0) {
        IDS_TRY(step, advance());
        if (step == Step::End)
            break;
        if (step == Step::TooLong) {
            return Error{.kind = ErrorKind::Source,
                         .code = QStringLiteral("too_long"),
                         .message = Words::tr("The line with the column names is over %1 MB long.")
                                        .arg(m_limits.rowBytes / (1024 * 1024)),
                         .remedy = Words::tr("Check that the file is a table with one row a line."),
                         .cause = {},
                         .fields = {}};
        }
        if (step == Step::QuoteNotClosed) {
            // Names with a stray quote are better than none.
            CsvSyntax literal = m_table.syntax;
            literal.quote = CsvSyntax::noQuote;
            useTokenizer(literal, maxColumns + 1);
            continue;
        }
        const std::int64_t line = m_rows.state.line;
        m_rows.state.line += 1 + m_tokenizer.lineBreaksInside();
        if (CsvRowIntake::isBlank(m_tokenizer.raw()))
            continue;
        if (!std::exchange(begun, true))
            m_findings.linesAbove = line - 1;
        --rows;
        std::vector<std::string> parts;
        for (const CsvField &field : m_tokenizer.fields())
            m_tokenizer.unescape(field, parts.emplace_back());
        addHeaderRow(names, parts);
    }
    m_table.columns = columnsFromHeader(names);
    if (oneRow)
        m_table.repeatedHeader = RepeatedHeader(std::move(names));
    return {};
}

void CsvReader::logFindings() const
{
    if (!m_log)
        return;
    m_log->write(
        RunLogLine::Level::Info,
        Words::tr("Reading %1 text: delimiter %2, quote %3, %4 columns, %5.")
            .arg(toString(m_window.encoding()), delimiterInWords(m_table.syntax), inWords(m_table.syntax.quote))
            .arg(m_table.columns.size())
            .arg(m_findings.headerRows > 0 ? Words::tr("named by the first row") : Words::tr("without names")));
    const QStringList remarks = reading().remarks;
    for (const QString &remark : remarks)
        m_log->write(RunLogLine::Level::Info, remark);
}

void CsvReader::logRepairs()
{
    if (m_log && m_rows.state.repairedRows > 0 && !std::exchange(m_repairsLogged, true)) {
        m_log->write(RunLogLine::Level::Info,
                     Words::tr("Rows with a delimiter or quote out of place that were put right: %1.")
                         .arg(m_rows.state.repairedRows));
    }
}

Result<CsvReader::Step> CsvReader::advance()
{
    while (true) {
        switch (m_tokenizer.next()) {
        case CsvTokenizer::Outcome::Row:
            return Step::Row;
        case CsvTokenizer::Outcome::End:
            return Step::End;
        case CsvTokenizer::Outcome::QuoteNotClosed:
            return Step::QuoteNotClosed;
        case CsvTokenizer::Outcome::NeedMore:
            break;
        }
        m_window.consume(m_tokenizer.position());
        if (m_window.size() > m_limits.rowBytes)
            return m_tokenizer.insideQuotes() ? Step::QuoteNotClosed : Step::TooLong;
        IDS_CHECK(readMore());
    }
}

Result<void> CsvReader::readMore()
{
    if (m_cancel.isCancelled())
        return cancelled();
    IDS_CHECK(m_window.readMore(m_limits.rowBytes + 1));
    showText();
    return {};
}

Result<std::string> CsvReader::skipLine()
{
    std::string raw;
    const auto keep = [&raw](std::string_view text) {
        constexpr auto most = static_cast<std::size_t>(Rejection::maxRawLength) * 4;
        raw.append(text.substr(0, most - std::min(most, raw.size())));
    };
    while (!m_tokenizer.skipLine()) {
        // The last byte may be half of a line end.
        const char *const from = m_tokenizer.position();
        const char *const to = std::max(from, m_window.end() - 1);
        keep(std::string_view(from, static_cast<std::size_t>(to - from)));
        m_window.consume(to);
        IDS_CHECK(readMore());
    }
    keep(m_tokenizer.raw());
    return raw;
}

Result<bool> CsvReader::read(RowBatch &batch)
{
    batch.reset(static_cast<int>(m_table.columns.size()));
    if (m_cancel.isCancelled())
        return cancelled();
    std::size_t rejectedBytes = 0;
    while (batch.rowCount() + batch.rejections().size() < batchRows && batch.byteCount() + rejectedBytes < batchBytes) {
        if (m_rows.addDueRow(batch))
            continue;
        IDS_TRY(step, advance());
        if (step == Step::End) {
            logRepairs();
            break;
        }
        if (step == Step::Row) {
            m_rows.take(m_tokenizer, batch);
            rejectedBytes += m_rows.takeRejectedBytes();
            continue;
        }
        if (m_rows.makeBlankLinesDue())
            continue;
        IDS_TRY(raw, skipLine());
        if (step == Step::TooLong) {
            m_rows.reject(batch, "too_long",
                          Words::tr("The row is over %1 MB long.").arg(m_limits.rowBytes / (1024 * 1024)), raw);
        } else {
            m_rows.rejectOpenQuote(batch, raw);
        }
        rejectedBytes += m_rows.takeRejectedBytes();
        ++m_rows.state.line;
    }
    batch.sourceBytes = m_window.bytesBefore(m_tokenizer.position());
    return !batch.isEmpty();
}

void CsvReader::readRow(std::string_view text, RowBatch &batch)
{
    batch.reset(static_cast<int>(m_table.columns.size()));
    m_rows.state.inOtherTable = false;
    m_tokenizer = CsvTokenizer(m_table.syntax, static_cast<std::size_t>(m_table.columns.size()));
    m_tokenizer.setInput(text.data(), text.data() + text.size(), true);
    const CsvTokenizer::Outcome outcome = m_tokenizer.next();
    const bool isBlankRow =
        m_tokenizer.fieldCount() == 1 && m_table.columns.size() > 1 && CsvRowIntake::isBlank(m_tokenizer.raw());
    if (outcome == CsvTokenizer::Outcome::QuoteNotClosed) {
        m_rows.rejectOpenQuote(batch, text);
    } else if (outcome != CsvTokenizer::Outcome::Row || isBlankRow) {
        m_rows.reject(batch, "no_row", Words::tr("There is no text for a row."), text);
    } else if (const char *end = m_tokenizer.position(); end != text.data() + text.size()) {
        m_rows.reject(
            batch, "several_rows",
            Words::tr("The text goes on after the end of the row. Put quotes around a value with a line break."), text);
    } else {
        m_rows.store(m_tokenizer, batch);
    }
}

std::unique_ptr<SourcePiece> CsvReader::newPiece() const
{
    return std::make_unique<CsvPiece>();
}

Result<bool> CsvReader::cut(SourcePiece &piece)
{
    if (m_cancel.isCancelled())
        return cancelled();
    // A row that read() could find too long is its own.
    if (m_limits.pieceBytes > m_limits.rowBytes)
        return false;
    m_window.consume(m_tokenizer.position());
    while (m_window.size() < m_limits.pieceBytes && !m_window.atEnd())
        IDS_CHECK(m_window.readMore(m_limits.pieceBytes));
    const char *const end = CsvPlainRows::lastRowEnd(m_table.syntax, m_window.begin(),
                                                     m_window.begin() + std::min(m_window.size(), m_limits.pieceBytes));
    const bool found = end != m_window.begin();
    if (found) {
        auto &rows = static_cast<CsvPiece &>(piece);
        rows.sourceBytes = m_window.bytesBefore(end);
        rows.encoding = m_window.encoding();
        m_window.handOver(end, rows.text);
    }
    m_tokenizer.setInput(m_window.begin(), m_window.end(), m_window.atEnd());
    return found;
}

void CsvReader::parse(SourcePiece &piece, RowBatch &batch) const
{
    static_cast<CsvPiece &>(piece).parse(m_table, *m_plain, CsvRowIntake::State(), batch);
}

void CsvReader::settle(SourcePiece &piece, RowBatch &batch)
{
    auto &rows = static_cast<CsvPiece &>(piece);
    const CsvRowIntake::State before = m_rows.state;
    if (before.isPlain()) {
        const std::int64_t linesBefore = before.line - CsvRowIntake::State().line;
        batch.moveLines(linesBefore);
        m_rows.state = rows.stateAfter();
        m_rows.state.line += linesBefore;
        m_rows.state.repairedRows += before.repairedRows;
    } else {
        rows.parse(m_table, *m_plain, before, batch);
        m_rows.state = rows.stateAfter();
    }
}

SourceReading CsvReader::reading() const
{
    return csvReading(m_findings, m_window.encoding(), m_window.isEncodingOpen() && !m_window.atEnd(),
                      m_rows.state.repairedRows);
}

Error CsvReader::emptyFile()
{
    return {.kind = ErrorKind::Source,
            .code = QStringLiteral("empty_file"),
            .message = Words::tr("The file is empty."),
            .remedy = Words::tr("Upload a file that holds a table."),
            .cause = {},
            .fields = {}};
}

Error CsvReader::cancelled()
{
    return {.kind = ErrorKind::Cancelled,
            .code = QStringLiteral("cancelled"),
            .message = Words::tr("Reading the file was cancelled."),
            .remedy = {},
            .cause = {},
            .fields = {}};
}

} // namespace idstore
