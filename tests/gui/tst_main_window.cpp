// SPDX-License-Identifier: GPL-3.0-or-later
// The window as a person uses it, over a real engine: files dropped, runs watched and cancelled, sources deleted.
#include "tests/gui/gui_fixture.h"
#include "ui/itemmodels/sources_filter.h"
#include "ui/itemmodels/sources_model.h"
#include "ui/pages/sources/sample_data.h"
#include "ui/pages/sources/source_panel.h"
#include "ui/pages/sources/sources_page.h"
#include "ui/pages/sources/welcome_page.h"
#include "ui/shell/rail.h"
#include "ui/text/format.h"
#include "ui/widgets/banner.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTabBar>

#include <algorithm>

using namespace idstore;
using namespace idstore::test;

namespace {

constexpr int patience = 30'000; // milliseconds; reached only when something is broken

QByteArray people(int rows, int broken = 0)
{
    QByteArray csv("id,name,city\r\n");
    for (int i = 1; i <= rows; ++i)
        csv += QByteArray::number(i) + (i <= broken ? ",a,b,one too many\r\n" : ",Ada,Wien\r\n");
    return csv;
}

Banner *shownBanner(QWidget &window, const QString &part)
{
    for (Banner *banner : window.findChildren<Banner *>()) {
        if (banner->isVisible() && banner->accessibleName().contains(part))
            return banner;
    }
    return nullptr;
}

// Presses a button of the question that is open.
bool answer(QWidget &window, QMessageBox::ButtonRole role)
{
    auto *box = window.findChild<QMessageBox *>();
    if (!box)
        return false;
    for (QAbstractButton *button : box->buttons()) {
        if (box->buttonRole(button) == role) {
            button->click();
            return true;
        }
    }
    return false;
}

QAction *actionNamed(QWidget &window, const QString &text)
{
    for (QAction *action : window.findChildren<QAction *>()) {
        if (action->text() == text)
            return action;
    }
    return nullptr;
}

} // namespace

class TestMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void emptyStore_opened_offersTheFirstChoices();
    void sample_chosen_isReadAndRemovedAgain();
    void drop_csv_becomesASourceWithItsRows();
    void drop_severalFiles_becomeSeveralSources();
    void drop_withRejectedRows_saysHowMany();
    void run_blocked_showsProgressAndIsCancelled();
    void delete_confirmed_removesTheSource();
    void delete_declined_keepsTheSource();
    void search_noMatch_saysSoAndClears();
    void panel_enterAndEscape_opensAndCloses();
    void panel_sourceOfAFailedRun_saysWhy();
    void panel_everyTab_showsTheSource();
    void panel_expanded_takesThePageAndGivesItBack();
    void paneKeys_pressed_goAround();
    void serverProblem_given_isExplained();
    void theme_chosen_recoloursTheWindow();
    void narrowWindow_panel_liesOverTheTable();
    void close_whileRunning_asksFirst();
    void reopened_remembersThePage();
    void model_underChanges_keepsItsPromises();
};

void TestMainWindow::emptyStore_opened_offersTheFirstChoices()
{
    const BuiltInConnectors connectors;
    WindowFixture fixture(connectors);
    auto *welcome = fixture.window().findChild<WelcomePage *>();
    QTRY_VERIFY(welcome->isVisible());
    QVERIFY(!fixture.table().isVisible());
    const bool anyReadable = std::ranges::any_of(
        connectors.all(), [](const Connector *connector) { return connector->descriptor().readable; });
    bool offersApps = false;
    for (const QPushButton *button : welcome->findChildren<QPushButton *>())
        offersApps = offersApps || button->text().contains(QStringLiteral("connectors"));
    QCOMPARE(offersApps, anyReadable);
}

