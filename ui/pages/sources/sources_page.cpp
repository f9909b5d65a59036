// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/sources/sources_page.h"

#include "models/services/engine.h"
#include "ui/async/async_runner.h"
#include "ui/itemmodels/sources_filter.h"
#include "ui/itemmodels/sources_model.h"
#include "ui/page_context.h"
#include "ui/pages/sources/file_adder.h"
#include "ui/pages/sources/sample_data.h"
#include "ui/pages/sources/source_actions.h"
#include "ui/pages/sources/source_panel.h"
#include "ui/pages/sources/sources_table.h"
#include "ui/pages/sources/welcome_page.h"
#include "ui/preferences.h"
#include "ui/text/format.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/chips.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/search_field.h"

#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace idstore {

namespace {

constexpr int overlayBelow = 1000; // width of the page under which the panel lies over the table
constexpr int panelMinimum = 320;
constexpr int panelMaximum = 560;
constexpr int panelDefault = 408;
constexpr int copyingShownAfter = 300; // milliseconds
constexpr int measureAfter = 500; // milliseconds

} // namespace

SourcesPage::SourcesPage(PageContext &context, SourcesModel &sources, SourceActions &actions, FileAdder &files,
                         QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_sources(sources)
    , m_actions(actions)
    , m_files(files)
    , m_filter(new SourcesFilter(this))
{
    m_filter->setSourceModel(&sources);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    buildHead();
    buildFilters();
    buildTable();
    m_copyingSoon.setSingleShot(true);
    m_copyingSoon.setInterval(copyingShownAfter);
    m_measureSoon.setSingleShot(true);
    m_measureSoon.setInterval(measureAfter);
    connectAll();
    updateState();
}

SourcesPage::~SourcesPage()
{
    m_context.preferences.setColumns(QStringLiteral("sources"), m_table->saveColumns());
    if (m_panelOpen && !m_overlay && !m_panel->isExpanded())
        m_context.preferences.setInspectorWidth(m_panel->width());
}

void SourcesPage::connectAll()
{
    connect(&m_sources, &SourcesModel::refreshed, this, [this] {
        selectAdded();
        updateState();
        m_measureSoon.start();
    });
    connect(&m_sources, &SourcesModel::sampled, this, &SourcesPage::updateState);
    connect(&m_sources, &SourcesModel::failed, this,
            [this](const Error &error) { showProblem(tr("The sources could not be read."), error.detail()); });
    connect(&m_actions, &SourceActions::failed, this,
            [this](const QString &what, const Error &error) { showProblem(what, error.detail()); });
    connect(&m_measureSoon, &QTimer::timeout, this, &SourcesPage::measureDisk);

    connect(m_add, &QPushButton::clicked, this, &SourcesPage::connectorWanted);
    connect(m_welcome, &WelcomePage::connectorWanted, this, &SourcesPage::connectorWanted);
    connect(m_welcome, &WelcomePage::fileWanted, this, &SourcesPage::fileDialogWanted);
    connect(m_welcome, &WelcomePage::sampleWanted, this, [this] {
        m_welcome->setSampleEnabled(false);
        m_actions.addSample();
    });
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter->setText(text);
        updateState();
    });
    connect(m_search, &QLineEdit::returnPressed, m_table, [this] { m_table->setFocus(Qt::ShortcutFocusReason); });
    connect(m_chips, &ChipBar::chosenChanged, this, [this](int id) {
        m_filter->setStatus(static_cast<StatusFilter>(id));
        updateState();
    });
    connect(m_noMatch, &EmptyState::actionTriggered, this, [this] {
        m_search->clear();
        m_chips->choose(static_cast<int>(StatusFilter::All));
        m_filter->setCategory({});
        m_category->setText(tr("All categories"));
        updateState();
        m_search->setFocus(Qt::OtherFocusReason);
    });
    connect(m_sample, &Banner::actionTriggered, this, [this] {
        QList<SourceId> ids;
        for (const SourceRow &row : m_sources.rows()) {
            if (isSample(row.source))
                ids.append(row.source.id);
        }
        m_actions.removeAll(ids);
    });
    connect(m_problem, &Banner::closed, this, [this] { m_refusals.clear(); });

    connect(m_table, &SourcesTable::rowClicked, this, [this] {
        if (!isNarrow())
            openPanel(false);
    });
    connect(m_table, &SourcesTable::opened, this, [this] { openPanel(true); });
    connect(m_table, &SourcesTable::fixClicked, this, [this] {
        openPanel(false);
        m_panel->showTab(SourcePanel::OverviewTab);
    });
    connect(m_table, &QWidget::customContextMenuRequested, this, &SourcesPage::showContextMenu);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        const SourceId id = m_table->currentSource();
        if (m_panelOpen && !id.isNull())
            m_panel->showSource(id);
        Q_EMIT currentSourceChanged(id);
    });
    connect(m_panel, &SourcePanel::closeWanted, this, &SourcesPage::closePanel);
    connect(m_panel, &SourcePanel::expandWanted, this, &SourcesPage::setPanelExpanded);

    connect(&m_files, &FileAdder::started, this, [this](const QString &name) {
        m_copying->setText(tr("Copying %1…").arg(name), tr("The file on your computer stays as it is."));
        m_copyingSoon.start();
    });
    connect(&m_copyingSoon, &QTimer::timeout, this, [this] { m_copying->setVisible(m_files.isBusy()); });
    connect(&m_files, &FileAdder::finished, this, [this] {
        m_copyingSoon.stop();
        m_copying->hide();
    });
    connect(&m_actions, &SourceActions::exportProgressed, this, [this](const QString &fileName, qint64 bytes) {
        m_exporting->setText(tr("Writing %1…").arg(fileName), tr("%1 so far.").arg(formatBytes(bytes)));
        m_exporting->show();
    });
    connect(&m_actions, &SourceActions::exportFinished, m_exporting, &QWidget::hide);
    connect(m_exporting, &Banner::actionTriggered, &m_actions, &SourceActions::cancelExport);
    connect(&m_sources, &SourcesModel::loaded, this, [this] {
        // The first thing to do has the focus, unless a person was quicker.
        if (!isAncestorOf(window()->focusWidget()))
            (m_sources.rows().isEmpty() ? static_cast<QWidget *>(m_welcome) : m_table)->setFocus(Qt::OtherFocusReason);
    });
    connect(m_copying, &Banner::actionTriggered, &m_files, &FileAdder::cancel);
    connect(&m_files, &FileAdder::refused, this, &SourcesPage::showRefusal);
    connect(&m_files, &FileAdder::added, this, [this](SourceId id) {
        m_toSelect = id;
        selectAdded();
    });
}

