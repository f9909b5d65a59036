// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/sql/postgres_reader.h"

#include "connectors/files/utf8.h"
#include "connectors/sql/postgres_connection.h"
#include "connectors/sql/sql_names.h"

#include <QCoreApplication>

#include <libpq-fe.h>

#include <algorithm>

namespace idstore::sql {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(PostgresReader)
};

constexpr std::size_t batchBytes = 1024 * 1024;
constexpr std::size_t batchRows = 4096;

struct TableColumn
{
    QString name;
    QString type; ///< as PostgreSQL writes it, of a domain its base
    QString textCategory; ///< "S" for texts
    bool required = false; ///< NOT NULL

    [[nodiscard]] bool isTimestamp() const { return type.startsWith(QLatin1StringView("timestamp")); }
};

QString quoted(const QString &name)
{
    return quotedName(name, Dialect::PostgreSql);
}

/// The column as it is selected: for what the server's own text would not do, an expression.
QString selected(const TableColumn &column)
{
    const QString name = quoted(column.name);
    if (column.type == QLatin1StringView("boolean"))
        return name + QStringLiteral("::pg_catalog.text");
    if (column.type == QLatin1StringView("bytea"))
        return QStringLiteral("pg_catalog.translate(pg_catalog.encode(%1, 'base64'), pg_catalog.chr(10), '')")
            .arg(name);
    return name;
}

/// Texts of two ends are compared by their bytes, as marks are.
QString compared(const TableColumn &column)
{
    return column.textCategory == QLatin1StringView("S")
               ? QString(quoted(column.name) + QStringLiteral(" COLLATE \"C\""))
               : quoted(column.name);
}

Error invalidNames(const QList<FieldError> &problems)
{
    return {.kind = ErrorKind::InvalidInput,
            .code = QStringLiteral("invalid_input"),
            .message = problems.first().message,
            .remedy = {},
            .cause = {},
            .fields = problems};
}

Error columnNotFound(const QString &name, const QString &table, const QStringList &names)
{
    const QStringList near = nearNames(name, names);
    return sqlError("column_not_found", Words::tr("There is no column %1 in %2.").arg(name, table),
                    near.isEmpty() ? Words::tr("Check the chosen columns.")
                                   : Words::tr("Did you mean %1?").arg(near.join(u", ")));
}

class PostgresReader final : public RecordReader
{
public:
    explicit PostgresReader(std::unique_ptr<PostgresConnection> connection)
        : m_connection(std::move(connection))
    {}

    Result<void> start(const ReadRequest &request);

    [[nodiscard]] const Columns &columns() const override { return m_columns; }
    Result<bool> read(RowBatch &batch) override;
    [[nodiscard]] bool isComplete() const override { return m_everything && m_over; }
    [[nodiscard]] std::optional<qint64> totalRows() const override { return m_totalRows; }

private:
    Result<void> findTable(const QString &schema, const QString &table);
    Result<void> chooseColumns(const QStringList &wanted);
    [[nodiscard]] const TableColumn *find(const QString &name) const;
    Result<bool> takeCopiedRow(RowBatch &batch);
    Result<bool> takeResultRow(RowBatch &batch);
    void addText(RowBatch &batch, qsizetype column, std::string_view text);
    void endRow(RowBatch &batch, std::string_view rowText);

    std::unique_ptr<PostgresConnection> m_connection;
    QString m_schema;
    QString m_table;
    QList<TableColumn> m_all;
    QList<TableColumn> m_chosen;
    Columns m_columns;
    std::optional<qint64> m_totalRows;
    std::string m_text; ///< of one cell that is not what it will be
    qint64 m_row = 0;
    bool m_copies = true;
    bool m_everything = true;
    bool m_over = false;
    bool m_checked = true; ///< texts are UTF-8 for sure
    bool m_badText = false; ///< in the row at hand
};

const TableColumn *PostgresReader::find(const QString &name) const
{
    const auto named = [&](Qt::CaseSensitivity sensitivity) {
        return std::ranges::find_if(
            m_all, [&](const TableColumn &column) { return column.name.compare(name, sensitivity) == 0; });
    };
    auto found = named(Qt::CaseSensitive);
    if (found == m_all.end())
        found = named(Qt::CaseInsensitive);
    return found == m_all.end() ? nullptr : &*found;
}

