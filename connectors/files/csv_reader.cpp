// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/csv_reader.h"

#include "connectors/files/byte_scan.h"
#include "connectors/files/header_names.h"
#include "connectors/files/table_start.h"
#include "connectors/files/utf8.h"
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

bool isBlank(std::string_view text)
{
    return text.find_first_not_of(" \t") == std::string_view::npos;
}

bool isBlankText(std::string_view text)
{
    return text.find_first_not_of(" \t\r\n\f\v\x1A") == std::string_view::npos;
}

/// The sample without its first `lines` lines.
std::string_view withoutLines(std::string_view sample, qint64 lines)
{
    CsvTokenizer tokenizer(CsvSyntax{}, 0);
    tokenizer.setInput(sample.data(), sample.data() + sample.size(), true);
    for (qint64 i = 0; i < lines && tokenizer.position() != sample.data() + sample.size(); ++i)
        tokenizer.skipLine();
    return sample.substr(static_cast<std::size_t>(tokenizer.position() - sample.data()));
}

/// At most what the row takes in a file when nothing in it is escaped.
std::size_t bytesOf(const std::vector<std::string> &row)
{
    std::size_t bytes = 0;
    for (const std::string &cell : row)
        bytes += cell.size() + 3;
    return bytes;
}

QString inWords(char special, char rest = CsvSyntax::oneCharacter)
{
    if (rest != CsvSyntax::oneCharacter)
        return QStringLiteral("“%1%2”").arg(QLatin1Char(special)).arg(QLatin1Char(rest));
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
    if (whole && isBlankText(text))
        return emptyFile();

    const qint64 headerRow = options.headerRow.value_or(1);
    qint64 linesBefore = options.skipRows + std::max<qint64>(headerRow - 1, 0);
    std::string_view sample = withoutLines(text, linesBefore);
    const CsvDialect dialect = detectCsvDialect(sample, whole, options.dialect);
    m_syntax = dialect.syntax;
    if (dialect.separatorLine) {
        ++linesBefore;
        sample = withoutLines(sample, 1);
    }
    std::vector<std::int64_t> linesAbove;
    const SampledRows rows = sampleRows(sample, whole, m_syntax, sampledRows, maxColumns + 1, &linesAbove);
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

    IDS_CHECK(m_window.start(encoding));
    useTokenizer(m_syntax, maxColumns + 1);
    for (; m_line <= linesBefore && !atEnd(); ++m_line)
        IDS_CHECK(skipLine());
    m_findings = {.options = options,
                  .syntax = m_syntax,
                  .marked = encoding.bomLength > 0,
                  .separatorLine = dialect.separatorLine,
                  .linesAbove = linesBefore,
                  .headerRows = static_cast<qint64>(start.headerRows)};
    if (start.headerRows > 0)
        IDS_CHECK(readHeader(start.headerRows));
    // The same rows, however it came to be known where the table begins.
    const SampledRows table =
        sampleRows(withoutLines(text, m_findings.linesAbove), whole, m_syntax, sampledRows, maxColumns + 1);
    if (start.headerRows == 0)
        m_columns = generatedColumns(static_cast<int>(usualLength(table)));

    if (m_columns.isEmpty())
        return m_findings.linesAbove > 0 && (options.headerRow || options.skipRows > 0)
                   ? nothingLeft(options, m_line - 1)
                   : emptyFile();
    if (m_columns.size() > maxColumns) {
        return Error{.kind = ErrorKind::Source,
                     .code = QStringLiteral("too_many_columns"),
                     .message = Words::tr("The table has more than %1 columns.").arg(maxColumns),
                     .remedy = Words::tr("Remove columns that are not needed, or check the delimiter."),
                     .cause = {},
                     .fields = {}};
    }
    logFindings();
    std::vector<CellKind> kinds;
    for (qsizetype column = 0; column < m_columns.size(); ++column)
        kinds.push_back(usualKind(table, start.headerRows, static_cast<std::size_t>(column)));
    m_repair = RowRepair(m_syntax, std::move(kinds));
    useTokenizer(m_syntax, static_cast<std::size_t>(m_columns.size()));
    return {};
}

