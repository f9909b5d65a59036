// SPDX-License-Identifier: GPL-3.0-or-later
// The menus: every action and every shortcut of the window stands here once.
#include "models/services/engine.h"
#include "ui/itemmodels/sources_model.h"
#include "ui/pages/sources/source_actions.h"
#include "ui/pages/sources/sources_area.h"
#include "ui/pages/sources/sources_page.h"
#include "ui/pages/sources/sources_table.h"
#include "ui/shell/main_window.h"
#include "ui/shell/rail.h"

#include <QAction>
#include <QActionGroup>
#include <QDesktopServices>
#include <QMenuBar>
#include <QMessageBox>
#include <QStackedWidget>
#include <QUrl>

namespace idstore {

void MainWindow::buildMenus()
{
    buildFileMenu();
    buildEditMenu();
    buildViewMenu();
    buildSourceMenu();
    buildHelpMenu();
    updateSourceActions();
}

void MainWindow::buildFileMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&File"));
    QAction *add = menu->addAction(m_context.theme.icon(QStringLiteral("add")), tr("Add source…"), this, [this] {
        showPage(QStringLiteral("sources"));
        m_sourcesArea->addSource();
    });
    add->setShortcut(QKeySequence::New);
    QAction *upload = menu->addAction(m_context.theme.icon(QStringLiteral("folder")), tr("Upload files…"), this,
                                      &MainWindow::chooseFiles);
    upload->setShortcut(QKeySequence::Open);
    menu->addSeparator();
    QAction *quit = menu->addAction(tr("Quit"), this, &QWidget::close);
    quit->setShortcut(QKeySequence(QStringLiteral("Ctrl+Q")));
    quit->setMenuRole(QAction::QuitRole);
}

void MainWindow::buildEditMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&Edit"));
    QAction *undo = m_actions->undoStack()->createUndoAction(this, tr("Undo:"));
    undo->setShortcut(QKeySequence::Undo);
    QAction *redo = m_actions->undoStack()->createRedoAction(this, tr("Redo:"));
    redo->setShortcut(QKeySequence::Redo);
    menu->addActions({undo, redo});
    menu->addSeparator();
    m_findAction = menu->addAction(m_context.theme.icon(QStringLiteral("search")), tr("Find…"), this, [this] {
        const PageEntry &page = m_pages[static_cast<std::size_t>(currentPage())];
        if (page.focusSearch)
            page.focusSearch(page.widget);
    });
    m_findAction->setShortcut(QKeySequence::Find);
    QAction *copyId = menu->addAction(m_context.theme.icon(QStringLiteral("copy")), tr("Copy id of the source"), this,
                                      [this] { m_actions->copyId(m_sourcesPage->currentSource()); });
    m_sourceActions.append(copyId);
}

void MainWindow::buildViewMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&View"));
    for (int i = 0; i < static_cast<int>(m_pages.size()); ++i) {
        QAction *page = menu->addAction(m_context.theme.icon(m_pages[static_cast<std::size_t>(i)].icon),
                                        m_pages[static_cast<std::size_t>(i)].title, this, [this, i] { showPageAt(i); });
        page->setShortcut(QKeySequence(QStringLiteral("Ctrl+%1").arg(i + 1)));
    }
    menu->addSeparator();
    QMenu *filters = menu->addMenu(tr("Sources by status"));
    filters->addActions(m_sourcesPage->filterActions());
    for (QAction *filter : m_sourcesPage->filterActions())
        connect(filter, &QAction::triggered, this, [this] { showPageAt(0); });
    QAction *panel = menu->addAction(m_context.theme.icon(QStringLiteral("panel")), tr("Source panel"), this,
                                     [this] { m_sourcesPage->togglePanel(); });
    panel->setShortcut(QKeySequence(Qt::Key_F4));
    m_sourceActions.append(panel);
    QAction *next = menu->addAction(tr("Next pane"), this, [this] { focusPane(1); });
    next->setShortcut(QKeySequence(Qt::Key_F6));
    QAction *previous = menu->addAction(tr("Previous pane"), this, [this] { focusPane(-1); });
    previous->setShortcut(QKeySequence(Qt::SHIFT | Qt::Key_F6));
    menu->addSeparator();

    QMenu *looks = menu->addMenu(tr("Theme"));
    auto *group = new QActionGroup(looks);
    const QList<std::pair<ThemeChoice, QString>> choices{{ThemeChoice::System, tr("As the system")},
                                                         {ThemeChoice::Light, tr("Light")},
                                                         {ThemeChoice::Dark, tr("Dark")},
                                                         {ThemeChoice::HighContrast, tr("High contrast")}};
    for (const auto &[choice, name] : choices) {
        QAction *look = looks->addAction(name, this, [this, chosen = choice] {
            m_preferences.setThemeChoice(chosen);
            m_themes.setChoice(chosen);
        });
        look->setCheckable(true);
        look->setChecked(choice == m_themes.choice());
        group->addAction(look);
        connect(&m_themes, &ThemeController::changed, look,
                [this, look, chosen = choice] { look->setChecked(m_themes.choice() == chosen); });
    }
}

