// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/record_query.h"
#include "models/ingest/connector.h"
#include "tests/support/engine_fixture.h"

#include <QRandomGenerator>
#include <QTest>

#include <map>

using namespace idstore;
using namespace Qt::StringLiterals;
using test::EngineFixture;

namespace {

struct TableRow
{
    QString note;
    qint64 at = 0;
    auto operator<=>(const TableRow &) const = default;
};
using Key = std::pair<QString, QString>;

/// A table in memory with a key of two columns, read as a database would be.
class TableConnector final : public Connector, public ConnectorCatalog
{
public:
    TableConnector()
    {
        m_descriptor.id = u"table_test"_s;
        m_descriptor.title = u"Table"_s;
        m_descriptor.readable = true;
        m_descriptor.credentialsSchema = m_descriptor.configSchema = {{u"type"_s, u"object"_s}};
    }

    std::map<Key, TableRow> rows;
    qint64 withoutKey = 0; ///< rows whose key is NULL
    qint64 failAfter = -1; ///< rows until the source breaks
    QString noteColumn = u"note"_s;
    mutable std::optional<QString> lastStart;

    [[nodiscard]] const ConnectorDescriptor &descriptor() const override { return m_descriptor; }
    [[nodiscard]] Result<std::unique_ptr<RecordReader>> open(const ReadRequest &request) const override;
    [[nodiscard]] const std::vector<const Connector *> &all() const override { return m_all; }
    [[nodiscard]] const Connector *find(QStringView type) const override
    {
        return type == u"table_test" ? this : nullptr;
    }
    [[nodiscard]] Result<void> checkUpload(const QString &, const QString &) const override { return {}; }

private:
    ConnectorDescriptor m_descriptor;
    std::vector<const Connector *> m_all{this};
};

class TableReader final : public RecordReader
{
public:
    TableReader(const TableConnector &table, const ReadRequest &request)
        : m_failAfter(table.failAfter)
        , m_complete(!request.cursor.after)
    {
        for (const QString &name : {u"region"_s, u"id"_s, table.noteColumn, u"at"_s})
            m_columns.append({name});
        for (const auto &[key, row] : table.rows) {
            if (!request.cursor.after || row.at >= request.cursor.after->toLongLong())
                m_rows.push_back({key, row});
        }
        for (qint64 i = 0; i < table.withoutKey; ++i)
            m_rows.push_back({{u"nowhere"_s, QString()}, {u"lost"_s, 0}});
        std::ranges::sort(m_rows, {}, [](const auto &row) { return std::tuple(row.second.at, row.first); });
    }

    [[nodiscard]] const Columns &columns() const override { return m_columns; }
    [[nodiscard]] bool isComplete() const override { return m_complete; }
    Result<bool> read(RowBatch &batch) override
    {
        constexpr int rowsAtOnce = 7;
        batch.reset(static_cast<int>(m_columns.size()));
        for (int i = 0; i < rowsAtOnce && m_next < m_rows.size(); ++i) {
            if (static_cast<qint64>(m_next) == m_failAfter)
                return Error{ErrorKind::Source, u"source_broke"_s, u"The source broke."_s, {}, {}, {}};
            const auto &[key, row] = m_rows[m_next++];
            batch.addCell(key.first.toStdString());
            if (key.second.isNull())
                batch.addNull();
            else
                batch.addCell(key.second.toStdString());
            batch.addCell(row.note.toStdString());
            batch.addCell(std::to_string(row.at));
            batch.endRow(static_cast<std::int64_t>(m_next));
        }
        return !batch.isEmpty();
    }

private:
    qint64 m_failAfter;
    bool m_complete;
    Columns m_columns;
    std::vector<std::pair<Key, TableRow>> m_rows;
    std::size_t m_next = 0;
};

Result<std::unique_ptr<RecordReader>> TableConnector::open(const ReadRequest &request) const
{
    lastStart = request.cursor.after;
    return std::unique_ptr<RecordReader>(new TableReader(*this, request));
}

/// All that a rollback brings back.
struct State
{
    QStringList rows; ///< sorted
    qint64 rowCount = 0;
    qint64 rejectedCount = 0;
    std::optional<QString> mark;
    Columns columns;

