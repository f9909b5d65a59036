// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/rejects/rejections_view.h"

#include "models/services/engine.h"
#include "ui/async/async_runner.h"
#include "ui/itemmodels/rejection_table_model.h"
#include "ui/itemmodels/run_text.h"
#include "ui/page_context.h"
#include "ui/pages/rejects/rejection_delegate.h"
#include "ui/pages/rejects/rejection_editor.h"
#include "ui/pages/rejects/rejections_file.h"
#include "ui/pages/tables/loading_stack.h"
#include "ui/preferences.h"
#include "ui/text/format.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/chips.h"
#include "ui/widgets/labels.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMessageBox>
#include <QShortcut>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace idstore {

namespace {

constexpr int rowHeight = 34;
constexpr int allChip = 0;

} // namespace

RejectionsView::RejectionsView(PageContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_model(new RejectionTableModel(context.async, this))
    , m_proxy(new QSortFilterProxyModel(this))
    , m_error(new Banner(context.theme, Severity::Error, {}, {}, this))
    , m_stack(new LoadingStack(context.theme, this))
    , m_editor(new RejectionEditor(context, this))
{
    m_proxy->setSourceModel(m_model);
    m_proxy->setFilterRole(RejectionTableModel::CodeRole);
    m_error->setClosable(true);
    m_error->hide();
    buildTable();

    auto *content = new QWidget(this);
    auto *contentLayout = new QVBoxLayout(content);
    contentLayout->setContentsMargins(0, 0, 0, 0);
    contentLayout->setSpacing(0);
    contentLayout->addWidget(buildToolBar());
    contentLayout->addWidget(makeLine(content));
    m_splitter = new QSplitter(Qt::Vertical, content);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_splitter->addWidget(m_table);
    m_splitter->addWidget(m_editor);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    contentLayout->addWidget(m_splitter, 1);
    m_stack->setContent(content);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_error);
    layout->addWidget(m_stack, 1);
    layout->addWidget(buildFooter());
    connectAll();
}

void RejectionsView::connectAll()
{
    connect(m_model, &RejectionTableModel::loaded, this, &RejectionsView::modelLoaded);
    connect(m_model, &RejectionTableModel::failed, this, &RejectionsView::showError);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &RejectionsView::currentChanged);
    connect(m_editor, &RejectionEditor::saved, this, [this](const RejectedRow &row) {
        m_model->setCorrection(row);
        currentChanged();
        countCorrections();
    });
    connect(m_editor, &RejectionEditor::retryStarted, this, [this] { m_note->setFullText(tr("Retrying…")); });
    connect(&m_context.engine.sources(), &SourceService::sourceChanged, this, [this](SourceId id) {
        if (id == m_id)
            refresh();
    });
    connect(&m_context.engine.rejections(), &RejectionService::correctionsChanged, this, [this](SourceId id) {
        if (id == m_id)
            countCorrections();
    });
    auto *copyShortcut = new QShortcut(QKeySequence::Copy, m_table);
    copyShortcut->setContext(Qt::WidgetShortcut);
    connect(copyShortcut, &QShortcut::activated, this, &RejectionsView::copy);
}

void RejectionsView::buildTable()
{
    m_table = new QTableView(this);
    setUpTable(*m_table, m_context.theme, rowHeight);
    m_table->setModel(m_proxy);
    m_table->setItemDelegate(new RejectionDelegate(m_context.theme, m_table));
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setAccessibleName(tr("Rejected rows"));
    m_table->setColumnWidth(RejectionTableModel::LineColumn, m_context.theme.px(86));
    m_table->setColumnWidth(RejectionTableModel::ColumnColumn, m_context.theme.px(96));
    m_table->setColumnWidth(RejectionTableModel::ReasonColumn, m_context.theme.px(130));
    m_table->setColumnWidth(RejectionTableModel::CorrectionColumn, m_context.theme.px(116));
    m_table->setMinimumHeight(m_context.theme.px(rowHeight * 3));
}

