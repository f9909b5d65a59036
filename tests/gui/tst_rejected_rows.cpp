// SPDX-License-Identifier: GPL-3.0-or-later
// A person at the tab of rejected rows: what they see, type and press.
#include "connectors/connector_catalog.h"
#include "tests/support/engine_fixture.h"
#include "ui/async/async_runner.h"
#include "ui/itemmodels/correction_cells_model.h"
#include "ui/itemmodels/rejection_table_model.h"
#include "ui/page_context.h"
#include "ui/pages/rejects/rejection_editor.h"
#include "ui/pages/rejects/rejections_view.h"
#include "ui/preferences.h"
#include "ui/theme/theme_controller.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <QTest>

using namespace idstore;
using namespace Qt::StringLiterals;
using test::EngineFixture;

namespace {

const QByteArray leads = "id;name;city\n1;Ada;London\n2;Fuchs; Partner;Heidenau\n3;Grace;\n4;Haus; Ring;Kiel\n";

/// The view over a source with two rejected rows.
class Desk
{
public:
    Desk()
        : m_themes(ThemeChoice::Light)
        , m_context{m_fixture.engine(), m_themes.theme(), m_themes, m_async, m_preferences, {}, {}, {}}
    {
        const auto added = m_fixture.addFile(u"Leads"_s, leads);
        if (!added || !m_fixture.ingest(added->id))
            qFatal("no source");
        id = added->id;
        view = std::make_unique<RejectionsView>(m_context);
        view->resize(1000, 700);
        view->show();
        view->showSource(id);
    }

    [[nodiscard]] QTableView &list() const { return *find<QTableView>(u"Rejected rows"); }
    [[nodiscard]] QTableView &cells() const { return *find<QTableView>(u"Cells of the row"); }
    [[nodiscard]] QPlainTextEdit &text() const { return *find<QPlainTextEdit>(u"Text in the file"); }
    [[nodiscard]] QPushButton &button(QStringView name) const
    {
        const QList<QPushButton *> buttons = view->findChildren<QPushButton *>();
        for (QPushButton *candidate : buttons) {
            if (candidate->accessibleName().startsWith(name) || candidate->text().startsWith(name))
                return *candidate;
        }
        qFatal("no button %s", qPrintable(name.toString()));
    }
    /// How many rows the button for all corrected ones speaks of.
    [[nodiscard]] bool offersToRetry(const QString &count) const
    {
        const QPushButton &retryAll = button(u"Retry all corrected rows");
        return retryAll.isEnabled() && retryAll.text().endsWith(u" (%1)"_s.arg(count));
    }
    [[nodiscard]] bool says(QStringView text) const
    {
        const QList<QLabel *> labels = view->findChildren<QLabel *>();
        return std::ranges::any_of(
            labels, [&](const QLabel *label) { return label->isVisible() && label->text().contains(text); });
    }
    [[nodiscard]] QString cell(int row) const { return cells().model()->index(row, 1).data().toString(); }
    [[nodiscard]] QString state(int row) const
    {
        return list().model()->index(row, RejectionTableModel::CorrectionColumn).data().toString();
    }
    [[nodiscard]] Source source() { return *m_fixture.engine().sources().get(EngineFixture::user(), id); }
    [[nodiscard]] Engine &engine() { return m_fixture.engine(); }
    [[nodiscard]] EngineFixture &fixture() { return m_fixture; }

private:
    template <typename Widget>
    Widget *find(QStringView name) const
    {
        const QList<Widget *> widgets = view->findChildren<Widget *>();
        for (Widget *widget : widgets) {
            if (widget->accessibleName() == name)
                return widget;
        }
        qFatal("no widget %s", qPrintable(name.toString()));
    }

    BuiltInConnectors m_connectors;
    EngineFixture m_fixture{m_connectors};
    ThemeController m_themes;
    Preferences m_preferences;
    AsyncRunner m_async;
    PageContext m_context;

public:
    SourceId id;
    std::unique_ptr<RejectionsView> view; // goes first
};

} // namespace

