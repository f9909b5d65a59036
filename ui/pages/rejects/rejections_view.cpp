// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/rejects/rejections_view.h"

#include "models/services/engine.h"
#include "ui/async/async_runner.h"
#include "ui/itemmodels/rejection_table_model.h"
#include "ui/itemmodels/run_text.h"
#include "ui/page_context.h"
#include "ui/pages/rejects/rejections_file.h"
#include "ui/pages/tables/table_delegate.h"
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
#include <QPlainTextEdit>
#include <QShortcut>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedLayout>
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
    auto *splitter = new QSplitter(Qt::Vertical, content);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(1);
    splitter->addWidget(m_table);
    splitter->addWidget(buildDetail());
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 1);
    contentLayout->addWidget(splitter, 1);
    contentLayout->addWidget(buildFooter());

    auto *middle = new QWidget(this);
    m_stack = new QStackedLayout(middle);
    m_sentence = makeText(context.theme, TextStyle::Body, {}, middle, Tone::Muted);
    m_sentence->setAlignment(Qt::AlignCenter);
    m_sentence->setMargin(context.theme.px(24));
    m_stack->addWidget(m_sentence);
    m_stack->addWidget(content);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_error);
    layout->addWidget(middle, 1);

    connect(m_model, &RejectionTableModel::loaded, this, &RejectionsView::modelLoaded);
    connect(m_model, &RejectionTableModel::failed, this, &RejectionsView::showError);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &RejectionsView::currentChanged);
    connect(&context.engine.sources(), &SourceService::sourceChanged, this, [this](SourceId id) {
        if (id == m_id)
            refresh();
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
    auto *delegate = new TableDelegate(m_context.theme, m_table);
    delegate->setColumnStyle(RejectionTableModel::RawColumn, TextStyle::Mono, ColorRole::Text);
    delegate->setColumnStyle(RejectionTableModel::ColumnColumn, TextStyle::Body, ColorRole::Muted);
    m_table->setItemDelegate(delegate);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setAccessibleName(tr("Rejected rows"));
    m_table->setColumnWidth(RejectionTableModel::LineColumn, m_context.theme.px(86));
    m_table->setColumnWidth(RejectionTableModel::ColumnColumn, m_context.theme.px(96));
    m_table->setColumnWidth(RejectionTableModel::ReasonColumn, m_context.theme.px(160));
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

QWidget *RejectionsView::buildDetail()
{
    QWidget *detail = makePlane(QStringLiteral("sunken"), this);
    m_lineTitle = makeLabel(m_context.theme, TextStyle::Section, {}, detail);
    m_reason = makeText(m_context.theme, TextStyle::Body, {}, detail, Tone::Muted);
    m_raw = new QPlainTextEdit(detail);
    m_raw->setReadOnly(true);
    m_raw->setTabChangesFocus(true);
    m_raw->setProperty("code", true);
    m_raw->setFont(m_context.theme.font(TextStyle::Mono));
    m_raw->setAccessibleName(tr("Text in the file"));
    m_raw->setMinimumHeight(m_context.theme.px(48));
    auto *copyButton =
        new Button(m_context.theme, ButtonRole::Quiet, tr("Copy"), detail, QStringLiteral("copy"), ButtonExtent::Small);
    copyButton->setAccessibleName(tr("Copy the text of the selected lines"));
    connect(copyButton, &QPushButton::clicked, this, &RejectionsView::copy);
    auto *head = new QHBoxLayout;
    head->addWidget(m_lineTitle, 1);
    head->addWidget(copyButton);
    auto *layout = new QVBoxLayout(detail);
    layout->setContentsMargins(m_context.theme.px(16), m_context.theme.px(10), m_context.theme.px(16),
                               m_context.theme.px(12));
    layout->setSpacing(m_context.theme.px(6));
    layout->addLayout(head);
    layout->addWidget(m_reason);
    layout->addWidget(m_raw, 1);
    return detail;
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
    row->addWidget(m_sum);
    row->addWidget(m_note, 1);
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
        m_model->setLoader({});
        m_sentence->setText({});
        m_stack->setCurrentWidget(m_sentence);
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
    const bool isSameData = m_hasSource && source.generation == m_source.generation &&
                            source.rowCount == m_source.rowCount && m_model->isLoaded();
    m_source = source;
    m_hasSource = true;
    if (source.generation == 0) {
        m_sentence->setText(source.status == SourceStatus::Ingesting
                                ? tr("The first run is under way. Rows it sets aside are listed here.")
                                : tr("Nothing has run yet."));
        m_stack->setCurrentWidget(m_sentence);
        return;
    }
    if (isSameData) {
        updateFooter();
        return;
    }
    m_model->setLoader([&rejections = m_context.engine.rejections(), id = m_id](qint64 after, int limit) {
        return rejections.page(TokenService::localUser(), id, after, limit);
    });
}

void RejectionsView::modelLoaded()
{
    rebuildChips();
    updateFooter();
    if (m_model->total() == 0) {
        const qint64 stored = m_source.rowCount;
        m_sentence->setText(
            m_source.lastRun && m_source.lastRun->status == RunStatus::Completed
                ? tr("Nothing set aside. %1 lines read, %2 stored.")
                      .arg(formatCount(m_source.lastRun->counts.read), formatCount(m_source.lastRun->counts.ingested()))
                : tr("Nothing set aside. %1 rows stored.").arg(formatCount(stored)));
        m_stack->setCurrentWidget(m_sentence);
        return;
    }
    m_stack->setCurrentIndex(1);
    if (!m_table->currentIndex().isValid())
        m_table->setCurrentIndex(m_proxy->index(0, 0));
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
    if (m_chips && counts.keys() == m_codes)
        return;
    delete m_chips;
    m_codes = counts.keys();
    m_proxy->setFilterFixedString({});
    m_chips = new ChipBar(m_context.theme, tr("Filter by reason"), m_chipsPlace);
    m_chips->addChip(allChip, tr("All"))->setCount(int(std::min<qint64>(m_model->total(), INT_MAX)));
    if (m_codes.size() > 1) {
        for (qsizetype i = 0; i < m_codes.size(); ++i)
            m_chips->addChip(int(i) + 1, rejectionCodeWord(m_codes.at(i)))->setCount(counts.value(m_codes.at(i)));
    }
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
                         m_source.lastRun->counts.rejected == m_model->total();
    m_sum->setText(
        isWhole ? tr("%1 lines = %2 stored + %3 set aside")
                      .arg(formatCount(m_source.lastRun->counts.read), formatCount(m_source.lastRun->counts.ingested()),
                           formatCount(m_model->total()))
                : tr("%1 stored, %2 set aside").arg(formatCount(m_source.rowCount), formatCount(m_model->total())));
}

const RejectedRow *RejectionsView::current() const
{
    const QModelIndex index = m_proxy->mapToSource(m_table->currentIndex());
    return index.isValid() ? &m_model->rejections().at(index.row()) : nullptr;
}

void RejectionsView::currentChanged()
{
    const RejectedRow *rejection = current();
    m_lineTitle->setText(!rejection            ? QString()
                         : rejection->line > 0 ? tr("Line %1").arg(formatCount(rejection->line))
                                               : tr("A row without a line number"));
    m_reason->setText(rejection ? rejection->reason : QString());
    if (m_raw->toPlainText() != (rejection ? rejection->raw : QString()))
        m_raw->setPlainText(rejection ? rejection->raw : QString());
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
