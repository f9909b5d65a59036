// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/main_window.h"

#include "models/services/engine.h"
#include "ui/itemmodels/sources_filter.h"
#include "ui/itemmodels/sources_model.h"
#include "ui/pages/activity/activity_page.h"
#include "ui/pages/api/api_page.h"
#include "ui/pages/records/records_page.h"
#include "ui/pages/settings/settings_page.h"
#include "ui/pages/sources/file_adder.h"
#include "ui/pages/sources/source_actions.h"
#include "ui/pages/sources/sources_area.h"
#include "ui/pages/sources/sources_page.h"
#include "ui/shell/drop_overlay.h"
#include "ui/shell/rail.h"
#include "ui/text/format.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/focus_ring.h"
#include "ui/widgets/toast.h"

#include <QCloseEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QMessageBox>
#include <QScreen>
#include <QStackedWidget>

#include <algorithm>

namespace idstore {

namespace {

constexpr int collapseBelow = 1100; // width of the window under which the rail shows icons only
constexpr QSize firstSize(1280, 800);
constexpr QSize smallestSize(720, 480);

} // namespace

MainWindow::MainWindow(const UiContext &context, QWidget *parent)
    : QMainWindow(parent)
    , m_themes(m_preferences.themeChoice())
    , m_context{context.engine,    m_themes.theme(),      m_themes,         m_async, m_preferences,
                context.serverUrl, context.serverProblem, context.tokenFile}
    , m_sources(new SourcesModel(context.engine, m_async, this))
    , m_actions(new SourceActions(context.engine, m_async, *m_sources, this))
    , m_files(new FileAdder(context.engine, m_async, this))
{
    setWindowTitle(tr("Identity Store"));
    setMinimumSize(smallestSize);
    addPages();
    buildFrame();
    showPageAt(0); // the menus hold actions of the start page
    buildMenus();

    connect(m_sources, &SourcesModel::refreshed, this, &MainWindow::updateRail);
    connect(m_sources, &SourcesModel::sampled, this, &MainWindow::updateRail);
    connect(&context.engine.ingestion(), &IngestionService::runFinished, this, &MainWindow::announceRun);
    connect(m_actions, &SourceActions::failed, this, [this](const QString &what, const Error &error) {
        if (!isListShown())
            m_toasts->show(Severity::Error, QString(what % u' ' % error.detail()));
    });

    connect(m_actions, &SourceActions::exportFinished, this, [this](const QString &fileName, bool written) {
        if (written)
            m_toasts->show(Severity::Success, tr("%1 is written").arg(fileName));
    });

    connect(m_actions, &SourceActions::columnChanged, this, [this](const QString &what) {
        m_toasts->show(Severity::Success, what, tr("Undo"), [this] { m_actions->undoStack()->undo(); });
    });

    if (!restoreGeometry(m_preferences.windowGeometry())) {
        const QRect space = screen()->availableGeometry();
        resize(firstSize.boundedTo(space.size()));
    }
    showPage(m_preferences.lastPage());
    updateRail();
}

MainWindow::~MainWindow()
{
    remember();
    // Pages refer to members of this class, which go before a QWidget deletes its children.
    m_rail = nullptr;
    m_sourcesArea = nullptr;
    m_sourcesPage = nullptr;
    delete takeCentralWidget();
    delete m_files;
    delete m_actions;
    delete m_sources;
}

void MainWindow::addPages()
{
    m_pages.push_back({QStringLiteral("sources"), QStringLiteral("rail-sources"), tr("Sources"),
                       [this] { return makeSourcesArea(); }, [this](QWidget *) { m_sourcesPage->focusSearch(); }});
    m_pages.push_back({QStringLiteral("records"), QStringLiteral("rail-records"), tr("Records"),
                       [this] { return new RecordsPage(m_context, m_stack); },
                       [](QWidget *page) { qobject_cast<RecordsPage *>(page)->focusSearch(); }});
    m_pages.push_back({QStringLiteral("activity"), QStringLiteral("rail-activity"), tr("Activity"),
                       [this] {
                           auto *page = new ActivityPage(m_context, m_stack);
                           connect(page, &ActivityPage::openSourceRequested, this, &MainWindow::showSource);
                           return page;
                       },
                       [](QWidget *page) { qobject_cast<ActivityPage *>(page)->focusSearch(); }});
    m_pages.push_back({QStringLiteral("api"),
                       QStringLiteral("rail-api"),
                       tr("API"),
                       [this] { return new ApiPage(m_context, m_stack); },
                       {}});
    m_pages.push_back({QStringLiteral("settings"),
                       QStringLiteral("rail-settings"),
                       tr("Settings"),
                       [this] { return new SettingsPage(m_context, m_stack); },
                       {}});
}

void MainWindow::buildFrame()
{
    const Theme &theme = m_context.theme;
    auto *central = new QWidget(this);
    auto *row = new QHBoxLayout(central);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    m_rail = new Rail(theme, central);
    for (int i = 0; i < static_cast<int>(m_pages.size()); ++i)
        m_rail->addEntry(i, m_pages[static_cast<std::size_t>(i)].icon, m_pages[static_cast<std::size_t>(i)].title);
    row->addWidget(m_rail);
    auto *frame = new QFrame(central);
    frame->setProperty("plane", QStringLiteral("page"));
    auto *inner = new QHBoxLayout(frame);
    inner->setContentsMargins(1, 1, 0, 0);
    m_stack = new QStackedWidget(frame);
    inner->addWidget(m_stack);
    row->addWidget(frame, 1);
    setCentralWidget(central);

    m_toasts = new ToastHost(theme, frame);
    auto *drop = new DropOverlay(theme, this, frame);
    connect(drop, &DropOverlay::dropped, this, [this](const QStringList &paths, QPoint position) {
        const SourceId source = isListShown() ? m_sourcesPage->sourceAt(position) : SourceId();
        showPage(QStringLiteral("sources"));
        m_sourcesArea->addFiles(paths, source);
    });
    new FocusRing(theme, central); // owned by its parent
    connect(m_rail, &Rail::chosen, this, &MainWindow::showPageAt);
    m_rail->setServer(m_context.serverUrl.authority(), m_context.serverProblem);
}

QWidget *MainWindow::makeSourcesArea()
{
    m_sourcesArea = new SourcesArea(m_context, *m_sources, *m_actions, *m_files, m_stack);
    m_sourcesPage = m_sourcesArea->page();
    connect(m_sourcesArea, &SourcesArea::reviewingChanged, this, [this] {
        showPage(QStringLiteral("sources"));
        updateSourceActions();
    });
    connect(m_sourcesPage, &SourcesPage::fileDialogWanted, this, &MainWindow::chooseFiles);
    connect(m_sourcesArea, &SourcesArea::fileDialogWanted, this, &MainWindow::chooseFiles);
    connect(m_sourcesPage, &SourcesPage::connectorWanted, m_sourcesArea, &SourcesArea::addSource);
    connect(m_sourcesPage, &SourcesPage::currentSourceChanged, this, &MainWindow::updateSourceActions);
    return m_sourcesArea;
}

bool MainWindow::isListShown() const
{
    return m_sourcesArea && m_stack->currentWidget() == m_sourcesArea && !m_sourcesArea->isReviewing();
}

void MainWindow::showPage(const QString &key)
{
    const auto found = std::ranges::find(m_pages, key, &PageEntry::key);
    if (found != m_pages.end())
        m_rail->setCurrent(static_cast<int>(found - m_pages.begin()));
}

void MainWindow::showPageAt(int index)
{
    PageEntry &page = m_pages[static_cast<std::size_t>(index)];
    if (!page.widget) {
        page.widget = page.make();
        m_stack->addWidget(page.widget);
    }
    m_stack->setCurrentWidget(page.widget);
    m_rail->setCurrent(index);
    updateSourceActions();
}

int MainWindow::currentPage() const
{
    const auto found = std::ranges::find(m_pages, m_stack->currentWidget(), &PageEntry::widget);
    return found == m_pages.end() ? 0 : static_cast<int>(found - m_pages.begin());
}

void MainWindow::showSource(SourceId id)
{
    showPage(QStringLiteral("sources"));
    m_sourcesPage->openSource(id);
}

void MainWindow::addFiles(const QStringList &paths)
{
    showPage(QStringLiteral("sources"));
    m_sourcesArea->addFiles(paths);
}

void MainWindow::chooseFiles()
{
    auto *dialog = new QFileDialog(this, tr("Choose files to add"), m_preferences.lastFolder());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters(
        {tr("Tables (*.csv *.tsv *.tab *.txt *.xlsx *.xlsm *.xlsb *.xls *.ods)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList &paths) {
        if (!paths.isEmpty())
            m_preferences.setLastFolder(QFileInfo(paths.first()).absolutePath());
        addFiles(paths);
    });
    dialog->open();
}

void MainWindow::updateRail()
{
    int needYou = 0;
    for (const SourceRow &row : m_sources->rows())
        needYou += statusFilterOf(row) == StatusFilter::NeedYou ? 1 : 0;
    const int running = m_context.engine.ingestion().runningCount();
    for (int i = 0; i < static_cast<int>(m_pages.size()); ++i) {
        const QString &key = m_pages[static_cast<std::size_t>(i)].key;
        if (key == QLatin1StringView("sources"))
            m_rail->setBadge(i, needYou, BadgeKind::NeedsYou);
        else if (key == QLatin1StringView("activity"))
            m_rail->setBadge(i, running, BadgeKind::Running);
    }
    m_rail->setRunning(running, m_sources->rowsPerSecond());
    updateSourceActions();
}

void MainWindow::updateSourceActions()
{
    if (!m_runAction)
        return;
    const bool here = isListShown();
    const SourceRow *row = here ? m_sources->find(m_sourcesPage->currentSource()) : nullptr;
    for (QAction *action : std::as_const(m_sourceActions))
        action->setEnabled(row);
    m_findAction->setEnabled(m_pages[static_cast<std::size_t>(currentPage())].focusSearch != nullptr);
    m_exportAction->setEnabled(row && row->source.generation > 0);
    m_readingAction->setEnabled(row && row->source.file);
    m_connectionAction->setEnabled(row && m_actions->hasConnection(row->source.id));
    m_newerFileAction->setEnabled(row && m_actions->canReplaceFile(row->source.id));
    const bool running = row && row->source.status == SourceStatus::Ingesting;
    m_runAction->setEnabled(row && !running);
    m_cancelAction->setEnabled(running);
    m_deleteAction->setEnabled(row && !running);
}

void MainWindow::announceRun(SourceId source, RunId run)
{
    m_context.async.run(
        this, [&engine = m_context.engine, run] { return engine.ingestion().run(TokenService::localUser(), run); },
        [this, source](const Result<IngestionRun> &ended) {
            if (!ended || ended->trigger != RunTrigger::Gui || ended->status == RunStatus::Cancelled ||
                m_sourcesArea->isFollowing(source))
                return;
            const auto open = [this, source] { showSource(source); };
            if (ended->status == RunStatus::Completed)
                m_toasts->show(Severity::Success,
                               tr("%1 took in %2 rows").arg(ended->sourceName, formatCount(ended->counts.ingested())),
                               tr("Show"), open);
            else
                m_toasts->show(Severity::Error, tr("%1 could not be read").arg(ended->sourceName), tr("Show"), open);
        });
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!m_quitting && m_context.engine.ingestion().runningCount() > 0) {
        event->ignore();
        askBeforeQuitting();
        return;
    }
    remember();
    event->accept();
}

void MainWindow::askBeforeQuitting()
{
    if (m_asking)
        return;
    m_asking = true;
    const int running = m_context.engine.ingestion().runningCount();
    const QString title = running == 1 ? tr("A run is still going on") : tr("%1 runs are still going on").arg(running);
    auto *box = new QMessageBox(QMessageBox::NoIcon, title, title, QMessageBox::Cancel, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(tr("What they have read so far is not stored; the rows held now stay as they are. "
                               "You can run them again later."));
    QPushButton *stop = box->addButton(tr("Stop runs and quit"), QMessageBox::DestructiveRole);
    setButtonRole(*stop, ButtonRole::Destroy);
    box->setDefaultButton(QMessageBox::Cancel);
    connect(box, &QObject::destroyed, this, [this] { m_asking = false; });
    connect(stop, &QPushButton::clicked, this, [this] {
        m_context.async.run(
            this, [&engine = m_context.engine] { engine.ingestion().shutDown(); },
            [this] {
                m_quitting = true;
                close();
            });
    });
    box->open();
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    if (m_rail)
        m_rail->setCollapsed(width() < m_context.theme.px(collapseBelow));
}

void MainWindow::remember()
{
    m_preferences.setWindowGeometry(saveGeometry());
    m_preferences.setLastPage(m_pages[static_cast<std::size_t>(currentPage())].key);
}

} // namespace idstore
