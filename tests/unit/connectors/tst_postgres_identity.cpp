// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/connector_catalog.h"
#include "injection_names.h"
#include "tests/support/peers/postgres_peer.h"
#include "tests/support/result_checks.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace idstore;
using namespace Qt::StringLiterals;
using test::PostgresPeer;

/// Against PostgreSQL itself.
class TestPostgresIdentity : public QObject
{
    Q_OBJECT

    QTemporaryDir m_scratch;
    BuiltInConnectors m_connectors;
    const Connector &m_connector = *m_connectors.find(u"postgres_identity");
    std::unique_ptr<PostgresPeer> m_peer;

    ReadRequest requestFor(const QString &table, const QJsonObject &more = {}, const QJsonObject &login = {}) const
    {
        QJsonObject credentials{{u"host"_s, u"127.0.0.1"_s},
                                {u"port"_s, m_peer->port()},
                                {u"user"_s, m_peer->user()},
                                {u"password"_s, m_peer->password()}};
        for (auto it = login.begin(); it != login.end(); ++it)
            credentials.insert(it.key(), it.value());
        ReadRequest request;
        request.config = {{u"database"_s, u"postgres"_s},
                          {u"table"_s, table},
                          {u"ca_file"_s, m_peer->caFile()},
                          {u"sslmode"_s, u"verify-full"_s}};
        for (auto it = more.begin(); it != more.end(); ++it)
            request.config.insert(it.key(), it.value());
        request.credentials = Secret(QJsonDocument(credentials).toJson());
        request.scratchFolder = m_scratch.path();
        return request;
    }

    static void append(QStringList &rows, const RowBatch &batch)
    {
        for (std::size_t row = 0; row < batch.rowCount(); ++row) {
            QStringList cells;
            for (int column = 0; column < batch.columnCount(); ++column) {
                const auto cell = batch.cell(row, column).value_or("NULL");
                cells.append(QString::fromUtf8(cell.data(), static_cast<qsizetype>(cell.size())));
            }
            rows.append(cells.join(u'|'));
        }
    }

    Result<QStringList> rowsOf(const ReadRequest &request, bool *complete = nullptr) const
    {
        IDS_TRY(reader, m_connector.open(request));
        QStringList rows;
        RowBatch batch;
        for (;;) {
            IDS_TRY(more, reader->read(batch));
            if (!more)
                break;
            append(rows, batch);
        }
        if (complete)
            *complete = reader->isComplete();
        return rows;
    }

    /// The error that reading ends in when `happening` comes between the first batch and the rest.
    Result<void> interrupted(const ReadRequest &request, const std::function<void()> &happening) const
    {
        IDS_TRY(reader, m_connector.open(request));
        RowBatch batch;
        IDS_CHECK(reader->read(batch));
        happening();
        for (;;) {
            IDS_TRY(more, reader->read(batch));
            if (!more)
                return {};
        }
    }

    QString failedStep(const ReadRequest &request) const
    {
        const ConnectionReport report = m_connector.test(request);
        for (qsizetype i = 0; i < report.steps.size(); ++i) {
            if (!report.steps[i].ok.value_or(false))
                return QString::number(i + 1) + (report.steps[i].fix.isEmpty() ? u" without a way out"_s : QString());
        }
        return u"ok"_s;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_peer = std::make_unique<PostgresPeer>();
        QVERIFY2(m_peer->problem().isEmpty(), qPrintable(m_peer->problem()));
        QCOMPARE(m_peer->run(u"CREATE TABLE people (id int PRIMARY KEY, name text);"
                             "INSERT INTO people VALUES (1, 'Ada'), (2, NULL), (3, '');"
                             "CREATE TABLE big AS SELECT g AS id, repeat('x', 200) AS filling "
                             "FROM generate_series(1, 300000) g"_s),
                 QString());
    }
    void cleanupTestCase() { m_peer.reset(); }

    void read_table_givesRowsWithNullApartFromEmpty()
    {
        bool complete = false;
        const auto rows = rowsOf(requestFor(u"people"_s), &complete);
        IDS_VERIFY_OK(rows);
        QCOMPARE(*rows, QStringList({u"1|Ada"_s, u"2|NULL"_s, u"3|"_s}));
        QVERIFY(complete);
    }

