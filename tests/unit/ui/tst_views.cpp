// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/engine_fixture.h"
#include "tests/support/memory_connector.h"
#include "ui/async/async_runner.h"
#include "ui/page_context.h"
#include "ui/pages/activity/activity_page.h"
#include "ui/pages/api/api_page.h"
#include "ui/pages/api/new_token_dialog.h"
#include "ui/pages/history/history_view.h"
#include "ui/pages/records/filter_bar.h"
#include "ui/pages/records/filter_editor.h"
#include "ui/pages/records/record_header.h"
#include "ui/pages/records/records_page.h"
#include "ui/pages/records/records_view.h"
#include "ui/pages/rejects/rejections_view.h"
#include "ui/pages/settings/settings_page.h"
#include "ui/preferences.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSemaphore>
#include <QTableView>

#include <memory>

using namespace idstore;

namespace {

/// Everything a page needs, over a real engine.
struct Program
{
    Program()
        : themes(ThemeChoice::Light)
        , context{fixture.engine(),
                  themes.theme(),
                  themes,
                  async,
                  preferences,
                  QUrl(QStringLiteral("http://127.0.0.1:8765")),
                  {},
                  QStringLiteral("/data/token")}
    {}

    SourceId addFile(const QString &name)
    {
        const auto added = fixture.addFile(name);
        return added ? added->id : SourceId();
    }

    test::MemoryCatalog catalog;
    test::EngineFixture fixture{catalog};
    ThemeController themes;
    Preferences preferences;
    AsyncRunner async;
    PageContext context;
};

bool says(const QWidget &widget, QStringView text)
{
    const QList<QLabel *> labels = widget.findChildren<QLabel *>();
    return std::any_of(labels.begin(), labels.end(),
                       [text](const QLabel *label) { return label->isVisible() && label->text().contains(text); });
}

QPushButton *button(const QWidget &widget, QStringView accessibleName)
{
    const QList<QPushButton *> buttons = widget.findChildren<QPushButton *>();
    const auto found = std::find_if(buttons.begin(), buttons.end(), [accessibleName](const QPushButton *candidate) {
        const QString name = candidate->accessibleName().isEmpty() ? candidate->text() : candidate->accessibleName();
        return name == accessibleName;
    });
    return found == buttons.end() ? nullptr : *found;
}

} // namespace

class TestViews : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void records_newRun_keepsThePlaceInTheList();
    void records_search_showsTheMatchesAndTheirCount();
    void records_headerClicked_sortsThenTurnsThenGoesBack();
    void records_filter_isAChipThatCanBeRemoved();
    void records_copy_isTabSeparatedText();
    void records_sourceWithoutRun_saysWhatToDo();
    void history_failedRun_showsItsReasonAndLog();
    void rejections_none_saysHowManyWereReadAndStored();
    void rejections_some_addUp();
    void activity_runningRun_canBeCancelled();
    void api_newToken_isShownOnceAndHiddenOnLeaving();
    void api_nameMissing_isSaidInTheDialog();
    void api_revoke_asksFirst();
    void settings_appearance_isAppliedAndKept();
    void everyPage_namesAllItsControls();
};

void TestViews::records_newRun_keepsThePlaceInTheList()
{
    Program program;
    program.catalog.file.behaviour.rows = 5000;
    const SourceId id = program.addFile(QStringLiteral("people"));
    IDS_VERIFY_OK(program.fixture.ingest(id));
    RecordsView view(program.context);
    view.resize(800, 500);
    view.show();
    view.showSource(id);
    auto *table = view.findChild<QTableView *>();
    QTRY_COMPARE(table->model()->rowCount(), 5000);
    table->setCurrentIndex(table->model()->index(3000, 1));
    QTRY_COMPARE(table->model()->index(3000, 1).data().toString(), QStringLiteral("Name 3001"));
    const int place = table->indexAt(QPoint(5, 5)).row();
    QVERIFY(place > 2900);

    program.catalog.file.behaviour.rows = 4000;
    IDS_VERIFY_OK(program.fixture.ingest(id));
    QTRY_COMPARE(table->model()->rowCount(), 4000);
    QCOMPARE(table->indexAt(QPoint(5, 5)).row(), place);
    QCOMPARE(table->currentIndex().row(), 3000);
    QTRY_VERIFY(says(view, u"4,000 rows"));
}

