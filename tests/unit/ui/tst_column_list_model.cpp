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
    void note_isMarkedAndSaidInWords();
    void type_chosen_saysWhatWasFoundOut();
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

void TestColumnListModel::note_isMarkedAndSaidInWords()
{
    ColumnListModel model;
    Column column{.name = QStringLiteral("plz")};
    column.notes = {{QStringLiteral("short_postal_code"), 12, QStringLiteral("1067")}};
    model.setColumns({column, Column{.name = QStringLiteral("city")}}, 100);
    const QModelIndex noted = model.index(0, ColumnListModel::NameColumn);
    QVERIFY(noted.data(ColumnListModel::NotedRole).toBool());
    QVERIFY(noted.data(Qt::AccessibleDescriptionRole).toString().contains(QStringLiteral("1067")));
    QVERIFY(noted.data(Qt::ToolTipRole).toString().contains(QStringLiteral("1067")));
    QVERIFY(!model.index(1, ColumnListModel::NameColumn).data(ColumnListModel::NotedRole).toBool());
}

void TestColumnListModel::type_chosen_saysWhatWasFoundOut()
{
    ColumnListModel model;
    Column column{.name = QStringLiteral("signup"), .type = ColumnType::Date};
    column.chosen = true;
    column.inferred = ColumnType::Text;
    column.dateOrder = DateOrder::DayFirst;
    model.setColumns({column}, 100);
    const QModelIndex type = model.index(0, ColumnListModel::TypeColumn);
    QCOMPARE(type.data().toString(), QStringLiteral("Date, day first"));
    QVERIFY(type.data(Qt::ToolTipRole).toString().contains(QStringLiteral("Found out: Text")));
}

QTEST_GUILESS_MAIN(TestColumnListModel)
#include "tst_column_list_model.moc"
