// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/instance_file.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <array>

namespace idstore {

namespace {

struct KindName
{
    InstanceKind kind;
    QLatin1StringView name;
};
constexpr std::array<KindName, 3> kindNames{{{InstanceKind::Window, QLatin1StringView("window")},
                                             {InstanceKind::Serve, QLatin1StringView("serve")},
                                             {InstanceKind::Command, QLatin1StringView("command")}}};

QString instancePath(const QString &dataDirectory)
{
    return QDir(dataDirectory).filePath(QStringLiteral("instance.json"));
}

QString nameOf(InstanceKind kind)
{
    for (const KindName &entry : kindNames) {
        if (entry.kind == kind)
            return entry.name;
    }
    return {};
}

} // namespace

Result<void> writeInstanceFile(const QString &dataDirectory, const InstanceInfo &info)
{
    const QJsonObject object{{QStringLiteral("kind"), nameOf(info.kind)},
                             {QStringLiteral("pid"), info.pid},
                             {QStringLiteral("url"), info.url.toString()},
                             {QStringLiteral("token_file"), info.tokenFile}};
    QSaveFile file(instancePath(dataDirectory));
    const bool isWritten = file.open(QIODevice::WriteOnly) &&
                           file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) &&
                           file.write(QJsonDocument(object).toJson()) >= 0 && file.commit();
    if (isWritten)
        return {};

    Error error;
    error.kind = ErrorKind::Unavailable;
    error.code = QStringLiteral("not_writable");
    error.message =
        QCoreApplication::translate("InstanceFile", "Cannot write into the data directory %1.").arg(dataDirectory);
    error.remedy = QCoreApplication::translate("InstanceFile", "Check its permissions and the space left on the disk.");
    error.cause = file.errorString();
    return error;
}

std::optional<InstanceInfo> readInstanceFile(const QString &dataDirectory)
{
    QFile file(instancePath(dataDirectory));
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    constexpr qint64 sizeLimit = 64 * 1024;
    const QJsonObject object = QJsonDocument::fromJson(file.read(sizeLimit)).object();
    InstanceInfo info;
    info.pid = object.value(QLatin1StringView("pid")).toInteger();
    info.url = QUrl(object.value(QLatin1StringView("url")).toString());
    info.tokenFile = object.value(QLatin1StringView("token_file")).toString();
    const QString kind = object.value(QLatin1StringView("kind")).toString();
    for (const KindName &entry : kindNames) {
        if (kind == entry.name) {
            info.kind = entry.kind;
            return info.pid > 0 ? std::optional(info) : std::nullopt;
        }
    }
    return std::nullopt;
}

void removeInstanceFile(const QString &dataDirectory)
{
    QFile::remove(instancePath(dataDirectory));
}

} // namespace idstore