void TestViews::records_search_showsTheMatchesAndTheirCount()
{
    Program program;
    program.catalog.file.behaviour.rows = 2000;
    const SourceId id = program.addFile(QStringLiteral("people"));
    IDS_VERIFY_OK(program.fixture.ingest(id));
    RecordsView view(program.context);
    view.resize(800, 500);
    view.show();
    view.showSource(id);
    auto *table = view.findChild<QTableView *>();
    QTRY_COMPARE(table->model()->rowCount(), 2000);
    view.focusSearch();
    auto *search = view.findChild<QLineEdit *>();
    QTest::keyClicks(search, QStringLiteral("name 199"));
    QTest::keyClick(search, Qt::Key_Return);
    QTRY_COMPARE(table->model()->rowCount(), 11);
    QTRY_VERIFY(says(view, u"11 contain"));
    search->clear();
    QTRY_COMPARE(table->model()->rowCount(), 2000);
}

void TestViews::records_headerClicked_sortsThenTurnsThenGoesBack()
{
    Program program;
    program.catalog.file.behaviour.rows = 300;
    const SourceId id = program.addFile(QStringLiteral("people"));
    IDS_VERIFY_OK(program.fixture.ingest(id));
    RecordsView view(program.context);
    view.resize(800, 500);
    view.show();
    view.showSource(id);
    auto *table = view.findChild<QTableView *>();
    QTRY_COMPARE(table->model()->rowCount(), 300);
    auto *header = view.findChild<RecordHeader *>();
    const auto first = [table] { return table->model()->index(0, 0).data().toString(); };
    const auto click = [header] {
        const QPoint name(header->sectionViewportPosition(0) + 12, 10);
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, name);
    };
    QTRY_COMPARE(first(), QStringLiteral("1"));
    click();
    QCOMPARE(header->sortIndicatorSection(), 0);
    click();
    QTRY_COMPARE(first(), QStringLiteral("300")); // by number: as text 99 would be the last
    QVERIFY(header->sortIndicatorOrder() == Qt::DescendingOrder);
    QVERIFY(table->selectionModel()->selectedIndexes().isEmpty());
    click();
    QTRY_COMPARE(first(), QStringLiteral("1"));
    QCOMPARE(header->sortIndicatorSection(), -1);
}

void TestViews::records_filter_isAChipThatCanBeRemoved()
{
    Program program;
    program.catalog.file.behaviour.rows = 300;
    const SourceId id = program.addFile(QStringLiteral("people"));
    IDS_VERIFY_OK(program.fixture.ingest(id));
    RecordsView view(program.context);
    view.resize(800, 500);
    view.show();
    view.showSource(id);
    auto *table = view.findChild<QTableView *>();
    QTRY_COMPARE(table->model()->rowCount(), 300);
    auto *header = view.findChild<RecordHeader *>();
    Q_EMIT header->menuWanted(0);
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu);
    const QList<QAction *> actions = menu->actions();
    menu->close();
    for (QAction *action : actions) {
        if (action->text() == QStringLiteral("Filter…"))
            action->trigger();
    }
    auto *editor = view.findChild<FilterEditor *>();
    QVERIFY(editor);
    auto *condition = editor->findChild<QComboBox *>();
    condition->setCurrentIndex(condition->findText(QStringLiteral("is more than")));
    auto *value = editor->findChild<QLineEdit *>();
    value->setText(QStringLiteral("many"));
    QTest::keyClick(editor, Qt::Key_Return);
    QVERIFY(says(*editor, u"cannot be read"));
    value->setText(QStringLiteral("290"));
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(table->model()->rowCount(), 10);
    QTRY_VERIFY(says(view, u"10 match"));

    auto *bar = view.findChild<FilterBar *>();
    QVERIFY(bar->isVisible());
    auto *chip = bar->findChild<QAbstractButton *>();
    QVERIFY(chip);
    QVERIFY(chip->accessibleName().contains(QLatin1StringView("is more than 290")));
    QTest::keyClick(chip, Qt::Key_Delete);
    QTRY_COMPARE(table->model()->rowCount(), 300);
    QVERIFY(!bar->isVisible());
}

void TestViews::records_copy_isTabSeparatedText()
{
    Program program;
    const SourceId id = program.addFile(QStringLiteral("people"));
    IDS_VERIFY_OK(program.fixture.ingest(id));
    RecordsView view(program.context);
    view.show();
    view.showSource(id);
    auto *table = view.findChild<QTableView *>();
    QTRY_COMPARE(table->model()->rowCount(), 10);
    table->selectionModel()->select(QItemSelection(table->model()->index(1, 0), table->model()->index(2, 2)),
                                    QItemSelectionModel::ClearAndSelect);
    QGuiApplication::clipboard()->clear();
    view.copyWithNames();
    QTRY_COMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("id\tname\tnote\n2\tName 2\t\n3\tName 3\t"));
}

