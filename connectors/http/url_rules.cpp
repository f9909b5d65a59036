// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/http/url_rules.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QUrlQuery>

#include <algorithm>
#include <array>

namespace idstore::http {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(HttpClient)
};

int portOf(const QUrl &url)
{
    constexpr int httpPort = 80;
    constexpr int httpsPort = 443;
    return url.port(url.scheme() == u"https" ? httpsPort : httpPort);
}

bool isHttp(const QUrl &url)
{
    return url.scheme() == u"http" || url.scheme() == u"https";
}

/// Names of query items whose values open doors: OAuth (RFC 6749), Azure SAS, AWS and Google signatures, and the usual
/// words for keys.
bool isSecretName(const QString &name)
{
    constexpr auto exact = std::to_array<QLatin1StringView>(
        {QLatin1StringView("sig"), QLatin1StringView("code"), QLatin1StringView("key"), QLatin1StringView("auth")});
    constexpr auto parts = std::to_array<QLatin1StringView>(
        {QLatin1StringView("token"), QLatin1StringView("secret"), QLatin1StringView("password"),
         QLatin1StringView("signature"), QLatin1StringView("assertion"), QLatin1StringView("credential"),
         QLatin1StringView("api_key"), QLatin1StringView("apikey"), QLatin1StringView("passwd")});
    return std::ranges::any_of(exact, [&](auto word) { return name.compare(word, Qt::CaseInsensitive) == 0; }) ||
           std::ranges::any_of(parts, [&](auto word) { return name.contains(word, Qt::CaseInsensitive); });
}

} // namespace

bool sameOrigin(const QUrl &a, const QUrl &b)
{
    return a.scheme() == b.scheme() && a.host(QUrl::FullyEncoded) == b.host(QUrl::FullyEncoded) &&
           portOf(a) == portOf(b);
}

bool isLoopbackHost(const QUrl &url)
{
    const QString host = url.host();
    if (host == u"localhost" || host.endsWith(u".localhost"))
        return true;
    const QHostAddress address(host);
    return !address.isNull() && address.isLoopback();
}

Result<void> checkUrl(const QUrl &url, PlainHttp plainHttp)
{
    if (!url.isValid() || !isHttp(url) || url.host().isEmpty()) {
        return sourceError("bad_url", Words::tr("“%1” is not a web address.").arg(redacted(url)),
                           Words::tr("Give the whole address, starting with https://."));
    }
    if (!url.userInfo().isEmpty()) {
        return sourceError(
            "url_has_password", Words::tr("The address holds a user name or a password."),
            Words::tr("Take them out of the address and fill in the fields for them: addresses are shown, "
                      "passwords are not."));
    }
    if (url.scheme() == u"http" && plainHttp == PlainHttp::LoopbackOnly && !isLoopbackHost(url)) {
        return sourceError(
            "plain_http_refused",
            Words::tr("%1 is not protected: anybody on the way could read and change what it sends.").arg(url.host()),
            Words::tr("Use the address that starts with https://."));
    }
    return {};
}

Result<QUrl> redirectTarget(const QUrl &from, const QByteArray &location, PlainHttp plainHttp)
{
    const QUrl target = from.resolved(QUrl::fromEncoded(location, QUrl::TolerantMode));
    if (location.isEmpty() || !target.isValid() || !isHttp(target)) {
        return sourceError("redirect_refused",
                           Words::tr("%1 redirects to something that is no web address.").arg(from.host()),
                           Words::tr("Give the final address of the file."));
    }
    if (from.scheme() == u"https" && target.scheme() == u"http") {
        return sourceError("redirect_refused",
                           Words::tr("%1 redirects from a protected address to an unprotected one.").arg(from.host()),
                           Words::tr("Give an address that stays with https://."));
    }
    IDS_CHECK(checkUrl(target, plainHttp));
    return target;
}

QString redacted(const QUrl &url)
{
    QUrl shown = url.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveFragment);
    QUrlQuery query(shown);
    auto items = query.queryItems(QUrl::FullyEncoded);
    for (auto &[name, value] : items) {
        if (isSecretName(QUrl::fromPercentEncoding(name.toLatin1())))
            value = QStringLiteral("…");
    }
    query.setQueryItems(items);
    if (!items.isEmpty())
        shown.setQuery(query);
    return shown.toString();
}

} // namespace idstore::http
