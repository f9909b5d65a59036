// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QByteArrayView>
#include <QString>

class QJsonDocument;

namespace idstore {

// Standard output carries answers only, standard error everything else. Usable from any thread, one at a time.

/// Writes to standard output at once. Error: Unavailable ("output_failed") when the reader has gone or the disk is
/// full.
[[nodiscard]] Result<void> printBytes(QByteArrayView bytes);
/// The same for a document, compact and on one line.
[[nodiscard]] Result<void> printJson(const QJsonDocument &document);
/// The same for a line of text, as UTF-8.
[[nodiscard]] Result<void> printLine(const QString &line);

/// "identity-store: message remedy", and a line for each wrong field, on standard error. The cause goes to the log.
void printError(const Error &error);
/// A line on standard error.
void printNote(const QString &line);

/// Whether a person watches standard error.
[[nodiscard]] bool errorIsTerminal();
/// Replaces the line under the cursor of the terminal by `text`, without a line feed; "" clears it.
void redrawTerminalLine(const QString &text);

} // namespace idstore