void TestViews::records_sourceWithoutRun_saysWhatToDo()
{
    Program program;
    const SourceId id = program.addFile(QStringLiteral("people"));
    RecordsView view(program.context);
    view.show();
    view.showSource(id);
    QTRY_VERIFY(says(view, u"No rows yet. Run the source to read them."));
    QVERIFY(!button(view, u"Export")->isEnabled());
}

void TestViews::history_failedRun_showsItsReasonAndLog()
{
    Program program;
    const SourceId id = program.addFile(QStringLiteral("people"));
    IDS_VERIFY_OK(program.fixture.ingest(id));
    program.catalog.file.behaviour.failAfter = 5;
    IDS_VERIFY_OK(program.fixture.ingest(id));
    HistoryView view(program.context);
    view.resize(900, 700);
    view.show();
    view.showSource(id);
    auto *table = view.findChild<QTableView *>();
    QTRY_COMPARE(table->model()->rowCount(), 2);
    QTRY_VERIFY(says(view, u"The source broke."));
    auto *log = view.findChild<QPlainTextEdit *>();
    QTRY_VERIFY(log->toPlainText().contains(QLatin1StringView("Run started.")));
    table->setCurrentIndex(table->model()->index(1, 1));
    QTRY_VERIFY(says(view, u"10 read = 10 new"));
    QVERIFY(!says(view, u"The source broke."));
}

void TestViews::rejections_none_saysHowManyWereReadAndStored()
{
    Program program;
    program.catalog.file.behaviour.rows = 3482;
    const SourceId id = program.addFile(QStringLiteral("people"));
    IDS_VERIFY_OK(program.fixture.ingest(id));
    RejectionsView view(program.context);
    view.show();
    view.showSource(id);
    QTRY_VERIFY(says(view, u"Nothing set aside. 3,482 lines read, 3,482 stored."));
}

void TestViews::rejections_some_addUp()
{
    Program program;
    program.catalog.file.behaviour.rows = 100;
    program.catalog.file.behaviour.rejectEvery = 10;
    const SourceId id = program.addFile(QStringLiteral("people"));
    IDS_VERIFY_OK(program.fixture.ingest(id));
    RejectionsView view(program.context);
    view.show();
    view.showSource(id);
    auto *table = view.findChild<QTableView *>();
    QTRY_COMPARE(table->model()->rowCount(), 10);
    QVERIFY(says(view, u"100 lines = 90 stored + 10 set aside"));
    QVERIFY(says(view, u"Line 10"));
    table->selectAll();
    QGuiApplication::clipboard()->clear();
    view.copy();
    QCOMPARE(QGuiApplication::clipboard()->text().count(QLatin1StringView("raw")), 10);
}

void TestViews::activity_runningRun_canBeCancelled()
{
    Program program;
    QSemaphore never;
    program.catalog.file.behaviour.rows = 1'000'000;
    program.catalog.file.behaviour.beforeBatch = [&never](qint64) { never.tryAcquire(1, 5); };
    const SourceId id = program.addFile(QStringLiteral("people"));
    ActivityPage page(program.context);
    page.resize(1100, 700);
    page.show();
    QTRY_VERIFY(says(page, u"Nothing has run yet."));
    IDS_VERIFY_OK(
        program.fixture.engine().ingestion().start(program.fixture.user(), id, RunMode::Full, RunTrigger::Gui));
    QTRY_VERIFY(button(page, u"Cancel the run of people"));
    button(page, u"Cancel the run of people")->click();
    auto *table = page.findChild<QTableView *>();
    QTRY_COMPARE(table->model()->index(0, 2).data().toString(), QStringLiteral("Cancelled"));
    QTRY_VERIFY(!button(page, u"Cancel the run of people"));
}

void TestViews::api_newToken_isShownOnceAndHiddenOnLeaving()
{
    Program program;
    ApiPage page(program.context);
    page.resize(1100, 700);
    page.show();
    button(page, u"New token…")->click();
    auto *dialog = page.findChild<NewTokenDialog *>();
    QVERIFY(dialog);
    dialog->findChild<QLineEdit *>()->setText(QStringLiteral("Board pack"));
    button(*dialog, u"Create token")->click();
    QTRY_VERIFY(says(page, u"“Board pack” was created."));
    button(page, u"Copy value")->click();
    const QByteArray value = QGuiApplication::clipboard()->text().toUtf8();
    const auto principal = program.fixture.engine().tokens().authenticate(value);
    IDS_VERIFY_OK(principal);
    QVERIFY(principal->scope == TokenScope::Read);
    QTRY_COMPARE(page.findChild<QTableView *>()->model()->rowCount(), 1);

    page.hide();
    const QList<QLineEdit *> fields = page.findChildren<QLineEdit *>();
    for (const QLineEdit *field : fields)
        QVERIFY(field->text().toUtf8() != value);
    page.show();
    QVERIFY(!says(page, u"was created"));
}