void TestMainWindow::sample_chosen_isReadAndRemovedAgain()
{
    const BuiltInConnectors connectors;
    WindowFixture fixture(connectors);
    auto *welcome = fixture.window().findChild<WelcomePage *>();
    QTRY_VERIFY(welcome->isVisible());
    QPushButton *link = nullptr;
    for (QPushButton *button : welcome->findChildren<QPushButton *>()) {
        if (button->text() == QStringLiteral("Open sample data"))
            link = button;
    }
    QVERIFY(link);
    link->click();
    const auto rows = [&fixture] {
        qint64 sum = 0;
        const auto list = fixture.engine().sources().list(EngineFixture::user());
        for (const Source &source : *list)
            sum += isSample(source) && source.status == SourceStatus::Ready ? source.rowCount : 0;
        return sum;
    };
    QTRY_COMPARE_WITH_TIMEOUT(rows(), 2000, patience);
    QTRY_COMPARE(fixture.table().model()->rowCount(), 3);

    Banner *banner = nullptr;
    QTRY_VERIFY((banner = shownBanner(fixture.window(), QStringLiteral("sample data"))));
    Q_EMIT banner->actionTriggered();
    QVERIFY(answer(fixture.window(), QMessageBox::DestructiveRole));
    QTRY_VERIFY_WITH_TIMEOUT(welcome->isVisible(), patience);
}

void TestMainWindow::drop_csv_becomesASourceWithItsRows()
{
    const BuiltInConnectors connectors;
    WindowFixture fixture(connectors);
    const QString path = fixture.writeFile(QStringLiteral("leads.csv"), people(1200));
    QVERIFY(fixture.dropAndAccept({path}));
    QTRY_COMPARE_WITH_TIMEOUT(fixture.spoken(0, SourcesModel::StatusColumn), QStringLiteral("Ready"), patience);
    QVERIFY(fixture.spoken(0, SourcesModel::NameColumn).startsWith(QStringLiteral("leads")));
    QTRY_VERIFY(fixture.spoken(0, SourcesModel::RowsColumn).contains(formatCount(1200)));
    QCOMPARE(fixture.table().currentSource(), SourceId(1));
}

void TestMainWindow::drop_severalFiles_becomeSeveralSources()
{
    const BuiltInConnectors connectors;
    WindowFixture fixture(connectors);
    QVERIFY(fixture.dropAndAccept({fixture.writeFile(QStringLiteral("a.csv"), people(3)),
                                   fixture.writeFile(QStringLiteral("b.csv"), people(4))}));
    QTRY_COMPARE_WITH_TIMEOUT(fixture.table().model()->rowCount(), 2, patience);
    for (int row = 0; row < 2; ++row)
        QTRY_COMPARE_WITH_TIMEOUT(fixture.spoken(row, SourcesModel::StatusColumn), QStringLiteral("Ready"), patience);
}

void TestMainWindow::drop_withRejectedRows_saysHowMany()
{
    const BuiltInConnectors connectors;
    WindowFixture fixture(connectors);
    QVERIFY(fixture.dropAndAccept({fixture.writeFile(QStringLiteral("fair.csv"), people(50, 3))}));
    QTRY_VERIFY_WITH_TIMEOUT(fixture.spoken(0, SourcesModel::RowsColumn).contains(QStringLiteral("3 rejected")),
                             patience);
    QVERIFY(fixture.spoken(0, SourcesModel::RowsColumn).startsWith(QStringLiteral("47 rows")));
}

void TestMainWindow::run_blocked_showsProgressAndIsCancelled()
{
    MemoryCatalog connectors;
    QSemaphore gate;
    connectors.file.behaviour.rows = 10'000;
    connectors.file.behaviour.beforeBatch = [&gate](qint64 row) {
        if (row >= 500)
            gate.tryAcquire(1, patience);
    };
    WindowFixture fixture(connectors);
    const auto source = fixture.store().addFile(QStringLiteral("Slow"));
    IDS_VERIFY_OK(source);
    QTRY_COMPARE(fixture.table().model()->rowCount(), 1);
    fixture.table().setCurrentIndex(fixture.table().model()->index(0, 0));
    QTest::keyClick(&fixture.table(), Qt::Key_F5);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.spoken(0, SourcesModel::StatusColumn) == QStringLiteral("Ingesting"), patience);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.spoken(0, SourcesModel::RowsColumn).startsWith(QStringLiteral("500 rows")),
                             patience);
    QVERIFY(!actionNamed(fixture.window(), QStringLiteral("Delete…"))->isEnabled());

    actionNamed(fixture.window(), QStringLiteral("Cancel run"))->trigger();
    gate.release(1000);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.spoken(0, SourcesModel::StatusColumn).startsWith(QStringLiteral("Pending")),
                             patience);
    const auto runs = fixture.engine().ingestion().history(EngineFixture::user(), source->id, 1);
    IDS_VERIFY_OK(runs);
    QVERIFY(runs->first().status == RunStatus::Cancelled);
}

