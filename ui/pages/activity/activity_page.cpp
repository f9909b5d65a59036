// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/activity/activity_page.h"

#include "models/services/engine.h"
#include "ui/async/async_runner.h"
#include "ui/itemmodels/run_filter.h"
#include "ui/itemmodels/run_table_model.h"
#include "ui/page_context.h"
#include "ui/pages/history/run_delegate.h"
#include "ui/pages/history/run_detail.h"
#include "ui/pages/history/run_watcher.h"
#include "ui/pages/tables/page_head.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/chips.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/search_field.h"

#include <QHeaderView>
#include <QMenu>
#include <QShortcut>
#include <QSplitter>
#include <QStackedLayout>
#include <QTableView>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace idstore {

namespace {

constexpr int rowHeight = 34;
constexpr int narrowestSource = 200;

enum Filter { All, Running, Failed, Cancelled, Completed };

std::optional<RunStatus> statusOf(int filter)
{
    switch (filter) {
    case Running:
        return RunStatus::Running;
    case Failed:
        return RunStatus::Failed;
    case Cancelled:
        return RunStatus::Cancelled;
    case Completed:
        return RunStatus::Completed;
    default:
        return {};
    }
}

} // namespace

ActivityPage::ActivityPage(PageContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_clock(std::make_unique<SystemClock>())
    , m_model(new RunTableModel(context.async, *m_clock, this))
    , m_filter(new RunFilter(this))
    , m_watcher(new RunWatcher(context.engine, *m_model, this))
    , m_error(new Banner(context.theme, Severity::Error, {}, {}, this))
    , m_search(new SearchField(context.theme, tr("Search runs"), {}, this))
{
    m_filter->setSourceModel(m_model);
    m_error->setAction(tr("Try again"));
    m_error->hide();
    m_search->setToolTip(tr("Shows the runs of sources whose name contains this text"));
    buildTable();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    addPageHead(*layout, context.theme, tr("Activity"), this)->addWidget(m_search);
    layout->addWidget(buildFilters());
    layout->addWidget(m_error);
    layout->addWidget(makeLine(this));
    auto *splitter = new QSplitter(Qt::Vertical, this);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(1);
    splitter->addWidget(m_table);
    m_detail = new RunDetail(context, splitter);
    m_detail->setNamesSource(true);
    splitter->addWidget(m_detail);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 1);

    auto *middle = new QWidget(this);
    m_stack = new QStackedLayout(middle);
    m_sentence = makeText(context.theme, TextStyle::Body, {}, middle, Tone::Muted);
    m_sentence->setAlignment(Qt::AlignCenter);
    m_stack->addWidget(m_sentence);
    m_stack->addWidget(splitter);
    layout->addWidget(middle, 1);

    connectAll();
    m_model->setLoader([&ingestion = context.engine.ingestion()](int limit, RunId before) {
        return ingestion.activity(TokenService::localUser(), limit, before);
    });
}

ActivityPage::~ActivityPage() = default;

void ActivityPage::buildTable()
{
    m_table = new QTableView(this);
    setUpTable(*m_table, m_context.theme, rowHeight);
    m_table->setModel(m_filter);
    m_table->setItemDelegate(new RunDelegate(m_context.theme, m_context.engine.sources().connectors(), m_table));
    m_table->setAccessibleName(tr("All runs"));
    m_table->setColumnHidden(RunTableModel::RemovedColumn, true);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->setMinimumHeight(m_context.theme.px(rowHeight * 4));
    QHeaderView *header = m_table->horizontalHeader();
    header->setStretchLastSection(false);
    const auto setWidth = [this](int column, int pixels) {
        m_table->setColumnWidth(column, m_context.theme.px(pixels));
    };
    header->setSectionResizeMode(RunTableModel::SourceColumn, QHeaderView::Stretch);
    setWidth(RunTableModel::StartedColumn, 130);
    setWidth(RunTableModel::ResultColumn, 170);
    setWidth(RunTableModel::TookColumn, 110);
    setWidth(RunTableModel::ReadColumn, 100);
    for (const int column : {RunTableModel::NewColumn, RunTableModel::ChangedColumn, RunTableModel::RejectedColumn})
        setWidth(column, 92);
    setWidth(RunTableModel::StartedByColumn, 110);
    setWidth(RunTableModel::ActionColumn, 110);
}

void ActivityPage::fitColumns()
{
    int wanted = m_context.theme.px(narrowestSource);
    for (int column = RunTableModel::StartedColumn; column <= RunTableModel::ActionColumn; ++column) {
        if (column != RunTableModel::RemovedColumn) {
            m_table->setColumnHidden(column, false);
            wanted += m_table->columnWidth(column);
        }
    }
    for (const int column : {RunTableModel::ChangedColumn, RunTableModel::NewColumn, RunTableModel::StartedByColumn,
                             RunTableModel::TookColumn}) {
        if (wanted <= width())
            return;
        wanted -= m_table->columnWidth(column);
        m_table->setColumnHidden(column, true);
    }
}

void ActivityPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitColumns();
}

QWidget *ActivityPage::buildFilters()
{
    auto *bar = new QWidget(this);
    auto *row = new QVBoxLayout(bar);
    row->setContentsMargins(m_context.theme.px(14), 0, m_context.theme.px(16), m_context.theme.px(10));
    m_chips = new ChipBar(m_context.theme, tr("Filter by result"), bar);
    m_chips->addChip(All, tr("All"));
    m_chips->addChip(Running, tr("Running"));
    m_chips->addChip(Failed, tr("Failed"));
    m_chips->addChip(Cancelled, tr("Cancelled"));
    m_chips->addChip(Completed, tr("Completed"));
    row->addWidget(m_chips);
    return bar;
}

