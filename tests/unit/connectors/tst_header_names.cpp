// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/header_names.h"

#include <QTest>

using namespace idstore;
using namespace Qt::StringLiterals;

namespace {

QStringList names(const std::vector<std::string> &header)
{
    QStringList list;
    for (const Column &column : columnsFromHeader(header))
        list.append(column.name);
    return list;
}

} // namespace

class TestHeaderNames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void names_blankAndRepeated_becomeUnique();
    void names_writtenOut_areNeverChanged();
    void names_blank_areMarkedGenerated();
    void names_long_areKept();
    void header_orData_isToldApart();
};

void TestHeaderNames::names_blankAndRepeated_becomeUnique()
{
    QCOMPARE(names({"email", "email", "email"}), (QStringList{u"email"_s, u"email_2"_s, u"email_3"_s}));
    QCOMPARE(names({"Email", "EMAIL", "e-mail"}), (QStringList{u"Email"_s, u"EMAIL_2"_s, u"e-mail"_s}));
    QCOMPARE(names({"a", "", " \t"}), (QStringList{u"a"_s, u"column_2"_s, u"column_3"_s}));
    QCOMPARE(names({"  name ", "name"}), (QStringList{u"name"_s, u"name_2"_s}));
    QCOMPARE(names({"ÄRGER", "ärger"}), (QStringList{u"ÄRGER"_s, u"ärger_2"_s}));
}

void TestHeaderNames::names_writtenOut_areNeverChanged()
{
    QCOMPARE(names({"email", "email", "email_2"}), (QStringList{u"email"_s, u"email_3"_s, u"email_2"_s}));
    QCOMPARE(names({"", "column_1"}), (QStringList{u"column_1_2"_s, u"column_1"_s}));
}

void TestHeaderNames::names_blank_areMarkedGenerated()
{
    const Columns columns = columnsFromHeader({"a", ""});
    QVERIFY(!columns[0].generated);
    QVERIFY(columns[1].generated);
    QVERIFY(generatedColumns(2)[1].generated);
    QCOMPARE(generatedColumns(2)[1].name, u"column_2"_s);
}

void TestHeaderNames::names_long_areKept()
{
    QCOMPARE(names({std::string(5000, 'x')}).first().size(), 5000);
}

void TestHeaderNames::header_orData_isToldApart()
{
    QVERIFY(firstRowIsHeader({{"id", "name"}, {"1", "Ada"}}));
    QVERIFY(firstRowIsHeader({{"name", "town"}, {"Ada", "London"}}));
    QVERIFY(firstRowIsHeader({{"country", "2019", "2020"}, {"Nepal", "5", "6"}}));
    QVERIFY(firstRowIsHeader({{"name", "email"}}));
    QVERIFY(firstRowIsHeader({{"", "id", ""}, {"x", "1", "y"}}));
    QVERIFY(!firstRowIsHeader({{"1", "Ada"}, {"2", "Bob"}}));
    QVERIFY(!firstRowIsHeader({{"Ada", "ada@example.org"}, {"Bob", "bob@example.org"}}));
    QVERIFY(!firstRowIsHeader({{"Ada", "2024-01-05"}, {"Bob", "2024-02-07"}}));
    QVERIFY(!firstRowIsHeader({{"Ada", "ada@example.org"}}));
}

QTEST_GUILESS_MAIN(TestHeaderNames)
#include "tst_header_names.moc"