void TestMainWindow::delete_confirmed_removesTheSource()
{
    const BuiltInConnectors connectors;
    WindowFixture fixture(connectors);
    IDS_VERIFY_OK(fixture.store().addFile(QStringLiteral("Leads")));
    QTRY_COMPARE(fixture.table().model()->rowCount(), 1);
    fixture.table().setCurrentIndex(fixture.table().model()->index(0, 0));
    actionNamed(fixture.window(), QStringLiteral("Delete…"))->trigger();
    QVERIFY(answer(fixture.window(), QMessageBox::DestructiveRole));
    QTRY_COMPARE_WITH_TIMEOUT(fixture.table().model()->rowCount(), 0, patience);
    QVERIFY(fixture.engine().sources().list(EngineFixture::user())->isEmpty());
}

void TestMainWindow::delete_declined_keepsTheSource()
{
    const BuiltInConnectors connectors;
    WindowFixture fixture(connectors);
    IDS_VERIFY_OK(fixture.store().addFile(QStringLiteral("Leads")));
    QTRY_COMPARE(fixture.table().model()->rowCount(), 1);
    fixture.table().setCurrentIndex(fixture.table().model()->index(0, 0));
    actionNamed(fixture.window(), QStringLiteral("Delete…"))->trigger();
    QVERIFY(answer(fixture.window(), QMessageBox::RejectRole));
    QTRY_VERIFY(!fixture.window().findChild<QMessageBox *>());
    QCOMPARE(fixture.engine().sources().list(EngineFixture::user())->size(), 1);
}

void TestMainWindow::search_noMatch_saysSoAndClears()
{
    const BuiltInConnectors connectors;
    WindowFixture fixture(connectors);
    IDS_VERIFY_OK(fixture.store().addFile(QStringLiteral("Leads")));
    QTRY_COMPARE(fixture.table().model()->rowCount(), 1);
    auto *search = fixture.window().findChild<SourcesPage *>()->findChild<QLineEdit *>();
    QTest::keyClicks(search, QStringLiteral("xyz"));
    QCOMPARE(fixture.table().model()->rowCount(), 0);
    QVERIFY(!fixture.table().isVisible());
    QTest::keyClick(search, Qt::Key_Escape);
    QCOMPARE(fixture.table().model()->rowCount(), 1);
    QVERIFY(fixture.table().isVisible());
}

void TestMainWindow::panel_enterAndEscape_opensAndCloses()
{
    const BuiltInConnectors connectors;
    WindowFixture fixture(connectors);
    IDS_VERIFY_OK(fixture.store().addFile(QStringLiteral("Leads")));
    QTRY_COMPARE(fixture.table().model()->rowCount(), 1);
    auto *panel = fixture.window().findChild<SourcePanel *>();
    QVERIFY(!panel->isVisible());
    fixture.table().setCurrentIndex(fixture.table().model()->index(0, 0));
    QTest::keyClick(&fixture.table(), Qt::Key_Return);
    QVERIFY(panel->isVisible());
    QTest::keyClick(&fixture.table(), Qt::Key_Escape);
    QVERIFY(!panel->isVisible());
}

void TestMainWindow::panel_sourceOfAFailedRun_saysWhy()
{
    MemoryCatalog connectors;
    connectors.file.behaviour.failAfter = 5;
    WindowFixture fixture(connectors);
    const auto source = fixture.store().addFile(QStringLiteral("Broken"));
    IDS_VERIFY_OK(source);
    IDS_VERIFY_OK(fixture.store().ingest(source->id));
    const auto failed = fixture.engine().sources().get(EngineFixture::user(), source->id);
    QVERIFY(failed->error);
    QTRY_VERIFY(fixture.spoken(0, SourcesModel::StatusColumn).startsWith(QStringLiteral("Error")));
    QVERIFY(fixture.spoken(0, SourcesModel::StatusColumn).contains(failed->error->message));
    fixture.window().showSource(source->id);
    FixCard *card = nullptr;
    for (FixCard *candidate : fixture.window().findChildren<FixCard *>()) {
        if (candidate->isVisible())
            card = candidate;
    }
    QVERIFY(card);
    QVERIFY(card->accessibleName().contains(failed->error->message));
}

