// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"

#include <QWidget>

class QSplitter;
class QTableView;

namespace idstore {

class Banner;
class LoadingStack;
class RunChart;
class RunDetail;
class RunTableModel;
class RunWatcher;
class SystemClock;
struct PageContext;
struct Error;

/// The runs of one source: a chart, a table, and the log of the run chosen. Live while a run is under way. GUI thread
/// only; `context` must outlive it.
class HistoryView final : public QWidget
{
    Q_OBJECT

public:
    explicit HistoryView(PageContext &context, QWidget *parent = nullptr);
    ~HistoryView() override;

    /// A null id empties the view.
    void showSource(idstore::SourceId id);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *buildChart();
    QWidget *buildTable();
    void modelLoaded();
    void showError(const Error &error);
    void chooseRun(RunId run);
    void currentRunChanged();

    PageContext &m_context;
    std::unique_ptr<SystemClock> m_clock;
    SourceId m_id;
    RunTableModel *m_model;
    RunWatcher *m_watcher;
    Banner *m_error;
    LoadingStack *m_stack;
    RunChart *m_chart = nullptr;
    QTableView *m_table = nullptr;
    RunDetail *m_detail;
};

} // namespace idstore
