// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/glob_pattern.h"

#include <QTest>

using namespace idstore;
using namespace Qt::StringLiterals;

class TestGlobPattern : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void name_againstPattern_matchesAsDocumented_data();
    void name_againstPattern_matchesAsDocumented();
    void pattern_ofManyStars_staysFast();
    void pattern_literal_isToldApart();
};

void TestGlobPattern::name_againstPattern_matchesAsDocumented_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QStringList>("matching");
    QTest::addColumn<QStringList>("others");
    const auto add = [](const QString &pattern, const QStringList &matching, const QStringList &others) {
        QTest::newRow(qPrintable(pattern)) << pattern << matching << others;
    };
    add({}, {u""_s, u"a"_s, u"a/b"_s}, {});
    add(u"a.csv"_s, {u"a.csv"_s}, {u"A.csv"_s, u"a-csv"_s, u"a.csvx"_s, u"xa.csv"_s, u""_s});
    add(u"*.csv"_s, {u"a.csv"_s, u".csv"_s, u"ü日.csv"_s}, {u"in/a.csv"_s, u"a.csv.gz"_s, u"acsv"_s});
    add(u"*"_s, {u""_s, u"a"_s}, {u"a/b"_s, u"/"_s});
    add(u"a*b*c"_s, {u"abc"_s, u"axbxc"_s, u"abbcc"_s}, {u"ab"_s, u"a/b/c"_s, u"abcd"_s});
    add(u"?.csv"_s, {u"a.csv"_s, u"😀.csv"_s}, {u".csv"_s, u"ab.csv"_s, u"/.csv"_s});
    add(u"in/*/a?"_s, {u"in/x/ab"_s, u"in//ab"_s}, {u"in/ab"_s, u"in/x/y/ab"_s, u"in/x/a"_s});
    add(u"**"_s, {u""_s, u"a"_s, u"a/b/c"_s}, {});
    add(u"**/*.csv"_s, {u"a.csv"_s, u"x/a.csv"_s, u"x/y/a.csv"_s}, {u"a.txt"_s, u"x/"_s});
    add(u"in/**/a"_s, {u"in/a"_s, u"in/x/a"_s, u"in/x/y/a"_s}, {u"in/xa"_s, u"ina"_s, u"in/x/ya"_s});
    add(u"in/**"_s, {u"in/"_s, u"in/a"_s, u"in/a/b"_s}, {u"in"_s});
    add(u"a**b"_s, {u"ab"_s, u"a/b"_s, u"axb"_s, u"a/x/b"_s}, {u"a"_s, u"b"_s});
    add(u"a**/b"_s, {u"a/b"_s, u"ax/y/b"_s}, {u"ab"_s, u"axb"_s});
    add(u"****/x"_s, {u"x"_s, u"a/x"_s}, {u"ax"_s});
    add(u"[a].{b}+(c)$^\\"_s, {u"[a].{b}+(c)$^\\"_s}, {u"a.b+(c)$^\\"_s});
}

void TestGlobPattern::name_againstPattern_matchesAsDocumented()
{
    QFETCH(const QString, pattern);
    QFETCH(const QStringList, matching);
    QFETCH(const QStringList, others);
    const GlobPattern glob(pattern);
    for (const QString &name : matching)
        QVERIFY2(glob.matches(name), qPrintable(name));
    for (const QString &name : others)
        QVERIFY2(!glob.matches(name), qPrintable(name));
}

// A matcher that tries every way in turn would not come back.
void TestGlobPattern::pattern_ofManyStars_staysFast()
{
    const GlobPattern glob(u"*a"_s.repeated(30) + u'b');
    QVERIFY(!glob.matches(QString(1024, u'a')));
    QVERIFY(glob.matches(QString(1024, u'a') + u'b'));
}

void TestGlobPattern::pattern_literal_isToldApart()
{
    QVERIFY(GlobPattern(u"in/a.csv"_s).isLiteral());
    QVERIFY(!GlobPattern(u"in/?.csv"_s).isLiteral());
    QVERIFY(!GlobPattern(u"in/*"_s).isLiteral());
    QVERIFY(!GlobPattern().isLiteral());
}

QTEST_GUILESS_MAIN(TestGlobPattern)
#include "tst_glob_pattern.moc"