    bool operator==(const State &) const = default;
};

} // namespace

class TestIncrementalRuns : public QObject
{
    Q_OBJECT

    static Result<Source> addSource(EngineFixture &fixture, const QStringList &key = {u"region"_s, u"id"_s},
                                    const QString &cursor = u"at"_s, qint64 overlap = 0)
    {
        NewConnectedSource request;
        request.name = u"Table"_s;
        request.sourceType = u"table_test"_s;
        request.keyColumns = key;
        request.cursorColumn = cursor;
        request.cursorType = cursor.isEmpty() ? QString() : u"int"_s;
        if (!cursor.isEmpty())
            request.cursorOverlap = overlap;
        return fixture.engine().sources().createConnected(EngineFixture::user(), request);
    }

    static Result<IngestionRun> ingest(EngineFixture &fixture, SourceId id, RunMode mode = RunMode::Incremental,
                                       bool confirm = false)
    {
        IDS_TRY(run, fixture.engine().ingestion().start(EngineFixture::user(), id, mode, RunTrigger::Api, confirm));
        return fixture.waitFor(id, run);
    }

    static State stateOf(EngineFixture &fixture, SourceId id)
    {
        State state;
        const auto source = fixture.engine().sources().get(EngineFixture::user(), id);
        state.rowCount = source->rowCount;
        state.rejectedCount = source->rejectedCount;
        state.mark = source->cursor.after;
        state.columns = source->columns;
        if (source->generation == 0)
            return state;
        auto cursor = fixture.engine().records().page(EngineFixture::user(), id, [] {
            RecordQuery query;
            query.limit = 10'000;
            return query;
        }());
        for (const auto &record : cursor->records) {
            QStringList cells;
            for (const std::optional<QString> &cell : record.cells)
                cells.append(cell ? *cell : u"NULL"_s);
            state.rows.append(cells.join(u'|'));
        }
        state.rows.sort();
        return state;
    }

    static QStringList rowsOf(const TableConnector &table)
    {
        QStringList rows;
        for (const auto &[key, row] : table.rows)
            rows.append(QStringList{key.first, key.second, row.note, QString::number(row.at)}.join(u'|'));
        rows.sort();
        return rows;
    }

private Q_SLOTS:
    void run_changedRows_mergesAndKeepsChanges()
    {
        TableConnector table;
        EngineFixture fixture(table);
        table.rows = {{{u"n"_s, u"1"_s}, {u"a"_s, 1}}, {{u"n"_s, u"2"_s}, {u"b"_s, 2}}};
        const auto source = addSource(fixture);
        IDS_VERIFY_OK(source);
        auto run = ingest(fixture, source->id);
        IDS_VERIFY_OK(run);
        QCOMPARE(run->counts.added, 2);
        QCOMPARE(run->cursorAfter.value_or(QString()), u"2"_s);

        table.rows[{u"n"_s, u"2"_s}] = {u"B"_s, 3};
        table.rows[{u"n"_s, u"3"_s}] = {u"c"_s, 3};
        run = ingest(fixture, source->id);
        IDS_VERIFY_OK(run);
        QCOMPARE(toString(run->status), u"completed"_s);
        QCOMPARE(toString(run->mode), u"incremental"_s);
        QCOMPARE(table.lastStart.value_or(QString()), u"2"_s);
        QCOMPARE(run->counts.added, 1);
        QCOMPARE(run->counts.changed, 1);
        QVERIFY(run->counts.addUp());
        QCOMPARE(stateOf(fixture, source->id).rows, rowsOf(table));

        auto page = fixture.engine().ingestion().changes(EngineFixture::user(), run->id, {}, 0, 10);
        IDS_VERIFY_OK(page);
        QCOMPARE(page->changes.size(), 2);
        page = fixture.engine().ingestion().changes(EngineFixture::user(), run->id, ChangeKind::Changed, 0, 10);
        IDS_VERIFY_OK(page);
        QCOMPARE(page->changes.size(), 1);
        QCOMPARE(page->changes.first().before.value(u"note"_s), QJsonValue(u"b"_s));
        QCOMPARE(page->changes.first().after.value(u"note"_s), QJsonValue(u"B"_s));

        // Nothing new: the row at the mark is read again and counts as what it is.
        run = ingest(fixture, source->id);
        IDS_VERIFY_OK(run);
        QCOMPARE(run->counts.unchanged, 2);
        QCOMPARE(run->counts.ingested(), 2);
        QCOMPARE(stateOf(fixture, source->id).rows, rowsOf(table));
    }

