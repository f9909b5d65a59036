// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/engine_fixture.h"
#include "tests/support/file_size_limit.h"
#include "tests/support/memory_connector.h"
#include "ui/async/async_runner.h"
#include "ui/pages/records/record_export.h"

#include <QDir>
#include <QTemporaryDir>

#include <functional>

using namespace idstore;
using idstore::test::FileSizeLimit;

namespace {

class Blocks final : public ExportStream
{
public:
    explicit Blocks(std::function<Result<QByteArray>(int)> block)
        : m_block(std::move(block))
    {}
    Result<QByteArray> next() override { return m_block(m_index++); }

private:
    std::function<Result<QByteArray>(int)> m_block;
    int m_index = 0;
};

RecordExport::OpenStream blocks(std::function<Result<QByteArray>(int)> block)
{
    return
        [block]() -> Result<std::unique_ptr<ExportStream>> { return std::unique_ptr<ExportStream>(new Blocks(block)); };
}

void write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestRecordExport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wholeSource_isWrittenAsTheServiceGivesIt();
    void cancel_leavesTheFileThatWasThere();
    void streamBreaks_leavesNothing();
    void writeFails_leavesTheFileThatWasThereAndSaysWhy();
    void folderMissing_saysSo();
};

void TestRecordExport::wholeSource_isWrittenAsTheServiceGivesIt()
{
    test::MemoryCatalog catalog;
    catalog.file.behaviour.rows = 3;
    test::EngineFixture fixture(catalog);
    const auto source = fixture.addFile(QStringLiteral("people"));
    IDS_VERIFY_OK(source);
    IDS_VERIFY_OK(fixture.ingest(source->id));
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("out.csv"));

    AsyncRunner async;
    RecordExport job(async);
    std::optional<Result<qint64>> finished;
    connect(&job, &RecordExport::finished, this, [&finished](const Result<qint64> &bytes) { finished = bytes; });
    job.start([&records = fixture.engine().records(),
               id = source->id] { return records.exportSource(test::EngineFixture::user(), id, ExportFormat::Csv); },
              path);
    QVERIFY(job.isRunning());
    QTRY_VERIFY(finished);
    QVERIFY(!job.isRunning());
    IDS_VERIFY_OK(*finished);
    QCOMPARE(read(path), QByteArray("id,name,note\r\n1,Name 1,\"\"\r\n2,Name 2,\r\n3,Name 3,\"\"\r\n"));
    QCOMPARE(**finished, read(path).size());
}

void TestRecordExport::cancel_leavesTheFileThatWasThere()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("out.csv"));
    write(path, "before");
    AsyncRunner async;
    RecordExport job(async);
    std::optional<Result<qint64>> finished;
    connect(&job, &RecordExport::finished, this, [&finished](const Result<qint64> &bytes) { finished = bytes; });
    job.start(blocks([](int) { return Result<QByteArray>(QByteArray(1000, 'x')); }), path);
    job.cancel();
    QTRY_VERIFY(finished);
    IDS_VERIFY_ERROR(*finished, ErrorKind::Cancelled, "cancelled");
    QCOMPARE(read(path), QByteArray("before"));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 1);
}

void TestRecordExport::streamBreaks_leavesNothing()
{
    QTemporaryDir folder;
    std::atomic<qint64> written = 0;
    const auto result =
        writeExport(blocks([](int index) -> Result<QByteArray> {
                        if (index < 2)
                            return QByteArray("block");
                        return Error{ErrorKind::Unavailable, QStringLiteral("store_gone"), {}, {}, {}, {}};
                    }),
                    folder.filePath(QStringLiteral("out.csv")), {}, written);
    IDS_VERIFY_ERROR(result, ErrorKind::Unavailable, "store_gone");
    QCOMPARE(written.load(), 10);
    QVERIFY(QDir(folder.path()).isEmpty());
}

void TestRecordExport::writeFails_leavesTheFileThatWasThereAndSaysWhy()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("out.csv"));
    write(path, "before");
    std::atomic<qint64> written = 0;
    const FileSizeLimit limit(100'000);
    const auto result =
        writeExport(blocks([](int) { return Result<QByteArray>(QByteArray(64 * 1024, 'x')); }), path, {}, written);
    IDS_VERIFY_ERROR(result, ErrorKind::Unavailable, "cannot_write");
    QVERIFY(result.error().message.contains(QLatin1StringView("out.csv")));
    QCOMPARE(read(path), QByteArray("before"));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 1);
}

void TestRecordExport::folderMissing_saysSo()
{
    QTemporaryDir folder;
    std::atomic<qint64> written = 0;
    const auto result = writeExport(blocks([](int) { return Result<QByteArray>(QByteArray()); }),
                                    folder.filePath(QStringLiteral("no/such/out.csv")), {}, written);
    IDS_VERIFY_ERROR(result, ErrorKind::Unavailable, "cannot_write");
}

QTEST_MAIN(TestRecordExport)
#include "tst_record_export.moc"
