// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/temporal_text.h"

#include <array>

namespace idstore {

namespace {

constexpr std::array<std::string_view, 12> monthNames{"january",   "february", "march",    "april",
                                                      "may",       "june",     "july",     "august",
                                                      "september", "october",  "november", "december"};
constexpr std::array<std::string_view, 7> weekdayNames{"monday", "tuesday",  "wednesday", "thursday",
                                                       "friday", "saturday", "sunday"};
constexpr std::size_t shortName = 3;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isSpace(char c)
{
    return c == ' ' || c == '\t';
}

/// Whether `text` is `word` (in lower case), whatever its own case.
bool isWord(std::string_view text, std::string_view word)
{
    if (text.size() != word.size())
        return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (static_cast<char>(text[i] | 0x20) != word[i])
            return false;
    }
    return true;
}

/// The position of the name in `names`, from 1; 0: none.
template <std::size_t Count>
int positionOf(std::string_view name, const std::array<std::string_view, Count> &names)
{
    for (std::size_t i = 0; i < Count; ++i) {
        if (isWord(name, names[i]) || isWord(name, names[i].substr(0, shortName)))
            return static_cast<int>(i) + 1;
    }
    return 0;
}

int daysInMonth(int year, int month)
{
    constexpr std::array days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[static_cast<std::size_t>(month - 1)] + (month == 2 && isLeap ? 1 : 0);
}

/// Howard Hinnant's "days from civil": eras of 400 years, years that begin in March.
std::optional<DayNumber> dayNumber(int year, int month, int day)
{
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month))
        return std::nullopt;
    const int shifted = month <= 2 ? year - 1 : year;
    const int era = shifted / 400;
    const int yearOfEra = shifted - era * 400;
    const int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146097 + dayOfEra - 719468;
}

class Scanner
{
public:
    explicit Scanner(std::string_view text)
        : m_text(text)
    {}

    [[nodiscard]] bool atEnd() const { return m_position == m_text.size(); }
    [[nodiscard]] char peek() const { return atEnd() ? '\0' : m_text[m_position]; }
    [[nodiscard]] std::size_t position() const { return m_position; }
    void backTo(std::size_t position) { m_position = position; }

    bool take(char c)
    {
        if (atEnd() || m_text[m_position] != c)
            return false;
        ++m_position;
        return true;
    }
    bool takeSpaces()
    {
        const std::size_t start = m_position;
        while (isSpace(peek()))
            ++m_position;
        return m_position > start;
    }
    std::string_view takeLetters()
    {
        const std::size_t start = m_position;
        while (isLetter(peek()))
            ++m_position;
        return m_text.substr(start, m_position - start);
    }
    /// All digits that follow.
    std::string_view takeDigits()
    {
        const std::size_t start = m_position;
        while (isDigit(peek()))
            ++m_position;
        return m_text.substr(start, m_position - start);
    }

private:
    std::string_view m_text;
    std::size_t m_position = 0;
};

int toNumber(std::string_view digits)
{
    int number = 0;
    for (const char digit : digits)
        number = number * 10 + (digit - '0');
    return number;
}

bool isOneOrTwo(std::string_view digits)
{
    return digits.size() == 1 || digits.size() == 2;
}

/// Four digits make the days of `reading`, two only say that it is a date.
bool setDays(TemporalText &reading, std::string_view year, int dayFirstDay, int dayFirstMonth, int monthFirstDay,
             int monthFirstMonth)
{
    if (year.size() != 2 && year.size() != 4)
        return false;
    // With two digits any year may be meant, a leap year too.
    const int number = year.size() == 2 ? 2000 : toNumber(year);
    reading.dayFirst = dayNumber(number, dayFirstMonth, dayFirstDay);
    reading.monthFirst = dayNumber(number, monthFirstMonth, monthFirstDay);
    const bool isDate = reading.dayFirst || reading.monthFirst;
    if (year.size() == 2) {
        reading.hasTwoDigitYear = true;
        reading.dayFirst = reading.monthFirst = std::nullopt;
    }
    return isDate;
}

bool setDay(TemporalText &reading, std::string_view year, int month, int day)
{
    return setDays(reading, year, day, month, day, month);
}

