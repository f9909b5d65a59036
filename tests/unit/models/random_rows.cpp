// SPDX-License-Identifier: GPL-3.0-or-later
#include "random_rows.h"

namespace idstore::test {

std::string textOf(std::size_t length, quint32 seed)
{
    std::string text(length, ' ');
    for (std::size_t i = 0; i < length; ++i)
        text[i] = static_cast<char>('a' + (seed + i * 7 + i / 251) % 26);
    return text;
}

void addRandomCell(RowBatch &batch, QRandomGenerator &random, std::size_t longest)
{
    switch (random.bounded(8)) {
    case 0:
        batch.addNull();
        break;
    case 1:
        batch.addCell({});
        break;
    case 2:
        batch.addCell("佐藤 ☕ \xC3\xBC\n\"'");
        break;
    case 3:
        batch.addCell(std::string_view("\0zero\0", 6));
        break;
    case 4:
        batch.addCell("0012.50e3");
        break;
    case 5:
        batch.addCell(textOf(random.bounded(static_cast<quint32>(longest) + 1), random.generate()));
        break;
    default:
        batch.addCell(textOf(random.bounded(70U), random.generate()));
    }
}

Rejection randomRejection(QRandomGenerator &random)
{
    const auto text = [&](quint32 longest) {
        return QString::fromStdString(textOf(random.bounded(longest + 1), random.generate()));
    };
    return {static_cast<qint64>(random.bounded(70000U)), text(20), text(20), text(90),
            text(random.bounded(10) == 0 ? Rejection::maxRawLength : 60)};
}

} // namespace idstore::test
