// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"

#include <QWidget>

class QLabel;
class QStackedLayout;
class QTableView;

namespace idstore {

class Banner;
class ChipBar;
class RunDetail;
class RunFilter;
class RunTableModel;
class RunWatcher;
class SearchField;
class SystemClock;
struct Error;
struct PageContext;

/// All runs of all sources, newest first, live: filter, open the log, cancel. GUI thread only; `context` must outlive
/// it.
class ActivityPage final : public QWidget
{
    Q_OBJECT

public:
    explicit ActivityPage(PageContext &context, QWidget *parent = nullptr);
    ~ActivityPage() override;

public Q_SLOTS:
    void focusSearch();

Q_SIGNALS:
    void openSourceRequested(idstore::SourceId source);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void buildTable();
    QWidget *buildFilters();
    void connectAll();
    /// Leaves out the columns needed least, so that the source's name always has room.
    void fitColumns();
    void modelChanged();
    void currentRunChanged();
    void placeCancelButtons();
    void cancel(SourceId source);
    void openContextMenu(const QPoint &position);
    void showError(const Error &error);

    PageContext &m_context;
    std::unique_ptr<SystemClock> m_clock;
    RunTableModel *m_model;
    RunFilter *m_filter;
    RunWatcher *m_watcher;
    Banner *m_error;
    SearchField *m_search;
    ChipBar *m_chips = nullptr;
    QStackedLayout *m_stack;
    QLabel *m_sentence;
    QTableView *m_table = nullptr;
    RunDetail *m_detail;
};

} // namespace idstore
