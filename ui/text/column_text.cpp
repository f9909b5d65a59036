// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/column_text.h"

#include "models/services/column_notes.h"
#include "ui/text/format.h"

#include <QCoreApplication>
#include <QDate>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>

namespace idstore {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ColumnText)
};

QString readingName(ColumnType type, DateOrder order)
{
    const QString name = columnTypeName(type);
    if (type != ColumnType::Date && type != ColumnType::Timestamp)
        return name;
    switch (order) {
    case DateOrder::DayFirst:
        return Words::tr("%1, day first").arg(name);
    case DateOrder::MonthFirst:
        return Words::tr("%1, month first").arg(name);
    case DateOrder::Unknown:
        break;
    }
    return name;
}

QString spoken(int year, int month, int day)
{
    const QDate date(year, month, day);
    return date.isValid() ? QLocale().toString(date, Words::tr("d MMMM", "a day and its month")) : QString();
}

} // namespace

QString columnTypeIcon(ColumnType type)
{
    switch (type) {
    case ColumnType::Text:
        return QStringLiteral("type-text");
    case ColumnType::Integer:
        return QStringLiteral("type-integer");
    case ColumnType::Number:
        return QStringLiteral("type-number");
    case ColumnType::Boolean:
        return QStringLiteral("type-boolean");
    case ColumnType::Date:
        return QStringLiteral("calendar");
    case ColumnType::Timestamp:
        return QStringLiteral("type-timestamp");
    }
    return {};
}

QString columnReadingName(const Column &column)
{
    return readingName(column.type, column.dateOrder);
}

QString columnFoundName(const Column &column)
{
    return readingName(column.inferred, column.inferredOrder);
}

QStringList columnNoteSentences(const Column &column)
{
    QStringList sentences;
    for (const ColumnNote &note : currentNotes(column))
        sentences.append(noteMessage(column, note));
    return sentences;
}

bool needsAttention(const ColumnNote &note)
{
    return note.code != QLatin1StringView("identifier"); // a code that stays text is as it should be
}

bool needsAttention(const Column &column)
{
    const QList<ColumnNote> notes = currentNotes(column);
    return std::ranges::any_of(notes, [](const ColumnNote &note) { return needsAttention(note); });
}

DateReadings dateReadings(const Column &column)
{
    DateReadings readings;
    for (const ColumnNote &note : column.notes) {
        if (note.code != QLatin1StringView("ambiguous_date"))
            continue;
        readings.example = note.example;
        readings.hasTime = note.example.contains(u':');
        static const QRegularExpression digits(QStringLiteral(R"(^\s*(\d{1,2})[./-](\d{1,2})[./-](\d{4})\b)"));
        const QRegularExpressionMatch match = digits.match(note.example);
        if (match.hasMatch()) {
            const int first = match.capturedView(1).toInt();
            const int second = match.capturedView(2).toInt();
            const int year = match.capturedView(3).toInt();
            readings.dayFirst = spoken(year, second, first);
            readings.monthFirst = spoken(year, first, second);
        }
        break;
    }
    return readings;
}

} // namespace idstore
