// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/proxy_setting.h"

#include <QCoreApplication>
#include <QStringList>
#include <QUrl>

namespace idstore {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ProxySetting)
};

Error refusal(const char *code, const QString &message, const QString &remedy)
{
    return {.kind = ErrorKind::InvalidInput,
            .code = QString::fromLatin1(code),
            .message = message,
            .remedy = remedy,
            .cause = {},
            .fields = {{QStringLiteral("proxy"), message}}};
}

} // namespace

QString directProxy()
{
    return QStringLiteral("none");
}

Result<QString> checkProxy(const QString &text)
{
    const QString written = text.trimmed();
    if (written.isEmpty() || written == directProxy())
        return written;
    // Before anything else is said of it: "user:password@proxy" is no address for QUrl.
    if (written.contains(u'@')) {
        return refusal("proxy_has_password",
                       Words::tr("The address of the proxy must not hold a user or a password: it is kept and shown in "
                                 "plain text."),
                       Words::tr("Leave out what stands before the @, and use a proxy that lets this computer in "
                                 "without."));
    }
    const QString address = written.contains(u"://") ? written : QString(u"http://" + written);
    const QUrl url(address, QUrl::StrictMode);
    const QStringList schemes{QStringLiteral("http"), QStringLiteral("https"), QStringLiteral("socks4a"),
                              QStringLiteral("socks5"), QStringLiteral("socks5h")};
    const bool isBare = (url.path().isEmpty() || url.path() == u'/') && !url.hasQuery() && !url.hasFragment();
    if (!url.isValid() || url.host().isEmpty() || url.port() == 0 || !schemes.contains(url.scheme()) || !isBare) {
        return refusal("proxy_malformed", Words::tr("This is not the address of a proxy."),
                       Words::tr("Write it as http://proxy.example.org:3128 or socks5h://proxy.example.org:1080, or "
                                 "'none'."));
    }
    return url.toString(QUrl::RemovePath);
}

} // namespace idstore