class TestRejectedRows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void chosenRow_showsReasonTextAndCells();
    void text_thatFits_isSavedAndRetried();
    void text_thatDoesNotFit_isKeptAsADraft();
    void text_leftUnsaved_isKeptWhenAnotherRowIsChosen();
    void cells_edited_areSavedAndStored();
    void undo_bringsBackWhatWasSaved();
    void forget_takesTheCorrectionAway();
    void retryAll_emptiesTheList();
    void shortcuts_saveAndRetry();
    void rowRepairedElsewhere_leavesTheList();
    void forgetAll_asksFirst();
    void narrow_putsTheEditorBelow();
    void cellsModel_isWellBehaved();
};

void TestRejectedRows::chosenRow_showsReasonTextAndCells()
{
    Desk desk;
    QTRY_COMPARE(desk.list().model()->rowCount(), 2);
    QCOMPARE(desk.text().toPlainText(), u"2;Fuchs; Partner;Heidenau"_s);
    QVERIFY(desk.says(u"Line 3"));
    QVERIFY(desk.says(u"4 fields"));
    // Cut into cells as far as there are columns; what is too much is marked.
    QTRY_COMPARE(desk.cell(1), u"Fuchs"_s);
    QCOMPARE(desk.text().extraSelections().size(), 1);
    QCOMPARE(desk.text().extraSelections().constFirst().cursor.selectedText(), u";Heidenau"_s);
    QVERIFY(!desk.button(u"Save correction").isEnabled());
    QVERIFY(!desk.button(u"Retry this row").isEnabled());
    QVERIFY(!desk.button(u"Retry all corrected rows").isEnabled());
}

void TestRejectedRows::text_thatFits_isSavedAndRetried()
{
    Desk desk;
    QTRY_COMPARE(desk.list().model()->rowCount(), 2);
    desk.text().setPlainText(u"2;\"Fuchs; Partner\";Heidenau"_s);
    QTRY_VERIFY(desk.says(u"Fits."));
    QCOMPARE(desk.cell(1), u"Fuchs; Partner"_s);
    QVERIFY(desk.text().extraSelections().isEmpty());
    desk.button(u"Save correction").click();
    QTRY_COMPARE(desk.state(0), u"corrected"_s);
    QTRY_VERIFY(desk.offersToRetry(u"1"_s));
    QCOMPARE(desk.source().rowCount, 2);

    desk.button(u"Retry this row").click();
    QTRY_COMPARE(desk.list().model()->rowCount(), 1);
    QTRY_VERIFY(desk.says(u"Retried: 1 stored, 0 still set aside"));
    QCOMPARE(desk.source().rowCount, 3);
    QTRY_COMPARE(desk.text().toPlainText(), u"4;Haus; Ring;Kiel"_s);
    QVERIFY(desk.says(u"3 stored, 1 set aside"));
}

void TestRejectedRows::text_thatDoesNotFit_isKeptAsADraft()
{
    Desk desk;
    QTRY_COMPARE(desk.list().model()->rowCount(), 2);
    desk.text().setPlainText(u"2;\"Fuchs;Heidenau"_s);
    QTRY_VERIFY(desk.says(u"never closed"));
    QVERIFY(!desk.button(u"Retry this row").isEnabled());
    desk.button(u"Save correction").click();
    QTRY_COMPARE(desk.state(0), u"does not fit yet"_s);
    QCOMPARE(desk.text().toPlainText(), u"2;\"Fuchs;Heidenau"_s);
    QVERIFY(!desk.button(u"Retry this row").isEnabled());
}

void TestRejectedRows::text_leftUnsaved_isKeptWhenAnotherRowIsChosen()
{
    Desk desk;
    QTRY_COMPARE(desk.list().model()->rowCount(), 2);
    desk.text().setPlainText(u"2;Fuchs;Heidenau"_s);
    desk.list().selectRow(1);
    QCOMPARE(desk.text().toPlainText(), u"4;Haus; Ring;Kiel"_s);
    QTRY_COMPARE(desk.state(0), u"corrected"_s);
    desk.list().selectRow(0);
    QCOMPARE(desk.text().toPlainText(), u"2;Fuchs;Heidenau"_s);
}

