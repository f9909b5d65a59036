// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/record_matcher.h"

#include "models/domain/typed_value.h"

#include <QCoreApplication>

#include <algorithm>
#include <numeric>

namespace idstore {

namespace {

struct RecordFilters
{
    Q_DECLARE_TR_FUNCTIONS(RecordFilters)

public:
    static QString unreadable(const QString &value, ColumnType type)
    {
        switch (type) {
        case ColumnType::Text:
            break;
        case ColumnType::Integer:
            return tr("“%1” is not a whole number.").arg(value);
        case ColumnType::Number:
            return tr("“%1” is not a number; write it like 1234.5, without signs between thousands.").arg(value);
        case ColumnType::Boolean:
            return tr("“%1” is neither true nor false.").arg(value);
        case ColumnType::Date:
            return tr("“%1” is not a date; write it like 2024-03-05.").arg(value);
        case ColumnType::Timestamp:
            return tr("“%1” is not a date or time; write it like 2024-03-05T10:11:12Z.").arg(value);
        }
        return {};
    }
};

char foldAscii(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + ('a' - 'A')) : byte;
}

std::string folded(const QString &text)
{
    std::string bytes = text.toStdString();
    std::transform(bytes.begin(), bytes.end(), bytes.begin(), foldAscii);
    return bytes;
}

bool equalsFolded(char byte, char foldedByte)
{
    return foldAscii(byte) == foldedByte;
}

/// ASCII letters are compared without regard to case.
bool containsFolded(std::string_view text, std::string_view needle)
{
    return std::search(text.begin(), text.end(), needle.begin(), needle.end(), equalsFolded) != text.end();
}

bool startsWithFolded(std::string_view text, std::string_view needle)
{
    return text.size() >= needle.size() &&
           std::equal(needle.begin(), needle.end(), text.begin(),
                      [](char foldedByte, char byte) { return equalsFolded(byte, foldedByte); });
}

bool isRange(FilterOperator filterOperator)
{
    switch (filterOperator) {
    case FilterOperator::Less:
    case FilterOperator::AtMost:
    case FilterOperator::Greater:
    case FilterOperator::AtLeast:
    case FilterOperator::Between:
        return true;
    default:
        return false;
    }
}

std::optional<std::string> keyOf(const QString &value, const Column &column)
{
    std::string key;
    if (value.isEmpty() || !appendSortKey(key, value.toStdString(), column.type, column.dateOrder))
        return std::nullopt;
    return key;
}

QString fieldOf(const ColumnFilter &filter)
{
    const QString field = QStringLiteral("filter[%1]").arg(filter.column);
    if (filter.filterOperator == FilterOperator::Equals)
        return field;
    return field + QStringLiteral("[%1]").arg(toString(filter.filterOperator));
}

const Column *find(const Columns &columns, const QString &name)
{
    const auto found = std::ranges::find(columns, name, &Column::name);
    return found == columns.end() ? nullptr : &*found;
}

} // namespace

QList<FieldError> RecordMatcher::check(const Columns &columns, const RecordQuery &query)
{
    QList<FieldError> problems;
    const QString noColumn = RecordFilters::tr("The source has no such column.");
    for (const ColumnFilter &filter : query.filters) {
        const Column *column = find(columns, filter.column);
        if (!column) {
            problems.append({fieldOf(filter), noColumn});
            continue;
        }
        if (!isRange(filter.filterOperator))
            continue;
        QStringList bounds{filter.value};
        if (filter.filterOperator == FilterOperator::Between)
            bounds.append(filter.upper);
        for (const QString &bound : std::as_const(bounds)) {
            if (bound.isEmpty())
                problems.append({fieldOf(filter), RecordFilters::tr("Give a value to compare with.")});
            else if (!keyOf(bound, *column))
                problems.append({fieldOf(filter), RecordFilters::unreadable(bound, column->type)});
        }
    }
    if (query.sort && !find(columns, query.sort->column))
        problems.append({QStringLiteral("sort"), noColumn});
    return problems;
}

