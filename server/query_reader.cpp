// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/query_reader.h"

#include "models/services/source_rules.h"

#include <limits>

namespace idstore {

namespace {

QString operatorWords()
{
    QStringList words;
    for (int value = 0; value <= static_cast<int>(FilterOperator::Between); ++value)
        words.append(toString(static_cast<FilterOperator>(value)));
    return words.join(QStringLiteral(", "));
}

} // namespace

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

bool QueryReader::flag(QStringView name)
{
    const std::optional<QString> given = text(name);
    if (given && *given != QStringLiteral("true") && *given != QStringLiteral("false"))
        complain(name.toString(), ServerText::tr("“%1” must be true or false.").arg(name));
    return given == QStringLiteral("true");
}

QList<ColumnFilter> QueryReader::filters()
{
    QList<ColumnFilter> filters;
    for (const auto &[key, value] : m_items) {
        if (key.startsWith(QStringLiteral("filter")))
            readFilter(key, value, filters);
    }
    return filters;
}

void QueryReader::readFilter(const QString &key, const QString &value, QList<ColumnFilter> &filters)
{
    if (!key.startsWith(QStringLiteral("filter[")) || !key.endsWith(u']') || key.size() <= 8) {
        complain(key, ServerText::tr("A filter is written filter[COLUMN]=VALUE or filter[COLUMN][OPERATOR]=VALUE."));
        return;
    }
    ColumnFilter filter{key.sliced(7, key.size() - 8), value};
    const qsizetype parting = filter.column.lastIndexOf(QStringLiteral("]["));
    if (parting > 0) {
        const QString word = filter.column.sliced(parting + 2);
        const auto filterOperator = filterOperatorFromString(word);
        if (!filterOperator) {
            complain(key, ServerText::tr("“%1” is not an operator; there are: %2.").arg(word, operatorWords()));
            return;
        }
        filter.filterOperator = *filterOperator;
        filter.column.truncate(parting);
    }
    switch (filter.filterOperator) {
    case FilterOperator::Between: {
        const QString dots = QStringLiteral("..");
        const qsizetype middle = value.indexOf(dots);
        if (middle < 0) {
            complain(key, ServerText::tr("“between” takes two values with two points between: 10..20."));
            return;
        }
        filter.value = value.first(middle);
        filter.upper = value.sliced(middle + dots.size());
        break;
    }
    case FilterOperator::IsEmpty:
    case FilterOperator::IsNotEmpty:
    case FilterOperator::IsNull:
    case FilterOperator::IsNotNull:
        if (!value.isEmpty() && value != QStringLiteral("true")) {
            complain(key, ServerText::tr("“%1” takes no value, or true.").arg(toString(filter.filterOperator)));
            return;
        }
        break;
    default:
        break;
    }
    filters.append(filter);
}

std::optional<RecordSort> QueryReader::sort()
{
    const std::optional<QString> given = text(u"sort");
    if (!given)
        return std::nullopt;
    const bool descending = given->startsWith(u'-');
    return RecordSort{descending ? given->sliced(1) : *given, descending};
}

Result<void> QueryReader::finish() const
{
    if (m_errors.isEmpty())
        return {};
    return invalidInput(m_errors);
}

} // namespace idstore
