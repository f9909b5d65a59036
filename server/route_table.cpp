// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/route_table.h"

#include <algorithm>

namespace idstore {

namespace {

bool isPlaceholder(QStringView segment)
{
    return segment.startsWith(u'{');
}

/// The arguments when the pattern fits, otherwise nothing.
std::optional<QList<QString>> fit(const QString &pattern, const QList<QString> &segments)
{
    const QStringList expected = pattern.mid(1).split(u'/');
    if (expected.size() != segments.size())
        return std::nullopt;
    QList<QString> arguments;
    for (qsizetype i = 0; i < expected.size(); ++i) {
        if (isPlaceholder(expected[i])) {
            if (segments[i].isEmpty())
                return std::nullopt;
            arguments.append(segments[i]);
        } else if (expected[i] != segments[i]) {
            return std::nullopt;
        }
    }
    return arguments;
}

} // namespace

void RouteTable::add(Route route)
{
    // Fixed words come before placeholders, so that /api/sources/upload is not taken for an id.
    const auto isMoreGeneral = [&route](const Route &other) { return other.argumentCount() > route.argumentCount(); };
    m_routes.insert(std::ranges::find_if(m_routes, isMoreGeneral), std::move(route));
}

RouteMatch RouteTable::match(const QByteArray &method, const QList<QString> &segments) const
{
    const QByteArray wanted = method == "HEAD" ? QByteArrayLiteral("GET") : method;
    RouteMatch match;
    for (const Route &route : m_routes) {
        const std::optional<QList<QString>> arguments = fit(route.pattern, segments);
        if (!arguments)
            continue;
        if (route.method == wanted && !match.route) {
            match.route = &route;
            match.arguments = *arguments;
        }
        match.allowed.append(route.method);
        if (route.method == "GET")
            match.allowed.append("HEAD");
    }
    if (!match.allowed.isEmpty())
        match.allowed.append("OPTIONS");
    std::ranges::sort(match.allowed);
    match.allowed.erase(std::unique(match.allowed.begin(), match.allowed.end()), match.allowed.end());
    return match;
}

} // namespace idstore
