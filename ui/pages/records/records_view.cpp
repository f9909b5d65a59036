// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/records/records_view.h"

#include "models/services/engine.h"
#include "ui/async/async_runner.h"
#include "ui/itemmodels/record_table_model.h"
#include "ui/itemmodels/run_text.h"
#include "ui/page_context.h"
#include "ui/pages/records/filter_bar.h"
#include "ui/pages/records/record_delegate.h"
#include "ui/pages/records/record_export.h"
#include "ui/pages/records/record_grid.h"
#include "ui/pages/records/record_header.h"
#include "ui/pages/records/record_sorter.h"
#include "ui/pages/tables/loading_stack.h"
#include "ui/preferences.h"
#include "ui/text/format.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/search_field.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QInputDialog>
#include <QMenu>
#include <QShortcut>
#include <QVBoxLayout>

#include <chrono>
#include <limits>

namespace idstore {

using namespace std::chrono_literals;

namespace {

QKeySequence goToKeys()
{
    return QKeySequence(Qt::CTRL | Qt::Key_G);
}

} // namespace

RecordsView::RecordsView(PageContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_model(new RecordTableModel(context.async, this))
    , m_grid(new RecordGrid(context.theme, this))
    , m_delegate(new RecordDelegate(context.theme, this))
    , m_export(new RecordExport(context.async, this))
    , m_sorter(new RecordSorter(context.async, this))
    , m_filterBar(new FilterBar(context.theme, this))
{
    m_grid->setRecordModel(m_model);
    m_grid->setItemDelegate(m_delegate);
    m_grid->setAccessibleName(tr("Records"));

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    buildToolBar();
    layout->addWidget(m_filterBar);
    buildErrorBanner();
    layout->addWidget(makeLine(this));
    m_stack = new LoadingStack(context.theme, this);
    m_stack->setContent(m_grid);
    layout->addWidget(m_stack, 1);
    buildFooter();

    connectModel();
    connectOrder();
    connectServices();
    const auto addShortcut = [this](const QKeySequence &keys, QWidget *scope, auto slot) {
        auto *shortcut = new QShortcut(keys, scope);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, slot);
    };
    addShortcut(QKeySequence::Copy, m_grid, &RecordsView::copy);
    addShortcut(goToKeys(), this, &RecordsView::goToRow);
    presentNothing(tr("Choose a source to see its rows."));
}

RecordsView::~RecordsView() = default;

void RecordsView::buildToolBar()
{
    auto *bar = new QWidget(this);
    m_toolBar = new QHBoxLayout(bar);
    m_toolBar->setContentsMargins(m_context.theme.px(16), m_context.theme.px(10), m_context.theme.px(16),
                                  m_context.theme.px(10));
    m_toolBar->setSpacing(m_context.theme.px(8));
    m_search = new SearchField(m_context.theme, tr("Search records"), {}, bar);
    m_search->setToolTip(tr("Shows the rows in which some value contains this text"));
    m_search->setMaximumWidth(m_context.theme.px(300));
    m_exportButton = new Button(m_context.theme, ButtonRole::Standard, tr("Export"), bar, QStringLiteral("export"));
    m_exportButton->setToolTip(tr("Write all rows of this source to a file"));
    auto *menu = new QMenu(m_exportButton);
    connect(menu->addAction(tr("CSV for spreadsheets…")), &QAction::triggered, this,
            [this] { chooseExportFile(ExportFormat::Csv); });
    connect(menu->addAction(tr("NDJSON for programs…")), &QAction::triggered, this,
            [this] { chooseExportFile(ExportFormat::Ndjson); });
    connect(m_exportButton, &QPushButton::clicked, menu,
            [this, menu] { menu->popup(m_exportButton->mapToGlobal(QPoint(0, m_exportButton->height()))); });
    m_toolBar->addStretch(1);
    m_toolBar->addWidget(m_search, 2);
    m_toolBar->addWidget(m_exportButton);
    layout()->addWidget(bar);

    m_searchDelay.setSingleShot(true);
    m_searchDelay.setInterval(250ms);
    connect(m_search, &QLineEdit::textChanged, &m_searchDelay, qOverload<>(&QTimer::start));
    connect(m_search, &QLineEdit::returnPressed, this, &RecordsView::applySearch);
    connect(&m_searchDelay, &QTimer::timeout, this, &RecordsView::applySearch);
}

void RecordsView::buildErrorBanner()
{
    m_errorBanner = new Banner(m_context.theme, Severity::Error, {}, {}, this);
    m_errorBanner->setAction(tr("Try again"));
    connect(m_errorBanner, &Banner::actionTriggered, this, [this] {
        m_errorBanner->hide();
        m_hasSource = false;
        refresh();
    });
    m_errorBanner->hide();
    auto *holder = new QVBoxLayout;
    holder->setContentsMargins(m_context.theme.px(16), 0, m_context.theme.px(16), 0);
    holder->addWidget(m_errorBanner);
    static_cast<QVBoxLayout *>(layout())->addLayout(holder);
}

void RecordsView::buildFooter()
{
    QWidget *footer = makePlane(QStringLiteral("footer"), this);
    auto *row = new QHBoxLayout(footer);
    row->setContentsMargins(m_context.theme.px(16), m_context.theme.px(4), m_context.theme.px(16),
                            m_context.theme.px(4));
    row->setSpacing(m_context.theme.px(16));
    m_countLabel = makeLabel(m_context.theme, TextStyle::SmallStrong, {}, footer);
    m_matchLabel = makeLabel(m_context.theme, TextStyle::Small, {}, footer, Tone::Muted);
    m_stopSearch = new Button(m_context.theme, ButtonRole::Link, tr("Stop"), footer, {}, ButtonExtent::Small);
    m_stopSearch->setAccessibleName(tr("Stop searching"));
    m_noteLabel = new ElidedLabel(m_context.theme, TextStyle::Small, footer, Tone::Muted);
    m_noteLabel->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    m_cancelExport = new Button(m_context.theme, ButtonRole::Link, tr("Cancel"), footer, {}, ButtonExtent::Small);
    m_cancelExport->setAccessibleName(tr("Cancel the export"));
    row->addWidget(m_countLabel);
    row->addWidget(m_matchLabel);
    row->addWidget(m_stopSearch);
    row->addWidget(m_noteLabel, 1);
    row->addWidget(m_cancelExport);
    footer->setMinimumHeight(m_context.theme.px(30));
    layout()->addWidget(footer);
    m_stopSearch->hide();
    m_cancelExport->hide();
    connect(m_stopSearch, &QPushButton::clicked, this, [this] {
        if (m_sorter->isRunning())
            cancelSorting();
        else
            m_model->stopScanning();
    });
    connect(m_cancelExport, &QPushButton::clicked, m_export, &RecordExport::cancel);
}

void RecordsView::connectModel()
{
    connect(m_model, &RecordTableModel::failed, this, &RecordsView::showError);
    connect(m_model, &RecordTableModel::outdated, this, &RecordsView::refresh);
    connect(m_model, &RecordTableModel::searchProgressed, this, &RecordsView::updateFooter);
    connect(m_model, &QAbstractItemModel::dataChanged, this, [this] {
        if (!m_columnsFitted) {
            m_columnsFitted = true;
            m_grid->fitColumns();
        }
    });
    connect(m_export, &RecordExport::progressed, this, &RecordsView::exportProgressed);
    connect(m_export, &RecordExport::finished, this, &RecordsView::exportFinished);
    connect(m_grid, &QWidget::customContextMenuRequested, this, &RecordsView::openContextMenu);
}

void RecordsView::connectServices()
{
    connect(&m_context.engine.sources(), &SourceService::sourceChanged, this, [this](SourceId id) {
        if (id == m_id)
            refresh();
    });
    connect(&m_context.engine.sources(), &SourceService::sourceRemoved, this, [this](SourceId id) {
        if (id == m_id)
            showSource({});
    });
}

void RecordsView::setLeadingWidget(QWidget *widget)
{
    m_toolBar->insertWidget(0, widget);
}

void RecordsView::showSource(SourceId id)
{
    if (id == m_id) {
        refresh();
        return;
    }
    rememberColumns();
    m_id = id;
    m_hasSource = false;
    m_source = {};
    m_columnsFitted = false;
    m_note.clear();
    m_errorBanner->hide();
    m_search->clear();
    m_searchDelay.stop();
    m_delegate->setSearchText({});
    m_model->setSearchText({});
    resetOrder();
    m_model->clear();
    if (id.isNull())
        presentNothing(tr("Choose a source to see its rows."));
    else
        presentNothing({});
    refresh();
}

void RecordsView::refresh()
{
    if (m_id.isNull())
        return;
    m_context.async.run(
        this, [&sources = m_context.engine.sources(), id = m_id] { return sources.get(TokenService::localUser(), id); },
        [this, id = m_id](const Result<Source> &found) {
            if (id != m_id)
                return;
            if (found)
                present(*found);
            else
                showError(found.error());
        });
}

void RecordsView::present(const Source &source)
{
    const bool isFirst = !m_hasSource;
    m_source = source;
    m_hasSource = true;
    m_exportButton->setEnabled(source.rowCount > 0 && !m_export->isRunning());
    m_search->setEnabled(source.rowCount > 0);
    const RecordTableModel::Dataset dataset{source.columns, source.rowCount, source.generation};
    if (!isFirst && m_model->hasRowsOf(dataset)) {
        if (dataset != m_model->dataset()) {
            m_model->setColumns(dataset.columns);
            followDataset();
        }
    } else {
        // A newer run has replaced the rows: stay at the same place in the list.
        const int firstRow = m_grid->firstVisibleRow();
        const QModelIndex current = m_grid->currentIndex();
        const bool hasSameColumns = !isFirst && dataset.columns.size() == m_model->dataset().columns.size();
        const QByteArray header =
            hasSameColumns ? m_grid->horizontalHeader()->saveState() : m_context.preferences.columns(columnsKey());
        m_model->show(dataset, [&records = m_context.engine.records(), id = m_id](const RecordQuery &query,
                                                                                  const CancelToken &cancel) {
            return records.page(TokenService::localUser(), id, query, cancel);
        });
        const bool isRestored = !header.isEmpty() && m_grid->horizontalHeader()->restoreState(header);
        m_columnsFitted = isRestored && m_grid->horizontalHeader()->count() == dataset.columns.size();
        followDataset();
        m_grid->doItemsLayout();
        if (!isFirst && !m_model->isNarrowed()) {
            m_grid->scrollToRow(firstRow);
            if (current.isValid() && current.row() < m_model->rowCount() && current.column() < m_model->columnCount())
                m_grid->setCurrentIndex(m_model->index(current.row(), current.column()));
        }
    }
    if (source.rowCount > 0)
        m_stack->showContent();
    else if (source.status == SourceStatus::Ingesting)
        presentNothing(tr("The first run is under way. Its rows are shown here when it is done."));
    else if (source.generation == 0)
        presentNothing(tr("No rows yet. Run the source to read them."));
    else
        presentNothing(tr("The last run found no rows."));
    updateFooter();
}

void RecordsView::presentNothing(const QString &sentence)
{
    m_stack->showSentence(sentence);
    if (!m_hasSource) {
        m_exportButton->setEnabled(false);
        m_search->setEnabled(false);
    }
    updateFooter();
}

void RecordsView::showError(const Error &error)
{
    m_errorBanner->setText(error.message, error.remedy);
    m_errorBanner->show();
}

void RecordsView::updateFooter()
{
    m_countLabel->setText(m_hasSource ? rowsText(m_source.rowCount) : QString());
    QString matches = sortText();
    if (matches.isEmpty() && m_model->isNarrowed() && m_model->searchText().isEmpty()) {
        const QString count = formatCount(m_model->rowCount());
        matches = m_model->isComplete()   ? tr("%1 match").arg(count)
                  : m_model->isScanning() ? tr("%1 match so far, searching…").arg(count)
                                          : tr("over %1 match; scroll on for more").arg(count);
    } else if (matches.isEmpty() && m_model->isNarrowed()) {
        const QString shownText = QFontMetrics(m_matchLabel->font())
                                      .elidedText(m_model->searchText(), Qt::ElideRight, m_context.theme.px(160));
        const QString count = formatCount(m_model->rowCount());
        if (m_model->isComplete())
            matches = m_model->rowCount() == 0 ? tr("nothing contains “%1”").arg(shownText)
                                               : tr("%1 contain “%2”").arg(count, shownText);
        else if (m_model->isScanning())
            matches = tr("%1 contain “%2” so far, searching…").arg(count, shownText);
        else
            matches = tr("over %1 contain “%2”; scroll on for more").arg(count, shownText);
    }
    m_matchLabel->setText(matches);
    m_stopSearch->setVisible(m_model->isScanning() || m_sorter->isRunning());
    m_stopSearch->setAccessibleName(m_sorter->isRunning() ? tr("Stop sorting") : tr("Stop searching"));
    if (m_export->isRunning())
        return; // its progress stands there
    const bool isNewerRunning = m_hasSource && m_source.status == SourceStatus::Ingesting && m_source.rowCount > 0;
    m_noteLabel->setFullText(!m_note.isEmpty() || !isNewerRunning
                                 ? m_note
                                 : tr("A newer run is under way; this list stays as it is until it is done"));
}

void RecordsView::showNote(const QString &note)
{
    m_note = note;
    updateFooter();
}

void RecordsView::applySearch()
{
    m_searchDelay.stop();
    m_delegate->setSearchText(m_search->text());
    m_model->setSearchText(m_search->text());
    m_grid->doItemsLayout();
}

void RecordsView::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void RecordsView::goToRow()
{
    if (m_model->rowCount() == 0)
        return;
    auto *dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Go to row"));
    dialog->setLabelText(tr("Row number, 1 to %1:").arg(formatCount(m_model->rowCount())));
    dialog->setInputMode(QInputDialog::IntInput);
    dialog->setIntRange(1, m_model->rowCount());
    dialog->setIntValue(m_grid->currentIndex().isValid() ? m_grid->currentIndex().row() + 1
                                                         : m_grid->firstVisibleRow() + 1);
    connect(dialog, &QInputDialog::intValueSelected, this, [this](int row) {
        const int column = std::max(0, m_grid->currentIndex().column());
        const QModelIndex index = m_model->index(row - 1, column);
        m_grid->setCurrentIndex(index);
        m_grid->scrollTo(index, QAbstractItemView::PositionAtCenter);
        m_grid->setFocus(Qt::ShortcutFocusReason);
    });
    dialog->open();
}

void RecordsView::openContextMenu(const QPoint &position)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString &text, const QKeySequence &keys, auto slot) {
        QAction *action = menu->addAction(text);
        action->setShortcut(keys);
        action->setShortcutVisibleInContextMenu(true);
        connect(action, &QAction::triggered, this, slot);
        return action;
    };
    const bool hasSelection = m_grid->selectionModel()->hasSelection();
    add(tr("Copy"), QKeySequence::Copy, &RecordsView::copy)->setEnabled(hasSelection);
    add(tr("Copy with column names"), {}, &RecordsView::copyWithNames)->setEnabled(hasSelection);
    menu->addSeparator();
    add(tr("Go to row…"), goToKeys(), &RecordsView::goToRow);
    menu->popup(m_grid->viewport()->mapToGlobal(position));
}

QString RecordsView::columnsKey() const
{
    // With the columns' names: widths of other columns are of no use, whatever the source's id.
    QByteArray names;
    for (const Column &column : m_source.columns)
        names += column.name.toUtf8() + '\n';
    return QStringLiteral("records-%1-%2").arg(m_id.toString()).arg(qChecksum(names));
}

void RecordsView::rememberColumns()
{
    if (!m_id.isNull() && m_columnsFitted && m_model->columnCount() > 0)
        m_context.preferences.setColumns(columnsKey(), m_grid->horizontalHeader()->saveState());
}

void RecordsView::hideEvent(QHideEvent *event)
{
    rememberColumns();
    QWidget::hideEvent(event);
}

} // namespace idstore