void CsvReader::useTokenizer(const CsvSyntax &syntax, std::size_t storedFields)
{
    // Text that is in the window already stays there.
    if (m_tokenizer.position())
        m_window.consume(m_tokenizer.position());
    m_tokenizer = CsvTokenizer(syntax, storedFields);
    m_tokenizer.setInput(m_window.begin(), m_window.end(), m_window.atEnd());
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
            CsvSyntax literal = m_syntax;
            literal.quote = CsvSyntax::noQuote;
            useTokenizer(literal, maxColumns + 1);
            continue;
        }
        const std::int64_t line = m_line;
        m_line += 1 + m_tokenizer.lineBreaksInside();
        if (isBlank(m_tokenizer.raw()))
            continue;
        if (!std::exchange(begun, true))
            m_findings.linesAbove = line - 1;
        --rows;
        for (std::size_t i = 0; i < m_tokenizer.fields().size(); ++i) {
            std::string part;
            m_tokenizer.unescape(m_tokenizer.fields()[i], part);
            if (i == names.size())
                names.emplace_back();
            // A name in several rows reads from top to bottom.
            if (!names[i].empty() && !isBlank(part))
                names[i] += ' ';
            if (names[i].empty() || !isBlank(part))
                names[i] += part;
        }
    }
    m_columns = columnsFromHeader(names);
    if (oneRow)
        m_repeatedHeader = RepeatedHeader(std::move(names));
    return {};
}

void CsvReader::logFindings() const
{
    if (!m_log)
        return;
    m_log->write(
        RunLogLine::Level::Info,
        Words::tr("Reading %1 text: delimiter %2, quote %3, %4 columns, %5.")
            .arg(toString(m_window.encoding()), inWords(m_syntax.delimiter, m_syntax.delimiterRest),
                 inWords(m_syntax.quote))
            .arg(m_columns.size())
            .arg(m_findings.headerRows > 0 ? Words::tr("named by the first row") : Words::tr("without names")));
    const QStringList remarks = reading().remarks;
    for (const QString &remark : remarks)
        m_log->write(RunLogLine::Level::Info, remark);
}

