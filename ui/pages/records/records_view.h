// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/source.h"
#include "models/services/record_service.h"

#include <QTimer>
#include <QWidget>

class QHBoxLayout;
class QLabel;

namespace idstore {

class Banner;
class Button;
class ElidedLabel;
class FilterBar;
class LoadingStack;
class RecordDelegate;
class RecordExport;
class RecordGrid;
class RecordSorter;
class RecordTableModel;
class SearchField;
struct PageContext;

/// The rows of one source: table, search, filters, sorting, copy and export. Follows the source by itself: when a run
/// has replaced the rows, the table shows the new ones at the place where it stood. GUI thread only; `context` must
/// outlive it.
class RecordsView final : public QWidget
{
    Q_OBJECT

public:
    explicit RecordsView(PageContext &context, QWidget *parent = nullptr);
    ~RecordsView() override;

    /// A null id empties the view.
    void showSource(idstore::SourceId id);
    [[nodiscard]] SourceId source() const { return m_id; }
    /// A widget before the search field, as a page's title. Takes ownership.
    void setLeadingWidget(QWidget *widget);

public Q_SLOTS:
    void focusSearch();
    void copy();
    void copyWithNames();
    void goToRow();

protected:
    void hideEvent(QHideEvent *event) override;

private:
    void buildToolBar();
    void buildFooter();
    void buildErrorBanner();
    void connectModel();
    void connectServices();
    void connectOrder();

    void refresh();
    void present(const Source &source);
    void presentNothing(const QString &sentence);
    void showError(const Error &error);
    void updateFooter();
    /// What became of the last copy or export, in the footer.
    void showNote(const QString &note);
    void applySearch();
    void copySelection(bool withNames);
    void chooseExportFile(ExportFormat format);
    void exportProgressed(qint64 bytes);
    void exportFinished(const Result<qint64> &bytes);
    void openContextMenu(const QPoint &position);

    [[nodiscard]] int sectionOf(const QString &column) const; ///< -1: there is none
    void resetOrder();
    /// Brings filters and sort in line with rows or types that are new.
    void followDataset();
    void showIndicator();
    /// Sorts aside; the rows stay as they are until it is done. Nothing: the order of the source.
    void sortBy(const std::optional<RecordSort> &sort);
    void startSorting();
    void sortFinished(const Result<void> &result);
    void cancelSorting();
    void setFilters(const QList<ColumnFilter> &filters);
    /// `index` of the filter that is changed; -1: a new one.
    void editFilter(int section, const ColumnFilter &filter, int index);
    void openHeaderMenu(int section);
    /// What sorting is at; empty while nothing is sorted.
    [[nodiscard]] QString sortText() const;

    void rememberColumns();
    [[nodiscard]] QString columnsKey() const;

    PageContext &m_context;
    SourceId m_id;
    Source m_source;
    bool m_hasSource = false;
    bool m_columnsFitted = false;
    QString m_note;

    RecordTableModel *m_model;
    RecordGrid *m_grid;
    RecordDelegate *m_delegate;
    RecordExport *m_export;
    RecordSorter *m_sorter;
    FilterBar *m_filterBar;
    std::optional<RecordSort> m_wantedSort; ///< the model has it once it is prepared
    double m_sorted = 0; ///< part of the sorting that is done

    QHBoxLayout *m_toolBar = nullptr;
    SearchField *m_search = nullptr;
    Button *m_exportButton = nullptr;
    Banner *m_errorBanner = nullptr;
    LoadingStack *m_stack = nullptr;
    QLabel *m_countLabel = nullptr;
    QLabel *m_matchLabel = nullptr;
    Button *m_stopSearch = nullptr;
    ElidedLabel *m_noteLabel = nullptr;
    Button *m_cancelExport = nullptr;
    QTimer m_searchDelay;
};

} // namespace idstore
