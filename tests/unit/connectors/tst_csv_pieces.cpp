// SPDX-License-Identifier: GPL-3.0-or-later
// Cut into pieces of any size and parsed by any number of threads, a file gives what it gives when it is read in order:
// the same rows and rejections on the same lines, the same things said of its columns, the same log.
#include "csv_fixture.h"

#include "models/ingest/pipeline.h"
#include "models/ingest/run_log.h"
#include "models/ingest/run_progress.h"
#include "tests/support/result_checks.h"

#include <QRandomGenerator>
#include <QTest>

using namespace idstore;
using namespace Qt::StringLiterals;

namespace {

constexpr quint32 seed = 20231123;

class KeptLog final : public RunLog
{
public:
    QStringList lines;
    void write(RunLogLine::Level level, const QString &text) override
    {
        Q_UNUSED(level)
        lines.append(text);
    }
};

/// Keeps what it is given.
class KeepingWriter final : public DatasetWriter
{
public:
    ReadTable table;
    Columns columns;

    Result<void> write(const RowBatch &batch) override
    {
        addBatch(table, batch);
        return {};
    }
    Result<DatasetSummary> finish(const Columns &described) override
    {
        columns = described;
        return DatasetSummary{described, static_cast<qint64>(table.rows.size()),
                              static_cast<qint64>(table.rejections.size())};
    }
};

struct Outcome
{
    ReadTable table;
    Columns columns;
    QStringList log;
    RunCounts counts;
};

struct Way
{
    int threads = 1;
    std::size_t pieceBytes = 0; ///< 0: in order
    std::size_t blockSize = 100;
};

Result<Outcome> ingest(const QString &path, const TableFileOptions &options, const Way &way)
{
    KeptLog log;
    CsvReader::Limits limits{.blockSize = way.blockSize};
    // Larger pieces than rows may be are none.
    limits.pieceBytes = way.pieceBytes > 0 ? way.pieceBytes : limits.rowBytes + 1;
    IDS_TRY(reader, CsvReader::open(path, options, {}, &log, limits));
    KeepingWriter writer;
    RunProgress progress;
    IDS_TRY(summary, pump(
                         *reader, writer, {}, progress, [] {}, {}, way.threads));
    Outcome outcome{writer.table, summary.columns, log.lines, progress.counts()};
    outcome.counts.bytes = 0; // the last batch of rows need not be the end of the file
    return outcome;
}

/// The file as it comes in order, and in many other ways.
void verifyAlways(const QByteArray &bytes, const QJsonObject &config, QRandomGenerator &random, int ways)
{
    const CsvFixture file(bytes);
    const auto options = TableFileOptions::fromConfig(config);
    IDS_VERIFY_OK(options);
    const auto expected = ingest(file.path(), *options, {});
    for (int i = 0; i < ways; ++i) {
        const Way way = {.threads = 1 + random.bounded(8),
                         .pieceBytes = static_cast<std::size_t>(1 + random.bounded(i % 2 == 0 ? 60 : 2000)),
                         .blockSize = static_cast<std::size_t>(1 + random.bounded(300))};
        const auto actual = ingest(file.path(), *options, way);
        QCOMPARE(actual.ok(), expected.ok());
        if (!expected) {
            QCOMPARE(actual.error(), expected.error());
            continue;
        }
        const auto told = [&](const char *what) -> QByteArray {
            return QByteArray(what) + " with " + QByteArray::number(way.threads) + " threads and pieces of " +
                   QByteArray::number(way.pieceBytes) + " bytes: " + bytes.left(4000).toPercentEncoding("\n ,\"");
        };
        QVERIFY2(actual->table.rows == expected->table.rows, told("rows").constData());
        QVERIFY2(actual->table.lines == expected->table.lines, told("lines").constData());
        QVERIFY2(actual->table.rejections == expected->table.rejections, told("rejections").constData());
        QVERIFY2(actual->columns == expected->columns, told("columns").constData());
        QVERIFY2(actual->log == expected->log, told("log").constData());
        QVERIFY2(actual->counts == expected->counts, told("counts").constData());
    }
}

/// Rows that are nearly always plain, with all that can be odd about some of them.
class Mess
{
public:
    Mess(QRandomGenerator &random, int oddOneIn)
        : m_random(random)
        , m_oddOneIn(oddOneIn)
    {}