    void read_allTypes_losesNothing()
    {
        QCOMPARE(
            m_peer->run(
                u"CREATE TYPE mood AS ENUM ('sad', 'so so');"
                "CREATE DOMAIN short AS bytea;"
                "CREATE TABLE types (n numeric, big bigint, f float8, r real, b boolean, z timestamptz, t timestamp, "
                "d date, ti time, iv interval, by bytea, dom short, j json, jb jsonb, a int[], ta text[], m mood, "
                "u uuid, bits bit(5), ip inet, x text, never timestamptz);"
                "SET TimeZone = 'Asia/Kolkata';"
                "INSERT INTO types VALUES (12345678901234567890.1234567890123456789, -9223372036854775808, 0.1, 1e-7, "
                "true, '2026-05-04 08:01:02.345678+02', '2026-05-04 08:01:02.000001', '0044-03-15 BC', "
                "'23:59:59.999999', '1 year 2 days', '\\x00ff5c', '\\x01', '{\"a\" : 1.10}', '{\"a\" : 1.10}', "
                "'{1,NULL,3}', '{\"a,b\",\"q\\\"\"}', 'so so', 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', B'10101', "
                "'10.0.0.0/8', E'tab\\tline\\nback\\\\slash \\u00e9 \\U0001F600 \\\\N', 'infinity')"_s),
            QString());
        const QStringList wanted{u"12345678901234567890.1234567890123456789"_s,
                                 u"-9223372036854775808"_s,
                                 u"0.1"_s,
                                 u"1e-07"_s,
                                 u"true"_s,
                                 u"2026-05-04T06:01:02.345678Z"_s,
                                 u"2026-05-04T08:01:02.000001"_s,
                                 u"0044-03-15 BC"_s,
                                 u"23:59:59.999999"_s,
                                 u"P1Y2D"_s,
                                 u"AP9c"_s,
                                 u"AQ=="_s,
                                 u"{\"a\" : 1.10}"_s,
                                 u"{\"a\": 1.10}"_s,
                                 u"{1,NULL,3}"_s,
                                 u"{\"a,b\",\"q\\\"\"}"_s,
                                 u"so so"_s,
                                 u"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"_s,
                                 u"10101"_s,
                                 u"10.0.0.0/8"_s,
                                 u"tab\tline\nback\\slash é 😀 \\N"_s,
                                 u"infinity"_s};
        const auto copied = rowsOf(requestFor(u"types"_s));
        IDS_VERIFY_OK(copied);
        QCOMPARE(copied->value(0), wanted.join(u'|'));
        ReadRequest marked = requestFor(u"types"_s);
        marked.cursor = {u"big"_s, CursorType::Int, u"-9223372036854775808"_s};
        const auto rowByRow = rowsOf(marked);
        IDS_VERIFY_OK(rowByRow);
        QCOMPARE(*rowByRow, *copied);
    }

    void read_unusualNames_work()
    {
        QCOMPARE(m_peer->run(u"CREATE SCHEMA \"Sales\"; CREATE TABLE \"Sales\".\"Select\" (\"first \"\"name\" text, "
                             "\"größe\" int); INSERT INTO \"Sales\".\"Select\" VALUES ('Ada', 3);"
                             "CREATE VIEW seen AS SELECT name FROM people WHERE id = 1"_s),
                 QString());
        const auto rows = rowsOf(requestFor(u"Select"_s, {{u"schema"_s, u"Sales"_s}}));
        IDS_VERIFY_OK(rows);
        QCOMPARE(*rows, QStringList{u"Ada|3"_s});
        const auto view = rowsOf(requestFor(u"SEEN"_s));
        IDS_VERIFY_OK(view);
        QCOMPARE(*view, QStringList{u"Ada"_s});
    }

