// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/api/api_scripts.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QStringList>

#include <algorithm>

namespace idstore {

namespace {

/// The file that scripts send or write; the person changes the name.
const auto uploadName = QLatin1StringView("people.csv");

QString shellQuoted(QString text)
{
    return QString(u'\'' + text.replace(u'\'', QLatin1StringView("'\\''")) + u'\'');
}

QString powerShellQuoted(QString text)
{
    return QString(u'\'' + text.replace(u'\'', QLatin1StringView("''")) + u'\'');
}

/// A JSON string is a Python string as well.
QString pythonQuoted(const QString &text)
{
    const QString list = QString::fromUtf8(QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact));
    return list.mid(1, list.size() - 2);
}

ApiActionInfo infoOf(ApiAction action)
{
    const QList<ApiActionInfo> all = apiActions();
    return *std::find_if(all.begin(), all.end(), [action](const auto &info) { return info.action == action; });
}

QString newSourceBody()
{
    return QStringLiteral("{\"name\": \"Web list\", \"source_type\": \"csv_url\", \"credentials\": {},"
                          " \"config\": {\"url\": \"https://example.com/people.csv\"}}");
}

QString outputName(ApiAction action)
{
    switch (action) {
    case ApiAction::ExportSource:
        return QStringLiteral("export.csv");
    case ApiAction::Description:
        return QStringLiteral("openapi.json");
    default:
        return {};
    }
}

QString curlScript(const ApiActionInfo &info, const QString &url, const ScriptTarget &target)
{
    QStringList lines{QStringLiteral("export IDENTITY_STORE_TOKEN=\"$(cat %1)\"").arg(shellQuoted(target.tokenFile)),
                      QString()};
    QStringList command{QStringLiteral("curl --fail-with-body --request %1").arg(info.method),
                        QStringLiteral("  --header \"Authorization: Bearer $IDENTITY_STORE_TOKEN\"")};
    if (info.action == ApiAction::UploadFile) {
        command += QStringLiteral("  --form 'name=People'");
        command += QStringLiteral("  --form 'file=@%1'").arg(uploadName);
    } else if (info.action == ApiAction::CreateSource) {
        command += QStringLiteral("  --header 'Content-Type: application/json'");
        command += QString(QLatin1StringView("  --data ") + shellQuoted(newSourceBody()));
    }
    if (const QString output = outputName(info.action); !output.isEmpty())
        command += QString(QLatin1StringView("  --output ") + output);
    command += QString(QLatin1StringView("  ") + shellQuoted(url));
    lines += command.join(QLatin1StringView(" \\\n"));
    return lines.join(u'\n');
}

QString pythonScript(const ApiActionInfo &info, const QString &url, const ScriptTarget &target)
{
    QStringList lines{QStringLiteral("import json"),
                      QStringLiteral("import urllib.request"),
                      QStringLiteral("from pathlib import Path"),
                      QString(),
                      QStringLiteral("token = Path(%1).read_text().strip()").arg(pythonQuoted(target.tokenFile)),
                      QStringLiteral("headers = {\"Authorization\": f\"Bearer {token}\"}")};
    QString body = QStringLiteral("None");
    if (info.action == ApiAction::UploadFile) {
        lines += QStringLiteral("path = Path(\"%1\")").arg(uploadName);
        lines += QStringLiteral("boundary = \"identity-store-upload\"");
        lines += QStringLiteral("headers[\"Content-Type\"] = f\"multipart/form-data; boundary={boundary}\"");
        lines += QStringLiteral("body = b\"\".join([");
        lines += QStringLiteral("    f'--{boundary}\\r\\nContent-Disposition: form-data; name=\"name\"\\r\\n\\r\\n"
                                "People\\r\\n'.encode(),");
        lines += QStringLiteral("    f'--{boundary}\\r\\nContent-Disposition: form-data; name=\"file\"; '");
        lines += QStringLiteral("    f'filename=\"{path.name}\"\\r\\n\\r\\n'.encode(),");
        lines += QStringLiteral("    path.read_bytes(), f'\\r\\n--{boundary}--\\r\\n'.encode(),");
        lines += QStringLiteral("])");
        body = QStringLiteral("body");
    } else if (info.action == ApiAction::CreateSource) {
        lines += QStringLiteral("headers[\"Content-Type\"] = \"application/json\"");
        lines += QStringLiteral("body = json.dumps(%1).encode()").arg(newSourceBody());
        body = QStringLiteral("body");
    }
    lines += QStringLiteral("request = urllib.request.Request(");
    lines += QStringLiteral("    %1,").arg(pythonQuoted(url));
    lines += QStringLiteral("    data=%1, headers=headers, method=\"%2\")").arg(body, info.method);
    lines += QStringLiteral("with urllib.request.urlopen(request) as answer:");
    if (const QString output = outputName(info.action); !output.isEmpty()) {
        lines += QStringLiteral("    with open(\"%1\", \"wb\") as file:").arg(output);
        lines += QStringLiteral("        while block := answer.read(65536):");
        lines += QStringLiteral("            file.write(block)");
        lines.removeAll(QStringLiteral("import json"));
    } else {
        lines += QStringLiteral("    print(json.dumps(json.load(answer), indent=2))");
    }
    return lines.join(u'\n');
}

QString powerShellScript(const ApiActionInfo &info, const QString &url, const ScriptTarget &target)
{
    QString method = info.method.at(0) + info.method.mid(1).toLower();
    QStringList lines{QStringLiteral("$env:IDENTITY_STORE_TOKEN = (Get-Content -Raw %1).Trim()")
                          .arg(powerShellQuoted(target.tokenFile)),
                      QString()};
    QStringList command{QStringLiteral("Invoke-RestMethod -Method %1").arg(method),
                        QStringLiteral("  -Headers @{ Authorization = \"Bearer $env:IDENTITY_STORE_TOKEN\" }")};
    if (info.action == ApiAction::UploadFile) {
        command += QStringLiteral("  -Form @{ name = 'People'; file = Get-Item '%1' }").arg(uploadName);
    } else if (info.action == ApiAction::CreateSource) {
        command += QStringLiteral("  -ContentType 'application/json'");
        command += QString(QLatin1StringView("  -Body ") + powerShellQuoted(newSourceBody()));
    }
    if (const QString output = outputName(info.action); !output.isEmpty())
        command += QString(QLatin1StringView("  -OutFile ") + output);
    command += QString(QLatin1StringView("  -Uri ") + powerShellQuoted(url));
    lines += command.join(QLatin1StringView(" `\n"));
    return lines.join(u'\n');
}

} // namespace

