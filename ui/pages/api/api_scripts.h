// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QUrl>

namespace idstore {

enum class ScriptLanguage { Curl, Python, PowerShell };

enum class ApiAction {
    ListSources,
    UploadFile,
    CreateSource,
    StartIngestion,
    CancelRun,
    History,
    ReadRecords,
    ExportSource,
    Description,
};

/// An action of the window as a request.
struct ApiActionInfo
{
    ApiAction action = ApiAction::ListSources;
    QString title; ///< in a person's words
    QString method;
    QString path; ///< "%1" stands for the source's id
    bool needsSource = false;
};

/// Every action, in the order of the page.
[[nodiscard]] QList<ApiActionInfo> apiActions();

struct ScriptTarget
{
    QUrl server; ///< "http://127.0.0.1:8765"
    QString tokenFile; ///< the script reads the token from here; it never holds it
    QString sourceId; ///< "src_01", for actions that need a source
};

/// A script that runs as it stands, with nothing to install: curl in a POSIX shell, Python 3 with its own library, or
/// PowerShell 7.
/// It reads the token from the token file and hands it on in a variable. Pure function.
[[nodiscard]] QString apiScript(ApiAction action, ScriptLanguage language, const ScriptTarget &target);

} // namespace idstore