void TestViews::api_nameMissing_isSaidInTheDialog()
{
    Program program;
    ApiPage page(program.context);
    page.show();
    button(page, u"New token…")->click();
    auto *dialog = page.findChild<NewTokenDialog *>();
    button(*dialog, u"Create token")->click();
    QTRY_VERIFY(says(*dialog, u"Give the token a name"));
    QVERIFY(dialog->isVisible());
    const auto tokens = program.fixture.engine().tokens().list(program.fixture.user());
    IDS_VERIFY_OK(tokens);
    QVERIFY(tokens->isEmpty());
}

void TestViews::api_revoke_asksFirst()
{
    Program program;
    const auto issued =
        program.fixture.engine().tokens().create(program.fixture.user(), QStringLiteral("Old"), TokenScope::Write);
    IDS_VERIFY_OK(issued);
    ApiPage page(program.context);
    page.show();
    QTRY_VERIFY(button(page, u"Revoke Old"));
    button(page, u"Revoke Old")->click();
    auto *box = page.findChild<QMessageBox *>();
    QVERIFY(box);
    QVERIFY(box->informativeText().contains(QLatin1StringView("never been used")));
    IDS_VERIFY_OK(program.fixture.engine().tokens().authenticate(issued->value.reveal()));
    button(*box, u"Revoke")->click();
    QTRY_COMPARE(page.findChild<QTableView *>()->model()->rowCount(), 0);
    IDS_VERIFY_ERROR(program.fixture.engine().tokens().authenticate(issued->value.reveal()), ErrorKind::Unauthenticated,
                     "unknown_token");
}

void TestViews::settings_appearance_isAppliedAndKept()
{
    Program program;
    SettingsPage page(program.context);
    page.show();
    const QList<QRadioButton *> choices = page.findChildren<QRadioButton *>();
    const auto dark = std::find_if(choices.begin(), choices.end(), [](const QRadioButton *choice) {
        return choice->text() == QLatin1StringView("&Dark");
    });
    QVERIFY(dark != choices.end());
    (*dark)->click();
    QVERIFY(program.themes.choice() == ThemeChoice::Dark);
    QVERIFY(program.themes.theme().variant() == ThemeVariant::Dark);
    QVERIFY(program.preferences.themeChoice() == ThemeChoice::Dark);
    QTRY_VERIFY(says(page, u" used")); // with what is free where the system tells
}

void TestViews::everyPage_namesAllItsControls()
{
    Program program;
    program.catalog.file.behaviour.rejectEvery = 5;
    const SourceId id = program.addFile(QStringLiteral("people"));
    IDS_VERIFY_OK(program.fixture.ingest(id));
    IDS_VERIFY_OK(
        program.fixture.engine().tokens().create(program.fixture.user(), QStringLiteral("t"), TokenScope::Read));
    auto *history = new HistoryView(program.context);
    history->showSource(id);
    auto *rejections = new RejectionsView(program.context);
    rejections->showSource(id);
    std::vector<std::unique_ptr<QWidget>> pages;
    pages.emplace_back(new RecordsPage(program.context));
    pages.emplace_back(history);
    pages.emplace_back(rejections);
    pages.emplace_back(new ActivityPage(program.context));
    pages.emplace_back(new ApiPage(program.context));
    pages.emplace_back(new SettingsPage(program.context));
    pages.emplace_back(new NewTokenDialog(program.themes.theme()));
    for (const auto &page : pages) {
        page->resize(1100, 700);
        page->show();
    }
    const auto *activity = pages.at(3)->findChild<QTableView *>();
    QTRY_COMPARE(activity->model()->rowCount(), 1);
    for (const auto &page : pages) {
        const QList<QWidget *> widgets = page->findChildren<QWidget *>();
        for (QWidget *widget : widgets) {
            if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible() ||
                widget->inherits("QTableCornerButton") ||
                widget->objectName() == QLatin1StringView("qt_scrollarea_viewport"))
                continue;
            QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(widget);
            QVERIFY(interface);
            QVERIFY2(!interface->text(QAccessible::Name).isEmpty(),
                     qPrintable(QStringLiteral("%1 in %2")
                                    .arg(QLatin1StringView(widget->metaObject()->className()),
                                         QLatin1StringView(page->metaObject()->className()))));
        }
    }
}

QTEST_MAIN(TestViews)
#include "tst_views.moc"
