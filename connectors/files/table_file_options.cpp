// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/table_file_options.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <utility>

namespace idstore {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(TableFileOptions)
};

using CharName = std::pair<const char *, char>;

/// One ASCII character, or one of some words for it.
template <std::size_t Size>
std::optional<char> character(const QString &text, const std::array<CharName, Size> &words)
{
    for (const auto &[word, value] : words) {
        if (text.compare(QLatin1StringView(word), Qt::CaseInsensitive) == 0)
            return value;
    }
    if (text.size() != 1 || text[0].unicode() >= 0x80 || text[0] == u'\0' || text[0] == u'\n' || text[0] == u'\r' ||
        text[0] == u'\\')
        return std::nullopt;
    return text[0].toLatin1();
}

constexpr qsizetype longestDelimiter = 1 + DelimiterRest::most;

constexpr auto delimiterWords = std::to_array<CharName>(
    {{"comma", ','}, {"semicolon", ';'}, {"tab", '\t'}, {"\\t", '\t'}, {"pipe", '|'}, {"space", ' '}});
constexpr auto quoteWords = std::to_array<CharName>(
    {{"none", CsvSyntax::noQuote}, {"", CsvSyntax::noQuote}, {"double", '"'}, {"single", '\''}});

/// Some ASCII characters, or one of the words.
bool setDelimiter(const QString &text, CsvDialectChoice &dialect)
{
    if (const auto one = character(text, delimiterWords)) {
        dialect.delimiter = one;
        return true;
    }
    // Several letters are a word that is not known.
    const auto possible = [&text](QChar c) {
        return c.unicode() > 0 && c.unicode() < 0x80 && c != u'\n' && c != u'\r' &&
               (text.size() == 1 || !c.isLetterOrNumber());
    };
    if (text.isEmpty() || text.size() > longestDelimiter || !std::ranges::all_of(text, possible))
        return false;
    dialect.delimiter = text[0].toLatin1();
    dialect.delimiterRest = DelimiterRest(text.sliced(1).toStdString());
    return true;
}

std::optional<CsvSyntax::Escape> escapeFrom(const QString &text)
{
    if (text == u"\\" || text == u"backslash")
        return CsvSyntax::Escape::Backslash;
    if (text.isEmpty() || text == u"\"" || text == u"'" || text == u"double" || text == u"doubled" || text == u"quote")
        return CsvSyntax::Escape::Doubled;
    return std::nullopt;
}

} // namespace

Result<TableFileOptions> TableFileOptions::fromConfig(const QJsonObject &config)
{
    TableFileOptions options;
    QList<FieldError> problems;
    const auto problem = [&problems](const char *name, const QString &sentence) {
        problems.append({QStringLiteral("config.") + QLatin1StringView(name), sentence});
    };
    const auto text = [&config](const char *name) -> std::optional<QString> {
        const QJsonValue value = config.value(QLatin1StringView(name));
        if (!value.isString())
            return std::nullopt;
        return value.toString();
    };

    const auto isFoundOut = [](const QString &name) {
        // Plain ASCII is what a file may be so far: the first other character tells.
        return name.compare(u"auto", Qt::CaseInsensitive) == 0 || name.compare(u"ascii", Qt::CaseInsensitive) == 0;
    };
    if (const auto name = text("encoding"); name && !isFoundOut(*name)) {
        options.encoding = textEncodingFromString(*name);
        if (!options.encoding)
            problem("encoding",
                    Words::tr("Use the name of an encoding such as utf-8, utf-16le, windows-1252, shift_jis or koi8-r, "
                              "or leave it out."));
    }
    if (const auto delimiter = text("delimiter")) {
        if (!setDelimiter(*delimiter, options.dialect))
            problem("delimiter",
                    Words::tr("Use the characters between fields such as , ; || or the word tab, or leave it out."));
    }
    if (const auto quote = text("quote")) {
        options.dialect.quote = character(*quote, quoteWords);
        if (!options.dialect.quote ||
            (options.dialect.delimiter && *options.dialect.quote == *options.dialect.delimiter))
            problem("quote",
                    Words::tr("Use a single character that is not the delimiter, or the word none, or leave it out."));
    }
    if (const auto escape = text("escape")) {
        options.dialect.escape = escapeFrom(*escape);
        if (!options.dialect.escape)
            problem("escape", Words::tr("Use \" for doubled quotes or \\ for a backslash, or leave it out."));
    }
    const auto wholeNumber = [&](const char *name) -> std::optional<qint64> {
        const QJsonValue value = config.value(QLatin1StringView(name));
        if (value.isUndefined() || value.isNull())
            return std::nullopt;
        const qint64 number = value.toInteger(-1);
        if (number < 0) {
            problem(name, Words::tr("Use a whole number, 0 or more."));
            return std::nullopt;
        }
        return number;
    };
    options.headerRow = wholeNumber("header_row");
    options.headerRows = wholeNumber("header_rows");
    if (options.headerRows == 0)
        problem("header_rows", Words::tr("Use a whole number, 1 or more. When no line names the columns, set "
                                         "header_row to 0."));
    options.skipRows = wholeNumber("skip_rows").value_or(0);
    if (const auto sheet = text("sheet"); sheet && !sheet->isEmpty())
        options.sheet = *sheet;
    if (const auto range = text("range"); range && !range->isEmpty()) {
        options.rangeText = *range;
        if (const auto cells = CellRange::fromString(*range))
            options.range = *cells;
        else
            problem("range", Words::tr("Use two cells such as A1:F200, columns such as A:F, or leave it out."));
    }

    if (!problems.isEmpty()) {
        return Error{.kind = ErrorKind::InvalidInput,
                     .code = QStringLiteral("invalid_config"),
                     .message = Words::tr("The settings for reading this file are not right."),
                     .remedy = problems.first().message,
                     .cause = problems.first().field,
                     .fields = problems};
    }
    return options;
}

} // namespace idstore
