// SPDX-License-Identifier: GPL-3.0-or-later
// Files in the window before they are stored: what is shown, changed, accepted and cancelled, over a real engine.
#include "tests/gui/gui_fixture.h"
#include "ui/itemmodels/preview_table_model.h"
#include "ui/itemmodels/sources_model.h"
#include "ui/pages/preview/date_question.h"
#include "ui/pages/preview/file_review.h"
#include "ui/pages/preview/preview_draft.h"
#include "ui/pages/sources/source_actions.h"
#include "ui/pages/sources/source_panel.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>

#include <algorithm>

using namespace idstore;
using namespace idstore::test;

namespace {

constexpr int patience = 30'000; // milliseconds; reached only when something is broken

const QByteArray people = "id;name;signup\r\n007;Ada;03/04/2026\r\n008;Bo;05/06/2026\r\n";

/// A window with a review of files open, and what a test asks of it.
class ReviewFixture : public WindowFixture
{
public:
    using WindowFixture::WindowFixture;

    FileReview &review() { return *window().findChild<FileReview *>(); }
    PreviewTableModel &rows() { return *review().findChild<PreviewTableModel *>(); }
    QPushButton &accept() { return *review().findChild<QPushButton *>(QStringLiteral("acceptReview")); }
    bool isReady() { return review().isOpen() && review().isReady() && accept().isEnabled(); }
    QPushButton *button(const QString &text)
    {
        for (QPushButton *each : review().findChildren<QPushButton *>()) {
            if (each->isVisible() && each->text() == text)
                return each;
        }
        return nullptr;
    }
    bool says(QWidget &widget, const QString &part)
    {
        const QList<QLabel *> labels = widget.findChildren<QLabel *>();
        return std::ranges::any_of(
            labels, [&part](const QLabel *label) { return label->isVisible() && label->text().contains(part); });
    }
    /// Chooses the value of a setting as a person does.
    bool choose(const QString &setting, const QJsonValue &value)
    {
        auto *combo = review().findChild<QComboBox *>(setting);
        if (!combo)
            return false;
        for (int i = 0; i < combo->count(); ++i) {
            if (combo->itemData(i).isValid() && combo->itemData(i).toJsonValue() == value) {
                combo->setCurrentIndex(i);
                Q_EMIT combo->activated(i);
                return true;
            }
        }
        return false;
    }
    QList<Source> sources() { return *engine().sources().list(EngineFixture::user()); }
    QAction *action(const QString &text)
    {
        for (QAction *each : window().findChildren<QAction *>()) {
            if (each->text() == text)
                return each;
        }
        return nullptr;
    }
};

} // namespace

class TestPreview : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void drop_file_isShownAndNotStored();
    void cancel_leavesNoSource();
    void enter_accepts();
    void delimiter_chosen_isShownAndStored();
    void dayFirst_chosen_isStoredAndKeptByTheRun();
    void severalFiles_haveAListAndOneButton();
    void brokenFile_saysWhyAndIsLeftOut();
    void readingOptions_saved_areStoredAndRead();
    void newerFile_replacesTheFileOfItsSource();
    void drop_onASource_asksWhatItIs();
    void overviewQuestion_answered_canBeUndone();
};

void TestPreview::drop_file_isShownAndNotStored()
{
    const BuiltInConnectors connectors;
    ReviewFixture fixture(connectors);
    QVERIFY(fixture.drop({fixture.writeFile(QStringLiteral("leads.csv"), people)}));
    QTRY_VERIFY_WITH_TIMEOUT(fixture.isReady(), patience);
    QTRY_VERIFY(fixture.review().isVisible());
    QCOMPARE(fixture.rows().columnCount(), 3);
    QCOMPARE(fixture.rows().index(0, 0).data().toString(), QStringLiteral("007"));
    QCOMPARE(fixture.rows().headerData(0, Qt::Vertical).toString(), QStringLiteral("2"));
    auto *question = fixture.review().findChild<DateQuestion *>();
    QVERIFY(question);
    QTRY_VERIFY(question->isVisible());
    QCOMPARE(question->columnName(), QStringLiteral("signup"));
    QVERIFY(fixture.sources().isEmpty());
}

void TestPreview::cancel_leavesNoSource()
{
    const BuiltInConnectors connectors;
    ReviewFixture fixture(connectors);
    QVERIFY(fixture.drop({fixture.writeFile(QStringLiteral("leads.csv"), people)}));
    QTRY_VERIFY_WITH_TIMEOUT(fixture.isReady(), patience);
    QTest::keyClick(&fixture.accept(), Qt::Key_Escape);
    QVERIFY(!fixture.review().isOpen());
    QVERIFY(!fixture.review().isVisible());
    QVERIFY(fixture.sources().isEmpty());
}

void TestPreview::enter_accepts()
{
    const BuiltInConnectors connectors;
    ReviewFixture fixture(connectors);
    QVERIFY(fixture.drop({fixture.writeFile(QStringLiteral("leads.csv"), people)}));
    // At once: the preview need not be there yet.
    QTest::keyClick(&fixture.accept(), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.spoken(0, SourcesModel::StatusColumn), QStringLiteral("Ready"), patience);
    const Source source = fixture.sources().constFirst();
    QCOMPARE(source.rowCount, 2);
    QVERIFY(source.config.isEmpty());
}