void TestRejectedRows::cells_edited_areSavedAndStored()
{
    Desk desk;
    QTRY_COMPARE(desk.list().model()->rowCount(), 2);
    QTRY_COMPARE(desk.cell(2), u"Partner"_s);
    auto *model = desk.cells().model();
    QVERIFY(model->setData(model->index(1, 1), u"Fuchs; Partner"_s));
    QVERIFY(model->setData(model->index(2, 1), QString()));
    QTRY_VERIFY(desk.says(u"The cells below would be stored."));
    QTRY_VERIFY(desk.button(u"Retry this row").isEnabled());
    desk.button(u"Retry this row").click(); // saves first
    QTRY_COMPARE(desk.list().model()->rowCount(), 1);
    const auto records = desk.engine().records().page(EngineFixture::user(), desk.id, {});
    IDS_VERIFY_OK(records);
    QCOMPARE(records->records.constLast().cells,
             (QList<std::optional<QString>>{u"2"_s, u"Fuchs; Partner"_s, std::nullopt}));
}

void TestRejectedRows::undo_bringsBackWhatWasSaved()
{
    Desk desk;
    QTRY_COMPARE(desk.list().model()->rowCount(), 2);
    desk.text().setPlainText(u"2;a;b"_s);
    desk.button(u"Undo the edits").click();
    QCOMPARE(desk.text().toPlainText(), u"2;Fuchs; Partner;Heidenau"_s);
    QVERIFY(!desk.button(u"Save correction").isEnabled());
    desk.text().setPlainText(u"2;a;b"_s);
    desk.button(u"Save correction").click();
    QTRY_COMPARE(desk.state(0), u"corrected"_s);
    desk.text().setPlainText(u"2;c"_s);
    desk.button(u"Undo the edits").click();
    QCOMPARE(desk.text().toPlainText(), u"2;a;b"_s);
}

void TestRejectedRows::forget_takesTheCorrectionAway()
{
    Desk desk;
    QTRY_COMPARE(desk.list().model()->rowCount(), 2);
    desk.text().setPlainText(u"2;a;b"_s);
    desk.button(u"Save correction").click();
    QTRY_COMPARE(desk.state(0), u"corrected"_s);
    QTRY_VERIFY(desk.button(u"Forget the correction").isEnabled());
    desk.button(u"Forget the correction").click();
    QTRY_COMPARE(desk.state(0), QString());
    QCOMPARE(desk.text().toPlainText(), u"2;Fuchs; Partner;Heidenau"_s);
    QTRY_VERIFY(!desk.button(u"Retry all corrected rows").isEnabled());
}

void TestRejectedRows::retryAll_emptiesTheList()
{
    Desk desk;
    QTRY_COMPARE(desk.list().model()->rowCount(), 2);
    for (const qint64 row : {1, 2}) {
        IDS_VERIFY_OK(desk.engine().rejections().correct(EngineFixture::user(), desk.id, row,
                                                         {{u"%1;a;b"_s.arg(row * 2), std::nullopt}}));
    }
    // Corrections made elsewhere are counted.
    QTRY_VERIFY(desk.offersToRetry(u"2"_s));
    desk.button(u"Retry all corrected rows").click();
    QTRY_VERIFY(desk.says(u"Nothing set aside. 4 rows stored."));
    QVERIFY(desk.says(u"Retried: 2 stored, 0 still set aside"));
    QVERIFY(desk.button(u"Forget all corrections").isVisible());
}