QWidget *RejectionsView::buildToolBar()
{
    auto *bar = new QWidget(this);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(m_context.theme.px(12), m_context.theme.px(8), m_context.theme.px(16),
                            m_context.theme.px(8));
    m_chipsPlace = new QWidget(bar);
    auto *place = new QVBoxLayout(m_chipsPlace);
    place->setContentsMargins(0, 0, 0, 0);
    m_save = new Button(m_context.theme, ButtonRole::Quiet, tr("Save as file"), bar, QStringLiteral("export"),
                        ButtonExtent::Small);
    connect(m_save, &QPushButton::clicked, this, &RejectionsView::chooseFile);
    row->addWidget(m_chipsPlace, 1);
    row->addWidget(m_save, 0, Qt::AlignTop);
    return bar;
}

QWidget *RejectionsView::buildFooter()
{
    QWidget *footer = makePlane(QStringLiteral("footer"), this);
    auto *row = new QHBoxLayout(footer);
    row->setContentsMargins(m_context.theme.px(16), m_context.theme.px(4), m_context.theme.px(16),
                            m_context.theme.px(4));
    m_sum = makeLabel(m_context.theme, TextStyle::Small, {}, footer, Tone::Muted);
    m_note = new ElidedLabel(m_context.theme, TextStyle::Small, footer, Tone::Muted);
    m_note->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    m_forgetAll = new Button(m_context.theme, ButtonRole::Link, {}, footer, {}, ButtonExtent::Small);
    m_forgetAll->setAccessibleName(tr("Forget all corrections"));
    m_forgetAll->setToolTip(tr("Corrections are applied again when a later run sets the same rows aside"));
    m_forgetAll->hide();
    connect(m_forgetAll, &QPushButton::clicked, this, &RejectionsView::askToForgetAll);
    row->addWidget(m_sum);
    row->addWidget(m_note, 1);
    row->addWidget(m_forgetAll);
    footer->setMinimumHeight(m_context.theme.px(30));
    return footer;
}

void RejectionsView::showSource(SourceId id)
{
    if (id != m_id) {
        m_id = id;
        m_hasSource = false;
        m_source = {};
        m_error->hide();
        m_note->setFullText({});
        m_forgetAll->hide();
        m_editor->setRow({});
        m_model->setLoader({});
        m_stack->showSentence({});
    }
    refresh();
}

void RejectionsView::refresh()
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

void RejectionsView::present(const Source &source)
{
    const bool isSameData = m_hasSource && source.generation == m_source.generation && m_model->isLoaded();
    const bool wasRetried = m_hasSource && m_source.status == SourceStatus::Ingesting && source.lastRun &&
                            source.lastRun->mode == RunMode::Repair && source.lastRun->finishedAt.isValid();
    m_source = source;
    m_hasSource = true;
    m_editor->setSource(source);
    if (wasRetried)
        presentRetry(*source.lastRun);
    countCorrections();
    if (source.generation == 0) {
        m_stack->showSentence(source.status == SourceStatus::Ingesting
                                  ? tr("The first run is under way. Rows it sets aside are listed here.")
                                  : tr("Nothing has run yet."));
        return;
    }
    if (isSameData && !wasRetried) {
        updateFooter();
        return;
    }
    m_returnTo = m_table->currentIndex().row();
    m_model->setLoader([&rejections = m_context.engine.rejections(), id = m_id](qint64 after, int limit) {
        return rejections.page(TokenService::localUser(), id, after, limit);
    });
}

void RejectionsView::presentRetry(const IngestionRun &run)
{
    if (run.status == RunStatus::Failed && run.error)
        showError(*run.error);
    else if (run.status == RunStatus::Cancelled)
        m_note->setFullText(tr("The retry was cancelled; nothing was stored"));
    else
        m_note->setFullText(tr("Retried: %1 stored, %2 still set aside")
                                .arg(formatCount(run.counts.added), formatCount(run.counts.rejected)));
}

