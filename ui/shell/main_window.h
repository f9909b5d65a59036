// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"
#include "ui/async/async_runner.h"
#include "ui/page_context.h"
#include "ui/preferences.h"
#include "ui/theme/theme_controller.h"
#include "ui/ui_context.h"

#include <QMainWindow>

#include <functional>
#include <vector>

class QStackedWidget;

namespace idstore {

class FileAdder;
class Rail;
class SourceActions;
class SourcesArea;
class SourcesModel;
class SourcesPage;
class ToastHost;

/// The window: menus, the rail and its pages, drag and drop, and what is remembered between starts. Pages are made
/// when they are first shown. Everything that touches the disk runs elsewhere; the window never waits.
/// `context.engine` must outlive it.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(const UiContext &context, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Shows the preview of files from this computer, as if they had been dropped.
    void addFiles(const QStringList &paths);
    /// Shows a page by its key: "sources", "records", "activity", "api", "settings".
    void showPage(const QString &key);
    /// Shows a source with its panel.
    void showSource(idstore::SourceId id);

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    struct PageEntry
    {
        QString key; ///< stable; remembered
        QString icon;
        QString title;
        std::function<QWidget *()> make;
        std::function<void(QWidget *)> focusSearch;
        QWidget *widget = nullptr;
    };

    void addPages();
    void buildFrame();
    void buildMenus();
    void buildFileMenu();
    void buildEditMenu();
    void buildViewMenu();
    void buildSourceMenu();
    void buildHelpMenu();
    QWidget *makeSourcesArea();
    /// The list of sources is in front: neither another page nor a preview of files.
    [[nodiscard]] bool isListShown() const;
    void showPageAt(int index);
    [[nodiscard]] int currentPage() const;
    void chooseFiles();
    void updateRail();
    void updateSourceActions();
    void announceRun(SourceId source, RunId run);
    void askBeforeQuitting();
    void showAbout();
    void focusPane(int step);
    void remember();

    Preferences m_preferences;
    ThemeController m_themes;
    AsyncRunner m_async;
    PageContext m_context;
    SourcesModel *m_sources;
    SourceActions *m_actions;
    FileAdder *m_files;
    ToastHost *m_toasts = nullptr;
    Rail *m_rail = nullptr;
    QStackedWidget *m_stack = nullptr;
    SourcesArea *m_sourcesArea = nullptr;
    SourcesPage *m_sourcesPage = nullptr; ///< within the area
    std::vector<PageEntry> m_pages;
    QList<QAction *> m_sourceActions; ///< those that need a source
    QAction *m_findAction = nullptr;
    QAction *m_runAction = nullptr;
    QAction *m_cancelAction = nullptr;
    QAction *m_deleteAction = nullptr;
    QAction *m_exportAction = nullptr;
    QAction *m_readingAction = nullptr;
    QAction *m_connectionAction = nullptr;
    QAction *m_newerFileAction = nullptr;
    bool m_asking = false;
    bool m_quitting = false;
};

} // namespace idstore
