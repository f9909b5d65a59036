// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/head_parser.h"

#include <QByteArrayList>

namespace idstore {

namespace {

int hexValue(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

QString formDecoded(QByteArrayView text)
{
    QByteArray bytes = text.toByteArray();
    bytes.replace('+', ' ');
    return QString::fromUtf8(QByteArray::fromPercentEncoding(bytes));
}

} // namespace

std::optional<QString> pathProblem(QByteArrayView path)
{
    QByteArray decoded;
    for (qsizetype at = 0; at < path.size(); ++at) {
        char c = path[at];
        if (c == '%') {
            const int high = at + 1 < path.size() ? hexValue(path[at + 1]) : -1;
            const int low = at + 2 < path.size() ? hexValue(path[at + 2]) : -1;
            if (high < 0 || low < 0)
                return ServerText::tr("The address holds a percent sign that is not followed by two hex digits.");
            c = static_cast<char>(high * 16 + low);
            const auto byte = static_cast<unsigned char>(c);
            if (c == '/' || byte < 0x20 || byte == 0x7F)
                return ServerText::tr("The address holds an escaped slash or control character.");
            at += 2;
        }
        if (c == '\\')
            return ServerText::tr("The address holds a backslash.");
        decoded.append(c);
    }
    const QByteArrayList segments = decoded.split('/');
    if (segments.contains(".") || segments.contains(".."))
        return ServerText::tr("The address holds a “.” or “..” segment.");
    return std::nullopt;
}

QList<QString> pathSegments(QByteArrayView path)
{
    QList<QString> segments;
    const QByteArrayList parts = path.sliced(1).toByteArray().split('/');
    for (const QByteArray &part : parts)
        segments.append(QString::fromUtf8(QByteArray::fromPercentEncoding(part)));
    return segments;
}

QueryItems parseQuery(QByteArrayView query)
{
    QueryItems items;
    const QByteArrayList pairs = query.toByteArray().split('&');
    for (const QByteArray &pair : pairs) {
        if (pair.isEmpty())
            continue;
        const qsizetype equals = pair.indexOf('=');
        const QByteArrayView view(pair);
        if (equals < 0)
            items.append({formDecoded(view), QString()});
        else
            items.append({formDecoded(view.first(equals)), formDecoded(view.sliced(equals + 1))});
    }
    return items;
}

} // namespace idstore