void SourcesPage::selectAdded()
{
    if (m_toSelect.isNull())
        return;
    const QModelIndex index = m_filter->mapFromSource(m_sources.indexOf(m_toSelect));
    if (!index.isValid())
        return;
    m_toSelect = {};
    m_table->setCurrentIndex(index);
    m_table->scrollTo(index);
}

void SourcesPage::updateState()
{
    const bool welcome = m_sources.isLoaded() && m_sources.rows().isEmpty();
    const bool expanded = m_panelOpen && m_panel->isExpanded();
    m_stack->setCurrentIndex(welcome ? 0 : 1);
    m_head->setVisible(!expanded);
    m_filters->setVisible(!welcome && !expanded);
    m_search->setVisible(!welcome);
    m_add->setRole(welcome ? ButtonRole::Standard : ButtonRole::Primary);
    if (!welcome)
        m_welcome->setSampleEnabled(true);

    std::array<int, 6> counts{};
    bool sample = false;
    for (const SourceRow &row : m_sources.rows()) {
        ++counts[static_cast<std::size_t>(StatusFilter::All)];
        ++counts[static_cast<std::size_t>(statusFilterOf(row))];
        sample = sample || isSample(row.source);
    }
    for (std::size_t i = 0; i < counts.size(); ++i)
        m_chips->chip(static_cast<int>(i))->setCount(counts[i]);
    m_sample->setVisible(sample && !expanded);

    const bool noMatch = !welcome && m_filter->rowCount() == 0 && m_filter->isNarrowed();
    if (noMatch) {
        m_noMatch->setText(m_filter->text().isEmpty() ? tr("No source matches these filters")
                                                      : tr("No source matches “%1”").arg(m_filter->text()),
                           QString());
    }
    m_listStack->setCurrentIndex(noMatch ? 1 : 0);
    updateFooter();
}