void TestPreview::delimiter_chosen_isShownAndStored()
{
    const BuiltInConnectors connectors;
    ReviewFixture fixture(connectors);
    QVERIFY(fixture.drop({fixture.writeFile(QStringLiteral("leads.csv"), people)}));
    QTRY_VERIFY_WITH_TIMEOUT(fixture.isReady(), patience);
    QVERIFY(fixture.choose(QStringLiteral("delimiter"), QStringLiteral("|")));
    QVERIFY(!fixture.isReady());
    QTRY_VERIFY_WITH_TIMEOUT(fixture.isReady(), patience);
    QCOMPARE(fixture.rows().columnCount(), 1);
    QVERIFY(fixture.says(fixture.review(), QStringLiteral("Set by you")));
    fixture.accept().click();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.spoken(0, SourcesModel::StatusColumn), QStringLiteral("Ready"), patience);
    const Source source = fixture.sources().constFirst();
    QCOMPARE(source.config.value(QStringLiteral("delimiter")).toString(), QStringLiteral("|"));
    QCOMPARE(source.columns.size(), 1);
}

void TestPreview::dayFirst_chosen_isStoredAndKeptByTheRun()
{
    const BuiltInConnectors connectors;
    ReviewFixture fixture(connectors);
    QVERIFY(fixture.drop({fixture.writeFile(QStringLiteral("leads.csv"), people)}));
    QTRY_VERIFY_WITH_TIMEOUT(fixture.isReady(), patience);
    auto *question = fixture.review().findChild<DateQuestion *>();
    QVERIFY(question);
    const QList<QPushButton *> answers = question->findChildren<QPushButton *>();
    QCOMPARE(answers.size(), 3);
    QVERIFY(answers.at(0)->text().startsWith(QStringLiteral("Day first")));
    answers.at(0)->click();
    QVERIFY(answers.at(0)->isChecked());
    fixture.accept().click();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.spoken(0, SourcesModel::StatusColumn), QStringLiteral("Ready"), patience);
    const Column column = fixture.sources().constFirst().columns.at(2);
    QCOMPARE(column.name, QStringLiteral("signup"));
    QVERIFY(column.chosen);
    QVERIFY(column.type == ColumnType::Date);
    QVERIFY(column.dateOrder == DateOrder::DayFirst);
    QCOMPARE(column.filled, 2);
}

void TestPreview::severalFiles_haveAListAndOneButton()
{
    const BuiltInConnectors connectors;
    ReviewFixture fixture(connectors);
    QVERIFY(fixture.drop({fixture.writeFile(QStringLiteral("a.csv"), people),
                          fixture.writeFile(QStringLiteral("b.csv"), "x,y\r\n1,2\r\n")}));
    QTRY_VERIFY_WITH_TIMEOUT(fixture.isReady(), patience);
    auto *list = fixture.review().findChild<QListWidget *>();
    QVERIFY(list->isVisible());
    QCOMPARE(list->count(), 2);
    QCOMPARE(fixture.accept().text(), QStringLiteral("Add all 2"));
    QCOMPARE(fixture.rows().columnCount(), 3);
    list->setCurrentRow(1);
    QCOMPARE(fixture.rows().columnCount(), 2);
    fixture.accept().click();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.table().model()->rowCount(), 2, patience);
    for (int row = 0; row < 2; ++row)
        QTRY_COMPARE_WITH_TIMEOUT(fixture.spoken(row, SourcesModel::StatusColumn), QStringLiteral("Ready"), patience);
}

void TestPreview::brokenFile_saysWhyAndIsLeftOut()
{
    const BuiltInConnectors connectors;
    ReviewFixture fixture(connectors);
    const QByteArray png("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0", 29);
    const QString broken = fixture.writeFile(QStringLiteral("picture.csv"), png);
    const Result<void> expected = connectors.checkUpload(broken, QStringLiteral("picture.csv"));
    QVERIFY(!expected);
    QVERIFY(fixture.drop({broken}));
    QTRY_VERIFY_WITH_TIMEOUT(fixture.says(fixture.review(), expected.error().message), patience);
    QVERIFY(!fixture.accept().isEnabled());
    QVERIFY(fixture.drop({fixture.writeFile(QStringLiteral("leads.csv"), people)}));
    QTRY_VERIFY_WITH_TIMEOUT(fixture.isReady(), patience);
    QCOMPARE(fixture.accept().text(), QStringLiteral("Add 1 of 2"));
    fixture.accept().click();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.table().model()->rowCount(), 1, patience);
    QVERIFY(fixture.spoken(0, SourcesModel::NameColumn).startsWith(QStringLiteral("leads")));
}

