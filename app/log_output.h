// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QtGlobal>

#include <chrono>

namespace idstore {

/// Sends every message of Qt and of this program to standard error, one line each:
///
///     2026-04-13T08:00:00.123Z warning idstore.server: the text
///
/// Standard output stays free for answers. Thread-safe; call once, at the start.
void installLogOutput();

/// One line of the log, ended by a line feed. Line breaks inside `text` are indented, so that a line that starts
/// with a time is always a message.
[[nodiscard]] QByteArray logLine(std::chrono::system_clock::time_point at, QtMsgType type, const char *category,
                                 const QString &text);

} // namespace idstore