void SourcesPage::updateFooter()
{
    qint64 rows = 0;
    for (const SourceRow &row : m_sources.rows())
        rows += row.source.rowCount;
    m_totals[0]->setText(m_sources.rows().size() == 1 ? tr("1 source")
                                                      : tr("%1 sources").arg(formatCount(m_sources.rows().size())));
    m_totals[1]->setText(tr("%1 rows").arg(formatCount(rows)));
}

void SourcesPage::measureDisk()
{
    m_context.async.run(
        this, [&engine = m_context.engine] { return engine.bytesOnDisk(); },
        [this](qint64 bytes) { m_totals[2]->setText(tr("%1 on this computer").arg(formatBytes(bytes))); });
}

void SourcesPage::showProblem(const QString &title, const QString &text)
{
    m_problem->setText(title, text);
    m_problem->show();
    m_welcome->setSampleEnabled(true);
}

void SourcesPage::showRefusal(const QString &fileName, const Error &error)
{
    m_refusals.append(tr("%1: %2").arg(fileName, error.detail()));
    if (m_refusals.size() == 1)
        showProblem(tr("%1 was not added.").arg(fileName), error.detail());
    else
        showProblem(tr("%1 files were not added.").arg(formatCount(m_refusals.size())),
                    m_refusals.join(QLatin1Char(' ')));
}

void SourcesPage::showContextMenu(QPoint position)
{
    const SourceId id = m_table->currentSource();
    const SourceRow *row = m_sources.find(id);
    if (!row)
        return;
    const bool running = row->source.status == SourceStatus::Ingesting;
    const Theme &theme = m_context.theme;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Open"), this, [this] { openPanel(true); });
    if (running)
        menu->addAction(theme.icon(QStringLiteral("stop")), tr("Cancel run"), this,
                        [this, id] { m_actions.cancel(id); });
    else
        menu->addAction(theme.icon(QStringLiteral("run")), tr("Run now"), this, [this, id] { m_actions.run(id); });
    menu->addSeparator();
    menu->addAction(theme.icon(QStringLiteral("edit")), tr("Rename…"), this, [this, id] { m_actions.rename(id); });
    menu->addAction(theme.icon(QStringLiteral("export")), tr("Export…"), this,
                    [this, id] { m_actions.exportRows(id); });
    menu->addAction(theme.icon(QStringLiteral("copy")), tr("Copy id"), this, [this, id] { m_actions.copyId(id); });
    menu->addSeparator();
    m_actions.addReadingActions(*menu, id, theme);
    QAction *remove = menu->addAction(theme.icon(QStringLiteral("delete"), ColorRole::Danger), tr("Delete…"), this,
                                      [this, id] { m_actions.remove(id); });
    remove->setEnabled(!running);
    menu->popup(m_table->viewport()->mapToGlobal(position));
}

SourceId SourcesPage::currentSource() const
{
    return m_panelOpen && m_panel->isExpanded() ? m_panel->source() : m_table->currentSource();
}

SourceId SourcesPage::sourceAt(QPoint screenPosition) const
{
    const QWidget *rows = m_table->viewport();
    const QPoint position = rows->mapFromGlobal(screenPosition);
    if (!rows->isVisible() || !rows->rect().contains(position))
        return {};
    return m_table->indexAt(position).data(SourcesModel::IdRole).value<SourceId>();
}

