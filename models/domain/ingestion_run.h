// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/error.h"
#include "models/base/ids.h"

#include <QDateTime>
#include <QList>
#include <QString>

#include <optional>

namespace idstore {

enum class RunStatus { Running, Completed, Failed, Cancelled };
enum class RunTrigger { Api, Gui, Schedule, Cli };
enum class RunMode {
    Incremental,
    Full,
    Repair, ///< of rows set aside before; reads nothing of the source
};

/// "running", "completed", "failed", "cancelled".
[[nodiscard]] QString toString(RunStatus status);
[[nodiscard]] std::optional<RunStatus> runStatusFromString(QStringView text);
/// "incremental", "full", "repair".
[[nodiscard]] QString toString(RunMode mode);
[[nodiscard]] std::optional<RunMode> runModeFromString(QStringView text);
/// "api", "gui", "schedule", "cli".
[[nodiscard]] QString toString(RunTrigger trigger);
[[nodiscard]] std::optional<RunTrigger> runTriggerFromString(QStringView text);

/// What became of the rows of a run. `read == added + changed + unchanged + rejected` for every finished run.
struct RunCounts
{
    qint64 read = 0;
    qint64 added = 0; ///< "new" in the REST API
    qint64 changed = 0;
    qint64 unchanged = 0;
    qint64 rejected = 0;
    qint64 removed = 0;
    qint64 bytes = 0; ///< of the source

    [[nodiscard]] bool addUp() const { return read == added + changed + unchanged + rejected; }
    /// Rows this run took in: read less rejected.
    [[nodiscard]] qint64 ingested() const { return added + changed + unchanged; }
    bool operator==(const RunCounts &) const = default;
};

/// What a run found other about the columns of its source than the run before. Old values are kept whatever happened.
struct SchemaChange
{
    enum class Kind { New, Gone, Retyped, Renamed };

    Kind kind = Kind::New;
    QString column; ///< as it is called now; of a column that is gone, as it was called
    QString before; ///< Retyped: the type of before; Renamed: what the column was probably called
    QString after; ///< Retyped: the type now

    bool operator==(const SchemaChange &) const = default;
};

/// "new", "gone", "retyped", "renamed".
[[nodiscard]] QString toString(SchemaChange::Kind kind);
[[nodiscard]] std::optional<SchemaChange::Kind> schemaChangeKindFromString(QStringView text);

/// One attempt to bring a source up to date.
struct IngestionRun
{
    RunId id;
    SourceId source;
    QString sourceName; ///< as of now; for lists over all sources
    QString sourceType;
    RunStatus status = RunStatus::Running;
    RunTrigger trigger = RunTrigger::Api;
    RunMode mode = RunMode::Full;
    QDateTime startedAt; ///< UTC
    QDateTime finishedAt; ///< UTC; null while running
    RunCounts counts; ///< while running: as of the last heartbeat
    std::optional<QString> cursorBefore;
    std::optional<QString> cursorAfter;
    std::optional<Error> error; ///< of a failed run
    bool takenBack = false; ///< the rows are again those of before it
    QList<SchemaChange> schemaChanges; ///< what had become of the columns
};

/// A line of one run's own log.
struct RunLogLine
{
    enum class Level { Info, Warning, Error };

    QDateTime at; ///< UTC
    Level level = Level::Info;
    QString text;
};

} // namespace idstore
