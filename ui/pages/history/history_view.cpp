// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/history/history_view.h"

#include "models/services/engine.h"
#include "ui/itemmodels/run_table_model.h"
#include "ui/page_context.h"
#include "ui/pages/history/run_chart.h"
#include "ui/pages/history/run_delegate.h"
#include "ui/pages/history/run_detail.h"
#include "ui/pages/history/run_watcher.h"
#include "ui/pages/tables/loading_stack.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPainter>
#include <QSplitter>
#include <QTableView>
#include <QTimer>
#include <QVBoxLayout>

namespace idstore {

namespace {

constexpr int rowHeight = 30;

/// One colour of the chart and its word.
class LegendItem final : public QWidget
{
public:
    LegendItem(const Theme &theme, ColorRole role, const QString &text, QWidget *parent)
        : QWidget(parent)
        , m_theme(theme)
        , m_role(role)
        , m_text(text)
    {}
    [[nodiscard]] QSize sizeHint() const override
    {
        const QFontMetrics metrics(m_theme.font(TextStyle::Small));
        return {metrics.horizontalAdvance(m_text) + m_theme.px(swatch + gap), metrics.height()};
    }
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const int side = m_theme.px(swatch);
        const QRect mark =
            QStyle::alignedRect(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter, {side, side}, rect());
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.color(m_role));
        painter.drawRoundedRect(mark, 2, 2);
        painter.setFont(m_theme.font(TextStyle::Small));
        painter.setPen(m_theme.color(ColorRole::Muted));
        const int indent = side + m_theme.px(gap);
        painter.drawText(isRightToLeft() ? rect().adjusted(0, 0, -indent, 0) : rect().adjusted(indent, 0, 0, 0),
                         int(Qt::AlignVCenter) | int(isRightToLeft() ? Qt::AlignRight : Qt::AlignLeft), m_text);
    }

private:
    static constexpr int swatch = 10;
    static constexpr int gap = 6;

    const Theme &m_theme;
    ColorRole m_role;
    QString m_text;
};

} // namespace

HistoryView::HistoryView(PageContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_clock(std::make_unique<SystemClock>())
    , m_model(new RunTableModel(context.async, *m_clock, this))
    , m_watcher(new RunWatcher(context.engine, *m_model, this))
    , m_error(new Banner(context.theme, Severity::Error, {}, {}, this))
    , m_stack(new LoadingStack(context.theme, this))
{
    m_error->setAction(tr("Try again"));
    m_error->hide();
    auto *content = new QWidget(this);
    auto *contentLayout = new QVBoxLayout(content);
    contentLayout->setContentsMargins(0, 0, 0, 0);
    contentLayout->setSpacing(0);
    contentLayout->addWidget(buildChart());
    contentLayout->addWidget(makeLine(content));
    auto *splitter = new QSplitter(Qt::Vertical, content);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(1);
    splitter->addWidget(buildTable());
    m_detail = new RunDetail(context, splitter);
    splitter->addWidget(m_detail);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    contentLayout->addWidget(splitter, 1);

    m_stack->setContent(content);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_error);
    layout->addWidget(m_stack, 1);

    connect(m_error, &Banner::actionTriggered, this, [this] {
        m_error->hide();
        m_model->reload();
    });
    connect(m_model, &RunTableModel::loaded, this, &HistoryView::modelLoaded);
    connect(m_model, &RunTableModel::failed, this, &HistoryView::showError);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, [this] { m_chart->setRuns(m_model->runs()); });
    connect(m_chart, &RunChart::runChosen, this, &HistoryView::chooseRun);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &HistoryView::currentRunChanged);
    // The panel below grows with what it says; the run chosen stays in sight.
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, m_table,
            [this] { QTimer::singleShot(0, m_table, [this] { m_table->scrollTo(m_table->currentIndex()); }); });
    connect(m_model, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex &top, const QModelIndex &bottom) {
        const int row = m_table->currentIndex().row();
        if (row >= top.row() && row <= bottom.row())
            currentRunChanged();
    });
}

HistoryView::~HistoryView() = default;

