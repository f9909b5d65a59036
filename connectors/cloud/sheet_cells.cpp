// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/cloud/sheet_cells.h"

#include "connectors/files/workbook/number_format.h"

#include <QDate>
#include <QRegularExpression>
#include <QVariant>

#include <cmath>

namespace idstore::cloud {

namespace {

constexpr qint64 msPerDay = 86'400'000;
constexpr qint64 msPerHour = 3'600'000;

std::string plainNumber(const QJsonValue &number)
{
    // Whole numbers are kept as such on the way; a double would round the largest.
    const QVariant value = number.toVariant();
    if (value.typeId() == QMetaType::LongLong)
        return std::to_string(value.toLongLong());
    return numberText(number.toDouble());
}

std::string digitsOf(std::string_view text)
{
    std::string digits;
    for (const char c : text) {
        if (c >= '0' && c <= '9')
            digits += c;
    }
    return digits;
}

std::string withoutZerosAround(const std::string &digits)
{
    const auto first = digits.find_first_not_of('0');
    return first == std::string::npos ? std::string() : digits.substr(first, digits.find_last_not_of('0') - first + 1);
}

/// A postal code, an account number, a telephone number: numbers to the spreadsheet, but not to anybody else.
bool isCode(const std::string &number, const std::string &shown)
{
    if (number.find_first_not_of("0123456789") != std::string::npos)
        return false;
    const std::string digits = digitsOf(shown);
    if (shown.starts_with('+'))
        return digits == number;
    const bool hasPoint = shown.find_first_of(".,") != std::string::npos;
    return !hasPoint && digits.size() > number.size() && digits.ends_with(number) &&
           digits.find_first_not_of('0') >= digits.size() - number.size();
}

std::string clockText(qint64 ms)
{
    const QTime time = QTime::fromMSecsSinceStartOfDay(static_cast<int>(ms));
    return time.toString(ms % 1000 == 0 ? u"HH:mm:ss" : u"HH:mm:ss.zzz").toStdString();
}

/// Days since 1899-12-30, without the 29 February 1900 of other programs
/// (https://developers.google.com/workspace/sheets/api/reference/rest/v4/DateTimeRenderOption).
std::string isoText(double serial, const QString &asText)
{
    constexpr double farthestDay = 3'000'000; // the year 9999 is nearer
    if (!std::isfinite(serial) || std::abs(serial) > farthestDay)
        return asText.toStdString();
    const qint64 ms = std::llround(serial * static_cast<double>(msPerDay));
    const qint64 day = ms >= 0 ? ms / msPerDay : -((msPerDay - 1 - ms) / msPerDay);
    const qint64 ofDay = ms - day * msPerDay;
    static const QRegularExpression clock(QStringLiteral(
        "\\A\\s*-?([0-9]+):[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?\\s*(?:[AaPp]\\.?\\s?[Mm]\\.?)?\\s*\\z"));
    if (const auto match = clock.match(asText); match.hasMatch()) {
        // Hours go past 24 in a duration; a time of day may have a day that is not shown.
        const qint64 hours = match.captured(1).toLongLong();
        const bool isDuration = ms < 0 || hours >= 24 || (ms >= msPerDay && hours == ms / msPerHour);
        if (isDuration)
            return serialText(serial, NumberKind::Elapsed, false).value_or(asText.toStdString());
        return clockText(ofDay);
    }
    const QString date = QDate(1899, 12, 30).addDays(day).toString(Qt::ISODate);
    if (date.isEmpty())
        return asText.toStdString();
    return date.toStdString() + (ofDay == 0 ? std::string() : 'T' + clockText(ofDay));
}

} // namespace

bool isShownAsNumber(const QJsonValue &stored, const QJsonValue &shown)
{
    if (!shown.isString())
        return true;
    return withoutZerosAround(digitsOf(shown.toString().toStdString())) ==
           withoutZerosAround(digitsOf(plainNumber(stored)));
}

std::string sheetCellText(const QJsonValue &stored, const QJsonValue &shown, const QJsonValue &dated)
{
    if (stored.isString())
        return stored.toString().toStdString();
    if (stored.isBool())
        return stored.toBool() ? "TRUE" : "FALSE";
    if (!stored.isDouble())
        return {};
    if (dated.isString())
        return isoText(stored.toDouble(), dated.toString());
    const std::string number = plainNumber(stored);
    const std::string seen = shown.toString().toStdString();
    return isCode(number, seen) ? seen : number;
}

} // namespace idstore::cloud
