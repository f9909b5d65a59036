// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ingest/column_profile.h"
#include "models/services/correction_reader.h"
#include "models/services/run_task.h"

#include <QElapsedTimer>

#include <set>
#include <vector>

namespace idstore {

/// The run that makes rows of rejected rows whose correction fits: a new generation with them behind the rows there
/// are, switched in as that of any other run. Those that still do not fit stay rejected, with the reason. When none
/// fits, the generation in use stays.
class RepairTask final : public RunTask
{
public:
    /// `rejections`: their numbers; empty: all that have a correction.
    RepairTask(EngineParts &parts, RunRegistry &registry, Source source, IngestionRun run, ActiveRun active,
               QList<qint64> rejections);

protected:
    Result<Built> build() override;
    [[nodiscard]] QString completedText() const override;
    Result<void> recordMore() override;

private:
    [[nodiscard]] Result<void> repairRows(CorrectionReader &reader);
    [[nodiscard]] Result<void> repair(const RejectedRow &row, const RowKey &key, CorrectionReader &reader);
    [[nodiscard]] Result<void> saveMisfits();
    /// What all rows say of the columns, the stored ones and the repaired ones.
    [[nodiscard]] Result<Columns> describedColumns();
    [[nodiscard]] Result<void> checkIn();

    struct StillOpen
    {
        qint64 correction;
        std::optional<Misfit> misfit;
    };

    struct Stored
    {
        qint64 correction;
        quint64 mark;
    };

    QList<qint64> m_rejections; ///< sorted
    std::set<quint64> m_waiting; ///< marks of rows with a correction that were not chosen
    qint64 m_generation = 0; ///< of the revision
    std::unique_ptr<DatasetRevision> m_revision; ///< from the first repaired row on
    ColumnProfile m_profile;
    RowBatch m_row;
    std::vector<Stored> m_stored;
    std::vector<StillOpen> m_misfits; ///< not saved yet
    QElapsedTimer m_sinceBeat;
};

} // namespace idstore
