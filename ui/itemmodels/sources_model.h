// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/progress.h"
#include "models/domain/source.h"
#include "models/ingest/connector.h"

#include <QAbstractTableModel>
#include <QList>
#include <QTimer>

#include <optional>

namespace idstore {

class AsyncRunner;
class Engine;

/// What one row of the sources table shows.
struct SourceRow
{
    Source source;
    std::optional<Progress> progress; ///< of the run under way
    ConnectorCategory category = ConnectorCategory::File;
    QString typeName; ///< the system's name, "CSV file" for an upload
};

/// All sources of the local user, kept up to date by the services' signals; runs under way are sampled four times a
/// second, and only while there are any. Reads the disk through the AsyncRunner. GUI thread.
class SourcesModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, StatusColumn, RowsColumn, LastRunColumn, ColumnCount };
    enum Role {
        RowRole = Qt::UserRole, ///< const SourceRow *, valid until the model changes
        IdRole, ///< SourceId
        SortRole, ///< what the column sorts by
    };

    SourcesModel(Engine &engine, AsyncRunner &async, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    [[nodiscard]] const QList<SourceRow> &rows() const { return m_rows; }
    /// Null when there is no such source (any more).
    [[nodiscard]] const SourceRow *find(SourceId id) const;
    [[nodiscard]] QModelIndex indexOf(SourceId id) const;
    /// False until the first list has arrived.
    [[nodiscard]] bool isLoaded() const { return m_loaded; }
    /// Rows a second over all runs under way.
    [[nodiscard]] double rowsPerSecond() const;

    /// Reads the list again, soon.
    void refresh();

Q_SIGNALS:
    void loaded(); ///< the first list is there
    void refreshed(); ///< the rows are as the store has them
    void sampled(); ///< progress was sampled, or the last run has ended
    void failed(const idstore::Error &error);

private:
    void load();
    void take(QList<Source> sources);
    void sample();
    [[nodiscard]] SourceRow makeRow(Source source) const;
    [[nodiscard]] QVariant text(const SourceRow &row, int column) const;
    [[nodiscard]] QVariant sortKey(const SourceRow &row, int column) const;
    [[nodiscard]] QString spokenText(const SourceRow &row, int column) const;
    [[nodiscard]] QString toolTip(const SourceRow &row, int column) const;

    Engine &m_engine;
    AsyncRunner &m_async;
    QList<SourceRow> m_rows;
    QTimer m_loadSoon;
    QTimer m_sampling;
    bool m_loading = false;
    bool m_loadAgain = false;
    bool m_loaded = false;
};

/// The second line of a source's name: where it comes from.
[[nodiscard]] QString sourceDetail(const SourceRow &row);
/// The line below the pill: why it needs a person, or nothing.
[[nodiscard]] QString statusReason(const SourceRow &row);
/// The line below the row count: rejected rows, or how much there will be.
[[nodiscard]] QString rowsDetail(const SourceRow &row);

} // namespace idstore

Q_DECLARE_METATYPE(const idstore::SourceRow *)