void CsvReader::logRepairs()
{
    if (m_log && m_repairedRows > 0 && !std::exchange(m_repairsLogged, true)) {
        m_log->write(
            RunLogLine::Level::Info,
            Words::tr("Rows with a delimiter or quote out of place that were put right: %1.").arg(m_repairedRows));
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
    m_tokenizer.setInput(m_window.begin(), m_window.end(), m_window.atEnd());
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
    batch.reset(static_cast<int>(m_columns.size()));
    m_rejectedBytes = 0;
    if (m_cancel.isCancelled())
        return cancelled();
    while (batch.rowCount() + batch.rejections().size() < batchRows &&
           batch.byteCount() + m_rejectedBytes < batchBytes) {
        if (m_blankRowsDue > 0) {
            batch.addNull();
            batch.endRow(m_line - m_blankRowsDue);
            --m_blankRowsDue;
            continue;
        }
        IDS_TRY(step, advance());
        if (step == Step::End) {
            logRepairs();
            break;
        }
        if (step == Step::Row) {
            takeRow(batch);
            continue;
        }
        if (m_blankLines > 0) {
            m_blankRowsDue = std::exchange(m_blankLines, 0);
            continue;
        }
        IDS_TRY(raw, skipLine());
        if (step == Step::TooLong) {
            reject(batch, "too_long", Words::tr("The row is over %1 MB long.").arg(m_limits.rowBytes / (1024 * 1024)),
                   raw);
        } else {
            rejectOpenQuote(batch, raw);
        }
        ++m_line;
    }
    batch.sourceBytes = m_window.bytesBefore(m_tokenizer.position());
    return !batch.isEmpty();
}

void CsvReader::readRow(std::string_view text, RowBatch &batch)
{
    batch.reset(static_cast<int>(m_columns.size()));
    m_inOtherTable = false;
    m_tokenizer = CsvTokenizer(m_syntax, static_cast<std::size_t>(m_columns.size()));
    m_tokenizer.setInput(text.data(), text.data() + text.size(), true);
    const CsvTokenizer::Outcome outcome = m_tokenizer.next();
    const bool isBlankRow = m_tokenizer.fieldCount() == 1 && m_columns.size() > 1 && isBlank(m_tokenizer.raw());
    if (outcome == CsvTokenizer::Outcome::QuoteNotClosed) {
        rejectOpenQuote(batch, text);
    } else if (outcome != CsvTokenizer::Outcome::Row || isBlankRow) {
        reject(batch, "no_row", Words::tr("There is no text for a row."), text);
    } else if (const char *end = m_tokenizer.position(); end != text.data() + text.size()) {
        reject(batch, "several_rows",
               Words::tr("The text goes on after the end of the row. Put quotes around a value with a line break."),
               text);
    } else {
        storeRow(batch);
    }
}

void CsvReader::takeRow(RowBatch &batch)
{
    const std::string_view raw = m_tokenizer.raw();
    if (m_tokenizer.fieldCount() == 1) {
        const bool oneColumn = m_columns.size() == 1;
        if (oneColumn ? raw.empty() : isBlank(raw)) {
            passBlankLine();
            return;
        }
    }
    if (m_blankLines > 0) {
        m_blankRowsDue = std::exchange(m_blankLines, 0);
        m_tokenizer.putBack();
        return;
    }
    storeRow(batch);
    m_line += 1 + m_tokenizer.lineBreaksInside();
}

void CsvReader::passBlankLine()
{
    ++m_line;
    if (m_columns.size() == 1)
        ++m_blankLines;
}

void CsvReader::storeRow(RowBatch &batch)
{
    const std::string_view raw = m_tokenizer.raw();
    const std::vector<CsvField> &fields = m_tokenizer.fields();
    if (!utf8::isValid(raw)) {
        QString column;
        for (std::size_t i = 0; i < fields.size() && column.isEmpty(); ++i) {
            if (!utf8::isValid(fields[i].text))
                column = m_columns[static_cast<qsizetype>(i)].name;
        }
        reject(batch, "undecodable",
               Words::tr("The row holds bytes that are not %1 text. Save the file as UTF-8, or set its encoding.")
                   .arg(toString(m_window.encoding())),
               raw, column);
        return;
    }
    if (passRepeatedHeader(batch))
        return;
    if (m_tokenizer.fieldCount() != static_cast<std::size_t>(m_columns.size()) && storeRepaired(batch))
        return;
    if (m_tokenizer.hasTextBeyond()) {
        reject(batch, "too_many_fields",
               Words::tr("The row has %1 fields, but the table has %2 columns. Put quotes around values that contain "
                         "the delimiter.")
                   .arg(m_tokenizer.fieldCount())
                   .arg(m_columns.size()),
               raw);
        return;
    }
    for (const CsvField &field : fields) {
        if (field.escaped) {
            m_unescaped.clear();
            m_tokenizer.unescape(field, m_unescaped);
            batch.addCell(m_unescaped);
        } else if (field.text.empty() && !field.quoted) {
            batch.addNull();
        } else {
            batch.addCell(field.text);
        }
    }
    for (auto missing = fields.size(); missing < static_cast<std::size_t>(m_columns.size()); ++missing)
        batch.addNull();
    batch.endRow(m_line);
}

bool CsvReader::passRepeatedHeader(RowBatch &batch)
{
    const auto line = m_repeatedHeader.look(m_tokenizer.fields(), m_tokenizer.fieldCount());
    if (line == RepeatedHeader::Line::SameHeader) {
        m_inOtherTable = false;
        reject(batch, "repeated_header", Words::tr("The line names the columns again."), m_tokenizer.raw());
        return true;
    }
    if (line == RepeatedHeader::Line::OtherHeader)
        m_inOtherTable = true;
    if (m_inOtherTable) {
        reject(batch, "another_table",
               Words::tr("The row belongs to another table further down in the file, with other columns. Put that "
                         "table into a file of its own."),
               m_tokenizer.raw());
    }
    return m_inOtherTable;
}

bool CsvReader::storeRepaired(RowBatch &batch)
{
    const auto cells = m_repair.repaired(m_tokenizer.raw());
    if (!cells)
        return false;
    for (const RowRepair::Cell &cell : *cells) {
        if (cell.null)
            batch.addNull();
        else
            batch.addCell(cell.text);
    }
    batch.endRow(m_line);
    ++m_repairedRows;
    return true;
}

void CsvReader::rejectOpenQuote(RowBatch &batch, std::string_view raw)
{
    reject(batch, "quote_not_closed",
           Words::tr("A quote that is opened in this line is never closed. Close it, or write it twice."), raw);
}

void CsvReader::reject(RowBatch &batch, const char *code, const QString &reason, std::string_view raw,
                       const QString &column)
{
    const auto form = m_window.encoding() == TextEncoding::Utf8 ? utf8::Undecodable::AsIs : utf8::Undecodable::Wrapped;
    Rejection rejection{.line = m_line,
                        .column = column,
                        .code = QLatin1StringView(code),
                        .reason = reason,
                        .raw = utf8::display(raw, Rejection::maxRawLength, form)};
    m_rejectedBytes += static_cast<std::size_t>(rejection.raw.size()) * sizeof(QChar);
    batch.addRejection(std::move(rejection));
}

SourceReading CsvReader::reading() const
{
    return csvReading(m_findings, m_window.encoding(), m_window.isEncodingOpen() && !m_window.atEnd(), m_repairedRows);
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