void ActivityPage::connectAll()
{
    connect(m_error, &Banner::actionTriggered, this, [this] {
        m_error->hide();
        m_model->reload();
    });
    connect(m_model, &RunTableModel::loaded, this, &ActivityPage::modelChanged);
    connect(m_model, &RunTableModel::failed, this, &ActivityPage::showError);
    connect(m_chips, &ChipBar::chosenChanged, this, [this](int filter) {
        m_filter->setStatus(statusOf(filter));
        modelChanged();
    });
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter->setNameText(text);
        modelChanged();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ActivityPage::currentRunChanged);
    // The panel below grows with what it says; the run chosen stays in sight.
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, m_table,
            [this] { QTimer::singleShot(0, m_table, [this] { m_table->scrollTo(m_table->currentIndex()); }); });
    connect(m_table, &QWidget::customContextMenuRequested, this, &ActivityPage::openContextMenu);
    connect(m_detail, &RunDetail::openSourceRequested, this, &ActivityPage::openSourceRequested);
    connect(m_filter, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex &top, const QModelIndex &bottom) {
                const int row = m_table->currentIndex().row();
                if (row >= top.row() && row <= bottom.row())
                    currentRunChanged();
            });
    auto *cancelShortcut = new QShortcut(QKeySequence::Delete, m_table);
    cancelShortcut->setContext(Qt::WidgetShortcut);
    connect(cancelShortcut, &QShortcut::activated, this, [this] {
        const QModelIndex index = m_table->currentIndex();
        if (index.isValid() && index.data(RunTableModel::StatusRole).toInt() == int(RunStatus::Running))
            cancel(SourceId(index.data(RunTableModel::SourceIdRole).toLongLong()));
    });
}

void ActivityPage::modelChanged()
{
    std::array<int, Completed + 1> counts{};
    for (const IngestionRun &run : m_model->runs()) {
        for (const int filter : {Running, Failed, Cancelled, Completed})
            counts[std::size_t(filter)] += statusOf(filter) == run.status;
    }
    // Older runs are not loaded yet: only what runs now is counted for certain.
    m_chips->chip(Running)->setCount(counts[Running]);
    if (!m_model->isLoaded())
        return;
    m_error->hide();
    if (m_filter->rowCount() == 0) {
        m_sentence->setText(m_model->rowCount() == 0      ? tr("Nothing has run yet.")
                            : !m_search->text().isEmpty() ? tr("No run of a source called “%1”.").arg(m_search->text())
                                                          : tr("No run with this result."));
        m_stack->setCurrentWidget(m_sentence);
        return;
    }
    m_stack->setCurrentIndex(1);
    if (!m_table->currentIndex().isValid())
        m_table->setCurrentIndex(m_filter->index(0, RunTableModel::SourceColumn));
    currentRunChanged();
    placeCancelButtons();
}

void ActivityPage::currentRunChanged()
{
    m_detail->showRun(m_model->runAt(m_filter->mapToSource(m_table->currentIndex()).row()));
}

void ActivityPage::placeCancelButtons()
{
    for (int row = 0; row < m_filter->rowCount(); ++row) {
        const QModelIndex index = m_filter->index(row, RunTableModel::ActionColumn);
        const bool isRunning = index.data(RunTableModel::StatusRole).toInt() == int(RunStatus::Running);
        if (isRunning == (m_table->indexWidget(index) != nullptr))
            continue;
        if (!isRunning) {
            m_table->setIndexWidget(index, nullptr);
            continue;
        }
        auto *holder = new QWidget;
        auto *layout = new QHBoxLayout(holder);
        layout->setContentsMargins(0, 0, m_context.theme.px(12), 1);
        auto *button = new Button(m_context.theme, ButtonRole::Standard, tr("Cancel"), holder, QStringLiteral("stop"),
                                  ButtonExtent::Small);
        const QString name = m_filter->index(row, RunTableModel::SourceColumn).data().toString();
        button->setAccessibleName(tr("Cancel the run of %1").arg(name));
        connect(button, &QPushButton::clicked, this,
                [this, button, source = SourceId(index.data(RunTableModel::SourceIdRole).toLongLong())] {
                    button->setEnabled(false);
                    cancel(source);
                });
        layout->addWidget(button, 0, Qt::AlignTrailing);
        m_table->setIndexWidget(index, holder); // the table owns it
    }
}

void ActivityPage::cancel(SourceId source)
{
    m_context.async.run(
        this,
        [&ingestion = m_context.engine.ingestion(), source] {
            return ingestion.cancel(TokenService::localUser(), source);
        },
        [this](const Result<void> &cancelled) {
            // A run that has ended meanwhile needs no cancelling.
            if (!cancelled && cancelled.error().kind != ErrorKind::Conflict)
                showError(cancelled.error());
        });
}

void ActivityPage::openContextMenu(const QPoint &position)
{
    const QModelIndex index = m_table->indexAt(position);
    if (!index.isValid())
        return;
    const SourceId source(index.data(RunTableModel::SourceIdRole).toLongLong());
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("Open source")), &QAction::triggered, this,
            [this, source] { Q_EMIT openSourceRequested(source); });
    QAction *cancelAction = menu->addAction(tr("Cancel run"));
    cancelAction->setEnabled(index.data(RunTableModel::StatusRole).toInt() == int(RunStatus::Running));
    connect(cancelAction, &QAction::triggered, this, [this, source] { cancel(source); });
    menu->popup(m_table->viewport()->mapToGlobal(position));
}

void ActivityPage::showError(const Error &error)
{
    m_error->setText(error.message, error.remedy);
    m_error->show();
}

void ActivityPage::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void ActivityPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_watcher->setWatching(true);
}

void ActivityPage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_watcher->setWatching(false);
}

} // namespace idstore