RecordMatcher::RecordMatcher(const Columns &columns, const RecordQuery &query)
    : m_needle(folded(query.text))
{
    if (!m_needle.empty()) {
        m_columns.resize(static_cast<std::size_t>(columns.size()));
        std::iota(m_columns.begin(), m_columns.end(), 0);
    }
    for (const ColumnFilter &filter : query.filters) {
        const Column *column = find(columns, filter.column);
        Q_ASSERT(column);
        const int position = static_cast<int>(column - columns.constData());
        auto known = std::find(m_columns.begin(), m_columns.end(), position);
        if (known == m_columns.end())
            known = m_columns.insert(m_columns.end(), position);
        Condition condition;
        condition.cell = static_cast<std::size_t>(known - m_columns.begin());
        condition.type = column->type;
        condition.order = column->dateOrder;
        condition.filterOperator = filter.filterOperator;
        const bool isFolded =
            filter.filterOperator == FilterOperator::Contains || filter.filterOperator == FilterOperator::StartsWith;
        condition.value = isFolded ? folded(filter.value) : filter.value.toStdString();
        // Texts are equal only when they are the same; ordered, they compare as in a sorted list.
        if (column->type != ColumnType::Text || isRange(filter.filterOperator))
            condition.key = keyOf(filter.value, *column);
        condition.upperKey = keyOf(filter.upper, *column);
        m_conditions.push_back(std::move(condition));
    }
}

bool RecordMatcher::matches(const std::vector<Cell> &cells)
{
    for (const Condition &condition : m_conditions) {
        if (!matches(condition, cells[condition.cell]))
            return false;
    }
    return m_needle.empty() || std::any_of(cells.begin(), cells.end(),
                                           [&](const Cell &cell) { return cell && containsFolded(*cell, m_needle); });
}

bool RecordMatcher::matches(const Condition &condition, const Cell &cell)
{
    switch (condition.filterOperator) {
    case FilterOperator::IsNull:
        return !cell;
    case FilterOperator::IsNotNull:
        return cell.has_value();
    case FilterOperator::IsEmpty:
        return !cell || cell->empty();
    case FilterOperator::IsNotEmpty:
        return cell && !cell->empty();
    case FilterOperator::Equals:
        return cell && isEqual(condition, *cell);
    case FilterOperator::NotEquals:
        return cell && !isEqual(condition, *cell);
    case FilterOperator::Contains:
        return cell && containsFolded(*cell, condition.value);
    case FilterOperator::StartsWith:
        return cell && startsWithFolded(*cell, condition.value);
    case FilterOperator::Less:
    case FilterOperator::AtMost:
    case FilterOperator::Greater:
    case FilterOperator::AtLeast:
    case FilterOperator::Between:
        return cell && !cell->empty() && isInRange(condition, *cell);
    }
    return false;
}

bool RecordMatcher::isEqual(const Condition &condition, std::string_view text)
{
    if (text == condition.value)
        return true;
    if (!condition.key || text.empty())
        return false;
    m_key.clear();
    return appendSortKey(m_key, text, condition.type, condition.order) && m_key == *condition.key;
}

bool RecordMatcher::isInRange(const Condition &condition, std::string_view text)
{
    m_key.clear();
    if (!condition.key || !appendSortKey(m_key, text, condition.type, condition.order))
        return false;
    switch (condition.filterOperator) {
    case FilterOperator::Less:
        return m_key < *condition.key;
    case FilterOperator::AtMost:
        return m_key <= *condition.key;
    case FilterOperator::Greater:
        return m_key > *condition.key;
    case FilterOperator::AtLeast:
        return m_key >= *condition.key;
    default:
        return condition.upperKey && m_key >= *condition.key && m_key <= *condition.upperKey;
    }
}

} // namespace idstore
