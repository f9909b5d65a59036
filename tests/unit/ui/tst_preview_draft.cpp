// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/result_checks.h"
#include "ui/async/async_runner.h"
#include "ui/pages/preview/preview_draft.h"

#include <QMutex>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>

using namespace idstore;
using Choice = ColumnChange::Choice;

namespace {

/// Answers previews of one column of dates, and remembers what it was asked for.
class DatesFile
{
public:
    [[nodiscard]] PreviewDraft::Loader loader()
    {
        return [this](const PreviewRequest &request, const CancelToken &cancel) { return answer(request, cancel); };
    }
    [[nodiscard]] QList<QJsonObject> asked()
    {
        const QMutexLocker lock(&m_mutex);
        return m_asked;
    }
    [[nodiscard]] int cancelled() const { return m_cancelled.load(); }

    QString refused; ///< this delimiter makes no sense
    QString blocked; ///< this delimiter takes until it is cancelled

private:
    Result<SourcePreview> answer(const PreviewRequest &request, const CancelToken &cancel)
    {
        {
            const QMutexLocker lock(&m_mutex);
            m_asked.append(request.config);
        }
        const QJsonValue delimiter = request.config.value(QStringLiteral("delimiter"));
        if (!blocked.isEmpty() && delimiter.toString() == blocked) {
            while (!cancel.isCancelled())
                QThread::msleep(1);
            ++m_cancelled;
            return Error{ErrorKind::Cancelled, QStringLiteral("cancelled"), {}, {}, {}, {}};
        }
        if (!refused.isEmpty() && delimiter.toString() == refused)
            return Error{ErrorKind::InvalidInput, QStringLiteral("invalid_input"), {}, {}, {}, {}};
        SourcePreview preview;
        Column column{.name = QStringLiteral("signup"), .type = ColumnType::Date};
        column.inferred = ColumnType::Date;
        column.notes = {{QStringLiteral("ambiguous_date"), 2, QStringLiteral("03/04/2026")}};
        preview.columns = {column};
        ReadingSetting setting{.name = QStringLiteral("delimiter"), .value = QStringLiteral(",")};
        if (delimiter.isString()) {
            setting.value = delimiter;
            setting.chosen = true;
        }
        preview.reading.settings = {setting};
        preview.rows = {{2, {QStringLiteral("03/04/2026")}}};
        return preview;
    }

    QMutex m_mutex;
    QList<QJsonObject> m_asked;
    std::atomic<int> m_cancelled = 0;
};

const QString delimiter = QStringLiteral("delimiter");

} // namespace

class TestPreviewDraft : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void load_file_showsWhatWasFoundOut();
    void setting_changed_asksForANewPreviewWithIt();
    void setting_changed_cancelsThePreviewUnderWay();
    void settings_changedQuickly_askOnce();
    void setting_refused_keepsItForChangingBack();
    void reset_afterAChoice_findsOutAgain();
    void dateOrder_chosen_isAChoiceAndTheQuestionRests();
    void column_heldBySource_keepsItsChoice();
    void column_newToTheSource_cannotBeChosenYet();
};

void TestPreviewDraft::load_file_showsWhatWasFoundOut()
{
    AsyncRunner async;
    DatesFile source;
    PreviewDraft draft(async, source.loader());
    draft.load();
    QVERIFY(draft.isLoading());
    QTRY_VERIFY(!draft.isLoading());
    QVERIFY(draft.preview());
    QCOMPARE(draft.shownSettings().size(), 1);
    QVERIFY(!draft.hasChosenSettings());
    QVERIFY(!draft.isChanged());
}

void TestPreviewDraft::setting_changed_asksForANewPreviewWithIt()
{
    AsyncRunner async;
    DatesFile source;
    PreviewDraft draft(async, source.loader());
    draft.load();
    QTRY_VERIFY(!draft.isLoading());
    draft.setSetting(delimiter, QStringLiteral(";"));
    QVERIFY(draft.isLoading());
    QVERIFY(draft.preview()); // the one before stays
    QCOMPARE(draft.shownSettings().constFirst().value.toString(), QStringLiteral(";"));
    QVERIFY(draft.shownSettings().constFirst().chosen);
    QTRY_VERIFY(!draft.isLoading());
    QCOMPARE(source.asked().size(), 2);
    QCOMPARE(source.asked().at(1).value(delimiter).toString(), QStringLiteral(";"));
    QCOMPARE(draft.settings().value(delimiter).toString(), QStringLiteral(";"));
}