void TestMainWindow::panel_everyTab_showsTheSource()
{
    const BuiltInConnectors connectors;
    WindowFixture fixture(connectors);
    QVERIFY(fixture.dropAndAccept({fixture.writeFile(QStringLiteral("leads.csv"), people(20, 2))}));
    QTRY_COMPARE_WITH_TIMEOUT(fixture.spoken(0, SourcesModel::StatusColumn), QStringLiteral("Ready"), patience);
    fixture.window().showSource(SourceId(1));
    auto *tabs = fixture.window().findChild<SourcePanel *>()->findChild<QTabBar *>();
    QCOMPARE(tabs->count(), 4);
    for (int tab = 0; tab < tabs->count(); ++tab) {
        tabs->setCurrentIndex(tab);
        QTest::qWait(50);
    }
    QTRY_VERIFY(tabs->tabText(SourcePanel::RejectedTab).contains(QLatin1Char('2')));
}

void TestMainWindow::panel_expanded_takesThePageAndGivesItBack()
{
    const BuiltInConnectors connectors;
    WindowFixture fixture(connectors);
    IDS_VERIFY_OK(fixture.store().addFile(QStringLiteral("Leads")));
    QTRY_COMPARE(fixture.table().model()->rowCount(), 1);
    fixture.window().showSource(SourceId(1));
    auto *panel = fixture.window().findChild<SourcePanel *>();
    Q_EMIT panel->expandWanted(true);
    QVERIFY(panel->isExpanded());
    QVERIFY(!fixture.table().isVisible());
    QTest::keyClick(panel, Qt::Key_Escape);
    QVERIFY(!panel->isExpanded());
    QVERIFY(panel->isVisible());
    QVERIFY(fixture.table().isVisible());
}

void TestMainWindow::paneKeys_pressed_goAround()
{
    const BuiltInConnectors connectors;
    WindowFixture fixture(connectors);
    IDS_VERIFY_OK(fixture.store().addFile(QStringLiteral("Leads")));
    QTRY_COMPARE(fixture.table().model()->rowCount(), 1);
    fixture.window().showSource(SourceId(1));
    auto *panel = fixture.window().findChild<SourcePanel *>();
    auto *rail = fixture.window().findChild<Rail *>();
    fixture.table().setFocus();
    QAction *next = actionNamed(fixture.window(), QStringLiteral("Next pane"));
    next->trigger();
    QVERIFY(panel->isAncestorOf(fixture.window().focusWidget()));
    next->trigger();
    QVERIFY(rail->isAncestorOf(fixture.window().focusWidget()));
    next->trigger();
    QCOMPARE(fixture.window().focusWidget(), &fixture.table());
    actionNamed(fixture.window(), QStringLiteral("Previous pane"))->trigger();
    QVERIFY(rail->isAncestorOf(fixture.window().focusWidget()));
}

void TestMainWindow::serverProblem_given_isExplained()
{
    const BuiltInConnectors connectors;
    EngineFixture store(connectors);
    const QString problem = QStringLiteral("Port 8765 is in use by another program; this one answers on port 8766.");
    MainWindow window(UiContext{store.engine(), QUrl(QStringLiteral("http://127.0.0.1:8766")), problem, QString()});
    window.show();
    QVERIFY(shownBanner(window, problem));
}

void TestMainWindow::theme_chosen_recoloursTheWindow()
{
    const BuiltInConnectors connectors;
    WindowFixture fixture(connectors);
    QVERIFY(fixture.window().palette().color(QPalette::Window).lightness() > 128);
    actionNamed(fixture.window(), QStringLiteral("Dark"))->trigger();
    QVERIFY(fixture.window().palette().color(QPalette::Window).lightness() < 128);
    QCOMPARE(Preferences().themeChoice(), ThemeChoice::Dark);
    actionNamed(fixture.window(), QStringLiteral("Light"))->trigger();
    QVERIFY(fixture.window().palette().color(QPalette::Window).lightness() > 128);
}

