// SPDX-License-Identifier: GPL-3.0-or-later
// Incremental runs of the program itself against a real database, killed at random points.
#include "tests/support/peers/postgres_peer.h"
#include "tests/support/serve_process.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

using namespace idstore;
using namespace Qt::StringLiterals;
using test::PostgresPeer;
using test::Reply;
using test::ServeProcess;

namespace {

/// A table `people(region, id, note, at)` with the key (region, id) in some database.
class TablePeer
{
public:
    virtual ~TablePeer() = default;
    [[nodiscard]] virtual QString problem() const = 0;
    /// The body of POST /api/sources, less what all tables share.
    [[nodiscard]] virtual QJsonObject source() const = 0;
    /// What went wrong; empty: nothing.
    [[nodiscard]] virtual QString run(const QString &statements) const = 0;
    /// All rows as the program keeps them, sorted, cells separated by "|".
    [[nodiscard]] virtual QStringList rows() const = 0;
    /// A statement that writes a row, new or not, with a time in microseconds after the first.
    [[nodiscard]] virtual QString put(const QString &region, int id, const QString &note,
                                      qint64 microseconds) const = 0;
};

class PostgresTable final : public TablePeer
{
public:
    PostgresTable()
    {
        if (m_peer.problem().isEmpty())
            m_problem = m_peer.run(u"CREATE TABLE people(region text, id int, note text, at timestamptz NOT NULL,"
                                   " PRIMARY KEY (region, id)); CREATE INDEX ON people(at)"_s);
    }
    [[nodiscard]] QString problem() const override { return m_peer.problem() + m_problem; }
    [[nodiscard]] QJsonObject source() const override
    {
        return {{u"source_type"_s, u"postgres_identity"_s},
                {u"credentials"_s, QJsonObject{{u"host"_s, u"127.0.0.1"_s},
                                               {u"port"_s, m_peer.port()},
                                               {u"user"_s, m_peer.user()},
                                               {u"password"_s, m_peer.password()}}},
                {u"config"_s, QJsonObject{{u"database"_s, u"postgres"_s},
                                          {u"table"_s, u"people"_s},
                                          {u"ca_file"_s, m_peer.caFile()},
                                          {u"sslmode"_s, u"verify-full"_s}}}};
    }
    [[nodiscard]] QString run(const QString &statements) const override { return m_peer.run(statements); }
    [[nodiscard]] QStringList rows() const override
    {
        const QString text = m_peer.value(
            u"SELECT string_agg(region || '|' || id || '|' || note || '|' || replace((at AT TIME ZONE 'UTC')::text,"
            " ' ', 'T') || 'Z', E'\\n') FROM people"_s);
        QStringList rows = text.split(u'\n', Qt::SkipEmptyParts);
        rows.sort();
        return rows;
    }
    [[nodiscard]] QString put(const QString &region, int id, const QString &note, qint64 microseconds) const override
    {
        return u"INSERT INTO people VALUES('%1', %2, '%3', timestamptz '2026-01-01 00:00:00+00' + interval '%4 us')"
               " ON CONFLICT (region, id) DO UPDATE SET note = excluded.note, at = excluded.at;"_s.arg(region)
                   .arg(id)
                   .arg(note)
                   .arg(microseconds);
    }

private:
    PostgresPeer m_peer;
    QString m_problem;
};

struct State
{
    QStringList rows; ///< sorted
    qint64 rowCount = 0;
    QString mark;

    bool operator==(const State &) const = default;
};

} // namespace

class TestIncrementalCrash : public QObject
{
    Q_OBJECT

    static State stateOf(const test::ApiCaller &api, const QString &source)
    {
        State state;
        const Reply one = api.get(u"/api/sources/"_s + source);
        state.rowCount = one.object().value(u"row_count"_s).toInteger();
        state.mark = one.text("cursor_after");
        if (state.rowCount == 0)
            return state;
        const Reply page = api.get(u"/api/sources/%1/records?limit=10000"_s.arg(source));
        const QJsonArray records = page.object().value(u"records"_s).toArray();
        for (const QJsonValue &record : records) {
            QStringList cells;
            for (const QString &name : {u"region"_s, u"id"_s, u"note"_s, u"at"_s})
                cells.append(record[name].toString());
            state.rows.append(cells.join(u'|'));
        }
        state.rows.sort();
        return state;
    }

    static QJsonObject ingest(const test::ApiCaller &api, const QString &source, bool full)
    {
        const Reply started =
            api.post(u"/api/sources/%1/ingest"_s.arg(source),
                     {{u"mode"_s, full ? u"full"_s : u"incremental"_s}, {u"confirm_removals"_s, true}});
        return api.waitForRun(started.text("run_id"));
    }

