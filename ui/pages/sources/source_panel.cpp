// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/sources/source_panel.h"

#include "ui/itemmodels/sources_model.h"
#include "ui/page_context.h"
#include "ui/pages/history/history_view.h"
#include "ui/pages/records/records_view.h"
#include "ui/pages/rejects/rejections_view.h"
#include "ui/pages/sources/source_actions.h"
#include "ui/pages/sources/source_overview.h"
#include "ui/text/format.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/status_pill.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QStackedWidget>
#include <QStyle>
#include <QTabBar>
#include <QVBoxLayout>

namespace idstore {

SourcePanel::SourcePanel(PageContext &context, const SourcesModel &sources, SourceActions &actions, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_sources(sources)
    , m_actions(actions)
{
    setAttribute(Qt::WA_StyledBackground);

    setAccessibleName(tr("Source"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    buildHeader();
    buildTabs();
    addViews();
    setExpanded(false);
    setClosable(false);
    connect(&sources, &QAbstractItemModel::dataChanged, this, &SourcePanel::follow);
    connect(&sources, &SourcesModel::refreshed, this, &SourcePanel::follow);
}

void SourcePanel::buildHeader()
{
    const Theme &theme = m_context.theme;
    auto *head = new QWidget(this);
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(theme.px(16), theme.px(14), theme.px(12), theme.px(10));
    row->setSpacing(theme.px(8));
    m_crumb = new Button(theme, ButtonRole::Link, tr("Sources"), head);
    m_crumbMark = new IconLabel(theme, QStringLiteral("chevron-right"), 14, ColorRole::Muted, head);
    m_tile = new TileLabel(theme, 36, head);
    m_name = new ElidedLabel(theme, TextStyle::PanelTitle, head);
    m_detail = new ElidedLabel(theme, TextStyle::Small, head, Tone::Muted);
    m_pill = new StatusPill(theme, head);
    m_run = new Button(theme, ButtonRole::Standard, tr("Run now"), head, QStringLiteral("run"), ButtonExtent::Small);
    m_expand = makeIconButton(theme, QStringLiteral("expand"), tr("Show as a page"), head);
    m_more = makeIconButton(theme, QStringLiteral("more"), tr("More actions"), head);
    m_close = makeIconButton(theme, QStringLiteral("close"), tr("Close (Esc)"), head);

    auto *names = new QVBoxLayout;
    names->setSpacing(0);
    names->addWidget(m_name);
    names->addWidget(m_detail);
    row->addWidget(m_crumb);
    row->addWidget(m_crumbMark);
    row->addWidget(m_tile);
    row->addSpacing(theme.px(4));
    row->addLayout(names, 1);
    row->addWidget(m_pill);
    row->addWidget(m_run);
    row->addWidget(m_expand);
    row->addWidget(m_more);
    row->addWidget(m_close);
    layout()->addWidget(head);

    connect(m_run, &QPushButton::clicked, this, [this] {
        const SourceRow *shown = m_sources.find(m_id);
        if (shown && shown->source.status == SourceStatus::Ingesting)
            m_actions.cancel(m_id);
        else
            m_actions.run(m_id);
    });
    connect(m_crumb, &QPushButton::clicked, this, [this] { Q_EMIT expandWanted(false); });
    connect(m_expand, &QToolButton::clicked, this, [this] { Q_EMIT expandWanted(!m_expanded); });
    connect(m_close, &QToolButton::clicked, this, &SourcePanel::closeWanted);
    connect(m_more, &QToolButton::clicked, this, &SourcePanel::openMore);
}

void SourcePanel::buildTabs()
{
    const Theme &theme = m_context.theme;
    m_tabs = new QTabBar(this);
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setUsesScrollButtons(true);
    m_tabs->setElideMode(Qt::ElideRight);
    m_tabs->setFocusPolicy(Qt::TabFocus);
    m_tabs->setFont(theme.font(TextStyle::Strong));
    m_tabs->setAccessibleName(tr("What to show of the source"));
    m_stack = new QStackedWidget(this);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(theme.px(10), 0, theme.px(10), 0);
    bar->addWidget(m_tabs);
    bar->addStretch();
    auto *column = qobject_cast<QVBoxLayout *>(layout());
    column->addLayout(bar);
    column->addWidget(makeLine(this));
    column->addWidget(m_stack, 1);
    connect(m_tabs, &QTabBar::currentChanged, this, &SourcePanel::showCurrentTab);
}

void SourcePanel::addViews()
{
    m_overview = new SourceOverview(m_context.theme, m_stack);
    connect(m_overview, &SourceOverview::runWanted, this, [this] { m_actions.run(m_id); });
    connect(m_overview, &SourceOverview::columnChangeWanted, this,
            [this](const ColumnChange &change) { m_actions.changeColumn(m_id, change); });
    LazyView overview;
    overview.make = [this] { return m_overview; };
    addView(tr("Overview"), std::move(overview));
    addView<RecordsView>(tr("Records"));
    addView<HistoryView>(tr("History"));
    addView<RejectionsView>(tr("Rejected"));
}

void SourcePanel::addView(const QString &title, LazyView view)
{
    m_views.push_back(std::move(view));
    m_tabs->addTab(title);
}

template <typename View>
void SourcePanel::addView(const QString &title)
{
    const std::size_t tab = m_views.size();
    LazyView view;
    view.make = [this] { return new View(m_context, m_stack); };
    view.showSource = [this, tab](SourceId id) { qobject_cast<View *>(m_views[tab].widget)->showSource(id); };
    if constexpr (requires(View * widget) { widget->focusSearch(); })
        view.focusSearch = [this, tab] { qobject_cast<View *>(m_views[tab].widget)->focusSearch(); };
    addView(title, std::move(view));
}

void SourcePanel::showSource(SourceId id)
{
    m_id = id;
    follow();
    showCurrentTab();
}

void SourcePanel::showTab(Tab tab)
{
    m_tabs->setCurrentIndex(tab);
}

void SourcePanel::setExpanded(bool expanded)
{
    m_expanded = expanded;
    m_crumb->setVisible(expanded);
    m_crumbMark->setVisible(expanded);
    m_pill->setVisible(expanded);
    m_expand->setToolTip(expanded ? tr("Show beside the list") : tr("Show as a page"));
    m_expand->setAccessibleName(m_expand->toolTip());
    m_expand->setIcon(
        m_context.theme.icon(expanded ? QStringLiteral("panel") : QStringLiteral("expand"), ColorRole::Muted));
    applyPlane();
}

void SourcePanel::setClosable(bool closable)
{
    m_close->setVisible(closable);
    layout()->setContentsMargins(closable ? 1 : 0, 0, 0, 0); // the line where it lies over the table
    m_plane = closable ? QStringLiteral("over") : QStringLiteral("sunken");
    applyPlane();
}

void SourcePanel::applyPlane()
{
    setProperty("plane", m_expanded ? QStringLiteral("surface") : m_plane);
    style()->unpolish(this);
    style()->polish(this);
}

void SourcePanel::focusSearch()
{
    const auto index = static_cast<std::size_t>(m_tabs->currentIndex());
    if (index < m_views.size() && m_views[index].focusSearch)
        m_views[index].focusSearch();
}

void SourcePanel::follow()
{
    if (m_id.isNull())
        return;
    if (const SourceRow *row = m_sources.find(m_id)) {
        showRow(*row);
        return;
    }
    m_id = {};
    Q_EMIT closeWanted();
}

void SourcePanel::showRow(const SourceRow &row)
{
    const Source &source = row.source;
    m_tile->setConnector(source.sourceType, row.category);
    m_name->setFullText(source.name);
    m_detail->setFullText(QString(row.typeName % QStringLiteral(" · ") % source.id.toString()));
    m_pill->setPill(pillOf(source, row.progress));
    const bool running = source.status == SourceStatus::Ingesting;
    const QString action = running ? tr("Cancel") : tr("Run now");
    if (m_run->text() != action) {
        m_run->setText(action);
        m_run->setIconName(running ? QStringLiteral("stop") : QStringLiteral("run"));
    }
    if (m_tabs->count() > RejectedTab) {
        const qint64 rejected = source.rejectedCount;
        const QString title = rejected > 0 ? tr("Rejected %1").arg(formatCount(rejected)) : tr("Rejected");
        if (m_tabs->tabText(RejectedTab) != title)
            m_tabs->setTabText(RejectedTab, title);
    }
    m_overview->showRow(row);
}

void SourcePanel::showCurrentTab()
{
    const auto index = static_cast<std::size_t>(m_tabs->currentIndex());
    if (index >= m_views.size())
        return;
    LazyView &view = m_views[index];
    if (!view.widget) {
        view.widget = view.make();
        m_stack->addWidget(view.widget);
    }
    m_stack->setCurrentWidget(view.widget);
    if (view.showSource && view.shown != m_id) {
        view.shown = m_id;
        view.showSource(m_id);
    }
}

void SourcePanel::openMore()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Rename…"), this, [this] { m_actions.rename(m_id); });
    menu->addAction(tr("Copy id"), this, [this] { m_actions.copyId(m_id); });
    menu->addAction(tr("Export…"), this, [this] { m_actions.exportRows(m_id); });
    menu->addSeparator();
    m_actions.addReadingActions(*menu, m_id, m_context.theme);
    if (!m_expanded)
        menu->addAction(tr("Close this panel"), this, &SourcePanel::closeWanted);
    menu->addSeparator();
    const SourceRow *row = m_sources.find(m_id);
    QAction *remove = menu->addAction(tr("Delete…"), this, [this] { m_actions.remove(m_id); });
    remove->setEnabled(row && row->source.status != SourceStatus::Ingesting);
    menu->popup(m_more->mapToGlobal(QPoint(0, m_more->height())));
}

} // namespace idstore
