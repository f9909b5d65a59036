// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUrl>

namespace idstore {

/// People paste the address of the page that shows a file. For the sharing pages of Google Sheets, Google Drive,
/// Dropbox, OneDrive and GitHub the address of the file itself; any other address as it is. Pure function.
[[nodiscard]] QUrl directDownload(const QUrl &shared);

} // namespace idstore
