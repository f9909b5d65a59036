// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/cursor_mark.h"

#include "models/domain/decimal_text.h"
#include "models/domain/typed_value.h"

#include <QDateTime>
#include <QTimeZone>

namespace idstore {

namespace {

/// A whole number less another, digit by digit where it is too long for the processor.
std::optional<QString> less(const QString &number, qint64 by)
{
    const std::string text = number.trimmed().toStdString();
    const auto decimal = readDecimal(text);
    constexpr std::size_t mostDigits = 37; // of the arithmetic
    if (!decimal || !decimal->isInteger() || decimal->whole.size() > mostDigits)
        return std::nullopt;
    __extension__ using Wide = __int128;
    Wide value = 0;
    for (const char digit : decimal->whole)
        value = value * 10 + (digit - '0');
    value = (decimal->isNegative ? -value : value) - by;
    const bool isNegative = value < 0;
    if (isNegative)
        value = -value;
    std::string digits;
    do {
        digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(value % 10)));
        value /= 10;
    } while (value != 0);
    return QString::fromStdString(isNegative ? "-" + digits : digits);
}

std::optional<QString> earlier(const QString &time, qint64 seconds)
{
    const auto value = readTimestamp(time.toStdString(), DateOrder::Unknown);
    if (!value)
        return std::nullopt;
    const QDateTime moved = QDateTime::fromSecsSinceEpoch(value->seconds - seconds, QTimeZone::utc());
    if (!moved.isValid() || moved.date().year() < 1)
        return std::nullopt;
    QString text = moved.toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss"));
    if (value->nanoseconds != 0)
        text += QStringLiteral(".%1").arg(value->nanoseconds, 9, 10, QLatin1Char('0'));
    while (value->nanoseconds != 0 && text.endsWith(u'0'))
        text.chop(1);
    if (value->zoneMinutes)
        text += u'Z';
    return text;
}

} // namespace

CursorMark::CursorMark(const Cursor &cursor)
    : m_type(cursor.type)
{
    if (cursor.after)
        observe(cursor.after->toStdString());
}

bool CursorMark::appendKey(std::string &key, std::string_view value) const
{
    switch (m_type) {
    case CursorType::Int: {
        const auto number = readDecimal(value);
        if (number)
            appendDecimalKey(key, *number);
        return number.has_value();
    }
    case CursorType::Timestamp: {
        const auto time = readTimestamp(value, DateOrder::Unknown);
        if (!time)
            return false;
        const auto appendBytes = [&key](std::uint64_t number) {
            for (int shift = 56; shift >= 0; shift -= 8)
                key.push_back(static_cast<char>(number >> static_cast<unsigned>(shift)));
        };
        constexpr std::uint64_t signBit = 1ULL << 63U;
        appendBytes(static_cast<std::uint64_t>(time->seconds) ^ signBit);
        appendBytes(static_cast<std::uint64_t>(time->nanoseconds));
        return true;
    }
    case CursorType::Text:
        key.append(value);
        return true;
    }
    return false;
}

bool CursorMark::observe(std::string_view value)
{
    m_next.clear();
    if (!appendKey(m_next, value))
        return false;
    if (!m_text || m_next > m_key) {
        m_text = QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
        m_key.swap(m_next);
    }
    return true;
}

std::optional<QString> startOfReading(const Cursor &cursor)
{
    if (!cursor.after || cursor.overlap <= 0)
        return cursor.after;
    std::optional<QString> moved;
    if (cursor.type == CursorType::Int)
        moved = less(*cursor.after, cursor.overlap);
    else if (cursor.type == CursorType::Timestamp)
        moved = earlier(*cursor.after, cursor.overlap);
    return moved ? moved : cursor.after;
}

} // namespace idstore
