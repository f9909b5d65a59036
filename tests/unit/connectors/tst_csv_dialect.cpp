// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/csv_dialect.h"

#include <QTest>

using namespace idstore;

class TestCsvDialect : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void dialect_ofSample_isFound_data();
    void dialect_ofSample_isFound();
    void delimiterOfSeveral_isFound_data();
    void delimiterOfSeveral_isFound();
    void choice_isObeyed();
};

void TestCsvDialect::dialect_ofSample_isFound_data()
{
    QTest::addColumn<QByteArray>("sample");
    QTest::addColumn<char>("delimiter");
    QTest::addColumn<char>("quote");
    QTest::addColumn<bool>("backslash");
    const auto row = [](const char *name, const char *sample, char delimiter, char quote = '"',
                        bool backslash = false) {
        QTest::newRow(name) << QByteArray(sample) << delimiter << quote << backslash;
    };
    row("comma", "id,name\n1,Ada\n2,Bob\n", ',');
    row("semicolon with decimal commas", "id;price;tax\n1;1,50;0,30\n2;2,50;0,50\n", ';');
    row("tab with commas", "name\taddress\nAda\tMain St, 5\nBob\tElm St, 7\n", '\t');
    row("pipe", "a|b|c\n1|2|3\n", '|');
    row("one column", "name\nAda\nBob\nCleo\n", ',');
    row("commas in quotes", "a;b\n\"x, y, z\";1\n\"p, q, r\";2\n", ';');
    row("single quotes", "a,b\n'x, y',1\n'z, w',2\n", ',', '\'');
    row("apostrophes are no quotes", "name,town\nO'Brien,Cork\nD'Angelo,Rome\n", ',');
    row("backslash", "a,b\n\"x \\\"y\\\", z\",1\n\"p \\\"q\\\", r\",2\n", ',', '"', true);
    row("backslash once in many rows", "a,b\n1,\"x \\\"y\\\" z\"\n2,p\n3,q\n4,r\n5,s\n6,t\n7,u\n8,v\n", ',', '"', true);
    row("paths ending in a backslash", "path,size\n\"C:\\dir\\\",1\n\"C:\\other\\\",2\n", ',');
    row("times with colons", "at,who\n10:30,Ada\n11:45,Bob\n", ',');
    row("dates in one column", "when\n2024-01-05\n2024-02-07\n", ',');
    row("two rows", "a;b\n1;2", ';');
    row("space", "id at who\n1 10:30 \"Ada L\"\n2 11:45 \"Bob, M\"\n", ' ');
    row("no header, space", "1 10:30 Ada\n2 11:45 Bob\n", ' ');
    row("caret", "a^b\nx, y^1\nz^2\n", '^');
    row("unit separator",
        "a\x1F"
        "b\nx\x1F"
        "1\nz, y\x1F"
        "2\n",
        '\x1F');
    row("colons", "root:x:0:0:root\nada:x:1000:1000:Ada L\nbob:x:1001:1001:Bob M\n", ':');
    row("full names in one column", "name\nAda Lovelace\nBob Smith\n", ',');
    row("addresses in one column", "street address line\n10 Main Street\n12 Elm Road\n", ',');
    row("timestamps in one column", "2024-01-05 10:30\n2024-02-07 11:45\n", ',');
    row("times in one column", "10:30:00\n11:45:00\n", ',');
    row("phones in one column", "phone\n555 123 4567\n555 123 4568\n", ',');
    row("spaces in the names", "First Name,Last Name\nAda B,Love Lace\nBob C,Smi Th\n", ',');
    row("excel's line", "sep=|\na|b,c\n1|2,3\n", '|');
}

void TestCsvDialect::dialect_ofSample_isFound()
{
    QFETCH(QByteArray, sample);
    const auto dialect = detectCsvDialect(sample.toStdString(), true, {});
    QTEST(dialect.syntax.delimiter, "delimiter");
    QTEST(dialect.syntax.quote, "quote");
    QTEST(dialect.syntax.escape == CsvSyntax::Escape::Backslash, "backslash");
}

void TestCsvDialect::delimiterOfSeveral_isFound_data()
{
    QTest::addColumn<QByteArray>("sample");
    QTest::addColumn<QByteArray>("delimiter");
    const auto row = [](const char *name, const char *sample, const char *delimiter) {
        QTest::newRow(name) << QByteArray(sample) << QByteArray(delimiter);
    };
    row("comma and space", "a, b\n1, \"x, y\"\n2, \"p, q\"\n", ", ");
    row("comma and space, no quotes", "a, b\n1, 2\n3, 4\n", ", ");
    row("comma with a space now and then", "a,b\n1, 2\n3,4\n", ",");
    row("two pipes", "a||b\n1||x|y\n2||z\n", "||");
    row("two colons", "a::b::c\n1::10:30::x\n2::11:45::y\n", "::");
    row("two semicolons", "a;;b\n1;;2\n3;;4\n", ";;");
    row("three pipes", "a|||b|||c\n1|||x|y|||2\n3|||p||q|||4\n", "|||");
    row("three pipes with empty cells", "a|||b|||c\n1||||||2\n3|||x|||\n4|||y|||5\n", "|||");
    row("three tildes", "id~~~name\n1~~~Ada, L\n2~~~Bob; M\n", "~~~");
    row("three colons", "id:::at:::name\n1:::10:30:::Ada\n2:::11:45:::Bob\n", ":::");
    row("four pipes", "a||||b||||c\n1||||2||||3\n4||||5||||6\n", "||||");
    row("pipes around a tilde", "a|~|b\n1|~|x, y\n2|~|z\n", "|~|");
    row("pipe with three empty cells now and then", "a|b|c|d\n1|||2\n3|4|5|6\n7|8|9|\n", "|");
    row("pipe with empty cells", "a|b|c\n1||2\n3|4|\n5|6|7\n", "|");
    row("semicolon with empty cells", "a;b;c;d\n1;;2;3\n3;;4;5\n5;6;7;8\n", ";");
}

void TestCsvDialect::delimiterOfSeveral_isFound()
{
    QFETCH(QByteArray, sample);
    const CsvSyntax syntax = detectCsvDialect(sample.toStdString(), true, {}).syntax;
    QTEST(QByteArray::fromStdString(syntax.delimiterText()), "delimiter");
}

void TestCsvDialect::choice_isObeyed()
{
    CsvDialectChoice choice;
    choice.delimiter = ':';
    choice.quote = CsvSyntax::noQuote;
    choice.escape = CsvSyntax::Escape::Backslash;
    const auto dialect = detectCsvDialect("a,b\n1,2\n", true, choice);
    QCOMPARE(dialect.syntax.delimiter, ':');
    QCOMPARE(dialect.syntax.quote, CsvSyntax::noQuote);
    QVERIFY(dialect.syntax.escape == CsvSyntax::Escape::Backslash);
}

QTEST_GUILESS_MAIN(TestCsvDialect)
#include "tst_csv_dialect.moc"