Result<void> PostgresReader::findTable(const QString &schema, const QString &table)
{
    m_connection->setTable(schema + u'.' + table);
    // A name as it is picked from a list comes first; PostgreSQL itself makes typed ones lower case.
    IDS_TRY(tables, m_connection->rows(
                        QStringLiteral(
                            "SELECT n.nspname, c.relname, c.oid::text, c.reltuples::bigint::text "
                            "FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = "
                            "c.relnamespace WHERE n.nspname IN ($1::text, pg_catalog.lower($1::text)) AND c.relname IN "
                            "($2::text, pg_catalog.lower($2::text)) AND c.relkind IN ('r','p','v','m','f') "
                            "ORDER BY n.nspname <> $1::text, c.relname <> $2::text LIMIT 1"),
                        {schema, table}));
    if (tables.empty()) {
        IDS_TRY(others,
                m_connection->rows(QStringLiteral(
                    "SELECT n.nspname, c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = "
                    "c.relnamespace WHERE n.nspname NOT IN ('pg_catalog','information_schema','pg_toast') AND "
                    "c.relkind IN ('r','p','v','m','f') ORDER BY 1, 2 LIMIT 10000")));
        QStringList names;
        for (const auto &row : others) {
            const QString shown = *row[0] + u'.' + *row[1];
            names.append(*row[0] == schema ? *row[1] : shown);
        }
        QStringList near = nearNames(table, names);
        return sqlError("table_not_found", Words::tr("There is no table or view %1.%2.").arg(schema, table),
                        near.isEmpty() ? Words::tr("Check the names of the schema and the table.")
                                       : Words::tr("Did you mean %1?").arg(near.join(u", ")));
    }
    m_schema = *tables[0][0];
    m_table = *tables[0][1];
    m_connection->setTable(m_schema + u'.' + m_table);
    IDS_TRY(columns, m_connection->rows(
                         QStringLiteral("SELECT a.attname, pg_catalog.format_type(b.oid, NULL), b.typcategory, "
                                        "a.attnotnull::text FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t "
                                        "ON t.oid = a.atttypid JOIN pg_catalog.pg_type b ON b.oid = CASE WHEN "
                                        "t.typbasetype <> 0 THEN t.typbasetype ELSE t.oid END WHERE a.attrelid = "
                                        "$1::pg_catalog.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum"),
                         {*tables[0][2]}));
    for (const auto &row : columns)
        m_all.append({*row[0], *row[1], *row[2], *row[3] == QLatin1StringView("true")});
    return {};
}

Result<void> PostgresReader::chooseColumns(const QStringList &wanted)
{
    QStringList names;
    for (const TableColumn &column : m_all)
        names.append(column.name);
    for (const QString &name : wanted) {
        const TableColumn *column = find(name);
        if (!column)
            return columnNotFound(name, m_connection->place().table, names);
        if (std::ranges::none_of(m_chosen, [&](const TableColumn &each) { return each.name == column->name; }))
            m_chosen.append(*column);
    }
    if (wanted.isEmpty())
        m_chosen = m_all;
    if (m_chosen.isEmpty())
        return sqlError("table_has_no_columns", Words::tr("%1 has no columns.").arg(m_connection->place().table),
                        Words::tr("Choose another table."));
    for (const TableColumn &column : m_chosen)
        m_columns.append(Column{.name = column.name});
    return {};
}

Result<void> PostgresReader::start(const ReadRequest &request)
{
    const QString schema = request.config[QLatin1StringView("schema")].toString();
    IDS_CHECK(m_connection->run(QStringLiteral("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")));
    IDS_CHECK(findTable(schema.isEmpty() ? QStringLiteral("public") : schema,
                        request.config[QLatin1StringView("table")].toString()));
    QStringList keys = request.keyColumns;
    if (keys.isEmpty())
        keys = textsOf(request.config[QLatin1StringView("key")]);
    const Cursor &cursor = request.cursor;
    QStringList wanted = textsOf(request.config[QLatin1StringView("columns")]);
    if (!wanted.isEmpty()) {
        // What a row is told and found again by is read whether or not it was chosen.
        wanted += keys;
        if (!cursor.column.isEmpty())
            wanted.append(cursor.column);
    }
    IDS_CHECK(chooseColumns(wanted));
    m_checked = m_connection->textIsChecked();

    QStringList parts;
    for (const TableColumn &column : m_chosen)
        parts.append(selected(column));
    QString query = QStringLiteral("SELECT ") + parts.join(u", ") + QStringLiteral(" FROM ") + quoted(m_schema) + u'.' +
                    quoted(m_table);
    QStringList values;
    if (!cursor.column.isEmpty()) {
        QStringList names;
        for (const TableColumn &column : m_all)
            names.append(column.name);
        const TableColumn *marked = find(cursor.column);
        if (!marked)
            return columnNotFound(cursor.column, m_connection->place().table, names);
        if (cursor.after) {
            query += QStringLiteral(" WHERE (") + compared(*marked) + QStringLiteral(" >= $1::") + marked->type;
            // No mark ever passes a row without one.
            if (!marked->required)
                query += QStringLiteral(" OR ") + quoted(marked->name) + QStringLiteral(" IS NULL");
            query += u')';
            values.append(*cursor.after);
        }
        QStringList order{compared(*marked) + QStringLiteral(" NULLS FIRST")};
        for (const QString &key : keys) {
            const TableColumn *column = find(key);
            if (!column)
                return columnNotFound(key, m_connection->place().table, names);
            order.append(compared(*column));
        }
        query += QStringLiteral(" ORDER BY ") + order.join(u", ");
    }
    if (request.sampleRows)
        query += QStringLiteral(" LIMIT ") + QString::number(*request.sampleRows);
    m_everything = values.isEmpty() && !request.sampleRows;
    m_copies = values.isEmpty();
    if (m_copies)
        query = QStringLiteral("COPY (") + query + QStringLiteral(") TO STDOUT");
    IDS_CHECK(m_connection->start(query, values, !m_copies));
    if (m_copies) {
        IDS_CHECK(m_connection->nextResult()); // whether it may be read at all shows here
    }
    return {};
}

