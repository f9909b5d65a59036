// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/error.h"
#include "models/base/ids.h"

#include <QStringList>
#include <QTimer>
#include <QWidget>

class QAction;
class QLabel;
class QSplitter;
class QStackedWidget;
class QToolButton;

namespace idstore {

class Banner;
class Button;
class ChipBar;
class EmptyState;
class FileAdder;
class SearchField;
class SourceActions;
class SourcePanel;
class SourcesFilter;
class SourcesModel;
class SourcesTable;
class WelcomePage;
struct PageContext;

/// The start page: the table of sources with its filters, the panel of the chosen one, and, before there is any
/// source, the first choices.
class SourcesPage : public QWidget
{
    Q_OBJECT

public:
    SourcesPage(PageContext &context, SourcesModel &sources, SourceActions &actions, FileAdder &files, QWidget *parent);
    ~SourcesPage() override;

    void focusSearch();
    /// The parts F6 goes through, in order.
    [[nodiscard]] QList<QWidget *> panes() const;
    void togglePanel();
    void openSource(SourceId id);
    /// The source that menus and keys act on; null when none is chosen.
    [[nodiscard]] SourceId currentSource() const;
    /// The source whose row is at this place of the screen; null when there is none.
    [[nodiscard]] SourceId sourceAt(QPoint screenPosition) const;
    [[nodiscard]] SourcesTable *table() const { return m_table; }
    /// One checkable action a status filter, for the menu.
    [[nodiscard]] QList<QAction *> filterActions() const { return m_filterActions; }

Q_SIGNALS:
    void fileDialogWanted();
    /// A source is to be added, from wherever.
    void connectorWanted();
    void currentSourceChanged(idstore::SourceId id);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void buildHead();
    void buildFilters();
    void buildTable();
    [[nodiscard]] QWidget *makeFooter(QWidget *parent);
    [[nodiscard]] QWidget *makeWelcome();
    void connectAll();
    void showContextMenu(QPoint position);
    void fillCategoryMenu();
    void fillColumnsMenu();
    void updateState();
    void updateFooter();
    void selectAdded();
    void measureDisk();
    void showProblem(const QString &title, const QString &text);
    void focusPanel();
    void showRefusal(const QString &fileName, const Error &error);
    void openPanel(bool focus);
    void closePanel();
    void setPanelExpanded(bool expanded);
    void placePanel();
    [[nodiscard]] bool isNarrow() const;

    PageContext &m_context;
    SourcesModel &m_sources;
    SourceActions &m_actions;
    FileAdder &m_files;
    SourcesFilter *m_filter;

    QWidget *m_head = nullptr;
    SearchField *m_search = nullptr;
    Button *m_add = nullptr;
    QWidget *m_filters = nullptr;
    ChipBar *m_chips = nullptr;
    Button *m_category = nullptr;
    QToolButton *m_columns = nullptr;
    Banner *m_problem = nullptr;
    Banner *m_copying = nullptr;
    Banner *m_exporting = nullptr;
    Banner *m_server = nullptr;
    Banner *m_sample = nullptr;
    QStackedWidget *m_stack = nullptr; ///< welcome, or the split of table and panel
    WelcomePage *m_welcome = nullptr;
    QSplitter *m_split = nullptr;
    QWidget *m_list = nullptr;
    QStackedWidget *m_listStack = nullptr; ///< table, or no match
    SourcesTable *m_table = nullptr;
    EmptyState *m_noMatch = nullptr;
    QLabel *m_totals[3] = {};
    SourcePanel *m_panel = nullptr;
    bool m_panelOpen = false;
    bool m_overlay = false;
    QStringList m_refusals;
    QList<QAction *> m_filterActions;
    SourceId m_toSelect; ///< just added; selected once the model has it
    QTimer m_copyingSoon;
    QTimer m_measureSoon;
};

} // namespace idstore
