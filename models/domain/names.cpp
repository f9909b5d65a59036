// SPDX-License-Identifier: GPL-3.0-or-later
// The words by which the catalog and the REST API know the domain's enumerations. They are part of both formats:
// add, never change.
#include "models/domain/change_set.h"
#include "models/domain/column.h"
#include "models/domain/cursor.h"
#include "models/domain/ingestion_run.h"
#include "models/domain/progress.h"
#include "models/domain/record_query.h"
#include "models/domain/source.h"

#include <algorithm>
#include <array>
#include <utility>

namespace idstore {

namespace {

template <typename Enum>
struct Words;

#define IDS_WORDS(Enum, ...)                                                                                           \
    template <>                                                                                                        \
    struct Words<Enum>                                                                                                 \
    {                                                                                                                  \
        using enum Enum;                                                                                               \
        static constexpr auto table = std::to_array<std::pair<Enum, const char *>>({__VA_ARGS__});                     \
    };

IDS_WORDS(ColumnType, {Text, "text"}, {Integer, "integer"}, {Number, "number"}, {Boolean, "boolean"}, {Date, "date"},
          {Timestamp, "timestamp"})
IDS_WORDS(DateOrder, {Unknown, "unknown"}, {DayFirst, "day_first"}, {MonthFirst, "month_first"})
IDS_WORDS(FilterOperator, {Equals, "eq"}, {NotEquals, "ne"}, {Contains, "contains"}, {StartsWith, "starts_with"},
          {IsEmpty, "is_empty"}, {IsNotEmpty, "is_not_empty"}, {IsNull, "is_null"}, {IsNotNull, "is_not_null"},
          {Less, "lt"}, {AtMost, "le"}, {Greater, "gt"}, {AtLeast, "ge"}, {Between, "between"})
IDS_WORDS(CursorType, {Int, "int"}, {Timestamp, "timestamp"}, {Text, "text"})
IDS_WORDS(RunStatus, {Running, "running"}, {Completed, "completed"}, {Failed, "failed"}, {Cancelled, "cancelled"})
IDS_WORDS(RunTrigger, {Api, "api"}, {Gui, "gui"}, {Schedule, "schedule"}, {Cli, "cli"})
IDS_WORDS(RunMode, {Incremental, "incremental"}, {Full, "full"}, {Repair, "repair"})
IDS_WORDS(SchemaChange::Kind, {New, "new"}, {Gone, "gone"}, {Retyped, "retyped"}, {Renamed, "renamed"})
IDS_WORDS(ChangeKind, {New, "new"}, {Changed, "changed"}, {Removed, "removed"})
IDS_WORDS(RunPhase, {Starting, "starting"}, {Reading, "reading"}, {Finishing, "finishing"}, {Waiting, "waiting"})
IDS_WORDS(EstimateBasis, {None, "none"}, {FileSize, "file_size"}, {CountedRows, "counted_rows"},
          {FirstPage, "first_page"}, {LastRun, "last_run"})
IDS_WORDS(SourceStatus, {Pending, "pending"}, {Ingesting, "ingesting"}, {Ready, "ready"}, {Error, "error"})

#undef IDS_WORDS

template <typename Enum>
QString word(Enum value)
{
    const auto found = std::ranges::find(Words<Enum>::table, value, &std::pair<Enum, const char *>::first);
    Q_ASSERT(found != Words<Enum>::table.end());
    return QLatin1StringView(found->second);
}

template <typename Enum>
std::optional<Enum> fromWord(QStringView text)
{
    for (const auto &[value, name] : Words<Enum>::table) {
        if (text == QLatin1StringView(name))
            return value;
    }
    return std::nullopt;
}

} // namespace

QString toString(ColumnType type)
{
    return word(type);
}

std::optional<ColumnType> columnTypeFromString(QStringView text)
{
    return fromWord<ColumnType>(text);
}

QString toString(DateOrder order)
{
    return word(order);
}

std::optional<DateOrder> dateOrderFromString(QStringView text)
{
    return fromWord<DateOrder>(text);
}

QString toString(FilterOperator filterOperator)
{
    return word(filterOperator);
}

std::optional<FilterOperator> filterOperatorFromString(QStringView text)
{
    return fromWord<FilterOperator>(text);
}

QString toString(SchemaChange::Kind kind)
{
    return word(kind);
}

std::optional<SchemaChange::Kind> schemaChangeKindFromString(QStringView text)
{
    return fromWord<SchemaChange::Kind>(text);
}

QString toString(ChangeKind kind)
{
    return word(kind);
}

std::optional<ChangeKind> changeKindFromString(QStringView text)
{
    return fromWord<ChangeKind>(text);
}

QString toString(CursorType type)
{
    return word(type);
}

std::optional<CursorType> cursorTypeFromString(QStringView text)
{
    return fromWord<CursorType>(text);
}

QString toString(RunStatus status)
{
    return word(status);
}

std::optional<RunStatus> runStatusFromString(QStringView text)
{
    return fromWord<RunStatus>(text);
}

QString toString(RunMode mode)
{
    return word(mode);
}

std::optional<RunMode> runModeFromString(QStringView text)
{
    return fromWord<RunMode>(text);
}

QString toString(RunTrigger trigger)
{
    return word(trigger);
}

std::optional<RunTrigger> runTriggerFromString(QStringView text)
{
    return fromWord<RunTrigger>(text);
}

QString toString(RunPhase phase)
{
    return word(phase);
}

QString toString(EstimateBasis basis)
{
    return word(basis);
}

QString toString(SourceStatus status)
{
    return word(status);
}

} // namespace idstore