    void run_manyRowsGone_asksFirst()
    {
        TableConnector table;
        EngineFixture fixture(table);
        for (int i = 0; i < 10; ++i)
            table.rows[{u"n"_s, QString::number(i)}] = {u"x"_s, i};
        const auto source = addSource(fixture);
        IDS_VERIFY_OK(source);
        IDS_VERIFY_OK(ingest(fixture, source->id));
        const State before = stateOf(fixture, source->id);
        for (int i = 0; i < 3; ++i)
            table.rows.erase({u"n"_s, QString::number(i)});
        auto run = ingest(fixture, source->id, RunMode::Full);
        IDS_VERIFY_OK(run);
        QVERIFY(run->error);
        QCOMPARE(run->error->code, u"removals_need_confirmation"_s);
        QCOMPARE(stateOf(fixture, source->id), before);
        run = ingest(fixture, source->id, RunMode::Full, true);
        IDS_VERIFY_OK(run);
        QCOMPARE(run->counts.removed, 3);
        QCOMPARE(stateOf(fixture, source->id).rows, rowsOf(table));
    }

    void run_columnRenamed_oldValuesStayAndRunTells()
    {
        TableConnector table;
        EngineFixture fixture(table);
        table.rows = {{{u"n"_s, u"1"_s}, {u"a"_s, 1}}};
        const auto source = addSource(fixture);
        IDS_VERIFY_OK(source);
        IDS_VERIFY_OK(ingest(fixture, source->id));
        table.noteColumn = u"remark"_s;
        const auto run = ingest(fixture, source->id);
        IDS_VERIFY_OK(run);
        QCOMPARE(run->schemaChanges.size(), 3);
        QCOMPARE(toString(run->schemaChanges.first().kind), u"renamed"_s);
        QCOMPARE(run->schemaChanges.first().before, u"note"_s);
        QCOMPARE(stateOf(fixture, source->id).rows, QStringList{u"n|1|a|1|a"_s});
    }

    void run_sameKeyTwiceOrNone_lastStaysAndNoneIsSetAside()
    {
        TableConnector table;
        EngineFixture fixture(table);
        table.rows = {{{u"n"_s, u"1"_s}, {u"a"_s, 1}}, {{u"n"_s, u"2"_s}, {u"b"_s, 2}}};
        table.withoutKey = 1;
        const auto source = addSource(fixture, {u"region"_s});
        IDS_VERIFY_OK(source);
        auto run = ingest(fixture, source->id);
        IDS_VERIFY_OK(run);
        QCOMPARE(run->counts.read, 3);
        QCOMPARE(run->counts.added, 2); // n and nowhere
        QCOMPARE(run->counts.unchanged, 1);
        SourcePatch patch;
        patch.keyColumns = QStringList{u"id"_s};
        IDS_VERIFY_OK(fixture.engine().sources().update(EngineFixture::user(), source->id, patch));
        run = ingest(fixture, source->id);
        IDS_VERIFY_OK(run);
        QCOMPARE(run->counts.added, 2);
        QCOMPARE(run->counts.rejected, 1);
        QVERIFY(run->counts.addUp());
    }