QWidget *HistoryView::buildChart()
{
    const Theme &theme = m_context.theme;
    auto *panel = new QWidget(this);
    auto *title = makeLabel(theme, TextStyle::Section, tr("Last runs"), panel);
    auto *legend = new QHBoxLayout;
    legend->setContentsMargins(theme.px(20), 0, theme.px(16), 0);
    legend->setSpacing(theme.px(14));
    legend->addWidget(title);
    legend->addWidget(new LegendItem(theme, ColorRole::ChartNew, tr("New"), panel));
    legend->addWidget(new LegendItem(theme, ColorRole::ChartChanged, tr("Changed"), panel));
    legend->addWidget(new LegendItem(theme, ColorRole::ChartRemoved, tr("Removed"), panel));
    legend->addWidget(new LegendItem(theme, ColorRole::ChartDuration, tr("Duration"), panel));
    legend->addStretch(1);
    m_chart = new RunChart(theme, panel);
    auto *layout = new QVBoxLayout(panel);
    layout->setContentsMargins(0, theme.px(12), 0, theme.px(8));
    layout->setSpacing(theme.px(4));
    layout->addLayout(legend);
    layout->addWidget(m_chart);
    return panel;
}

QWidget *HistoryView::buildTable()
{
    m_table = new QTableView(this);
    setUpTable(*m_table, m_context.theme, rowHeight);
    m_table->setModel(m_model);
    m_table->setItemDelegate(new RunDelegate(m_context.theme, m_context.engine.sources().connectors(), m_table));
    m_table->setAccessibleName(tr("Runs"));
    m_table->setColumnHidden(RunTableModel::SourceColumn, true);
    // Out of the way of the first padding, which belongs to the first column seen.
    m_table->horizontalHeader()->moveSection(RunTableModel::SourceColumn, RunTableModel::columnTotal - 1);
    m_table->setColumnHidden(RunTableModel::ActionColumn, true);
    const auto width = [this](int column, int pixels) { m_table->setColumnWidth(column, m_context.theme.px(pixels)); };
    width(RunTableModel::StartedColumn, 138);
    width(RunTableModel::ResultColumn, 122);
    width(RunTableModel::TookColumn, 84);
    width(RunTableModel::ReadColumn, 92);
    for (const int column : {RunTableModel::NewColumn, RunTableModel::ChangedColumn, RunTableModel::RemovedColumn,
                             RunTableModel::RejectedColumn})
        width(column, 82);
    width(RunTableModel::StartedByColumn, 110);
    m_table->setMinimumHeight(m_context.theme.px(rowHeight * 4));
    return m_table;
}

void HistoryView::showSource(SourceId id)
{
    if (id == m_id) {
        m_model->reload();
        return;
    }
    m_id = id;
    m_error->hide();
    m_detail->showRun({});
    m_chart->setRuns({});
    m_stack->showSentence({});
    m_watcher->setSource(id);
    if (id.isNull()) {
        m_model->setLoader({});
        return;
    }
    m_model->setLoader([&ingestion = m_context.engine.ingestion(), id](int limit, RunId before) {
        return ingestion.history(TokenService::localUser(), id, limit, before);
    });
}

void HistoryView::modelLoaded()
{
    m_error->hide();
    m_chart->setRuns(m_model->runs());
    if (m_model->rowCount() == 0) {
        m_stack->showSentence(tr("Nothing has run yet."));
        m_detail->showRun({});
        return;
    }
    m_stack->showContent();
    if (!m_table->currentIndex().isValid())
        m_table->setCurrentIndex(m_model->index(0, RunTableModel::StartedColumn));
    currentRunChanged();
}

void HistoryView::showError(const Error &error)
{
    m_error->setText(error.message, error.remedy);
    m_error->show();
}

void HistoryView::chooseRun(RunId run)
{
    const int row = m_model->rowOf(run);
    if (row >= 0)
        m_table->setCurrentIndex(m_model->index(row, RunTableModel::StartedColumn));
}

void HistoryView::currentRunChanged()
{
    const std::optional<IngestionRun> run = m_model->runAt(m_table->currentIndex().row());
    m_chart->setSelected(run ? run->id : RunId());
    m_detail->showRun(run);
}

void HistoryView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_watcher->setWatching(true);
}

void HistoryView::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_watcher->setWatching(false);
}

} // namespace idstore
