// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/itemmodels/column_list_model.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace idstore;

class TestColumnListModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void data_columns_tellNameTypeAndShare();
    void data_noRows_tellsNoShare();
    void tooltip_madeUpName_saysSo();
};

void TestColumnListModel::data_columns_tellNameTypeAndShare()
{
    ColumnListModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setColumns({{QStringLiteral("email"), ColumnType::Text, false, 199}}, 200);
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0, ColumnListModel::NameColumn).data().toString(), QStringLiteral("email"));
    QCOMPARE(model.index(0, ColumnListModel::TypeColumn).data().toString(), QStringLiteral("Text"));
    QCOMPARE(model.index(0, ColumnListModel::FilledColumn).data().toString(), QStringLiteral("99 %"));
}

void TestColumnListModel::data_noRows_tellsNoShare()
{
    ColumnListModel model;
    model.setColumns({{QStringLiteral("email"), ColumnType::Text, false, 0}}, 0);
    QCOMPARE(model.index(0, ColumnListModel::FilledColumn).data().toString(), QStringLiteral("—"));
}

void TestColumnListModel::tooltip_madeUpName_saysSo()
{
    ColumnListModel model;
    model.setColumns({{QStringLiteral("column_1"), ColumnType::Text, true, 0}}, 0);
    QVERIFY(model.index(0, ColumnListModel::NameColumn)
                .data(Qt::ToolTipRole)
                .toString()
                .contains(QStringLiteral("made up")));
}

QTEST_GUILESS_MAIN(TestColumnListModel)
#include "tst_column_list_model.moc"
