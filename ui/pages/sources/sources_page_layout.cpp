// SPDX-License-Identifier: GPL-3.0-or-later
// How the sources page is put together; what it does stands in sources_page.cpp.
#include "ui/async/async_runner.h"
#include "ui/itemmodels/sources_filter.h"
#include "ui/itemmodels/sources_model.h"
#include "ui/page_context.h"
#include "ui/pages/sources/source_panel.h"
#include "ui/pages/sources/sources_page.h"
#include "ui/pages/sources/sources_table.h"
#include "ui/pages/sources/welcome_page.h"
#include "ui/preferences.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/chips.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/search_field.h"

#include "models/services/engine.h"

#include <QAction>
#include <QHeaderView>
#include <QKeySequence>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace idstore {

namespace {

QString hintOf(const QKeySequence &keys)
{
    return keys.toString(QKeySequence::NativeText).replace(QLatin1Char('+'), QLatin1Char(' '));
}

QString categoryName(ConnectorCategory category)
{
    switch (category) {
    case ConnectorCategory::File:
        return SourcesPage::tr("Uploaded files");
    case ConnectorCategory::Database:
        return SourcesPage::tr("Databases and warehouses");
    case ConnectorCategory::CloudFile:
        return SourcesPage::tr("Files and cloud storage");
    case ConnectorCategory::SignIn:
        return SourcesPage::tr("Sign in with your account");
    case ConnectorCategory::Application:
        return SourcesPage::tr("Business apps");
    }
    return {};
}

} // namespace

void SourcesPage::buildHead()
{
    const Theme &theme = m_context.theme;
    m_head = new QWidget(this);
    m_head->setFixedHeight(theme.px(56));
    auto *row = new QHBoxLayout(m_head);
    row->setContentsMargins(theme.px(20), 0, theme.px(16), 0);
    row->setSpacing(theme.px(8));
    row->addWidget(makeLabel(theme, TextStyle::PageTitle, tr("Sources"), m_head));
    row->addStretch();
    m_search = new SearchField(theme, tr("Search sources"), hintOf(QKeySequence::Find), m_head);
    row->addWidget(m_search);
    m_add = new Button(theme, ButtonRole::Primary, tr("Add source"), m_head, QStringLiteral("add"));
    m_add->setHint(hintOf(QKeySequence::New));
    row->addWidget(m_add);
    layout()->addWidget(m_head);
}

void SourcesPage::buildFilters()
{
    const Theme &theme = m_context.theme;
    m_filters = new QWidget(this);
    auto *row = new QHBoxLayout(m_filters);
    row->setContentsMargins(theme.px(14), theme.px(9), theme.px(16), theme.px(9));
    row->setSpacing(theme.px(8));
    m_chips = new ChipBar(theme, tr("Filter by status"), m_filters);
    const QList<std::pair<StatusFilter, QString>> filters{
        {StatusFilter::All, tr("All")},         {StatusFilter::NeedYou, tr("Need you")},
        {StatusFilter::Running, tr("Running")}, {StatusFilter::Waiting, tr("Waiting")},
        {StatusFilter::Pending, tr("Pending")}, {StatusFilter::Ready, tr("Ready")}};
    int number = 0;
    for (const auto &[filter, name] : filters) {
        const int id = static_cast<int>(filter);
        m_chips->addChip(id, name);
        auto *action = new QAction(name, this);
        action->setShortcut(QKeySequence(QStringLiteral("Alt+%1").arg(++number)));
        connect(action, &QAction::triggered, this, [this, id] { m_chips->choose(id); });
        m_filterActions.append(action);
    }
    m_chips->chip(static_cast<int>(StatusFilter::NeedYou))->setUrgent(true);
    row->addWidget(m_chips, 1);
    m_category = new Button(theme, ButtonRole::Quiet, tr("All categories"), m_filters, QString(), ButtonExtent::Small);
    m_category->setToolTip(tr("Filter by category"));
    fillCategoryMenu();
    row->addWidget(m_category);
    m_columns = makeIconButton(theme, QStringLiteral("columns"), tr("Choose columns"), m_filters);
    row->addWidget(m_columns);
    layout()->addWidget(m_filters);
}

void SourcesPage::fillCategoryMenu()
{
    auto *menu = new QMenu(m_category);
    QAction *all = menu->addAction(tr("All categories"), this, [this] {
        m_filter->setCategory({});
        m_category->setText(tr("All categories"));
        updateState();
    });
    menu->setDefaultAction(all);
    // Categories of which this build can read something.
    QList<ConnectorCategory> categories{ConnectorCategory::File};
    for (const Connector *connector : m_context.engine.sources().connectors().all()) {
        const ConnectorDescriptor &descriptor = connector->descriptor();
        if (descriptor.readable && !categories.contains(descriptor.category))
            categories.append(descriptor.category);
    }
    for (const ConnectorCategory category : categories) {
        menu->addAction(categoryName(category), this, [this, category] {
            m_filter->setCategory(category);
            m_category->setText(categoryName(category));
            updateState();
        });
    }
    connect(m_category, &QPushButton::clicked, menu,
            [this, menu] { menu->popup(m_category->mapToGlobal(QPoint(0, m_category->height()))); });
    m_category->setVisible(categories.size() > 1); // one category filters nothing
}

