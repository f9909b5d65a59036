// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/services/record_service.h"
#include "ui/itemmodels/record_cell.h"

#include <QAbstractTableModel>
#include <QCache>
#include <QHash>
#include <QItemSelection>

#include <functional>

namespace idstore {

class AsyncRunner;

/// The rows of one source, of any number, for a table: the row count is exact from the start, the rows themselves are
/// read page by page when a view asks for them, the newest request first, and only the pages last looked at are kept.
/// With a search text or filters the model holds the matching rows alone; then the count grows while the source is
/// scanned. With a sort the rows stand in that order; whoever sets it has prepared it (RecordService::prepareSort).
///
/// Lives on the window's thread; pages are loaded on worker threads through the loader, which must therefore be
/// thread-safe and stay valid as long as the program's worker threads run. Nothing is allocated per row.
class RecordTableModel final : public QAbstractTableModel, public RecordCells
{
    Q_OBJECT

public:
    using PageLoader = std::function<Result<RecordPage>(const RecordQuery &, const CancelToken &)>;

    static constexpr int pageSize = 256; ///< rows
    static constexpr int maxCachedPages = 64;
    static constexpr int matchStep = 1000; ///< matches found before the scan waits to be asked for more

    /// What is shown: taken from a Source.
    struct Dataset
    {
        Columns columns;
        qint64 rowCount = 0;
        qint64 generation = 0;

        bool operator==(const Dataset &) const = default;
    };

    /// Rows to copy, as queries that can run on another thread.
    struct CopyPart
    {
        RecordQuery query;
        int first = 0; ///< within the page
        int count = 0;
    };

    explicit RecordTableModel(AsyncRunner &async, QObject *parent = nullptr);
    ~RecordTableModel() override;

    /// Shows another dataset from its start; search text, filters and sort are kept and apply to it.
    void show(const Dataset &dataset, PageLoader loader);
    void clear();
    /// The rows shown are those of `dataset`, whatever the types of its columns.
    [[nodiscard]] bool hasRowsOf(const Dataset &dataset) const;
    [[nodiscard]] const Dataset &dataset() const { return m_dataset; }
    [[nodiscard]] const PageLoader &loader() const { return m_loader; }

    /// Empty: all rows.
    void setSearchText(const QString &text);
    [[nodiscard]] const QString &searchText() const { return m_searchText; }
    /// All of them must match.
    void setFilters(const QList<ColumnFilter> &filters);
    [[nodiscard]] const QList<ColumnFilter> &filters() const { return m_filters; }
    /// Only some of the rows are shown: those that match the search text and the filters.
    [[nodiscard]] bool isNarrowed() const { return !m_searchText.isEmpty() || !m_filters.isEmpty(); }
    /// Nothing: in the order of the source.
    void setSort(const std::optional<RecordSort> &sort);
    [[nodiscard]] const std::optional<RecordSort> &sort() const { return m_sort; }
    /// Other types or notes of the same columns; the rows stay as they are.
    void setColumns(const Columns &columns);
    [[nodiscard]] bool isScanning() const { return m_scanning; }
    /// Whether every match has been found; true when all rows are shown.
    [[nodiscard]] bool isComplete() const { return !isNarrowed() || m_matchesComplete; }
    void stopScanning();

    /// The rows a view shows now; requests for other rows are dropped.
    void setVisibleRows(int first, int last);

    /// The value as received; nothing for NULL or a row that is not loaded.
    [[nodiscard]] std::optional<QString> value(const QModelIndex &index) const;
    [[nodiscard]] bool isLoaded(int row) const { return recordAt(row) != nullptr; }
    /// The selected rows, in row order, as queries; at most `maxRows`.
    [[nodiscard]] QList<CopyPart> copyParts(const QItemSelection &selection, int maxRows) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

Q_SIGNALS:
    /// A page could not be read; it is asked for again only after show().
    void failed(const idstore::Error &error);
    /// The rows have been replaced by a newer run: read the source again and show() it.
    void outdated();
    /// Scanning started, went on, or ended.
    void searchProgressed();

private:
    struct Page
    {
        QList<Record> records;
    };
    /// Where a page of matches starts in the source and in the model.
    struct MatchPage
    {
        qint64 after = 0;
        int firstRow = 0;
        int count = 0;
    };

    [[nodiscard]] int pageOf(int row) const;
    [[nodiscard]] int firstRowOf(int page) const;
    [[nodiscard]] RecordQuery queryFor(int page) const;
    [[nodiscard]] const Record *recordAt(int row) const;
    /// 1-based; 0 while not known.
    [[nodiscard]] qint64 numberOf(const Record *record, int row) const;
    [[nodiscard]] RecordQuery queryAfter(qint64 after) const;

    void forget();
    /// Ends the reset of the model and looks for the rows anew.
    void startAgain();
    void want(int page);
    void loadWanted();
    void load(int page);
    void pageArrived(int page, const Result<RecordPage> &result);
    void keep(int page, QList<Record> records);
    void scan();
    void matchesArrived(qint64 after, const Result<RecordPage> &result);

    AsyncRunner &m_async;
    Dataset m_dataset;
    PageLoader m_loader;
    quint64 m_epoch = 0; ///< answers of an earlier epoch are ignored
    bool m_outdated = false;

    mutable QCache<int, Page> m_pages; ///< cost: KiB
    QList<int> m_wanted; ///< newest last
    QHash<int, CancelToken> m_loading;
    QSet<int> m_unreadable;
    bool m_loadScheduled = false;

    QString m_searchText;
    QList<ColumnFilter> m_filters;
    std::optional<RecordSort> m_sort;
    QList<MatchPage> m_matchPages;
    int m_matches = 0;
    int m_matchTarget = 0;
    qint64 m_scanAfter = 0;
    bool m_scanning = false;
    bool m_matchesComplete = false;
    CancelToken m_scanCancel;
};

/// Loads the rows of `parts` and joins the given columns as tab-separated lines, quoted where a value holds a tab, a
/// quote or a line break. NULL becomes an empty field. Runs on any thread.
[[nodiscard]] Result<QString> recordsAsText(const RecordTableModel::PageLoader &loader,
                                            const QList<RecordTableModel::CopyPart> &parts, const QList<int> &columns,
                                            const QStringList &header, const CancelToken &cancel);

} // namespace idstore
