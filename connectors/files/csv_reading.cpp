// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/csv_reading.h"

#include "connectors/files/table_settings.h"

#include <QCoreApplication>

namespace idstore {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(CsvReading)
};

QString encodingLabel(TextEncoding encoding)
{
    if (encoding == TextEncoding::Windows1252)
        return Words::tr("Windows-1252 (Western European)");
    return toString(encoding);
}

ReadingSetting encodingSetting(const CsvFindings &findings, TextEncoding encoding, bool undecided)
{
    ReadingSetting setting{.name = QStringLiteral("encoding"),
                           .value = undecided ? QStringLiteral("ASCII") : toString(encoding),
                           .chosen = findings.options.encoding.has_value()};
    if (findings.marked)
        setting.reason = Words::tr("told by the file's byte order mark");
    else if (undecided)
        setting.reason = Words::tr("no other characters so far");
    else if (encoding == TextEncoding::Windows1252)
        setting.reason = Words::tr("the text is not UTF-8");
    for (const auto each :
         {TextEncoding::Utf8, TextEncoding::Windows1252, TextEncoding::Utf16LittleEndian, TextEncoding::Utf16BigEndian,
          TextEncoding::Utf32LittleEndian, TextEncoding::Utf32BigEndian})
        setting.choices.append({toString(each), encodingLabel(each)});
    setting.choices = withValue(setting.choices, {setting.value, Words::tr("Plain ASCII so far")});
    return setting;
}

QString controlCharacter(char c)
{
    return QStringLiteral("U+%1").arg(static_cast<int>(c), 4, 16, QLatin1Char('0')).toUpper();
}

ReadingSetting delimiterSetting(const CsvFindings &findings)
{
    const CsvSyntax &syntax = findings.syntax;
    const QString value = QString::fromStdString(syntax.delimiterText());
    const bool isControl = syntax.delimiter < ' ' && syntax.delimiterRest.isEmpty();
    return {.name = QStringLiteral("delimiter"),
            .value = value,
            .chosen = findings.options.dialect.delimiter.has_value(),
            .reason = findings.separatorLine ? Words::tr("told by the file's first line") : QString(),
            .choices = withValue({{QStringLiteral(","), Words::tr("Comma ,")},
                                  {QStringLiteral(";"), Words::tr("Semicolon ;")},
                                  {QStringLiteral("\t"), Words::tr("Tab")},
                                  {QStringLiteral("|"), Words::tr("Vertical bar |")},
                                  {QStringLiteral(" "), Words::tr("Space")}},
                                 {value, isControl ? controlCharacter(syntax.delimiter) : value})};
}

ReadingSetting quoteSetting(const CsvFindings &findings)
{
    const char quote = findings.syntax.quote;
    const QString none = QStringLiteral("none");
    const QString value = quote == CsvSyntax::noQuote ? none : QString(QLatin1Char(quote));
    return {.name = QStringLiteral("quote"),
            .value = value,
            .chosen = findings.options.dialect.quote.has_value(),
            .choices = withValue({{QStringLiteral("\""), Words::tr("Double \"")},
                                  {QStringLiteral("'"), Words::tr("Single '")},
                                  {none, Words::tr("None")}},
                                 {value, value})};
}

ReadingSetting escapeSetting(const CsvFindings &findings)
{
    const QString doubled = QStringLiteral("doubled");
    const QString backslash = QStringLiteral("backslash");
    return {.name = QStringLiteral("escape"),
            .value = findings.syntax.escape == CsvSyntax::Escape::Backslash ? backslash : doubled,
            .chosen = findings.options.dialect.escape.has_value(),
            .choices = {{doubled, Words::tr("Written twice")}, {backslash, Words::tr("After a backslash \\")}}};
}

QStringList remarksOn(const CsvFindings &findings, qint64 repairedRows)
{
    QStringList remarks = findings.options.remarks;
    if (findings.separatorLine)
        remarks.append(Words::tr("The first line of the file names its delimiter and is no row."));
    if (const qint64 passed = findings.linesAbove - (findings.separatorLine ? 1 : 0); passed > 0)
        remarks.append(Words::tr("Lines above the table that are passed over: %1.").arg(passed));
    if (findings.linesBelow > 0)
        remarks.append(Words::tr("Lines below the table that are set aside: %1.").arg(findings.linesBelow));
    remarks += headerRemarks(findings.headerRows);
    if (repairedRows > 0)
        remarks.append(
            Words::tr("Rows with a delimiter or quote out of place that were put right: %1.").arg(repairedRows));
    if (findings.options.sheet || findings.options.rangeText)
        remarks.append(
            Words::tr("The file is text. The settings “sheet” and “range” are for workbooks and have no effect."));
    return remarks;
}

} // namespace

SourceReading csvReading(const CsvFindings &findings, TextEncoding encoding, bool undecided, qint64 repairedRows)
{
    SourceReading reading;
    reading.settings = {encodingSetting(findings, encoding, undecided), delimiterSetting(findings),
                        quoteSetting(findings), escapeSetting(findings)};
    const qint64 line = findings.headerRows > 0 ? findings.linesAbove + 1 : 0;
    reading.settings += headerSettings(findings.options, {line, findings.headerRows, findings.linesAbove});
    reading.remarks = remarksOn(findings, repairedRows);
    return reading;
}

Error nothingLeft(const TableFileOptions &options, qint64 lines)
{
    const bool byHeader = options.headerRow.value_or(0) > 0;
    const QString field = byHeader ? QStringLiteral("header_row") : QStringLiteral("skip_rows");
    const QString remedy = Words::tr("Set it to a line of this file, or take the setting away.");
    return {.kind = ErrorKind::Source,
            .code = QStringLiteral("nothing_left"),
            .message =
                Words::tr("The setting “%1” passes over all lines of the file, which has %2.").arg(field).arg(lines),
            .remedy = remedy,
            .cause = {},
            .fields = {{QStringLiteral("config.") + field, remedy}}};
}

} // namespace idstore
