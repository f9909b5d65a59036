// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHashFunctions>
#include <QString>
#include <QStringView>

#include <compare>
#include <optional>

namespace idstore {

/// A typed identifier that people see as a prefix and at least two digits, "src_01". Numbers grow and are never
/// used again. 0 means "none".
template <typename Tag>
class Id
{
public:
    Id() = default;
    explicit Id(qint64 number)
        : m_number(number)
    {}

    [[nodiscard]] qint64 number() const { return m_number; }
    [[nodiscard]] bool isNull() const { return m_number == 0; }
    [[nodiscard]] QString toString() const
    {
        return QLatin1StringView(Tag::prefix) + QStringLiteral("%1").arg(m_number, 2, 10, QLatin1Char('0'));
    }

    /// Nothing unless `text` is exactly what toString() gives for some positive number.
    static std::optional<Id> parse(QStringView text)
    {
        const QLatin1StringView prefix(Tag::prefix);
        if (!text.startsWith(prefix))
            return std::nullopt;
        bool isNumber = false;
        const qint64 number = text.mid(prefix.size()).toLongLong(&isNumber);
        if (!isNumber || number <= 0 || Id(number).toString() != text)
            return std::nullopt;
        return Id(number);
    }

    auto operator<=>(const Id &) const = default;

private:
    qint64 m_number = 0;
};

template <typename Tag>
size_t qHash(const Id<Tag> &id, size_t seed = 0)
{
    return ::qHash(id.number(), seed);
}

struct SourceTag
{
    static constexpr const char *prefix = "src_";
};
struct RunTag
{
    static constexpr const char *prefix = "run_";
};
struct TokenTag
{
    static constexpr const char *prefix = "tok_";
};
struct UserTag
{
    static constexpr const char *prefix = "usr_";
};

using SourceId = Id<SourceTag>;
using RunId = Id<RunTag>;
using TokenId = Id<TokenTag>;
using UserId = Id<UserTag>;

} // namespace idstore
