// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/cloud/google_access.h"
#include "connectors/cloud/percent_encoding.h"
#include "connectors/cloud/sheet_address.h"
#include "models/ingest/connector.h"

#include <QJsonArray>

#include <vector>

namespace idstore::cloud {

/// A tab with cells.
struct SheetInfo
{
    qint64 sheetId = 0;
    QString title;
    bool hidden = false;
    std::int64_t rows = 0; ///< of the grid, filled or not
    std::uint32_t columns = 0;

    bool operator==(const SheetInfo &) const = default;
};

/// Version 4 of the interface of Google Sheets, as far as reading one spreadsheet goes
/// (https://developers.google.com/workspace/sheets/api/reference/rest). Blocking; one thread. Errors: those of
/// GoogleAccess, of the client and of googleSheetsError(); "spreadsheet_unreadable" (Source).
class SheetsApi
{
public:
    SheetsApi(const ReadRequest &request, http::ClientSettings settings, const QString &spreadsheetId,
              std::unique_ptr<GoogleAccess> access);

    /// The interface is at `base_url` instead, when the config has one.
    [[nodiscard]] static std::optional<QUrl> baseUrl(const QJsonObject &config);
    static constexpr char scope[] = "https://www.googleapis.com/auth/spreadsheets.readonly";

    /// In the order of the tabs; those that show a chart alone are left out.
    [[nodiscard]] Result<std::vector<SheetInfo>> sheets();

    enum class Rendering {
        Stored, ///< numbers, and dates as numbers of days
        Dated, ///< numbers, and dates as texts
        Shown ///< texts as people see them
    };
    /// The rows of a range that lies within the grid: an array of arrays, without what is empty at their ends.
    [[nodiscard]] Result<QJsonArray> values(const QString &range, Rendering rendering);

    static constexpr qint64 maxAnswerBytes = 16 * 1024 * 1024;

private:
    [[nodiscard]] Result<QJsonObject> get(const QByteArray &path, const QueryItems &query, const QString &range);

    QUrl m_base;
    QString m_id;
    std::unique_ptr<GoogleAccess> m_access;
    http::Client m_client;
};

} // namespace idstore::cloud
