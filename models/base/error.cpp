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

} // namespace idstore
