// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/history/run_chart.h"
#include "ui/theme/theme.h"

#include <QAccessible>
#include <QApplication>
#include <QSignalSpy>
#include <QTest>

using namespace idstore;

namespace {

QList<IngestionRun> runs(int count)
{
    QList<IngestionRun> result;
    for (int number = count; number > 0; --number) {
        IngestionRun run;
        run.id = RunId(number);
        run.status = number == 2 ? RunStatus::Failed : RunStatus::Completed;
        run.startedAt = QDateTime(QDate(2026, 4, 13), QTime(8, 0), Qt::UTC).addSecs(3600 * number);
        run.finishedAt = run.startedAt.addSecs(10);
        run.counts = {.read = 100, .added = 60, .changed = 40, .removed = 3};
        if (number == 2)
            run.error =
                Error{ErrorKind::Source, QStringLiteral("x"), QStringLiteral("The server did not answer."), {}, {}, {}};
        result.append(run);
    }
    return result;
}

} // namespace

class TestRunChart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leftAndRight_moveOverTheRuns();
    void selectedRun_isDescribedWithItsNumbers();
    void press_choosesTheRunBelow();
    void moreRunsThanFit_showsTheNewest();
    void colours_areThoseOfTheTheme();
};

void TestRunChart::leftAndRight_moveOverTheRuns()
{
    const Theme theme(ThemeVariant::Light, QApplication::font());
    RunChart chart(theme);
    chart.resize(600, 180);
    chart.setRuns(runs(5));
    chart.setSelected(RunId(5));
    QSignalSpy chosen(&chart, &RunChart::runChosen);
    QTest::keyClick(&chart, Qt::Key_Left);
    QCOMPARE(chart.selected(), RunId(4));
    QTest::keyClick(&chart, Qt::Key_Home);
    QCOMPARE(chart.selected(), RunId(1));
    QTest::keyClick(&chart, Qt::Key_Left);
    QCOMPARE(chart.selected(), RunId(1));
    QTest::keyClick(&chart, Qt::Key_Right);
    QCOMPARE(chart.selected(), RunId(2));
    QTest::keyClick(&chart, Qt::Key_End);
    QCOMPARE(chart.selected(), RunId(5));
    QCOMPARE(chosen.constLast().at(0).value<RunId>(), RunId(5));
}

void TestRunChart::selectedRun_isDescribedWithItsNumbers()
{
    const Theme theme(ThemeVariant::Light, QApplication::font());
    RunChart chart(theme);
    chart.resize(600, 180);
    chart.setRuns(runs(3));
    chart.setSelected(RunId(3));
    QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(&chart);
    QVERIFY(interface);
    QVERIFY(!interface->text(QAccessible::Name).isEmpty());
    const QString said = interface->text(QAccessible::Description);
    for (const char *part : {"60 new", "40 changed", "3 removed"})
        QVERIFY2(said.contains(QLatin1StringView(part)), qPrintable(said));
    chart.setSelected(RunId(2));
    QVERIFY(interface->text(QAccessible::Description).contains(QLatin1StringView("The server did not answer.")));
}

void TestRunChart::press_choosesTheRunBelow()
{
    const Theme theme(ThemeVariant::Light, QApplication::font());
    RunChart chart(theme);
    chart.resize(600, 180);
    chart.setRuns(runs(3));
    QSignalSpy chosen(&chart, &RunChart::runChosen);
    QTest::mouseClick(&chart, Qt::LeftButton, {}, QPoint(theme.px(56) + 5, 60));
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chart.selected(), RunId(1));
    QTest::mouseClick(&chart, Qt::LeftButton, {}, QPoint(590, 60));
    QCOMPARE(chosen.size(), 1);
}

void TestRunChart::moreRunsThanFit_showsTheNewest()
{
    const Theme theme(ThemeVariant::Light, QApplication::font());
    RunChart chart(theme);
    chart.resize(300, 180);
    chart.setRuns(runs(500));
    QVERIFY(chart.shownCount() < 30);
    chart.setSelected(RunId(500));
    QTest::keyClick(&chart, Qt::Key_Home);
    QCOMPARE(chart.selected(), RunId(500 - chart.shownCount() + 1));
}

void TestRunChart::colours_areThoseOfTheTheme()
{
    const Theme theme(ThemeVariant::Dark, QApplication::font());
    RunChart chart(theme);
    chart.resize(300, 180);
    chart.setRuns(runs(1));
    const QImage image = chart.grab().toImage();
    QSet<QRgb> colours;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            colours.insert(image.pixel(x, y));
    }
    QVERIFY(colours.contains(theme.color(ColorRole::ChartNew).rgb()));
    QVERIFY(colours.contains(theme.color(ColorRole::ChartChanged).rgb()));
    QVERIFY(colours.contains(theme.color(ColorRole::ChartDuration).rgb()));
}

QTEST_MAIN(TestRunChart)
#include "tst_run_chart.moc"
