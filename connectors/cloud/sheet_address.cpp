// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/cloud/sheet_address.h"

#include <QRegularExpression>

namespace idstore::cloud {

std::optional<SpreadsheetAddress> spreadsheetAddress(const QString &text)
{
    const QString trimmed = text.trimmed();
    static const QRegularExpression plain(QStringLiteral("\\A[A-Za-z0-9_-]+\\z"));
    if (plain.match(trimmed).hasMatch())
        return SpreadsheetAddress{.id = trimmed};
    // Between /d/ and /edit; signed-in people of several accounts have /u/1 before it. A page published to the web has
    // /d/e/2PACX-… instead.
    static const QRegularExpression link(
        QStringLiteral("\\A(?:https?://)?docs\\.google\\.com/(?:a/[^/]+/)?spreadsheets/(?:u/[0-9]+/)?d/"
                       "([A-Za-z0-9_-]{2,})(?:[/?#].*)?\\z"));
    const auto match = link.match(trimmed);
    if (!match.hasMatch())
        return std::nullopt;
    SpreadsheetAddress address{.id = match.captured(1)};
    static const QRegularExpression tab(QStringLiteral("[?#&]gid=([0-9]{1,12})"));
    if (const auto gid = tab.match(trimmed); gid.hasMatch())
        address.sheetId = gid.captured(1).toLongLong();
    return address;
}

QString a1Range(const QString &sheet, const CellRange &cells)
{
    QString name = sheet;
    name.replace(u'\'', QStringLiteral("''"));
    return QStringLiteral("'%1'!%2").arg(name, cells.toString());
}

} // namespace idstore::cloud