    void read_chosenColumns_givesThoseAndTheKey()
    {
        const auto rows = rowsOf(requestFor(u"people"_s, {{u"columns"_s, QJsonArray{u"name"_s}}, {u"key"_s, u"id"_s}}));
        IDS_VERIFY_OK(rows);
        QCOMPARE(rows->value(0), u"Ada|1"_s);
    }

    void read_fromMark_isInclusiveToTheMicrosecondAndInOrder()
    {
        QCOMPARE(m_peer->run(u"CREATE TABLE marked (id int PRIMARY KEY, at timestamptz);"
                             "INSERT INTO marked VALUES (4, '2026-01-01 00:00:00.000002+00'), "
                             "(3, '2026-01-01 00:00:00.000002+00'), (2, '2026-01-01 00:00:00.000001+00'), "
                             "(1, '2026-01-02 00:00:00+00'), (9, NULL)"_s),
                 QString());
        ReadRequest request = requestFor(u"marked"_s, {{u"columns"_s, QJsonArray{u"id"_s}}});
        request.cursor = {u"at"_s, CursorType::Timestamp, u"2026-01-01T00:00:00.000002Z"_s};
        request.keyColumns = {u"id"_s};
        bool complete = true;
        const auto rows = rowsOf(request, &complete);
        IDS_VERIFY_OK(rows);
        QCOMPARE(*rows, QStringList({u"9|NULL"_s, u"3|2026-01-01T00:00:00.000002Z"_s,
                                     u"4|2026-01-01T00:00:00.000002Z"_s, u"1|2026-01-02T00:00:00Z"_s}));
        QVERIFY(!complete);
        request.cursor.after = u"'; DROP TABLE marked; --"_s;
        IDS_VERIFY_ERROR(rowsOf(request), ErrorKind::Source, "query_failed");
        QCOMPARE(m_peer->value(u"SELECT count(*) FROM marked"_s), u"5"_s);
    }

    void open_injection_isRefusedBeforeAnyConnection()
    {
        const QJsonObject nowhere{{u"port"_s, 1}}; // a connection would be refused with another error
        for (const QString &name : injectionNames()) {
            IDS_VERIFY_ERROR(m_connector.open(requestFor(name, {}, nowhere)), ErrorKind::InvalidInput, "invalid_input");
            IDS_VERIFY_ERROR(m_connector.open(requestFor(u"people"_s, {{u"schema"_s, name}}, nowhere)),
                             ErrorKind::InvalidInput, "invalid_input");
            IDS_VERIFY_ERROR(
                m_connector.open(requestFor(u"people"_s, {{u"columns"_s, QJsonArray{u"id"_s, name}}}, nowhere)),
                ErrorKind::InvalidInput, "invalid_input");
            ReadRequest marked = requestFor(u"people"_s, {}, nowhere);
            marked.cursor.column = name;
            IDS_VERIFY_ERROR(m_connector.open(marked), ErrorKind::InvalidInput, "invalid_input");
            QVERIFY(!m_connector.checkConfig(requestFor(name).config).isEmpty());
        }
        QVERIFY(m_connector.checkConfig(requestFor(u"people"_s).config).isEmpty());
    }

    void open_url_isUnderstood()
    {
        ReadRequest request = requestFor(u"people"_s);
        const auto withUrl = [&](const QString &url) {
            request.credentials = Secret(QJsonDocument(QJsonObject{{u"connection_string"_s, url}}).toJson());
            return rowsOf(request);
        };
        const QString login = u"app:pg%20s%C3%A9cret@127.0.0.1:%1/other"_s.arg(m_peer->port());
        IDS_VERIFY_OK(withUrl(u"postgresql://"_s + login));
        IDS_VERIFY_ERROR(withUrl(u"mysql://"_s + login), ErrorKind::Source, "connection_string_malformed");
        IDS_VERIFY_ERROR(withUrl(QString(u"postgresql://"_s + login + u"?options=-csearch_path%3Dx")),
                         ErrorKind::Source, "connection_string_malformed");
        request.config.remove(u"sslmode"_s);
        IDS_VERIFY_ERROR(withUrl(QString(u"postgresql://"_s + login + u"?sslmode=prefer")), ErrorKind::Source,
                         "connection_string_malformed");
    }

