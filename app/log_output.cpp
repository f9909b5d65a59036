// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/log_output.h"

#include <QString>

#include <array>
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

/// Without QDateTime: messages come until the very end of the process, when Qt's locale is gone.
QByteArray timeText(std::chrono::system_clock::time_point at)
{
    using namespace std::chrono;
    const auto day = floor<days>(at);
    const year_month_day date(day);
    const hh_mm_ss time(floor<milliseconds>(at - day));
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()), static_cast<int>(time.subseconds().count()));
    return text.data();
}

void writeToStandardError(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    const QByteArray line = logLine(std::chrono::system_clock::now(), type, context.category, text);
    // One call a line: stdio locks the stream, so lines of different threads do not mix.
    std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stderr);
}

} // namespace

QByteArray logLine(std::chrono::system_clock::time_point at, QtMsgType type, const char *category, const QString &text)
{
    QByteArray line = timeText(at);
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