void TestPreviewDraft::setting_changed_cancelsThePreviewUnderWay()
{
    AsyncRunner async;
    DatesFile source;
    source.blocked = QStringLiteral("|");
    PreviewDraft draft(async, source.loader());
    draft.load();
    QTRY_VERIFY(!draft.isLoading());
    draft.setSetting(delimiter, QStringLiteral("|"));
    QTRY_COMPARE(source.asked().size(), 2);
    QCOMPARE(source.cancelled(), 0);
    draft.setSetting(delimiter, QStringLiteral(";"));
    QTRY_COMPARE(source.cancelled(), 1);
    QTRY_VERIFY(!draft.isLoading());
    QVERIFY(!draft.error());
    QCOMPARE(draft.preview()->reading.settings.constFirst().value.toString(), QStringLiteral(";"));
}

void TestPreviewDraft::settings_changedQuickly_askOnce()
{
    AsyncRunner async;
    DatesFile source;
    PreviewDraft draft(async, source.loader());
    draft.load();
    QTRY_VERIFY(!draft.isLoading());
    for (const char *each : {";", "|", "\t"})
        draft.setSetting(delimiter, QLatin1StringView(each));
    QTRY_VERIFY(!draft.isLoading());
    QCOMPARE(source.asked().size(), 2);
    QCOMPARE(source.asked().at(1).value(delimiter).toString(), QStringLiteral("\t"));
}

void TestPreviewDraft::setting_refused_keepsItForChangingBack()
{
    AsyncRunner async;
    DatesFile source;
    source.refused = QStringLiteral("long");
    PreviewDraft draft(async, source.loader());
    draft.load();
    QTRY_VERIFY(!draft.isLoading());
    draft.setSetting(delimiter, QStringLiteral("long"));
    QTRY_VERIFY(draft.error());
    QVERIFY(draft.error()->kind == ErrorKind::InvalidInput);
    QCOMPARE(draft.shownSettings().constFirst().value.toString(), QStringLiteral("long"));
    draft.resetSettings();
    QTRY_VERIFY(!draft.isLoading());
    QVERIFY(!draft.error());
    QVERIFY(!draft.hasChosenSettings());
}

void TestPreviewDraft::reset_afterAChoice_findsOutAgain()
{
    AsyncRunner async;
    DatesFile source;
    PreviewDraft draft(async, source.loader());
    draft.load();
    QTRY_VERIFY(!draft.isLoading());
    draft.setSetting(delimiter, QStringLiteral(";"));
    QTRY_VERIFY(!draft.isLoading());
    draft.setSetting(delimiter, QJsonValue());
    QTRY_VERIFY(!draft.isLoading());
    QVERIFY(source.asked().constLast().value(delimiter).isNull());
    QVERIFY(!draft.shownSettings().constFirst().chosen);
}

void TestPreviewDraft::dateOrder_chosen_isAChoiceAndTheQuestionRests()
{
    AsyncRunner async;
    DatesFile source;
    PreviewDraft draft(async, source.loader());
    draft.load();
    QTRY_VERIFY(!draft.isLoading());
    QVERIFY(draft.columns().constFirst().dateOrder == DateOrder::Unknown);
    draft.changeColumn({.name = QStringLiteral("signup"),
                        .choice = Choice::Chosen,
                        .type = ColumnType::Date,
                        .dateOrder = DateOrder::DayFirst});
    const Column column = draft.columns().constFirst();
    QVERIFY(column.chosen);
    QVERIFY(column.dateOrder == DateOrder::DayFirst);
    QCOMPARE(draft.columnChanges().size(), 1);
    // Another answer replaces the first.
    draft.changeColumn({.name = QStringLiteral("signup"), .choice = Choice::Chosen, .type = ColumnType::Text});
    QCOMPARE(draft.columnChanges().size(), 1);
    QVERIFY(draft.columns().constFirst().type == ColumnType::Text);
    QCOMPARE(source.asked().size(), 1); // types are metadata: nothing is read again
}

void TestPreviewDraft::column_heldBySource_keepsItsChoice()
{
    AsyncRunner async;
    DatesFile source;
    PreviewDraft draft(async, source.loader());
    Column held{.name = QStringLiteral("signup"), .type = ColumnType::Text};
    held.chosen = true;
    draft.setHeldColumns({held});
    draft.load();
    QTRY_VERIFY(!draft.isLoading());
    QVERIFY(draft.columns().constFirst().type == ColumnType::Text);
    QVERIFY(draft.columns().constFirst().chosen);
    QVERIFY(draft.canChoose(QStringLiteral("signup")));
    QVERIFY(!draft.isChanged());
}

void TestPreviewDraft::column_newToTheSource_cannotBeChosenYet()
{
    AsyncRunner async;
    DatesFile source;
    PreviewDraft draft(async, source.loader());
    draft.setHeldColumns({Column{.name = QStringLiteral("other")}});
    QVERIFY(!draft.canChoose(QStringLiteral("signup")));
    QVERIFY(draft.canChoose(QStringLiteral("other")));
}

QTEST_GUILESS_MAIN(TestPreviewDraft)
#include "tst_preview_draft.moc"
