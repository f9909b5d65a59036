// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/log_output.h"

#include <QString>

#include <cstdio>

namespace idstore {

namespace {

const char *levelName(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return "debug";
    case QtInfoMsg:
        return "info";
    case QtWarningMsg:
        return "warning";
    case QtCriticalMsg:
        return "error";
    case QtFatalMsg:
        return "fatal";
    }
    return "info";
}

void writeToStandardError(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    const QByteArray line = logLine(QDateTime::currentDateTimeUtc(), type, context.category, text);
    // One call a line: stdio locks the stream, so lines of different threads do not mix.
    std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stderr);
}

} // namespace

QByteArray logLine(const QDateTime &utc, QtMsgType type, const char *category, const QString &text)
{
    QByteArray line = utc.toString(Qt::ISODateWithMs).toLatin1();
    line += ' ';
    line += levelName(type);
    line += ' ';
    line += category ? category : "default";
    line += ": ";
    line += QString(text).replace(u'\n', QStringLiteral("\n    ")).toUtf8();
    line += '\n';
    return line;
}

void installLogOutput()
{
    qInstallMessageHandler(writeToStandardError);
}

} // namespace idstore