void RejectionsView::countCorrections()
{
    if (m_id.isNull())
        return;
    struct Counts
    {
        qint64 open = 0;
        qint64 all = 0;
    };
    m_context.async.run(
        this,
        [&rejections = m_context.engine.rejections(), id = m_id]() -> Result<Counts> {
            IDS_TRY(open, rejections.openCorrections(TokenService::localUser(), id));
            IDS_TRY(all, rejections.rememberedCorrections(TokenService::localUser(), id));
            return Counts{open, all};
        },
        [this, id = m_id](const Result<Counts> &counts) {
            if (id != m_id || !counts)
                return;
            m_editor->setOpenCorrections(counts->open);
            m_remembered = counts->all;
            m_forgetAll->setText(tr("Forget all (%1)…", "corrections").arg(formatCount(m_remembered)));
            m_forgetAll->setVisible(m_remembered > 0);
        });
}

void RejectionsView::askToForgetAll()
{
    auto *box = new QMessageBox(QMessageBox::Question, tr("Forget corrections"),
                                tr("Forget all corrections of %1?").arg(m_source.name), QMessageBox::NoButton, this);
    box->setInformativeText(
        tr("%1 corrections are remembered. Rows that are stored stay; the next full run sets them aside again.")
            .arg(formatCount(m_remembered)));
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *forget = box->addButton(tr("Forget all"), QMessageBox::DestructiveRole);
    setButtonRole(*forget, ButtonRole::Destroy);
    box->setDefaultButton(box->addButton(QMessageBox::Cancel));
    connect(forget, &QPushButton::clicked, this, &RejectionsView::forgetAll);
    box->open();
}

void RejectionsView::forgetAll()
{
    m_context.async.run(
        this,
        [&rejections = m_context.engine.rejections(), id = m_id] {
            return rejections.forgetAll(TokenService::localUser(), id);
        },
        [this, id = m_id](const Result<void> &forgotten) {
            if (!forgotten) {
                showError(forgotten.error());
                return;
            }
            if (id != m_id)
                return;
            m_hasSource = false; // read the list again
            refresh();
        });
}

void RejectionsView::modelLoaded()
{
    rebuildChips();
    updateFooter();
    if (m_model->total() == 0) {
        m_editor->setRow({});
        m_stack->showSentence(
            m_source.lastRun && m_source.lastRun->status == RunStatus::Completed &&
                    m_source.lastRun->mode != RunMode::Repair
                ? tr("Nothing set aside. %1 lines read, %2 stored.")
                      .arg(formatCount(m_source.lastRun->counts.read), formatCount(m_source.lastRun->counts.ingested()))
                : tr("Nothing set aside. %1 rows stored.").arg(formatCount(m_source.rowCount)));
        return;
    }
    m_stack->showContent();
    if (!m_table->currentIndex().isValid()) {
        // After a retry: the row that has come to the place of the one repaired.
        const int row = std::clamp(m_returnTo, 0, std::max(0, m_proxy->rowCount() - 1));
        m_table->setCurrentIndex(m_proxy->index(row, 0));
    }
    currentChanged();
}

void RejectionsView::rebuildChips()
{
    // Counts by reason are exact only once every row is here; until then there is nothing to choose by.
    QMap<QString, int> counts;
    if (m_model->isComplete()) {
        for (const RejectedRow &rejection : m_model->rejections())
            ++counts[rejection.code];
    }
    const auto showCounts = [&] {
        m_chips->chip(allChip)->setCount(int(std::min<qint64>(m_model->total(), INT_MAX)));
        for (qsizetype i = 0; m_codes.size() > 1 && i < m_codes.size(); ++i)
            m_chips->chip(int(i) + 1)->setCount(counts.value(m_codes.at(i)));
    };
    if (m_chips && counts.keys() == m_codes) {
        showCounts();
        return;
    }
    delete m_chips;
    m_codes = counts.keys();
    m_proxy->setFilterFixedString({});
    m_chips = new ChipBar(m_context.theme, tr("Filter by reason"), m_chipsPlace);
    m_chips->addChip(allChip, tr("All"));
    for (qsizetype i = 0; m_codes.size() > 1 && i < m_codes.size(); ++i)
        m_chips->addChip(int(i) + 1, rejectionCodeWord(m_codes.at(i)));
    showCounts();
    m_chipsPlace->layout()->addWidget(m_chips);
    connect(m_chips, &ChipBar::chosenChanged, this, [this](int chosen) {
        if (chosen == allChip)
            m_proxy->setFilterFixedString({});
        else
            m_proxy->setFilterRegularExpression(QRegularExpression(
                QRegularExpression::anchoredPattern(QRegularExpression::escape(m_codes.at(chosen - 1)))));
        if (!m_table->currentIndex().isValid())
            m_table->setCurrentIndex(m_proxy->index(0, 0));
    });
}

