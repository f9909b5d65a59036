// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/problem.h"

#include "models/base/logging.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace idstore {

int httpStatusOf(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::InvalidInput:
    case ErrorKind::Source:
        return 422;
    case ErrorKind::Malformed:
        return 400;
    case ErrorKind::Unauthenticated:
        return 401;
    case ErrorKind::Forbidden:
        return 403;
    case ErrorKind::NotFound:
        return 404;
    case ErrorKind::Conflict:
        return 409;
    case ErrorKind::TooLarge:
        return 413;
    case ErrorKind::StorageFull:
        return 507;
    case ErrorKind::Unavailable:
    case ErrorKind::Cancelled:
        return 503;
    case ErrorKind::Internal:
        break;
    }
    return 500;
}

HttpResponse problem(int status, const QString &code, const QString &detail, const QList<FieldError> &fields)
{
    QJsonObject body{{QStringLiteral("type"), QString(QStringLiteral("urn:identity-store:problem:") + code)},
                     {QStringLiteral("title"), QString::fromLatin1(reasonPhrase(status))},
                     {QStringLiteral("status"), status},
                     {QStringLiteral("detail"), detail}};
    if (status == 422 || !fields.isEmpty()) {
        QJsonArray errors;
        for (const FieldError &field : fields)
            errors.append(
                QJsonObject{{QStringLiteral("field"), field.field}, {QStringLiteral("message"), field.message}});
        body.insert(QStringLiteral("errors"), errors);
    }
    HttpResponse response;
    response.status = status;
    response.contentType = QByteArrayLiteral("application/problem+json");
    response.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
    if (status == 401)
        response.headers.append(HttpHeader{"WWW-Authenticate", "Bearer"});
    else if (status == 503)
        response.headers.append(HttpHeader{"Retry-After", "1"});
    return response;
}

HttpResponse problemOf(const Error &error)
{
    const int status = httpStatusOf(error.kind);
    if (error.kind == ErrorKind::Internal) {
        qCWarning(logServer).noquote() << "Internal error:" << error.logLine();
        return problem(status, QStringLiteral("internal"),
                       ServerText::tr("Something went wrong inside the program. Its log says what."));
    }
    return problem(status, error.code, error.detail(), error.fields);
}

} // namespace idstore
