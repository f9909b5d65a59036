// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console.h"

#include "models/base/logging.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <cerrno>
#include <cstdio>
#include <cstring>

#ifdef Q_OS_WIN
#include <io.h>
#else
#include <unistd.h>
#endif

namespace idstore {

namespace {

void writeToStandardError(const QByteArray &bytes)
{
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stderr);
}

} // namespace

Result<void> printBytes(QByteArrayView bytes)
{
    const auto size = static_cast<std::size_t>(bytes.size());
    if (std::fwrite(bytes.data(), 1, size, stdout) == size && std::fflush(stdout) == 0)
        return {};
    Error error;
    error.kind = ErrorKind::Unavailable;
    error.code = QStringLiteral("output_failed");
    error.message = QCoreApplication::translate("Console", "Standard output cannot be written.");
    error.cause = QString::fromLocal8Bit(std::strerror(errno));
    return error;
}

Result<void> printJson(const QJsonDocument &document)
{
    return printBytes(QByteArray(document.toJson(QJsonDocument::Compact) + '\n'));
}

Result<void> printLine(const QString &line)
{
    return printBytes((line + u'\n').toUtf8());
}

void printError(const Error &error)
{
    QString text = QStringLiteral("identity-store: ") + error.detail() + u'\n';
    for (const FieldError &field : error.fields)
        text += QStringLiteral("  %1: %2\n").arg(field.field, field.message);
    writeToStandardError(text.toUtf8());
    if (!error.cause.isEmpty())
        qCDebug(logApp).noquote() << error.logLine();
}

void printNote(const QString &line)
{
    writeToStandardError((line + u'\n').toUtf8());
}

bool errorIsTerminal()
{
#ifdef Q_OS_WIN
    return _isatty(_fileno(stderr)) != 0;
#else
    return ::isatty(STDERR_FILENO) != 0;
#endif
}

void redrawTerminalLine(const QString &text)
{
    // ECMA-48: carriage return, then erase to the end of the line.
    writeToStandardError(QByteArray("\r\x1b[K") + text.toUtf8());
}

} // namespace idstore