void TestPreview::readingOptions_saved_areStoredAndRead()
{
    const BuiltInConnectors connectors;
    ReviewFixture fixture(connectors);
    const auto source = fixture.store().addFile(QStringLiteral("Leads"), people);
    IDS_VERIFY_OK(source);
    IDS_VERIFY_OK(fixture.store().ingest(source->id));
    QTRY_COMPARE(fixture.table().model()->rowCount(), 1);
    fixture.table().setCurrentIndex(fixture.table().model()->index(0, 0));
    fixture.action(QStringLiteral("Reading options…"))->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(fixture.isReady(), patience);
    QCOMPARE(fixture.accept().text(), QStringLiteral("Save and ingest again"));
    QVERIFY(!fixture.button(QStringLiteral("Save only"))->isEnabled());
    QVERIFY(fixture.choose(QStringLiteral("header_row"), 0));
    QTRY_VERIFY_WITH_TIMEOUT(fixture.isReady(), patience);
    QVERIFY(fixture.button(QStringLiteral("Save only"))->isEnabled());
    QCOMPARE(fixture.engine().sources().get(EngineFixture::user(), source->id)->config, QJsonObject());
    fixture.accept().click();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.engine().sources().get(EngineFixture::user(), source->id)->rowCount, 3, patience);
    const Source stored = fixture.sources().constFirst();
    QCOMPARE(stored.config.value(QStringLiteral("header_row")).toInt(-1), 0);
}

void TestPreview::newerFile_replacesTheFileOfItsSource()
{
    const BuiltInConnectors connectors;
    ReviewFixture fixture(connectors);
    const auto source = fixture.store().addFile(QStringLiteral("Leads"), people);
    IDS_VERIFY_OK(source);
    IDS_VERIFY_OK(fixture.store().ingest(source->id));
    QTRY_COMPARE(fixture.table().model()->rowCount(), 1);
    const QString newer = fixture.writeFile(QStringLiteral("may.csv"), people + "009;Cy;07/08/2026\r\n");
    Q_EMIT fixture.window().findChild<SourceActions *>()->newerFileChosen(source->id, newer);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.isReady(), patience);
    QCOMPARE(fixture.accept().text(), QStringLiteral("Replace and ingest"));
    QCOMPARE(fixture.rows().rowCount(), 3);
    fixture.accept().click();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.engine().sources().get(EngineFixture::user(), source->id)->rowCount, 3, patience);
    QCOMPARE(fixture.sources().size(), 1);
    QCOMPARE(fixture.sources().constFirst().file->originalName, QStringLiteral("may.csv"));
}

void TestPreview::drop_onASource_asksWhatItIs()
{
    const BuiltInConnectors connectors;
    ReviewFixture fixture(connectors);
    const auto source = fixture.store().addFile(QStringLiteral("Leads"), people);
    IDS_VERIFY_OK(source);
    QTRY_COMPARE(fixture.table().model()->rowCount(), 1);
    const QModelIndex index = fixture.table().model()->index(0, 0);
    const QPoint place =
        fixture.table().viewport()->mapTo(&fixture.window(), fixture.table().visualRect(index).center());
    QVERIFY(fixture.drop({fixture.writeFile(QStringLiteral("may.csv"), people)}, place));
    auto *box = fixture.window().findChild<QMessageBox *>();
    QVERIFY(box);
    QVERIFY(!fixture.review().isOpen());
    for (QAbstractButton *button : box->buttons()) {
        if (box->buttonRole(button) == QMessageBox::AcceptRole)
            button->click();
    }
    QTRY_VERIFY_WITH_TIMEOUT(fixture.isReady(), patience);
    QCOMPARE(fixture.accept().text(), QStringLiteral("Replace and ingest"));
}

void TestPreview::overviewQuestion_answered_canBeUndone()
{
    const BuiltInConnectors connectors;
    ReviewFixture fixture(connectors);
    const auto source = fixture.store().addFile(QStringLiteral("Leads"), people);
    IDS_VERIFY_OK(source);
    IDS_VERIFY_OK(fixture.store().ingest(source->id));
    QTRY_COMPARE_WITH_TIMEOUT(fixture.spoken(0, SourcesModel::StatusColumn), QStringLiteral("Ready"), patience);
    fixture.window().showSource(source->id);
    auto *panel = fixture.window().findChild<SourcePanel *>();
    auto *question = panel->findChild<DateQuestion *>();
    QVERIFY(question && question->isVisible());
    question->findChildren<QPushButton *>().at(1)->click(); // month first
    const auto order = [&] {
        return fixture.engine().sources().get(EngineFixture::user(), source->id)->columns.at(2).dateOrder;
    };
    QTRY_VERIFY_WITH_TIMEOUT(order() == DateOrder::MonthFirst, patience);
    QTRY_VERIFY(!panel->findChild<DateQuestion *>());
    fixture.window().findChild<SourceActions *>()->undoStack()->undo();
    QTRY_VERIFY_WITH_TIMEOUT(order() == DateOrder::Unknown, patience);
    QTRY_VERIFY(panel->findChild<DateQuestion *>());
}

QTEST_MAIN(TestPreview)
#include "tst_preview.moc"
