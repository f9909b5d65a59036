// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/error.h"

namespace idstore {

QString Error::detail() const
{
    return remedy.isEmpty() ? message : message + u' ' + remedy;
}

QString Error::logLine() const
{
    QString line = code + QStringLiteral(": ") + message;
    if (!cause.isEmpty())
        line += QStringLiteral(" (") + cause + u')';
    return line;
}

Error sourceError(const char *code, const QString &message, const QString &remedy, const QString &cause)
{
    return {.kind = ErrorKind::Source,
            .code = QString::fromLatin1(code),
            .message = message,
            .remedy = remedy,
            .cause = cause,
            .fields = {}};
}

} // namespace idstore