/// Behind a year of four digits: -03-05, /3/5, .03.05, -Mar-05.
bool scanYearFirst(Scanner &scanner, std::string_view year, TemporalText &reading)
{
    const char separator = scanner.peek();
    if ((separator != '-' && separator != '/' && separator != '.') || !scanner.take(separator))
        return false;
    int month = 0;
    if (isLetter(scanner.peek())) {
        month = monthOfName(scanner.takeLetters());
    } else {
        const std::string_view digits = scanner.takeDigits();
        month = isOneOrTwo(digits) ? toNumber(digits) : 0;
    }
    if (!scanner.take(separator))
        return false;
    const std::string_view day = scanner.takeDigits();
    return isOneOrTwo(day) && setDay(reading, year, month, toNumber(day));
}

/// Behind "5": " Mar 2024", "-Mar-2024", ". March 2024", "/Mar/2024".
bool scanMonthName(Scanner &scanner, int day, TemporalText &reading)
{
    const int month = monthOfName(scanner.takeLetters());
    if (month == 0)
        return false;
    const bool dotted = scanner.take('.');
    if (!scanner.take('-') && !scanner.take('/')) {
        const bool separated = scanner.take(',') || dotted;
        if (!scanner.takeSpaces() && !separated)
            return false;
    }
    return setDay(reading, scanner.takeDigits(), month, day);
}

/// Behind one or two digits.
bool scanDayOrMonthFirst(Scanner &scanner, std::string_view first, TemporalText &reading)
{
    const int firstNumber = toNumber(first);
    const char separator = scanner.peek();
    if (isSpace(separator)) {
        scanner.takeSpaces();
        return scanMonthName(scanner, firstNumber, reading);
    }
    if ((separator != '-' && separator != '/' && separator != '.') || !scanner.take(separator))
        return false;
    if (separator == '.')
        scanner.take(' ');
    if (isLetter(scanner.peek()))
        return scanMonthName(scanner, firstNumber, reading);
    const std::string_view second = scanner.takeDigits();
    if (!isOneOrTwo(second) || !scanner.take(separator))
        return false;
    if (separator == '.')
        scanner.take(' ');
    const int secondNumber = toNumber(second);
    return setDays(reading, scanner.takeDigits(), firstNumber, secondNumber, secondNumber, firstNumber);
}

/// "March 5, 2024", "Mar 5 2024", "Mar-5-2024".
bool scanMonthNameFirst(Scanner &scanner, TemporalText &reading)
{
    const int month = monthOfName(scanner.takeLetters());
    if (month == 0)
        return false;
    const bool dotted = scanner.take('.');
    const bool dashed = !dotted && scanner.take('-');
    if (!dashed && !scanner.takeSpaces())
        return false;
    const std::string_view day = scanner.takeDigits();
    if (!isOneOrTwo(day))
        return false;
    if (dashed) {
        if (!scanner.take('-'))
            return false;
    } else {
        const bool comma = scanner.take(',');
        if (!scanner.takeSpaces() && !comma)
            return false;
    }
    return setDay(reading, scanner.takeDigits(), month, toNumber(day));
}

/// "Tue, ", "Tuesday ": skipped when it is there.
void skipWeekday(Scanner &scanner)
{
    const std::size_t start = scanner.position();
    const bool isWeekday = positionOf(scanner.takeLetters(), weekdayNames) != 0;
    if (isWeekday) {
        scanner.take('.');
        const bool comma = scanner.take(',');
        if (scanner.takeSpaces() || comma)
            return;
    }
    scanner.backTo(start);
}

bool scanDate(Scanner &scanner, TemporalText &reading)
{
    if (isLetter(scanner.peek())) {
        skipWeekday(scanner);
        if (isLetter(scanner.peek()))
            return scanMonthNameFirst(scanner, reading);
    }
    const std::string_view digits = scanner.takeDigits();
    if (digits.size() == 4)
        return scanYearFirst(scanner, digits, reading);
    if (isOneOrTwo(digits))
        return scanDayOrMonthFirst(scanner, digits, reading);
    if (digits.size() != 8)
        return false;
    reading.isCompact = true;
    return setDay(reading, digits.substr(0, 4), toNumber(digits.substr(4, 2)), toNumber(digits.substr(6, 2)));
}

