// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/sql/sql_names.h"
#include "injection_names.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace idstore;
using namespace Qt::StringLiterals;
using sql::Dialect;

class TestSqlNames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nameProblem_injection_isRefusedInBothDialects()
    {
        const QStringList names = injectionNames();
        QVERIFY(names.size() >= 100);
        for (const QString &name : names) {
            QVERIFY2(!sql::nameProblem(name, Dialect::PostgreSql).isEmpty(), qPrintable(name));
            QVERIFY2(!sql::nameProblem(name, Dialect::MySql).isEmpty(), qPrintable(name));
        }
    }

    void nameProblem_plainNames_areAllowed()
    {
        for (const QString &name : {u"people"_s, u"People"_s, u"_x"_s, u"a$1"_s, u"select"_s, QString(63, u'a')}) {
            QVERIFY2(sql::nameProblem(name, Dialect::PostgreSql).isEmpty(), qPrintable(name));
            QVERIFY2(sql::nameProblem(name, Dialect::MySql).isEmpty(), qPrintable(name));
        }
        QVERIFY(sql::nameProblem(u"2024_people"_s, Dialect::MySql).isEmpty());
        QVERIFY(!sql::nameProblem(u"2024_people"_s, Dialect::PostgreSql).isEmpty());
        QVERIFY(!sql::nameProblem(u"2024"_s, Dialect::MySql).isEmpty());
        QVERIFY(!sql::nameProblem({}, Dialect::PostgreSql).isEmpty());
        QVERIFY(!sql::nameProblem({}, Dialect::MySql).isEmpty());
    }

    void nameProblems_badNames_areNamedByTheirFields()
    {
        const QJsonObject config{{u"schema"_s, u"a b"_s},
                                 {u"table"_s, u"x\""_s},
                                 {u"columns"_s, QJsonArray{u"good"_s, u"a;b"_s}},
                                 {u"key"_s, u"k k"_s}};
        QStringList fields;
        for (const FieldError &problem : sql::nameProblems(config, Dialect::PostgreSql))
            fields.append(problem.field);
        QCOMPARE(fields, QStringList({u"config.schema"_s, u"config.table"_s, u"config.columns.1"_s, u"config.key"_s}));
    }

    void quotedName_quotesInside_areDoubled()
    {
        QCOMPARE(sql::quotedName(u"a\"b"_s, Dialect::PostgreSql), u"\"a\"\"b\""_s);
        QCOMPARE(sql::quotedName(u"a`b\"c"_s, Dialect::MySql), u"`a``b\"c`"_s);
    }

    void nearNames_misspelt_findsWhatWasMeant()
    {
        QCOMPARE(sql::nearNames(u"custmers"_s, {u"orders"_s, u"Customers"_s}), QStringList{u"Customers"_s});
        QCOMPARE(sql::nearNames(u"people"_s, {u"orders"_s}), QStringList());
    }
};

QTEST_GUILESS_MAIN(TestSqlNames)
#include "tst_sql_names.moc"