    void test_wayBroken_namesTheStep()
    {
        QCOMPARE(m_peer->run(u"CREATE ROLE guest LOGIN PASSWORD 'guest'"_s), QString());
        const auto openWith = [&](const QString &table, const QJsonObject &more, const QJsonObject &login) {
            return m_connector.open(requestFor(table, more, login));
        };
        QCOMPARE(failedStep(requestFor(u"people"_s)), u"ok"_s);
        IDS_VERIFY_ERROR(openWith(u"people"_s, {}, {{u"host"_s, u"nothing.invalid"_s}}), ErrorKind::Source,
                         "host_not_found");
        IDS_VERIFY_ERROR(openWith(u"people"_s, {}, {{u"port"_s, 1}}), ErrorKind::Source, "connection_refused");
        QCOMPARE(failedStep(requestFor(u"people"_s, {}, {{u"port"_s, 1}})), u"1"_s);
        IDS_VERIFY_ERROR(openWith(u"people"_s, {}, {{u"password"_s, u"wrong"_s}}), ErrorKind::Source, "wrong_password");
        QCOMPARE(failedStep(requestFor(u"people"_s, {}, {{u"password"_s, u"wrong"_s}})), u"2"_s);
        IDS_VERIFY_ERROR(openWith(u"people"_s, {{u"database"_s, u"nothere"_s}}, {}), ErrorKind::Source,
                         "database_not_found");
        const auto missing = openWith(u"peple"_s, {}, {});
        IDS_VERIFY_ERROR(missing, ErrorKind::Source, "table_not_found");
        QVERIFY2(missing.error().remedy.contains(u"people"), qPrintable(missing.error().remedy));
        QCOMPARE(failedStep(requestFor(u"peple"_s)), u"3"_s);
        IDS_VERIFY_ERROR(openWith(u"people"_s, {{u"columns"_s, QJsonArray{u"nam"_s}}}, {}), ErrorKind::Source,
                         "column_not_found");
        const QJsonObject guest{{u"user"_s, u"guest"_s}, {u"password"_s, u"guest"_s}};
        IDS_VERIFY_ERROR(openWith(u"people"_s, {}, guest), ErrorKind::Source, "permission_denied");
        QCOMPARE(failedStep(requestFor(u"people"_s, {}, guest)), u"4"_s);
    }

    void open_tls_isEnforced()
    {
        IDS_VERIFY_ERROR(rowsOf(requestFor(u"people"_s, {{u"ca_file"_s, QJsonValue()}})), ErrorKind::Source,
                         "certificate_not_trusted");
        const QJsonObject otherName{{u"host"_s, u"localhost"_s}};
        IDS_VERIFY_ERROR(rowsOf(requestFor(u"people"_s, {}, otherName)), ErrorKind::Source, "certificate_wrong_name");
        IDS_VERIFY_OK(rowsOf(requestFor(u"people"_s, {{u"sslmode"_s, u"verify-ca"_s}}, otherName)));
        IDS_VERIFY_OK(rowsOf(requestFor(u"people"_s, {{u"sslmode"_s, u"require"_s}, {u"ca_file"_s, QJsonValue()}})));
        IDS_VERIFY_ERROR(rowsOf(requestFor(u"people"_s, {{u"ca_file"_s, u"/nowhere.pem"_s}})), ErrorKind::Source,
                         "ca_file_unreadable");
        QVERIFY(m_peer->offerTls(false));
        for (const QString &mode : {u"require"_s, u"verify-ca"_s, u"verify-full"_s})
            IDS_VERIFY_ERROR(rowsOf(requestFor(u"people"_s, {{u"sslmode"_s, mode}})), ErrorKind::Source,
                             "tls_not_offered");
        IDS_VERIFY_OK(rowsOf(requestFor(u"people"_s, {{u"sslmode"_s, u"disable"_s}})));
        QVERIFY(m_peer->offerTls(true));
    }

