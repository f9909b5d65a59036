// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/key_sorter.h"
#include "models/store/row_order.h"
#include "models/store/row_order_cache.h"
#include "tests/support/result_checks.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <random>

using namespace idstore;

using Values = std::vector<std::optional<std::string>>;

class TestRowOrder : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    [[nodiscard]] RowOrder::Request request(const Values &values, ColumnType type) const
    {
        RowOrder::Request request;
        request.path = m_folder.filePath(QStringLiteral("1.c1.order"));
        request.type = type;
        request.rowCount = static_cast<qint64>(values.size());
        return request;
    }
    static Result<void> build(const RowOrder::Request &request, const Values &values)
    {
        std::size_t next = 0;
        return RowOrder::build(request, [&](std::optional<std::string_view> &cell) -> Result<bool> {
            if (next == values.size())
                return false;
            cell = values[next] ? std::optional<std::string_view>(*values[next]) : std::nullopt;
            ++next;
            return true;
        });
    }
    [[nodiscard]] std::vector<qint64> all(bool descending) const
    {
        const auto order = RowOrder::open(m_folder.filePath(QStringLiteral("1.c1.order")));
        if (!order)
            return {};
        const auto rows = order->rows(0, 1'000'000, descending);
        return rows ? *rows : std::vector<qint64>();
    }

private Q_SLOTS:
    void order_unreadableEmptyAndNull_comeLastBothWays()
    {
        const Values values{"10", std::nullopt, "9", "", "x", "9.0", "100", "a"};
        IDS_VERIFY_OK(build(request(values, ColumnType::Number), values));
        QCOMPARE(all(false), (std::vector<qint64>{3, 6, 1, 7, 5, 8, 4, 2}));
        QCOMPARE(all(true), (std::vector<qint64>{7, 1, 6, 3, 5, 8, 4, 2}));
    }

    void order_anyPlace_isOneRead()
    {
        const Values values{"3", "1", "", "2", std::nullopt};
        IDS_VERIFY_OK(build(request(values, ColumnType::Integer), values));
        const auto order = RowOrder::open(m_folder.filePath(QStringLiteral("1.c1.order")));
        QVERIFY(order);
        QCOMPARE(order->rowCount(), 5);
        for (const bool descending : {false, true}) {
            const std::vector<qint64> whole = all(descending);
            for (qint64 position = 0; position <= 6; ++position) {
                for (qint64 count = 0; count <= 6; ++count) {
                    const auto rows = order->rows(position, count, descending);
                    IDS_VERIFY_OK(rows);
                    std::vector<qint64> expected;
                    for (qint64 i = position; i < std::min<qint64>(position + count, 5); ++i)
                        expected.push_back(whole[static_cast<std::size_t>(i)]);
                    QCOMPARE(*rows, expected);
                }
            }
        }
    }

    void order_ofNothing_isEmpty()
    {
        IDS_VERIFY_OK(build(request({}, ColumnType::Text), {}));
        QVERIFY(all(false).empty());
        QVERIFY(all(true).empty());
    }

    void build_cancelled_leavesNoFile()
    {
        QTemporaryDir folder;
        const Values values(20'000, std::string("x"));
        RowOrder::Request asked = request(values, ColumnType::Text);
        asked.path = folder.filePath(QStringLiteral("1.c1.order"));
        asked.progress = [&](double part) {
            if (part > 0.2)
                asked.cancel.cancel();
        };
        IDS_VERIFY_ERROR(build(asked, values), ErrorKind::Cancelled, "cancelled");
        QVERIFY(QDir(folder.path()).isEmpty());
    }

    void build_tellsItsProgress()
    {
        const Values values(50'000, std::string("x"));
        RowOrder::Request asked = request(values, ColumnType::Text);
        std::vector<double> parts;
        asked.progress = [&](double part) { parts.push_back(part); };
        IDS_VERIFY_OK(build(asked, values));
        QVERIFY(parts.size() > 4);
        QVERIFY(std::ranges::is_sorted(parts));
        QVERIFY(parts.back() <= 1);
    }

    void open_somethingElse_isNothing()
    {
        QVERIFY(!RowOrder::open(m_folder.filePath(QStringLiteral("missing"))));
        QFile file(m_folder.filePath(QStringLiteral("other")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("not an order at all");
        file.close();
        QVERIFY(!RowOrder::open(file.fileName()));
    }

    /// Little memory makes many parts; the order must be that of a plain sort.
    void sorter_inParts_ordersAsInOne()
    {
        std::mt19937 random(7); // NOLINT: the same every time
        for (int round = 0; round < 20; ++round) {
            std::vector<std::pair<std::string, std::uint32_t>> expected;
            KeySorter sorter(m_folder.path(), 2'000);
            const std::uint32_t count = random() % 2000;
            for (std::uint32_t row = 1; row <= count; ++row) {
                std::string key;
                for (std::size_t i = random() % 20; i > 0; --i)
                    key.push_back(static_cast<char>("\0\1ab\xFF"[random() % 5]));
                IDS_VERIFY_OK(sorter.add(key, row));
                expected.emplace_back(key, row);
            }
            std::ranges::sort(expected);
            std::vector<std::uint32_t> rows;
            IDS_VERIFY_OK(sorter.finish([&](std::uint32_t row) -> Result<void> {
                rows.push_back(row);
                return {};
            }));
            QCOMPARE(rows.size(), expected.size());
            for (std::size_t i = 0; i < rows.size(); ++i)
                QCOMPARE(rows[i], expected[i].second);
        }
        QCOMPARE(QDir(m_folder.path()).entryList({QStringLiteral("sort*")}, QDir::Files), QStringList());
    }

    void cache_buildsOnceAndKeepsTheLast()
    {
        QTemporaryDir folder;
        RowOrderCache cache;
        int built = 0;
        const auto take = [&](int column) {
            RowOrder::Request asked = request({}, ColumnType::Text);
            asked.path = folder.filePath(QStringLiteral("1.c%1.order").arg(column));
            return cache.take(asked.path, QStringLiteral("1.*.order"), {}, [&] {
                ++built;
                return build(asked, {"b", "a"});
            });
        };
        IDS_VERIFY_OK(take(0));
        IDS_VERIFY_OK(take(0));
        QCOMPARE(built, 1);
        for (int column = 1; column < 10; ++column)
            IDS_VERIFY_OK(take(column));
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), RowOrderCache::maxOrders);
    }

    void cache_failedBuild_isTriedAgain()
    {
        QTemporaryDir folder;
        RowOrderCache cache;
        RowOrder::Request asked = request({}, ColumnType::Text);
        asked.path = folder.filePath(QStringLiteral("1.c1.order"));
        const Error cancelled{ErrorKind::Cancelled, QStringLiteral("cancelled"), {}, {}, {}, {}};
        const auto first =
            cache.take(asked.path, QStringLiteral("1.*.order"), {}, [&]() -> Result<void> { return cancelled; });
        IDS_VERIFY_ERROR(first, ErrorKind::Cancelled, "cancelled");
        const auto second = cache.take(asked.path, QStringLiteral("1.*.order"), {}, [&] {
            return build(asked, {"b", "a"});
        });
        IDS_VERIFY_OK(second);
        QCOMPARE((*second)->rowCount(), 2);
    }
};

QTEST_APPLESS_MAIN(TestRowOrder)
#include "tst_row_order.moc"