void PostgresReader::addText(RowBatch &batch, qsizetype column, std::string_view text)
{
    constexpr std::size_t dateSize = 10;
    if (m_chosen[column].isTimestamp() && text.size() > dateSize && text[dateSize] == ' ' && !text.ends_with("BC")) {
        if (text.data() != m_text.data())
            m_text.assign(text);
        m_text[dateSize] = 'T';
        if (m_text.ends_with("+00"))
            m_text.replace(m_text.size() - 3, 3, "Z");
        text = m_text;
    }
    if (!m_checked && !utf8::isValid(text))
        m_badText = true;
    batch.addCell(text);
}

void PostgresReader::endRow(RowBatch &batch, std::string_view rowText)
{
    constexpr qsizetype shownLength = 2000;
    ++m_row;
    if (!m_badText) {
        batch.endRow(m_row);
        return;
    }
    m_badText = false;
    batch.discardRow();
    Rejection rejection;
    rejection.line = m_row;
    rejection.code = QStringLiteral("invalid_encoding");
    rejection.reason = Words::tr("The row has bytes that are not UTF-8; the database has no encoding (SQL_ASCII).");
    rejection.raw = utf8::display(rowText, shownLength, utf8::Undecodable::AsIs);
    batch.addRejection(std::move(rejection));
}

Result<bool> PostgresReader::takeCopiedRow(RowBatch &batch)
{
    IDS_TRY(line, m_connection->nextCopyLine());
    if (!line)
        return false;
    std::size_t begin = 0;
    for (qsizetype column = 0; column < m_chosen.size(); ++column) {
        const std::size_t end = std::min(line->find('\t', begin), line->size());
        std::string_view text = line->substr(begin, end - begin);
        begin = end + 1;
        if (text == "\\N") {
            batch.addNull();
            continue;
        }
        if (text.find('\\') != std::string_view::npos) {
            m_text.clear();
            for (std::size_t i = 0; i < text.size(); ++i) {
                if (text[i] != '\\' || i + 1 == text.size()) {
                    m_text.push_back(text[i]);
                    continue;
                }
                switch (text[++i]) {
                case 'b':
                    m_text.push_back('\b');
                    break;
                case 'f':
                    m_text.push_back('\f');
                    break;
                case 'n':
                    m_text.push_back('\n');
                    break;
                case 'r':
                    m_text.push_back('\r');
                    break;
                case 't':
                    m_text.push_back('\t');
                    break;
                case 'v':
                    m_text.push_back('\v');
                    break;
                default:
                    m_text.push_back(text[i]);
                    break;
                }
            }
            text = m_text;
        }
        addText(batch, column, text);
    }
    endRow(batch, *line);
    return true;
}

Result<bool> PostgresReader::takeResultRow(RowBatch &batch)
{
    for (;;) {
        IDS_TRY(result, m_connection->nextResult());
        if (!result)
            return false;
        if (PQresultStatus(result.get()) != PGRES_SINGLE_TUPLE)
            continue; // the end of the rows
        for (qsizetype column = 0; column < m_chosen.size(); ++column) {
            const int field = static_cast<int>(column);
            if (PQgetisnull(result.get(), 0, field))
                batch.addNull();
            else
                addText(batch, column,
                        {PQgetvalue(result.get(), 0, field),
                         static_cast<std::size_t>(PQgetlength(result.get(), 0, field))});
        }
        endRow(batch, {});
        return true;
    }
}

Result<bool> PostgresReader::read(RowBatch &batch)
{
    batch.reset(static_cast<int>(m_columns.size()));
    while (!m_over && batch.rowCount() < batchRows && batch.byteCount() < batchBytes) {
        IDS_TRY(more, m_copies ? takeCopiedRow(batch) : takeResultRow(batch));
        if (!more) {
            // The transaction ends without a word of ours when the connection does.
            m_over = true;
        }
    }
    return !batch.isEmpty();
}

} // namespace

Result<std::unique_ptr<RecordReader>> openPostgresReader(const ReadRequest &request)
{
    QList<FieldError> problems = nameProblems(request.config, Dialect::PostgreSql);
    const auto check = [&](const QString &field, const QString &name) {
        if (const QString problem = nameProblem(name, Dialect::PostgreSql); !problem.isEmpty())
            problems.append({field, problem});
    };
    if (!request.cursor.column.isEmpty())
        check(QStringLiteral("cursor_column"), request.cursor.column);
    for (const QString &key : request.keyColumns)
        check(QStringLiteral("config.key"), key);
    if (!problems.isEmpty())
        return invalidNames(problems);
    IDS_TRY(login, postgresLogin(request));
    IDS_TRY(connection, PostgresConnection::open(login, request.cancel));
    auto reader = std::make_unique<PostgresReader>(std::move(connection));
    IDS_CHECK(reader->start(request));
    return std::unique_ptr<RecordReader>(std::move(reader));
}

} // namespace idstore::sql
