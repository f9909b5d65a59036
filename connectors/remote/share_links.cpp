// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/remote/share_links.h"

#include <QRegularExpression>
#include <QUrlQuery>

namespace idstore {

namespace {

QUrl withQueryItem(QUrl url, const QString &name, const QString &value)
{
    QUrlQuery query(url);
    query.removeAllQueryItems(name);
    query.addQueryItem(name, value);
    url.setQuery(query);
    return url;
}

QUrl googleSheet(const QUrl &shared)
{
    static const QRegularExpression page(QStringLiteral("^/spreadsheets/d/([^/]+)/(edit|view|htmlview)"));
    const auto match = page.match(shared.path());
    if (!match.hasMatch())
        return shared;
    // The tab is told in the query, or behind the # as browsers show it.
    static const QRegularExpression tab(QStringLiteral("gid=([0-9]+)"));
    const QString place = shared.query() + u'#' + shared.fragment();
    const QString gid = tab.match(place).captured(1);
    QUrl url(QStringLiteral("https://docs.google.com/spreadsheets/d/%1/export").arg(match.captured(1)));
    url.setQuery(gid.isEmpty() ? QStringLiteral("format=csv") : QString(QStringLiteral("format=csv&gid=") + gid));
    return url;
}

QUrl googleDrive(const QUrl &shared)
{
    static const QRegularExpression page(QStringLiteral("^/file/d/([^/]+)/"));
    const auto match = page.match(shared.path());
    if (!match.hasMatch())
        return shared;
    return QUrl(QStringLiteral("https://drive.google.com/uc?export=download&id=%1").arg(match.captured(1)));
}

QUrl gitHub(const QUrl &shared)
{
    static const QRegularExpression page(QStringLiteral("^/([^/]+/[^/]+)/blob/(.+)$"));
    const auto match = page.match(shared.path());
    if (!match.hasMatch())
        return shared;
    return QUrl(QStringLiteral("https://raw.githubusercontent.com/%1/%2").arg(match.captured(1), match.captured(2)));
}

} // namespace

QUrl directDownload(const QUrl &shared)
{
    const QString host = shared.host();
    if (host == u"docs.google.com")
        return googleSheet(shared);
    if (host == u"drive.google.com")
        return googleDrive(shared);
    if (host == u"github.com")
        return gitHub(shared);
    if (host == u"www.dropbox.com" || host == u"dropbox.com")
        return withQueryItem(shared, QStringLiteral("dl"), QStringLiteral("1"));
    if (host == u"1drv.ms" || host == u"onedrive.live.com")
        return withQueryItem(shared, QStringLiteral("download"), QStringLiteral("1"));
    return shared;
}

} // namespace idstore
