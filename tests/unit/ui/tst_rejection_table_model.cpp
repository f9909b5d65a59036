// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/engine_fixture.h"
#include "tests/support/memory_connector.h"
#include "ui/async/async_runner.h"
#include "ui/itemmodels/rejection_table_model.h"
#include "ui/pages/rejects/rejections_file.h"

#include <QAbstractItemModelTester>
#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace idstore;

namespace {

/// `total` rejections in pages, as the service gives them.
RejectionTableModel::PageLoader computed(qint64 total)
{
    return [total](qint64 after, int limit) -> Result<RejectionPage> {
        RejectionPage page;
        page.total = total;
        for (qint64 i = after + 1; i <= std::min(after + limit, total); ++i) {
            page.rejections.append({{i * 10, i % 2 ? QString() : QStringLiteral("phone"),
                                     i % 2 ? QStringLiteral("too_many_fields") : QStringLiteral("undecodable"),
                                     QStringLiteral("This line has 9 fields."), QStringLiteral("a;\"b\"\n%1").arg(i)},
                                    i,
                                    {}});
        }
        page.next = after + limit < total ? after + limit : 0;
        return page;
    };
}

} // namespace

class TestRejectionTableModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pages_areAppendedUntilAllAreThere();
    void cells_sayLineColumnReasonAndText();
    void loaderFails_isReported();
    void realEngine_rejections_areListed();
    void file_everyRejection_isWritten();
    void file_loaderFails_leavesNothing();
    void unknownCode_isMadeReadable();
};

void TestRejectionTableModel::pages_areAppendedUntilAllAreThere()
{
    AsyncRunner async;
    RejectionTableModel model(async);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    tester.setUseFetchMore(false);
    QSignalSpy loaded(&model, &RejectionTableModel::loaded);
    model.setLoader(computed(450));
    QTRY_COMPARE(loaded.size(), 1);
    QCOMPARE(model.total(), 450);
    QCOMPARE(model.rowCount(), RejectionTableModel::pageSize);
    QVERIFY(!model.isComplete());
    while (model.canFetchMore({})) {
        const auto before = loaded.size();
        model.fetchMore({});
        QTRY_COMPARE(loaded.size(), before + 1);
    }
    QCOMPARE(model.rowCount(), 450);
    QVERIFY(model.isComplete());
    model.setLoader({});
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(!model.isLoaded());
}

void TestRejectionTableModel::cells_sayLineColumnReasonAndText()
{
    AsyncRunner async;
    RejectionTableModel model(async);
    model.setLoader(computed(200));
    QTRY_VERIFY(model.isLoaded());
    const auto text = [&](int row, int column) { return model.index(row, column).data().toString(); };
    QCOMPARE(text(199, RejectionTableModel::LineColumn), QStringLiteral("2,000"));
    QCOMPARE(text(0, RejectionTableModel::ColumnColumn), QStringLiteral("whole line"));
    QCOMPARE(text(1, RejectionTableModel::ColumnColumn), QStringLiteral("phone"));
    QCOMPARE(text(0, RejectionTableModel::ReasonColumn), QStringLiteral("Too many fields"));
    QCOMPARE(text(1, RejectionTableModel::ReasonColumn), QStringLiteral("Unreadable"));
    QVERIFY(!text(0, RejectionTableModel::RawColumn).contains(u'\n'));
    QCOMPARE(model.index(0, 0).data(RejectionTableModel::RawRole).toString(), QStringLiteral("a;\"b\"\n1"));
}

void TestRejectionTableModel::loaderFails_isReported()
{
    AsyncRunner async;
    RejectionTableModel model(async);
    QSignalSpy failed(&model, &RejectionTableModel::failed);
    model.setLoader([](qint64, int) {
        return Result<RejectionPage>(Error{ErrorKind::Unavailable, QStringLiteral("store_gone"), {}, {}, {}, {}});
    });
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.at(0).at(0).value<Error>().code, QStringLiteral("store_gone"));
    QVERIFY(!model.isLoaded());
}

void TestRejectionTableModel::realEngine_rejections_areListed()
{
    test::MemoryCatalog catalog;
    catalog.file.behaviour.rows = 3482;
    catalog.file.behaviour.rejectEvery = 10;
    test::EngineFixture fixture(catalog);
    const auto source = fixture.addFile(QStringLiteral("people"));
    IDS_VERIFY_OK(source);
    IDS_VERIFY_OK(fixture.ingest(source->id));
    AsyncRunner async;
    RejectionTableModel model(async);
    model.setLoader([&rejections = fixture.engine().rejections(), id = source->id](qint64 after, int limit) {
        return rejections.page(test::EngineFixture::user(), id, after, limit);
    });
    QTRY_VERIFY(model.isLoaded());
    QCOMPARE(model.total(), 348);
    model.fetchMore({});
    QTRY_VERIFY(model.isComplete());
    QCOMPARE(model.rowCount(), 348);
    QCOMPARE(model.rejections().constLast().line, 3480);
}

void TestRejectionTableModel::file_everyRejection_isWritten()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("rejected.csv"));
    const auto written = writeRejections(computed(401), path);
    IDS_VERIFY_OK(written);
    QCOMPARE(*written, 401);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray content = file.readAll();
    QVERIFY(content.startsWith("line,column,reason,text\r\n"
                               "10,\"\",\"This line has 9 fields.\",\"a;\"\"b\"\"\n1\"\r\n"
                               "20,\"phone\","));
    QCOMPARE(content.count("\r\n"), 402);
}

void TestRejectionTableModel::file_loaderFails_leavesNothing()
{
    QTemporaryDir folder;
    const auto loader = [first = computed(500)](qint64 after, int limit) -> Result<RejectionPage> {
        if (after == 0)
            return first(after, limit);
        return Error{ErrorKind::Unavailable, QStringLiteral("store_gone"), {}, {}, {}, {}};
    };
    IDS_VERIFY_ERROR(writeRejections(loader, folder.filePath(QStringLiteral("rejected.csv"))), ErrorKind::Unavailable,
                     "store_gone");
    QVERIFY(QDir(folder.path()).isEmpty());
}

void TestRejectionTableModel::unknownCode_isMadeReadable()
{
    QCOMPARE(rejectionCodeWord(QStringLiteral("key_used_twice")), QStringLiteral("Key used twice"));
    QCOMPARE(rejectionCodeWord({}), QString());
}

QTEST_MAIN(TestRejectionTableModel)
#include "tst_rejection_table_model.moc"