void MainWindow::buildSourceMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&Source"));
    const auto current = [this] { return m_sourcesPage->currentSource(); };
    const Theme &theme = m_context.theme;
    m_runAction = menu->addAction(theme.icon(QStringLiteral("run")), tr("Run now"), this,
                                  [this, current] { m_actions->run(current()); });
    m_runAction->setShortcut(QKeySequence(Qt::Key_F5));
    m_cancelAction = menu->addAction(theme.icon(QStringLiteral("stop")), tr("Cancel run"), this,
                                     [this, current] { m_actions->cancel(current()); });
    m_cancelAction->setShortcut(QKeySequence(QStringLiteral("Shift+F5")));
    menu->addSeparator();
    QAction *rename = menu->addAction(theme.icon(QStringLiteral("edit")), tr("Rename…"), this,
                                      [this, current] { m_actions->rename(current()); });
    rename->setShortcut(QKeySequence(Qt::Key_F2));
    m_sourceActions.append(rename);
    m_exportAction = menu->addAction(theme.icon(QStringLiteral("export")), tr("Export…"), this,
                                     [this, current] { m_actions->exportRows(current()); });
    m_exportAction->setShortcut(QKeySequence(QStringLiteral("Ctrl+E")));
    menu->addSeparator();
    m_connectionAction = menu->addAction(theme.icon(QStringLiteral("plug")), tr("Connection…"), this,
                                         [this, current] { m_actions->openConnection(current()); });
    m_readingAction = menu->addAction(theme.icon(QStringLiteral("eye")), tr("Reading options…"), this,
                                      [this, current] { m_actions->openReadingOptions(current()); });
    m_newerFileAction = menu->addAction(theme.icon(QStringLiteral("upload-file")), tr("Upload a newer file…"), this,
                                        [this, current] { m_actions->chooseNewerFile(current()); });
    menu->addSeparator();
    m_deleteAction = menu->addAction(theme.icon(QStringLiteral("delete"), ColorRole::Danger), tr("Delete…"), this,
                                     [this, current] { m_actions->remove(current()); });
    // Del belongs to the table: elsewhere it deletes text or rejected rows.
    m_deleteAction->setShortcut(QKeySequence::Delete);
    m_deleteAction->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_sourcesPage->table()->addAction(m_deleteAction);
}

void MainWindow::focusPane(int step)
{
    QList<QWidget *> panes{m_rail};
    if (m_stack->currentWidget() == m_sourcesArea)
        panes += m_sourcesArea->panes();
    else
        panes.append(m_stack->currentWidget());
    const QWidget *focused = focusWidget();
    qsizetype current = 0;
    for (qsizetype i = 0; i < panes.size(); ++i) {
        if (focused && (panes[i] == focused || panes[i]->isAncestorOf(focused)))
            current = i;
    }
    QWidget *pane = panes[(current + step + panes.size()) % panes.size()];
    const auto takesFocus = [pane](const QWidget *widget) {
        return (widget == pane || pane->isAncestorOf(widget)) && (widget->focusPolicy() & Qt::TabFocus) &&
               widget->isVisible() && widget->isEnabled();
    };
    QWidget *target = pane;
    while (!takesFocus(target)) {
        target = target->nextInFocusChain();
        if (target == pane)
            return; // nothing in it takes the focus
    }
    target->setFocus(Qt::TabFocusReason);
}

void MainWindow::buildHelpMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&Help"));
    menu->addAction(m_context.theme.icon(QStringLiteral("folder")), tr("Show the data folder"), this,
                    [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(m_context.engine.dataDirectory())); });
    menu->addSeparator();
    QAction *about = menu->addAction(tr("About Identity Store"), this, &MainWindow::showAbout);
    about->setMenuRole(QAction::AboutRole);
}

void MainWindow::showAbout()
{
    auto *box =
        new QMessageBox(QMessageBox::NoIcon, tr("About Identity Store"),
                        tr("Identity Store %1").arg(QLatin1StringView(IDSTORE_VERSION)), QMessageBox::Close, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(tr("Reads people and accounts from files and apps and keeps them on this computer.\n"
                               "Data folder: %1\nFree software under the GNU General Public License, version 3 or "
                               "later. Built with Qt %2.")
                                .arg(m_context.engine.dataDirectory(), QLatin1StringView(qVersion())));
    box->open();
}

} // namespace idstore
