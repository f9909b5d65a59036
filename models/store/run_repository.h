// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/domain/ingestion_run.h"

#include <QSqlQuery>

namespace idstore {

class CatalogDatabase;

/// Runs in the catalog. Thread-safe. Functions that write are called inside CatalogDatabase::write().
class RunRepository
{
public:
    explicit RunRepository(CatalogDatabase &catalog)
        : m_catalog(catalog)
    {}

    [[nodiscard]] Result<RunId> insert(const IngestionRun &run);
    /// Counts so far, and a sign of life.
    [[nodiscard]] Result<void> heartbeat(RunId id, const RunCounts &counts, const QDateTime &now);
    /// Status, counts, cursor, error and end of a run.
    [[nodiscard]] Result<void> finish(const IngestionRun &run);
    [[nodiscard]] Result<void> appendLog(RunId id, const QList<RunLogLine> &lines, int firstPosition);
    /// Ends every run still marked running, whose process is gone: failed, "interrupted". Returns how many.
    [[nodiscard]] Result<int> failInterrupted(const QDateTime &now);

    /// NotFound unless the run is of one of the user's sources.
    [[nodiscard]] Result<IngestionRun> find(UserId user, RunId id);
    /// Newest first; a null `source` lists all of the user's sources; a null `before` starts at the newest.
    [[nodiscard]] Result<QList<IngestionRun>> list(UserId user, SourceId source, int limit, RunId before);
    [[nodiscard]] Result<QList<RunLogLine>> log(RunId id);

    /// The columns of `runs` as `r`, and how to read them from a result row starting at `first`.
    [[nodiscard]] static QString columnList();
    [[nodiscard]] static IngestionRun read(const QSqlQuery &row, int first);
    static constexpr int columnCount = 20;

private:
    CatalogDatabase &m_catalog;
};

} // namespace idstore
