// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/query_reader.h"

#include "models/services/source_rules.h"

#include <limits>

namespace idstore {

std::optional<QString> QueryReader::text(QStringView name) const
{
    for (const auto &[key, value] : m_items) {
        if (key == name)
            return value;
    }
    return std::nullopt;
}

qint64 QueryReader::number(QStringView name, qint64 otherwise, qint64 lowest, qint64 highest)
{
    const std::optional<QString> given = text(name);
    if (!given)
        return otherwise;
    bool isNumber = false;
    const qint64 value = given->toLongLong(&isNumber);
    if (isNumber && value >= lowest && value <= highest)
        return value;
    complain(name.toString(),
             highest == std::numeric_limits<qint64>::max()
                 ? ServerText::tr("“%1” must be the “next” of the page before.").arg(name)
                 : ServerText::tr("“%1” must be a number from %2 to %3.").arg(name).arg(lowest).arg(highest));
    return otherwise;
}

QList<ColumnFilter> QueryReader::filters()
{
    QList<ColumnFilter> filters;
    for (const auto &[key, value] : m_items) {
        if (!key.startsWith(QStringLiteral("filter")))
            continue;
        if (key.startsWith(QStringLiteral("filter[")) && key.endsWith(u']') && key.size() > 8)
            filters.append({key.sliced(7, key.size() - 8), value});
        else
            complain(key, ServerText::tr("A filter is written filter[COLUMN]=VALUE."));
    }
    return filters;
}

Result<void> QueryReader::finish() const
{
    if (m_errors.isEmpty())
        return {};
    return invalidInput(m_errors);
}

} // namespace idstore
