// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/column_notes.h"

#include "models/domain/column_choices.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace idstore {

namespace {

struct ColumnNotes
{
    Q_DECLARE_TR_FUNCTIONS(ColumnNotes)

public:
    static QString typeName(ColumnType type)
    {
        switch (type) {
        case ColumnType::Text:
            return tr("texts");
        case ColumnType::Integer:
            return tr("whole numbers");
        case ColumnType::Number:
            return tr("numbers");
        case ColumnType::Boolean:
            return tr("yes or no");
        case ColumnType::Date:
            return tr("dates");
        case ColumnType::Timestamp:
            return tr("dates and times");
        }
        return {};
    }
};

/// A sentence of each code, with %1 for the example and %2 for the count.
struct Sentence
{
    const char *code;
    const char *text;
};

constexpr Sentence sentences[] = {
    {"identifier", QT_TRANSLATE_NOOP("ColumnNotes", "%2 values are codes rather than quantities (such as %1), so the "
                                                    "column stays text and keeps every digit.")},
    {"spreadsheet_exponent",
     QT_TRANSLATE_NOOP("ColumnNotes", "A spreadsheet has shortened long numbers before they came here: %2 values look "
                                      "like %1. Their last digits are lost; export the data again with this column as "
                                      "text.")},
    {"spreadsheet_date",
     QT_TRANSLATE_NOOP("ColumnNotes", "A spreadsheet may have turned codes into dates before they came here: %2 values "
                                      "look like %1. Compare them with the original data.")},
    {"short_postal_code",
     QT_TRANSLATE_NOOP("ColumnNotes", "%2 postal codes are shorter than five digits (%1): a spreadsheet has probably "
                                      "taken away zeros in front.")},
    {"ambiguous_date",
     QT_TRANSLATE_NOOP("ColumnNotes", "%2 dates can be read in two ways: in %1, which comes first, the "
                                      "day or the month? Until you choose, they are not compared as "
                                      "dates.")},
    {"contradictory_dates",
     QT_TRANSLATE_NOOP("ColumnNotes", "Some dates have the day first, %2 others have the month first (%1). Choose the "
                                      "order that most of them have; the others then stay text.")},
    {"two_digit_year", QT_TRANSLATE_NOOP("ColumnNotes", "%2 dates have a year of two digits (%1). Their century is not "
                                                        "known, so they stay text.")},
    {"mixed_time_zones",
     QT_TRANSLATE_NOOP("ColumnNotes",
                       "Some times name their zone, %2 others do not (%1). Those without one are compared "
                       "as UTC.")},
    {"number_format",
     QT_TRANSLATE_NOOP("ColumnNotes",
                       "%2 numbers are written like %1. Whether a sign there parts thousands or decimals "
                       "cannot be known for sure, so they stay text.")},
};

} // namespace

QList<ColumnNote> currentNotes(const Column &column)
{
    QList<ColumnNote> notes = column.notes;
    notes.removeIf([&](const ColumnNote &note) {
        const bool isAnswered = column.dateOrder != DateOrder::Unknown || !isTemporal(column.type);
        return note.code == QStringLiteral("ambiguous_date") && isAnswered;
    });
    return notes;
}

QString noteMessage(const Column &column, const ColumnNote &note)
{
    const QString count = QLocale().toString(note.count);
    if (note.code == QStringLiteral("unreadable_values")) {
        return ColumnNotes::tr("%1 values cannot be read as %2, such as “%3”. They are kept as they are, and stand "
                               "behind the others when sorted.")
            .arg(count, ColumnNotes::typeName(column.type), note.example);
    }
    if (note.code == QStringLiteral("unchecked_type")) {
        return ColumnNotes::tr("The next run counts how many of the %1 values cannot be read as %2.")
            .arg(count, ColumnNotes::typeName(column.type));
    }
    const auto found = std::find_if(std::begin(sentences), std::end(sentences), [&](const Sentence &sentence) {
        return note.code == QLatin1StringView(sentence.code);
    });
    Q_ASSERT(found != std::end(sentences));
    return found == std::end(sentences) ? note.code : ColumnNotes::tr(found->text).arg(note.example, count);
}

bool needsDateOrder(const Column &column)
{
    return std::ranges::any_of(currentNotes(column),
                               [](const ColumnNote &note) { return note.code == QStringLiteral("ambiguous_date"); });
}

} // namespace idstore
