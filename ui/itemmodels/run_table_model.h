// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/base/result.h"
#include "models/domain/ingestion_run.h"
#include "models/domain/progress.h"

#include <QAbstractTableModel>
#include <QHash>

#include <functional>

namespace idstore {

class AsyncRunner;

/// Runs, newest first: of one source or of all. Loads the newest step at once and older ones on fetchMore; reload()
/// merges what changed, so that selections stay where they are. Running rows show the progress handed to
/// setProgress().
///
/// Lives on the window's thread; the loader runs on worker threads. `clock` must outlive the model.
class RunTableModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    /// At most `limit` runs older than `before` (null: the newest), newest first.
    using RunLoader = std::function<Result<QList<IngestionRun>>(int limit, RunId before)>;

    static constexpr int step = 100;

    enum ColumnIndex {
        SourceColumn,
        StartedColumn,
        ResultColumn,
        TookColumn,
        ReadColumn,
        NewColumn,
        ChangedColumn,
        RemovedColumn,
        RejectedColumn,
        StartedByColumn,
        ActionColumn, ///< empty: room for a button
        columnTotal,
    };

    enum Role {
        RunIdRole = Qt::UserRole, ///< qint64
        SourceIdRole, ///< qint64
        SourceTypeRole, ///< QString
        StatusRole, ///< int, a RunStatus
        FractionRole, ///< double 0..1 of a running row; invalid when no total is known
        ProgressTextRole, ///< QString of a running row
        WaitingUntilRole, ///< QDateTime of a running row that waits
    };

    RunTableModel(AsyncRunner &async, const Clock &clock, QObject *parent = nullptr);

    /// Shows the runs this loader gives; nothing clears.
    void setLoader(RunLoader loader);
    /// Reads the newest runs again.
    void reload();

    [[nodiscard]] const QList<IngestionRun> &runs() const { return m_runs; }
    [[nodiscard]] std::optional<IngestionRun> runAt(int row) const;
    [[nodiscard]] int rowOf(RunId id) const;
    /// Whether the first step has arrived.
    [[nodiscard]] bool isLoaded() const { return m_loaded; }

    [[nodiscard]] QList<SourceId> runningSources() const;
    void setProgress(SourceId source, const Progress &progress);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

Q_SIGNALS:
    /// The newest runs have been merged.
    void loaded();
    void failed(const idstore::Error &error);

private:
    [[nodiscard]] QString text(const IngestionRun &run, int column) const;
    [[nodiscard]] QString toolTip(const IngestionRun &run, int column) const;
    void merge(const QList<IngestionRun> &fresh, bool isAll);

    AsyncRunner &m_async;
    const Clock &m_clock;
    RunLoader m_loader;
    QList<IngestionRun> m_runs;
    QHash<SourceId, Progress> m_progress;
    quint64 m_epoch = 0;
    bool m_loaded = false;
    bool m_reloading = false;
    bool m_reloadAgain = false;
    bool m_fetchingOlder = false;
    bool m_hasOlder = false;
};

} // namespace idstore