QList<ApiActionInfo> apiActions()
{
    const auto get = QStringLiteral("GET");
    const auto post = QStringLiteral("POST");
    return {
        {ApiAction::ListSources, QCoreApplication::translate("ApiActions", "List sources"), get,
         QStringLiteral("/api/sources"), false},
        {ApiAction::UploadFile, QCoreApplication::translate("ApiActions", "Upload a file"), post,
         QStringLiteral("/api/sources/upload"), false},
        {ApiAction::CreateSource, QCoreApplication::translate("ApiActions", "Create a connector source"), post,
         QStringLiteral("/api/sources"), false},
        {ApiAction::StartIngestion, QCoreApplication::translate("ApiActions", "Start an ingestion"), post,
         QStringLiteral("/api/sources/%1/ingest"), true},
        {ApiAction::CancelRun, QCoreApplication::translate("ApiActions", "Cancel a run"), post,
         QStringLiteral("/api/sources/%1/cancel"), true},
        {ApiAction::History, QCoreApplication::translate("ApiActions", "History of a source"), get,
         QStringLiteral("/api/sources/%1/history"), true},
        {ApiAction::ReadRecords, QCoreApplication::translate("ApiActions", "Read records"), get,
         QStringLiteral("/api/sources/%1/records?limit=100"), true},
        {ApiAction::ExportSource, QCoreApplication::translate("ApiActions", "Export a source"), get,
         QStringLiteral("/api/sources/%1/export?format=csv"), true},
        {ApiAction::Description, QCoreApplication::translate("ApiActions", "Description of the API (OpenAPI)"), get,
         QStringLiteral("/api/openapi.json"), false},
    };
}

QString apiScript(ApiAction action, ScriptLanguage language, const ScriptTarget &target)
{
    const ApiActionInfo info = infoOf(action);
    const QString path = info.needsSource ? info.path.arg(target.sourceId) : info.path;
    const QString url = target.server.toString(QUrl::StripTrailingSlash) + path;
    switch (language) {
    case ScriptLanguage::Curl:
        return curlScript(info, url, target);
    case ScriptLanguage::Python:
        return pythonScript(info, url, target);
    case ScriptLanguage::PowerShell:
        return powerShellScript(info, url, target);
    }
    return {};
}

} // namespace idstore