    void rollback_withoutRowsOfBefore_isRefused()
    {
        TableConnector table;
        EngineFixture fixture(table);
        const auto source = addSource(fixture);
        IDS_VERIFY_OK(source);
        IDS_VERIFY_ERROR(fixture.engine().ingestion().rollback(EngineFixture::user(), source->id), ErrorKind::Conflict,
                         "nothing_to_take_back");
    }

    void runs_random_storeEqualsTableAndRollbackRestores()
    {
        bool given = false;
        quint32 seed = qEnvironmentVariable("IDSTORE_SEED").toUInt(&given);
        if (!given)
            seed = QRandomGenerator::global()->generate();
        qInfo("IDSTORE_SEED=%u", seed);
        QRandomGenerator random(seed);
        constexpr int rounds = 220;
        TableConnector table;
        EngineFixture fixture(table);
        const auto source = addSource(fixture, {u"region"_s, u"id"_s}, u"at"_s, 2);
        IDS_VERIFY_OK(source);
        qint64 now = 1;
        bool mustReadAll = false;
        for (int round = 0; round < rounds; ++round) {
            const int operations = random.bounded(8);
            for (int i = 0; i < operations; ++i) {
                now += random.bounded(3) == 0 ? 1 : 0; // ties of the clock
                const Key key{QString(QChar(u'a' + random.bounded(3))), QString::number(random.bounded(40))};
                if (random.bounded(6) == 0) {
                    mustReadAll = mustReadAll || table.rows.erase(key) > 0;
                } else {
                    table.rows[key] = {QString::number(random.bounded(1000)), now - random.bounded(3)};
                }
            }
            const State before = stateOf(fixture, source->id);
            table.failAfter = random.bounded(4) == 0 ? random.bounded(20) : -1;
            auto run = ingest(fixture, source->id, RunMode::Incremental, true);
            IDS_VERIFY_OK(run);
            table.failAfter = -1;
            if (run->status == RunStatus::Failed) {
                QCOMPARE(run->error->code, u"source_broke"_s);
                QCOMPARE(stateOf(fixture, source->id), before);
                if (random.bounded(2) == 0)
                    fixture.reopen();
                run = ingest(fixture, source->id, RunMode::Incremental, true);
                IDS_VERIFY_OK(run);
            }
            QCOMPARE(toString(run->status), u"completed"_s);
            QVERIFY(run->counts.addUp());
            if (random.bounded(5) == 0) {
                const State after = stateOf(fixture, source->id);
                const auto taken = fixture.engine().ingestion().rollback(EngineFixture::user(), source->id);
                if (taken && taken->id == run->id) {
                    QCOMPARE(stateOf(fixture, source->id), before);
                    run = ingest(fixture, source->id, RunMode::Incremental, true);
                    IDS_VERIFY_OK(run);
                    QCOMPARE(stateOf(fixture, source->id).rows, after.rows);
                } else { // a run before it, which may have removed rows
                    mustReadAll = true;
                    run = ingest(fixture, source->id, RunMode::Incremental, true);
                    IDS_VERIFY_OK(run);
                }
            }
            if (mustReadAll) {
                run = ingest(fixture, source->id, RunMode::Full, true);
                IDS_VERIFY_OK(run);
                QCOMPARE(toString(run->status), u"completed"_s);
                QVERIFY(run->counts.addUp());
                mustReadAll = false;
            }
            QCOMPARE(stateOf(fixture, source->id).rows, rowsOf(table));
            QCOMPARE(stateOf(fixture, source->id).rowCount, static_cast<qint64>(table.rows.size()));
        }
    }
};

QTEST_GUILESS_MAIN(TestIncrementalRuns)
#include "tst_incremental_runs.moc"