void SourcesPage::focusSearch()
{
    if (m_panelOpen && (m_panel->isExpanded() || m_panel->isAncestorOf(focusWidget()))) {
        m_panel->focusSearch();
        return;
    }
    if (!m_search->isVisible())
        return;
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

QList<QWidget *> SourcesPage::panes() const
{
    if (m_stack->currentIndex() == 0)
        return {m_welcome};
    if (m_panelOpen && m_panel->isExpanded())
        return {m_panel};
    return m_panelOpen ? QList<QWidget *>{m_table, m_panel} : QList<QWidget *>{m_table};
}

void SourcesPage::focusPanel()
{
    for (QWidget *widget = m_panel->nextInFocusChain(); widget && widget != m_panel;
         widget = widget->nextInFocusChain()) {
        if (m_panel->isAncestorOf(widget) && widget->isVisible() && widget->isEnabled() &&
            (widget->focusPolicy() & Qt::TabFocus)) {
            widget->setFocus(Qt::TabFocusReason);
            return;
        }
    }
}

void SourcesPage::togglePanel()
{
    if (m_panelOpen)
        closePanel();
    else
        openPanel(true);
}

void SourcesPage::openSource(SourceId id)
{
    const QModelIndex index = m_filter->mapFromSource(m_sources.indexOf(id));
    if (!index.isValid())
        return;
    m_table->setCurrentIndex(index);
    openPanel(false);
}

void SourcesPage::openPanel(bool focus)
{
    const SourceId id = m_table->currentSource();
    if (id.isNull())
        return;
    const bool opening = !m_panelOpen;
    m_panelOpen = true;
    m_panel->showSource(id);
    if (opening)
        placePanel();
    if (focus && m_overlay)
        focusPanel();
}

void SourcesPage::closePanel()
{
    if (!m_panelOpen)
        return;
    if (!m_overlay && !m_panel->isExpanded())
        m_context.preferences.setInspectorWidth(m_panel->width());
    const bool hadFocus = m_panel->isAncestorOf(window()->focusWidget());
    m_panelOpen = false;
    m_panel->setExpanded(false);
    placePanel();
    updateState();
    if (hadFocus)
        m_table->setFocus(Qt::OtherFocusReason);
}

void SourcesPage::setPanelExpanded(bool expanded)
{
    m_panel->setExpanded(expanded);
    placePanel();
    updateState();
}

bool SourcesPage::isNarrow() const
{
    return width() < m_context.theme.px(overlayBelow);
}

void SourcesPage::placePanel()
{
    const Theme &theme = m_context.theme;
    const bool expanded = m_panelOpen && m_panel->isExpanded();
    const bool overlay = m_panelOpen && !expanded && isNarrow();
    if (overlay != m_overlay || (m_panelOpen && (m_panel->parentWidget() == this) != overlay)) {
        m_overlay = overlay;
        m_panel->setClosable(overlay);
        if (overlay)
            m_panel->setParent(this);
        else
            m_split->addWidget(m_panel);
    }
    m_list->setVisible(!expanded);
    m_panel->setMinimumWidth(expanded ? 0 : theme.px(panelMinimum));
    m_panel->setMaximumWidth(expanded ? QWIDGETSIZE_MAX : theme.px(panelMaximum));
    m_panel->setVisible(m_panelOpen);
    if (!m_panelOpen)
        return;
    if (overlay) {
        const int panelWidth = std::min(theme.px(panelDefault), width());
        const int left = layoutDirection() == Qt::RightToLeft ? 0 : width() - panelWidth;
        m_panel->setGeometry(left, m_stack->y(), panelWidth, m_stack->height());
        m_panel->raise();
    } else if (!expanded) {
        const int wanted =
            std::clamp(m_context.preferences.inspectorWidth(), theme.px(panelMinimum), theme.px(panelMaximum));
        m_split->setSizes({m_split->width() - wanted, wanted});
    }
}

void SourcesPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (m_panelOpen && (m_overlay || isNarrow() != m_overlay) && !m_panel->isExpanded()) {
        layout()->activate();
        placePanel();
    }
}

void SourcesPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_panelOpen) {
        if (m_panel->isExpanded())
            setPanelExpanded(false);
        else
            closePanel();
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace idstore
