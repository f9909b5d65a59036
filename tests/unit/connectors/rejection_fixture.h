// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/connector_catalog.h"
#include "tests/support/blocking_connector.h"
#include "tests/support/database_reading.h"
#include "tests/support/engine_fixture.h"

#include <QTest>

namespace idstore::test {

/// A source of three rows that fit and three that do not, ingested by the real connector; and short ways to correct and
/// retry them.
class RejectionFixture
{
public:
    RejectionFixture()
        : m_catalog(m_connectors)
        , m_engine(m_catalog)
    {
        // The second and the third of the rows that do not fit have the same text.
        const auto added =
            m_engine.addFile(QStringLiteral("Leads"), "id;name;city\n1;Ada;London\n2;Fuchs; Partner;Heidenau\n"
                                                      "3;Grace;\n4;Haus; Ring;Kiel\n4;Haus; Ring;Kiel\n5;Joan;Bonn\n");
        if (!added)
            qFatal("%s", qPrintable(added.error().logLine()));
        id = added->id;
        const auto run = m_engine.ingest(id);
        if (!run || run->counts.rejected != 3)
            qFatal("the source is not as the tests expect it");
    }

    SourceId id;

    [[nodiscard]] static UserId user() { return EngineFixture::user(); }
    [[nodiscard]] static RowCorrection text(const QString &raw) { return {raw, std::nullopt}; }
    [[nodiscard]] static RowCorrection cells(const QList<CorrectedCell> &cells) { return {std::nullopt, cells}; }

    [[nodiscard]] EngineFixture &store() { return m_engine; }
    [[nodiscard]] BlockingCatalog &catalog() { return m_catalog; }
    [[nodiscard]] IngestionService &ingestion() { return m_engine.engine().ingestion(); }
    [[nodiscard]] RejectionService &rejections() { return m_engine.engine().rejections(); }
    [[nodiscard]] Source source() { return *m_engine.engine().sources().get(user(), id); }
    [[nodiscard]] QList<RejectedRow> rows() { return rejections().page(user(), id, 0, 100)->rejections; }
    [[nodiscard]] qint64 openCorrections() { return *rejections().openCorrections(user(), id); }
    [[nodiscard]] QList<Record> records() { return m_engine.engine().records().page(user(), id, {})->records; }

    [[nodiscard]] Result<CorrectedRow> correct(qint64 row, const RowCorrection &correction)
    {
        return rejections().correct(user(), id, row, {correction});
    }
    /// Retries these rows, or all that are corrected, and waits for the end.
    [[nodiscard]] Result<IngestionRun> retry(const QList<qint64> &rows)
    {
        IDS_TRY(run, ingestion().retry(user(), id, rows, RunTrigger::Api));
        return m_engine.waitFor(id, run);
    }
    /// Reads the file with another delimiter from now on: other columns.
    [[nodiscard]] Result<Source> changeDelimiter()
    {
        SourcePatch patch;
        patch.config = QJsonObject{{QStringLiteral("delimiter"), QStringLiteral(",")}};
        return m_engine.engine().sources().update(user(), id, patch);
    }

    /// Where the catalog and the dataset disagree, or a run does not add up; empty when all is well.
    [[nodiscard]] QString countProblem()
    {
        const Source held = source();
        const Database file(
            QStringLiteral("%1/datasets/%2/%3.db").arg(m_engine.dataDirectory(), id.toString()).arg(held.generation));
        const auto differs = [&file](const QByteArray &sql, const QByteArray &expected) {
            return file.value(sql.constData()) != expected;
        };
        const auto number = [](qint64 value) -> QByteArray { return "1:" + QByteArray::number(value); };
        if (differs("SELECT count(*) FROM records", number(held.rowCount)) ||
            differs("SELECT max(rowid) FROM records", number(held.rowCount)))
            return QStringLiteral("rows");
        if (differs("SELECT count(*) FROM rejects", number(held.rejectedCount)))
            return QStringLiteral("rejects");
        if (differs("PRAGMA integrity_check", "3:ok"))
            return QStringLiteral("integrity");
        for (qsizetype i = 0; i < held.columns.size(); ++i) {
            const QByteArray place = QByteArray::number(i + 1);
            const QByteArray filled = number(held.columns[i].filled);
            if (differs("SELECT count(*) FROM records WHERE c" + place + " <> ''", filled) ||
                differs("SELECT filled FROM columns WHERE position = " + place, filled))
                return held.columns[i].name;
        }
        const auto runs = ingestion().history(user(), id, 100);
        for (const IngestionRun &run : *runs) {
            if (!run.counts.addUp())
                return run.id.toString();
        }
        return {};
    }

private:
    BuiltInConnectors m_connectors;
    BlockingCatalog m_catalog;
    EngineFixture m_engine;
};

} // namespace idstore::test