/// Z, UTC, GMT, +02, +0200, +02:00.
bool scanZone(Scanner &scanner, TemporalText &reading)
{
    const char sign = scanner.peek();
    if (sign != '+' && sign != '-') {
        const std::string_view word = scanner.takeLetters();
        reading.zoneMinutes = 0;
        return isWord(word, "z") || isWord(word, "utc") || isWord(word, "gmt");
    }
    scanner.take(sign);
    std::string_view hours = scanner.takeDigits();
    std::string_view minutes;
    if (hours.size() == 4) {
        minutes = hours.substr(2);
        hours = hours.substr(0, 2);
    } else if (scanner.take(':')) {
        minutes = scanner.takeDigits();
        if (minutes.size() != 2)
            return false;
    }
    constexpr int farthestHours = 15;
    if (hours.size() != 2 || toNumber(hours) > farthestHours || toNumber(minutes) > 59)
        return false;
    const int offset = toNumber(hours) * 60 + toNumber(minutes);
    reading.zoneMinutes = sign == '-' ? -offset : offset;
    return true;
}

bool scanFraction(Scanner &scanner, TemporalText &reading)
{
    const std::string_view digits = scanner.takeDigits();
    constexpr std::size_t finest = 9;
    if (digits.empty() || digits.size() > finest)
        return false;
    reading.nanoseconds = toNumber(digits);
    for (std::size_t i = digits.size(); i < finest; ++i)
        reading.nanoseconds *= 10;
    return true;
}

/// 0: none, otherwise 'a' or 'p'.
char scanHalfOfDay(Scanner &scanner)
{
    const std::size_t start = scanner.position();
    scanner.takeSpaces();
    const std::string_view word = scanner.takeLetters();
    if (isWord(word, "am") || isWord(word, "pm"))
        return static_cast<char>(word[0] | 0x20);
    scanner.backTo(start);
    return 0;
}

bool scanTime(Scanner &scanner, TemporalText &reading)
{
    std::string_view hourDigits = scanner.takeDigits();
    std::string_view minuteDigits;
    std::string_view secondDigits = "00";
    if (reading.isCompact && (hourDigits.size() == 6 || hourDigits.size() == 4)) {
        minuteDigits = hourDigits.substr(2, 2);
        if (hourDigits.size() == 6)
            secondDigits = hourDigits.substr(4);
        hourDigits = hourDigits.substr(0, 2);
    } else {
        if (!isOneOrTwo(hourDigits) || !scanner.take(':'))
            return false;
        minuteDigits = scanner.takeDigits();
        if (scanner.take(':')) {
            secondDigits = scanner.takeDigits();
            if ((scanner.take('.') || scanner.take(',')) && !scanFraction(scanner, reading))
                return false;
        }
    }
    int hour = toNumber(hourDigits);
    if (minuteDigits.size() != 2 || secondDigits.size() != 2 || toNumber(minuteDigits) > 59 ||
        toNumber(secondDigits) > 59) {
        return false;
    }
    if (const char half = scanHalfOfDay(scanner)) {
        if (hour < 1 || hour > 12)
            return false;
        hour = hour % 12 + (half == 'p' ? 12 : 0);
    }
    if (hour > 23)
        return false;
    reading.hasTime = true;
    reading.secondOfDay = hour * 3600 + toNumber(minuteDigits) * 60 + toNumber(secondDigits);
    scanner.takeSpaces();
    return scanner.atEnd() || scanZone(scanner, reading);
}

} // namespace

CivilDate civilDate(DayNumber day)
{
    const int shifted = day + 719468;
    const int era = shifted / 146097;
    const int dayOfEra = shifted - era * 146097;
    const int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
    const int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    const int march = (5 * dayOfYear + 2) / 153;
    const int month = march < 10 ? march + 3 : march - 9;
    return {yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * march + 2) / 5 + 1};
}

std::optional<TemporalText> readTemporal(std::string_view text)
{
    text = trimmed(text);
    // The longest: "Wednesday, September 25, 2024, 10:11:12.123456789 PM +02:00".
    constexpr std::size_t shortest = 6;
    constexpr std::size_t longest = 64;
    if (text.size() < shortest || text.size() > longest)
        return std::nullopt;
    Scanner scanner(text);
    TemporalText reading;
    if (!scanDate(scanner, reading))
        return std::nullopt;
    if (scanner.atEnd())
        return reading;
    const bool comma = scanner.take(',');
    const bool separated = scanner.takeSpaces() || (!comma && (scanner.take('T') || scanner.take('t')));
    if (!separated || !scanTime(scanner, reading) || !scanner.atEnd())
        return std::nullopt;
    return reading;
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && isSpace(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back()))
        text.remove_suffix(1);
    return text;
}

int monthOfName(std::string_view name)
{
    // "Sept" is as common as "Sep".
    return isWord(name, "sept") ? 9 : positionOf(name, monthNames);
}

} // namespace idstore
