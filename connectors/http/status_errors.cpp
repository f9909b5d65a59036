// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/http/status_errors.h"

#include "connectors/http/url_rules.h"

#include <QCoreApplication>

namespace idstore::http {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(HttpStatus)
};

} // namespace

Error statusError(const Response &answer, const QString &fileName)
{
    const QString host = answer.url.host();
    const auto error = [&](const char *code, const QString &message, const QString &remedy) {
        return sourceError(code, message, remedy,
                           QStringLiteral("%1 answered %2").arg(redacted(answer.url)).arg(answer.status));
    };
    constexpr int firstServerError = 500;
    switch (answer.status) {
    case 401:
        return error("unauthorized", Words::tr("%1 does not accept the credentials.").arg(host),
                     Words::tr("Check them for typing errors, and that they have not expired."));
    case 403:
        return error("forbidden", Words::tr("%1 does not let these credentials read %2.").arg(host, fileName),
                     Words::tr("Ask who runs it for permission to read."));
    case 404:
    case 410:
        return error("not_found", Words::tr("%1 has no %2.").arg(host, fileName),
                     Words::tr("Check the name, letter by letter; capitals count."));
    case 429:
        return error("rate_limited", Words::tr("%1 asks to wait before it answers again.").arg(host),
                     Words::tr("Run the source again later."));
    default:
        break;
    }
    if (answer.status >= firstServerError) {
        return error("server_failed",
                     Words::tr("%1 has a problem of its own (status %2).").arg(host).arg(answer.status),
                     Words::tr("Run the source again later; if it stays so, ask who runs the server."));
    }
    return error("unexpected_status", Words::tr("%1 answered with status %2.").arg(host).arg(answer.status),
                 Words::tr("Check the address."));
}

} // namespace idstore::http