    QByteArray table(int rows, int columns, const QByteArray &delimiter)
    {
        const QByteArray feed = oneOf({"\n", "\r\n", "\n", "\r\n", "\r"});
        QByteArray bytes;
        for (int column = 0; column < columns; ++column)
            bytes += (column > 0 ? delimiter : QByteArray()) + "name" + QByteArray::number(column);
        const QByteArray header = bytes;
        bytes += feed;
        for (int row = 0; row < rows; ++row) {
            if (isOdd())
                bytes += oddLine(header, columns, delimiter) + (isOdd() ? oneOf({"\n", "\r", "\r\n"}) : feed);
            for (int column = 0; column < columns; ++column)
                bytes += (column > 0 ? delimiter : QByteArray()) + field(column);
            bytes += feed;
        }
        if (isOdd() || m_random.bounded(4) == 0) { // below the table, and a row that looks like it further up
            const QByteArray total = "Total" + delimiter.repeated(columns > 2 ? columns - 2 : 0) + delimiter + "77";
            bytes.insert(bytes.indexOf(feed, bytes.size() / 2) + feed.size(), total + feed);
            bytes += total + feed + "End of report" + feed;
        }
        if (m_random.bounded(3) == 0)
            bytes.chop(feed.size());
        return bytes;
    }

private:
    bool isOdd() { return m_oddOneIn > 0 && m_random.bounded(m_oddOneIn) == 0; }
    QByteArray oneOf(std::initializer_list<const char *> texts)
    {
        return *(texts.begin() + m_random.bounded(static_cast<int>(texts.size())));
    }

    QByteArray field(int column)
    {
        if (isOdd())
            return oneOf({"5\" pipe", "\"shut\" late", "\"open", "\"a\"b\"", " \"spaced\"", "\"spaced\" ", "\"\"\"\"",
                          "a\"", "\"\\\"\"", "\\", "bad\xFF", "cut\xC3", "\xED\xA0\x80", "'"});
        switch (m_random.bounded(10)) {
        case 0:
            return {};
        case 1:
            return "\"\"";
        case 2:
            return oneOf({"\"x,y\"", "\"a \"\"word\"\"\"", "\"\"\"\"\"\"", "\"two\r\nlines\"", "\"three\n\nlines\"",
                          "\"a\rb\"", "\"tab\tand; others|\""});
        case 3:
            return oneOf({"Zoë", "東京", "😀", "Müller-Lüdenscheidt, no", "ἄλφα"}).replace(',', ' ');
        case 4:
            return QByteArray(m_random.bounded(90), 'l');
        default:
            return column % 2 == 0 ? QByteArray::number(m_random.bounded(100000))
                                   : QByteArray("2023-0" + QByteArray::number(1 + m_random.bounded(9)) + "-11");
        }
    }

    QByteArray oddLine(const QByteArray &header, int columns, const QByteArray &delimiter)
    {
        switch (m_random.bounded(8)) {
        case 0:
            return header;
        case 1: // of another table
            return "name1" + delimiter + "name0" + (columns > 2 ? QByteArray() : delimiter + "name9");
        case 2:
            return {};
        case 3:
            return "  ";
        case 4:
            return "1" + delimiter + "2";
        case 5:
            return "manymany" + delimiter.repeated(columns + 2) + "x";
        case 6:
            return delimiter.repeated(columns - 1) + delimiter.repeated(2);
        default:
            return "\"never closed" + delimiter;
        }
    }

    QRandomGenerator &m_random;
    const int m_oddOneIn;
};

QJsonObject config(const char *delimiter)
{
    return {{u"delimiter"_s, QString::fromLatin1(delimiter)}, {u"quote"_s, u"\""_s}, {u"header_row"_s, 1}};
}

} // namespace

class TestCsvPieces : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tables_inPieces_areAsInOrder_data();
    void tables_inPieces_areAsInOrder();
    void encodings_inPieces_areAsInOrder();
    void straySyntax_inPieces_isAsInOrder();
    void plainTables_areCutIntoPieces_data();
    void plainTables_areCutIntoPieces();
    void cancelled_whileCutting_ends();
};

void TestCsvPieces::tables_inPieces_areAsInOrder_data()
{
    QTest::addColumn<int>("columns");
    QTest::addColumn<int>("oddOneIn");
    QTest::addColumn<QByteArray>("delimiter");
    QTest::newRow("plain") << 4 << 0 << QByteArray(",");
    QTest::newRow("rarely odd") << 4 << 400 << QByteArray(",");
    QTest::newRow("odd now and then") << 5 << 60 << QByteArray(";");
    QTest::newRow("often odd") << 3 << 12 << QByteArray(",");
    QTest::newRow("two columns") << 2 << 60 << QByteArray("\t");
    QTest::newRow("one column") << 1 << 30 << QByteArray(",");
    QTest::newRow("wide") << 90 << 900 << QByteArray("|");
    QTest::newRow("two delimiters") << 3 << 60 << QByteArray("||");
    QTest::newRow("four delimiters") << 3 << 60 << QByteArray("|~||");
    QTest::newRow("spaces") << 3 << 60 << QByteArray(" ");
}

