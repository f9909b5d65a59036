// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/filter_text.h"

#include "models/domain/column_choices.h"

#include <QCoreApplication>

namespace idstore {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(FilterText)
};

} // namespace

QList<FilterOperator> filterOperators(ColumnType type)
{
    using enum FilterOperator;
    switch (type) {
    case ColumnType::Text:
        return {Contains, Equals, NotEquals, StartsWith, IsEmpty, IsNotEmpty, IsNull, IsNotNull};
    case ColumnType::Boolean:
        return {Equals, NotEquals, IsEmpty, IsNotEmpty, IsNull, IsNotNull};
    case ColumnType::Integer:
    case ColumnType::Number:
    case ColumnType::Date:
    case ColumnType::Timestamp:
        break;
    }
    return {Equals,  NotEquals, Less,    AtMost,     Greater, AtLeast,
            Between, Contains,  IsEmpty, IsNotEmpty, IsNull,  IsNotNull};
}

QString filterOperatorName(FilterOperator filterOperator, ColumnType type)
{
    const bool isTime = isTemporal(type);
    switch (filterOperator) {
    case FilterOperator::Equals:
        return Words::tr("is", "a column is a value");
    case FilterOperator::NotEquals:
        return Words::tr("is not", "a column is not a value");
    case FilterOperator::Contains:
        return Words::tr("contains");
    case FilterOperator::StartsWith:
        return Words::tr("starts with");
    case FilterOperator::IsEmpty:
        return Words::tr("is empty or has no value");
    case FilterOperator::IsNotEmpty:
        return Words::tr("is filled");
    case FilterOperator::IsNull:
        return Words::tr("has no value");
    case FilterOperator::IsNotNull:
        return Words::tr("has a value");
    case FilterOperator::Less:
        return isTime ? Words::tr("is before") : Words::tr("is less than");
    case FilterOperator::AtMost:
        return isTime ? Words::tr("is on or before") : Words::tr("is at most");
    case FilterOperator::Greater:
        return isTime ? Words::tr("is after") : Words::tr("is more than");
    case FilterOperator::AtLeast:
        return isTime ? Words::tr("is on or after") : Words::tr("is at least");
    case FilterOperator::Between:
        return Words::tr("is between");
    }
    return {};
}

int filterValueCount(FilterOperator filterOperator)
{
    switch (filterOperator) {
    case FilterOperator::IsEmpty:
    case FilterOperator::IsNotEmpty:
    case FilterOperator::IsNull:
    case FilterOperator::IsNotNull:
        return 0;
    case FilterOperator::Between:
        return 2;
    default:
        return 1;
    }
}

QString filterCondition(const ColumnFilter &filter, ColumnType type)
{
    const QString words = filterOperatorName(filter.filterOperator, type);
    switch (filterValueCount(filter.filterOperator)) {
    case 0:
        return words;
    case 1:
        return Words::tr("%1 %2", "an operator and a value").arg(words, filter.value);
    default:
        return Words::tr("%1 %2 and %3", "is between two values").arg(words, filter.value, filter.upper);
    }
}

} // namespace idstore