void SourcesPage::fillColumnsMenu()
{
    auto *menu = new QMenu(m_columns);
    for (int column = SourcesModel::StatusColumn; column < SourcesModel::ColumnCount; ++column) {
        QAction *action = menu->addAction(m_sources.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        action->setCheckable(true);
        action->setChecked(!m_table->isColumnHidden(column));
        connect(action, &QAction::toggled, this,
                [this, column](bool shown) { m_table->setColumnHidden(column, !shown); });
    }
    connect(m_columns, &QToolButton::clicked, menu,
            [this, menu] { menu->popup(m_columns->mapToGlobal(QPoint(0, m_columns->height()))); });
}

void SourcesPage::buildTable()
{
    const Theme &theme = m_context.theme;
    auto *bannerBox = new QWidget(this);
    auto *banners = new QVBoxLayout(bannerBox);
    banners->setContentsMargins(theme.px(20), 0, theme.px(16), 0);
    banners->setSpacing(theme.px(4));
    m_problem = new Banner(theme, Severity::Error, QString(), QString(), bannerBox);
    m_problem->setClosable(true);
    m_copying = new Banner(theme, Severity::Info, QString(), QString(), bannerBox);
    m_copying->setAction(tr("Cancel"));
    m_sample = new Banner(theme, Severity::Info, tr("This is sample data."),
                          tr("Invented people, kept apart from your own sources."), bannerBox);
    m_sample->setAction(tr("Remove sample"));
    m_exporting = new Banner(theme, Severity::Info, QString(), QString(), bannerBox);
    m_exporting->setAction(tr("Cancel"));
    m_server = new Banner(theme, Severity::Warning,
                          m_context.serverUrl.isEmpty() ? tr("Scripts cannot connect.")
                                                        : tr("Scripts connect to another address."),
                          m_context.serverProblem, bannerBox);
    m_server->setClosable(true);
    for (Banner *banner : {m_server, m_problem, m_copying, m_exporting, m_sample}) {
        banner->hide();
        banners->addWidget(banner);
    }
    m_server->setVisible(!m_context.serverProblem.isEmpty());
    layout()->addWidget(bannerBox);

    m_stack = new QStackedWidget(this);
    m_stack->addWidget(makeWelcome());
    m_split = new QSplitter(Qt::Horizontal, m_stack);
    m_split->setHandleWidth(1);
    m_split->setChildrenCollapsible(false);
    m_stack->addWidget(m_split);
    qobject_cast<QVBoxLayout *>(layout())->addWidget(m_stack, 1);

    m_list = new QWidget(m_split);
    auto *column = new QVBoxLayout(m_list);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_listStack = new QStackedWidget(m_list);
    m_table = new SourcesTable(theme, m_listStack);
    m_table->setObjectName(QStringLiteral("sourcesTable"));
    m_table->setModel(m_filter);
    m_table->restoreColumns(m_context.preferences.columns(QStringLiteral("sources")));
    m_noMatch = new EmptyState(theme, QString(), QString(), m_listStack);
    m_noMatch->setAction(tr("Clear search and filters"));
    m_listStack->addWidget(m_table);
    m_listStack->addWidget(m_noMatch);
    column->addWidget(makeLine(m_list));
    column->addWidget(m_listStack, 1);
    column->addWidget(makeFooter(m_list));
    m_panel = new SourcePanel(m_context, m_sources, m_actions, m_split);
    m_panel->hide();
    m_split->addWidget(m_list);
    m_split->addWidget(m_panel);
    m_split->setStretchFactor(0, 1);
    m_split->setStretchFactor(1, 0);
    fillColumnsMenu();
}

QWidget *SourcesPage::makeWelcome()
{
    const Theme &theme = m_context.theme;
    auto *page = new QWidget(m_stack);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeLine(page));
    m_welcome = new WelcomePage(theme, m_context.engine.sources().connectors(), page);
    column->addWidget(m_welcome, 1);
    QWidget *foot = makePlane(QStringLiteral("footer"), page);
    foot->setFixedHeight(theme.px(30));
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(theme.px(20), 0, theme.px(20), 0);
    row->setSpacing(theme.px(8));
    row->addWidget(new IconLabel(theme, QStringLiteral("lock"), 14, ColorRole::Muted, foot));
    row->addWidget(makeLabel(theme, TextStyle::Small, tr("Nothing leaves this computer."), foot, Tone::Muted));
    row->addStretch();
    column->addWidget(foot);
    return page;
}

QWidget *SourcesPage::makeFooter(QWidget *parent)
{
    const Theme &theme = m_context.theme;
    QWidget *foot = makePlane(QStringLiteral("footer"), parent);
    foot->setFixedHeight(theme.px(30));
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(theme.px(20), 0, theme.px(20), 0);
    row->setSpacing(theme.px(16));
    for (QLabel *&total : m_totals) {
        total = makeLabel(theme, TextStyle::Small, QString(), foot, Tone::Muted);
        row->addWidget(total);
    }
    row->addStretch();
    auto *hint = new QHBoxLayout;
    hint->setSpacing(theme.px(4));
    hint->addWidget(new IconLabel(theme, QStringLiteral("upload-file"), 14, ColorRole::Muted, foot));
    hint->addWidget(makeLabel(theme, TextStyle::Small, tr("Drop a file anywhere to add it"), foot, Tone::Muted));
    row->addLayout(hint);
    return foot;
}

} // namespace idstore