    void read_connectionCut_saysSo()
    {
        const auto outcome = interrupted(requestFor(u"big"_s), [&] {
            QCOMPARE(m_peer->run(u"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = "
                                 "'identity-store'"_s),
                     QString());
        });
        // Whether the server's last word still gets through depends on how full the way is.
        QVERIFY(!outcome);
        QVERIFY2(outcome.error().code == u"server_stopped" || outcome.error().code == u"connection_lost",
                 qPrintable(outcome.error().logLine()));
    }

    void read_cancelled_endsOnTheServerToo()
    {
        const ReadRequest request = requestFor(u"big"_s);
        IDS_VERIFY_ERROR(interrupted(request, [&] { request.cancel.cancel(); }), ErrorKind::Cancelled, "cancelled");
        QTRY_COMPARE(m_peer->value(u"SELECT count(*) FROM pg_stat_activity WHERE application_name = "
                                   "'identity-store'"_s),
                     u"0"_s);
    }

    void read_tableChangedMeanwhile_keepsItsSnapshot()
    {
        QCOMPARE(m_peer->run(u"CREATE TABLE moving AS SELECT g AS id FROM generate_series(1, 100000) g"_s), QString());
        auto reader = m_connector.open(requestFor(u"moving"_s));
        IDS_VERIFY_OK(reader);
        QCOMPARE(m_peer->run(u"DELETE FROM moving WHERE id > 10"_s), QString());
        qint64 rows = 0;
        RowBatch batch;
        for (;;) {
            const auto more = (*reader)->read(batch);
            IDS_VERIFY_OK(more);
            if (!*more)
                break;
            rows += static_cast<qint64>(batch.rowCount());
        }
        QCOMPARE(rows, 100000);
    }

    void open_lockedOrSlow_saysSo()
    {
        QCOMPARE(m_peer->run(u"CREATE VIEW slow AS SELECT pg_sleep(20)::text AS nothing"_s), QString());
        IDS_VERIFY_ERROR(rowsOf(requestFor(u"slow"_s, {{u"statement_timeout_seconds"_s, 1}})), ErrorKind::Source,
                         "statement_timeout");
        const PostgresPeer::Lock lock = m_peer->lock(u"people"_s);
        IDS_VERIFY_ERROR(rowsOf(requestFor(u"people"_s, {{u"timeout_seconds"_s, 1}})), ErrorKind::Source,
                         "table_locked");
    }

    void open_rightsOrColumnsGone_saysSo()
    {
        QCOMPARE(m_peer->run(u"CREATE ROLE reader LOGIN PASSWORD 'reader'; CREATE TABLE shrinking (id int, name text);"
                             "GRANT SELECT ON shrinking TO reader"_s),
                 QString());
        const QJsonObject reader{{u"user"_s, u"reader"_s}, {u"password"_s, u"reader"_s}};
        const QJsonObject chosen{{u"columns"_s, QJsonArray{u"id"_s, u"name"_s}}};
        IDS_VERIFY_OK(rowsOf(requestFor(u"shrinking"_s, chosen, reader)));
        QCOMPARE(m_peer->run(u"ALTER TABLE shrinking DROP COLUMN name"_s), QString());
        IDS_VERIFY_ERROR(rowsOf(requestFor(u"shrinking"_s, chosen, reader)), ErrorKind::Source, "column_not_found");
        QCOMPARE(m_peer->run(u"REVOKE SELECT ON shrinking FROM reader"_s), QString());
        IDS_VERIFY_ERROR(rowsOf(requestFor(u"shrinking"_s, {}, reader)), ErrorKind::Source, "permission_denied");
    }

    void read_serverStopped_saysSoAndWorksAgainLater()
    {
        const auto outcome = interrupted(requestFor(u"big"_s), [&] { m_peer->stop(); });
        QVERIFY(!outcome);
        QVERIFY2(outcome.error().code == u"server_stopped" || outcome.error().code == u"connection_lost",
                 qPrintable(outcome.error().logLine()));
        QVERIFY(m_peer->start());
        IDS_VERIFY_OK(rowsOf(requestFor(u"people"_s)));
    }
};

QTEST_GUILESS_MAIN(TestPostgresIdentity)
#include "tst_postgres_identity.moc"