void TestRejectedRows::shortcuts_saveAndRetry()
{
    Desk desk;
    QApplication::setActiveWindow(desk.view.get());
    QTRY_COMPARE(desk.list().model()->rowCount(), 2);
    desk.text().setFocus();
    desk.text().selectAll();
    QTest::keyClicks(&desk.text(), u"2;a;b"_s);
    QTRY_VERIFY(desk.says(u"Fits."));
    QTest::keyClick(&desk.text(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(desk.state(0), u"corrected"_s);
    QTRY_VERIFY(desk.button(u"Retry this row").isEnabled());
    QTest::keyClick(&desk.text(), Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(desk.list().model()->rowCount(), 1);
}

void TestRejectedRows::rowRepairedElsewhere_leavesTheList()
{
    Desk desk;
    QTRY_COMPARE(desk.list().model()->rowCount(), 2);
    desk.text().setPlainText(u"2;a;b"_s);
    QTRY_VERIFY(desk.button(u"Retry this row").isEnabled());
    IDS_VERIFY_OK(desk.engine().rejections().correct(EngineFixture::user(), desk.id, 1, {{u"2;a;b"_s, std::nullopt}}));
    const auto run = desk.engine().ingestion().retry(EngineFixture::user(), desk.id, {1}, RunTrigger::Api);
    IDS_VERIFY_OK(run);
    IDS_VERIFY_OK(desk.fixture().waitFor(desk.id, *run));
    QTRY_COMPARE(desk.list().model()->rowCount(), 1);
    QTRY_COMPARE(desk.text().toPlainText(), u"4;Haus; Ring;Kiel"_s);
}

void TestRejectedRows::forgetAll_asksFirst()
{
    Desk desk;
    QTRY_COMPARE(desk.list().model()->rowCount(), 2);
    desk.text().setPlainText(u"2;a;b"_s);
    desk.button(u"Save correction").click();
    QTRY_VERIFY(desk.button(u"Forget all corrections").isVisible());
    desk.button(u"Forget all corrections").click();
    auto *box = desk.view->findChild<QMessageBox *>();
    QVERIFY(box);
    const QList<QAbstractButton *> choices = box->buttons();
    for (QAbstractButton *choice : choices) {
        if (choice->text() == u"Forget all"_s)
            choice->click();
    }
    QTRY_COMPARE(desk.state(0), QString());
    QTRY_VERIFY(!desk.button(u"Forget all corrections").isVisible());
}

void TestRejectedRows::narrow_putsTheEditorBelow()
{
    Desk desk;
    QTRY_COMPARE(desk.list().model()->rowCount(), 2);
    const auto *editor = desk.view->findChild<RejectionEditor *>();
    QVERIFY(editor->mapTo(desk.view.get(), QPoint()).x() > desk.list().mapTo(desk.view.get(), QPoint()).x());
    desk.view->resize(420, 800);
    QTRY_COMPARE(editor->mapTo(desk.view.get(), QPoint()).x(), desk.list().mapTo(desk.view.get(), QPoint()).x());
    QVERIFY(desk.view->minimumSizeHint().width() <= 420);
}

void TestRejectedRows::cellsModel_isWellBehaved()
{
    CorrectionCellsModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setColumns({{u"id"_s}, {u"name"_s}});
    model.setCells({u"1"_s, u""_s, u"too many"_s});
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.cells(), (QList<CorrectedCell>{{u"id"_s, u"1"_s}, {u"name"_s, u""_s}}));
    QVERIFY(!model.setData(model.index(0, CorrectionCellsModel::NameColumn), u"x"_s));
    // An editor opened and closed over an empty text leaves it one.
    QVERIFY(model.setData(model.index(1, CorrectionCellsModel::ValueColumn), u""_s));
    QCOMPARE(model.cells().constLast().text, std::optional(u""_s));
    QVERIFY(model.setData(model.index(0, CorrectionCellsModel::ValueColumn), u""_s));
    QCOMPARE(model.cells().constFirst().text, std::optional<QString>());
    QCOMPARE(model.index(0, CorrectionCellsModel::ValueColumn).data().toString(), u"no value"_s);
}

QTEST_MAIN(TestRejectedRows)
#include "tst_rejected_rows.moc"
