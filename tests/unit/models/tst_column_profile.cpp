// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/column_profile.h"

#include <QTest>

using namespace idstore;

namespace {

RowBatch batchOf(std::initializer_list<std::initializer_list<std::optional<std::string_view>>> rows)
{
    RowBatch batch;
    batch.reset(static_cast<int>(rows.begin()->size()));
    for (const auto &row : rows) {
        for (const auto &cell : row) {
            if (cell)
                batch.addCell(*cell);
            else
                batch.addNull();
        }
        batch.endRow(0);
    }
    return batch;
}

Columns described(const ColumnProfile &profile)
{
    Columns columns{{.name = QStringLiteral("a")}, {.name = QStringLiteral("b")}};
    profile.describe(columns);
    return columns;
}

} // namespace

class TestColumnProfile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void filled_nullAndEmpty_areNotCounted()
    {
        ColumnProfile profile(2);
        profile.observe(batchOf({{"x", std::nullopt}, {"", "y"}, {"z", "w"}}));
        const Columns columns = described(profile);
        QCOMPARE(columns[0].filled, 2);
        QCOMPARE(columns[1].filled, 2);
    }

    void profilesOfParts_merged_areTheProfileOfTheWhole()
    {
        const RowBatch first = batchOf({{"x", std::nullopt}, {"y", "1"}});
        const RowBatch second = batchOf({{"", std::nullopt}});
        ColumnProfile whole(2);
        whole.observe(first);
        whole.observe(second);
        ColumnProfile part(2);
        ColumnProfile other(2);
        part.observe(first);
        other.observe(second);
        part.merge(other);
        QCOMPARE(described(part), described(whole));
    }
};

QTEST_APPLESS_MAIN(TestColumnProfile)
#include "tst_column_profile.moc"