    static bool addsUp(const QJsonObject &run)
    {
        const auto count = [&run](const char *name) { return run.value(QLatin1StringView(name)).toInteger(); };
        return count("rows_read") ==
               count("rows_new") + count("rows_changed") + count("rows_unchanged") + count("rows_rejected");
    }

private Q_SLOTS:
    void runs_killedAtRandom_storeEqualsTableAndRollbackRestores()
    {
        bool given = false;
        quint32 seed = qEnvironmentVariable("IDSTORE_SEED").toUInt(&given);
        if (!given)
            seed = QRandomGenerator::global()->generate();
        constexpr int usualRounds = 8;
        const int asked = qEnvironmentVariableIntValue("IDSTORE_ROUNDS");
        const int rounds = asked > 0 ? asked : usualRounds;
        qInfo("IDSTORE_SEED=%u, %d rounds", seed, rounds);
        QRandomGenerator random(seed);

        const std::unique_ptr<TablePeer> table = std::make_unique<PostgresTable>();
        QVERIFY2(table->problem().isEmpty(), qPrintable(table->problem()));
        QTemporaryDir folder;
        auto serve = std::make_unique<ServeProcess>(folder.filePath(u"data"_s));
        QVERIFY(serve->start());
        QJsonObject body = table->source();
        body.insert(u"name"_s, u"People"_s);
        body.insert(u"key_columns"_s, QJsonArray{u"region"_s, u"id"_s});
        body.insert(u"cursor_column"_s, u"at"_s);
        body.insert(u"cursor_type"_s, u"timestamp"_s);
        body.insert(u"cursor_overlap"_s, 1);
        const Reply created = serve->api().post(u"/api/sources"_s, body);
        QCOMPARE(created.status, 201);
        const QString source = created.text("id");

        qint64 now = 0;
        bool mustReadAll = false;
        for (int round = 0; round < rounds; ++round) {
            QString statements;
            const int operations = round == 0 ? 2000 : random.bounded(200);
            for (int i = 0; i < operations; ++i) {
                now += random.bounded(2); // ties of the clock, to the microsecond
                const QString region = QString(QChar(u'a' + random.bounded(3)));
                const int id = random.bounded(1500);
                if (round > 0 && random.bounded(20) == 0) {
                    statements += u"DELETE FROM people WHERE region = '%1' AND id = %2;"_s.arg(region).arg(id);
                    mustReadAll = true;
                } else {
                    statements += table->put(region, id, QString::number(random.generate()), now - random.bounded(100));
                }
            }
            const QString problem = statements.isEmpty() ? QString() : table->run(statements);
            QVERIFY2(problem.isEmpty(), qPrintable(problem));

            const State before = stateOf(serve->api(), source);
            const bool full = mustReadAll || random.bounded(6) == 0;
            if (random.bounded(2) == 0) {
                const Reply started = serve->api().post(
                    u"/api/sources/%1/ingest"_s.arg(source),
                    {{u"mode"_s, full ? u"full"_s : u"incremental"_s}, {u"confirm_removals"_s, true}});
                QCOMPARE(started.status, 202);
                QThread::msleep(random.bounded(60));
                serve->kill();
                serve = std::make_unique<ServeProcess>(folder.filePath(u"data"_s));
                QVERIFY(serve->start());
                const QString status = serve->api().get(u"/api/runs/"_s + started.text("run_id")).text("status");
                const State now2 = stateOf(serve->api(), source);
                if (status == u"failed")
                    QCOMPARE(now2, before);
                else
                    QCOMPARE(status, u"completed"_s);
            }
            const State last = stateOf(serve->api(), source);
            QJsonObject run = ingest(serve->api(), source, full);
            QCOMPARE(run.value(u"status"_s).toString(), u"completed"_s);
            QVERIFY(addsUp(run));
            mustReadAll = false;
            QCOMPARE(stateOf(serve->api(), source).rows, table->rows());
            if (random.bounded(3) == 0) {
                const Reply taken = serve->api().post(u"/api/sources/%1/rollback"_s.arg(source));
                if (taken.text("run_id") == run.value(u"run_id"_s).toString())
                    QCOMPARE(stateOf(serve->api(), source), last);
                run = ingest(serve->api(), source, true);
                QCOMPARE(run.value(u"status"_s).toString(), u"completed"_s);
                QCOMPARE(stateOf(serve->api(), source).rows, table->rows());
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestIncrementalCrash)
#include "tst_incremental_crash.moc"