void RejectionsView::updateFooter()
{
    const bool isWhole = m_source.lastRun && m_source.lastRun->status == RunStatus::Completed &&
                         m_source.lastRun->mode != RunMode::Repair &&
                         m_source.lastRun->counts.rejected == m_source.rejectedCount;
    m_sum->setText(
        isWhole
            ? tr("%1 lines = %2 stored + %3 set aside")
                  .arg(formatCount(m_source.lastRun->counts.read), formatCount(m_source.lastRun->counts.ingested()),
                       formatCount(m_source.rejectedCount))
            : tr("%1 stored, %2 set aside").arg(formatCount(m_source.rowCount), formatCount(m_source.rejectedCount)));
}

const RejectedRow *RejectionsView::current() const
{
    const QModelIndex index = m_proxy->mapToSource(m_table->currentIndex());
    return index.isValid() ? &m_model->rejections().at(index.row()) : nullptr;
}

void RejectionsView::currentChanged()
{
    const RejectedRow *rejection = current();
    if (rejection || m_model->isLoaded())
        m_editor->setRow(rejection ? std::optional(*rejection) : std::nullopt);
}

void RejectionsView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    // Beside the list where there is room, else below it.
    const bool isWide = width() >= m_context.theme.px(820);
    const Qt::Orientation orientation = isWide ? Qt::Horizontal : Qt::Vertical;
    if (!m_isArranged || m_splitter->orientation() != orientation) {
        m_isArranged = true;
        m_splitter->setOrientation(orientation);
        const int editor = isWide ? m_context.theme.px(430) : height() * 3 / 5;
        m_splitter->setSizes({(isWide ? width() : height()) - editor, editor});
    }
    m_table->setColumnHidden(RejectionTableModel::ColumnColumn, !isWide);
}

void RejectionsView::hideEvent(QHideEvent *event)
{
    m_editor->saveDraft();
    QWidget::hideEvent(event);
}

void RejectionsView::copy()
{
    QStringList lines;
    QModelIndexList rows = m_table->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    for (const QModelIndex &row : std::as_const(rows))
        lines.append(row.data(RejectionTableModel::RawRole).toString());
    if (lines.isEmpty())
        return;
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
    m_note->setFullText(tr("Copied %1").arg(rowsText(lines.size())));
}

void RejectionsView::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("Save rejected rows"), m_context.preferences.lastFolder());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("CSV files (*.csv)"));
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    dialog->selectFile(tr("rejected rows.csv"));
    connect(dialog, &QFileDialog::fileSelected, this, &RejectionsView::save);
    dialog->open();
}

void RejectionsView::save(const QString &path)
{
    m_context.preferences.setLastFolder(QFileInfo(path).absolutePath());
    m_save->setEnabled(false);
    m_note->setFullText(tr("Writing %1").arg(QFileInfo(path).fileName()));
    m_context.async.run(
        this,
        [&rejections = m_context.engine.rejections(), id = m_id, path] {
            return writeRejections(
                [&rejections, id](qint64 after, int limit) {
                    return rejections.page(TokenService::localUser(), id, after, limit);
                },
                path);
        },
        [this, path](const Result<qint64> &written) {
            m_save->setEnabled(true);
            m_note->setFullText({});
            if (written)
                m_note->setFullText(tr("%1 is written: %2").arg(QFileInfo(path).fileName(), rowsText(*written)));
            else
                showError(written.error());
        });
}

void RejectionsView::showError(const Error &error)
{
    m_error->setText(error.message, error.remedy);
    m_error->show();
}

} // namespace idstore