void TestMainWindow::narrowWindow_panel_liesOverTheTable()
{
    const BuiltInConnectors connectors;
    WindowFixture fixture(connectors);
    IDS_VERIFY_OK(fixture.store().addFile(QStringLiteral("Leads")));
    QTRY_COMPARE(fixture.table().model()->rowCount(), 1);
    fixture.window().resize(800, 600);
    QTRY_VERIFY(fixture.table().width() > 700); // the rail has made room
    const int width = fixture.table().width();
    fixture.window().showSource(SourceId(1));
    auto *panel = fixture.window().findChild<SourcePanel *>();
    QVERIFY(panel->isVisible());
    QCOMPARE(fixture.table().width(), width);
    fixture.window().resize(1400, 800);
    QTRY_VERIFY(fixture.table().mapTo(&fixture.window(), QPoint(fixture.table().width(), 0)).x() <=
                panel->mapTo(&fixture.window(), QPoint(0, 0)).x());
}

void TestMainWindow::close_whileRunning_asksFirst()
{
    MemoryCatalog connectors;
    QSemaphore gate;
    connectors.file.behaviour.beforeBatch = [&gate](qint64) { gate.tryAcquire(1, patience); };
    WindowFixture fixture(connectors);
    const auto source = fixture.store().addFile(QStringLiteral("Slow"));
    IDS_VERIFY_OK(source);
    IDS_VERIFY_OK(
        fixture.engine().ingestion().start(EngineFixture::user(), source->id, RunMode::Full, RunTrigger::Gui));
    fixture.window().close();
    QVERIFY(fixture.window().isVisible());
    QVERIFY(answer(fixture.window(), QMessageBox::RejectRole));
    QTRY_VERIFY(!fixture.window().findChild<QMessageBox *>());
    QVERIFY(fixture.window().isVisible());

    fixture.window().close();
    QVERIFY(answer(fixture.window(), QMessageBox::DestructiveRole));
    gate.release(1000);
    QTRY_VERIFY_WITH_TIMEOUT(!fixture.window().isVisible(), patience);
    QCOMPARE(fixture.engine().ingestion().runningCount(), 0);
}

void TestMainWindow::reopened_remembersThePage()
{
    const BuiltInConnectors connectors;
    WindowFixture fixture(connectors);
    fixture.window().showPage(QStringLiteral("activity"));
    fixture.close();
    QCOMPARE(Preferences().lastPage(), QStringLiteral("activity"));
    fixture.open();
    QVERIFY(!fixture.table().isVisible());
}

void TestMainWindow::model_underChanges_keepsItsPromises()
{
    const BuiltInConnectors connectors;
    EngineFixture fixture(connectors);
    AsyncRunner async;
    SourcesModel model(fixture.engine(), async);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    SourcesFilter filter;
    filter.setSourceModel(&model);
    filter.sort(SourcesModel::StatusColumn);
    const QAbstractItemModelTester filterTester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QTRY_VERIFY(model.isLoaded());
    const auto one = fixture.addFile(QStringLiteral("One"));
    const auto two = fixture.addFile(QStringLiteral("Two"));
    IDS_VERIFY_OK(one);
    IDS_VERIFY_OK(two);
    QTRY_COMPARE(model.rowCount(), 2);
    IDS_VERIFY_OK(fixture.ingest(two->id));
    QTRY_VERIFY(model.find(two->id)->source.status == SourceStatus::Ready);
    IDS_VERIFY_OK(fixture.engine().sources().remove(EngineFixture::user(), one->id));
    QTRY_COMPARE(model.rowCount(), 1);
    QVERIFY(!model.find(one->id));
    QCOMPARE(filter.rowCount(), 1);
    filter.setStatus(StatusFilter::NeedYou);
    QCOMPARE(filter.rowCount(), 0);
    filter.setStatus(StatusFilter::Ready);
    QCOMPARE(filter.rowCount(), 1);
    filter.setText(QStringLiteral("tWO"));
    QCOMPARE(filter.rowCount(), 1);
    filter.setText(QStringLiteral("three"));
    QCOMPARE(filter.rowCount(), 0);
}

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