void TestCsvPieces::tables_inPieces_areAsInOrder()
{
    QFETCH(int, columns);
    QFETCH(int, oddOneIn);
    QFETCH(QByteArray, delimiter);
    QRandomGenerator random(seed);
    for (int round = 0; round < 12; ++round) {
        Mess mess(random, oddOneIn);
        const QByteArray bytes = mess.table(1 + random.bounded(600 / columns + 10), columns, delimiter);
        QJsonObject options = config(delimiter.constData());
        if (round % 3 == 2 || delimiter.size() > 1)
            options = {};
        else if (round % 4 == 3)
            options.insert(u"escape"_s, u"\\"_s);
        verifyAlways(bytes, options, random, 6);
        if (QTest::currentTestFailed())
            return;
    }
}

void TestCsvPieces::encodings_inPieces_areAsInOrder()
{
    QRandomGenerator random(seed + 1);
    for (int round = 0; round < 8; ++round) {
        const QByteArray utf8 = Mess(random, 80).table(120, 3, ",");
        const QString text = QString::fromUtf8(utf8);
        QByteArray utf16("\xFF\xFE", 2);
        for (const QChar unit : text) {
            utf16 += static_cast<char>(unit.unicode() & 0xFF);
            utf16 += static_cast<char>(unit.unicode() >> 8);
        }
        for (const QByteArray &bytes : {QByteArray("\xEF\xBB\xBF" + utf8), utf16, text.toLatin1()}) {
            verifyAlways(bytes, config(","), random, 3);
            if (QTest::currentTestFailed())
                return;
        }
    }
}

void TestCsvPieces::straySyntax_inPieces_isAsInOrder()
{
    static const QByteArray alphabet = "\"\"',\n\n\r\\ab ;";
    QRandomGenerator random(seed + 2);
    for (int round = 0; round < 250; ++round) {
        QByteArray bytes = "x,y\n";
        const int count = random.bounded(200);
        for (int i = 0; i < count; ++i)
            bytes += alphabet[random.bounded(static_cast<int>(alphabet.size()))];
        verifyAlways(bytes, config(","), random, 2);
        if (QTest::currentTestFailed())
            return;
    }
}

void TestCsvPieces::plainTables_areCutIntoPieces_data()
{
    QTest::addColumn<int>("columns");
    QTest::addColumn<bool>("allQuoted");
    QTest::newRow("narrow") << 3 << false;
    QTest::newRow("wide") << 300 << false;
    QTest::newRow("quoted") << 14 << true;
}

void TestCsvPieces::plainTables_areCutIntoPieces()
{
    QFETCH(int, columns);
    QFETCH(bool, allQuoted);
    QByteArray bytes;
    for (int row = 0; row < 200; ++row) {
        for (int column = 0; column < columns; ++column) {
            if (column > 0)
                bytes += ',';
            const QByteArray value = row == 0 ? "c" + QByteArray::number(column) : QByteArray::number(row * column);
            bytes += allQuoted ? "\"say \"\"" + value + "\"\",\n\"" : value;
        }
        bytes += "\r\n";
    }
    const CsvFixture file(bytes);
    auto reader = file.open(config(","), {.pieceBytes = 16 * 1024});
    IDS_VERIFY_OK(reader);
    PieceReader *const pieces = (*reader)->pieces();
    QVERIFY(pieces);
    const auto piece = pieces->newPiece();
    RowBatch batch;
    ReadTable table;
    // Nothing is left to be read in order.
    while (true) {
        const auto cut = pieces->cut(*piece);
        IDS_VERIFY_OK(cut);
        if (!*cut)
            break;
        pieces->parse(*piece, batch);
        pieces->settle(*piece, batch);
        addBatch(table, batch);
    }
    QCOMPARE(table.rows.size(), 199U);
    QCOMPARE(table.sourceBytes, bytes.size());
    const auto more = (*reader)->read(batch);
    IDS_VERIFY_OK(more);
    QVERIFY(!*more);
}

void TestCsvPieces::cancelled_whileCutting_ends()
{
    const CsvFixture file("a,b\n1,2\n");
    const CancelToken cancel;
    auto reader = CsvReader::open(file.path(), {}, cancel, nullptr, {});
    IDS_VERIFY_OK(reader);
    cancel.cancel();
    const auto piece = (*reader)->newPiece();
    IDS_VERIFY_ERROR((*reader)->cut(*piece), ErrorKind::Cancelled, "cancelled");
}

QTEST_GUILESS_MAIN(TestCsvPieces)
#include "tst_csv_pieces.moc"
