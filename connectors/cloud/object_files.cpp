// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/cloud/object_files.h"

#include "connectors/cloud/object_selection.h"

#include <QCoreApplication>
#include <QSet>

#include <iterator>

namespace idstore::cloud {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ObjectFiles)
};

Result<std::vector<ObjectEntry>> wholeList(const QString &prefix, const ListObjects &listObjects)
{
    std::vector<ObjectEntry> objects;
    QSet<QString> seen;
    QString token;
    do {
        IDS_TRY(page, listObjects(prefix, token));
        std::move(page.objects.begin(), page.objects.end(), std::back_inserter(objects));
        token = page.nextToken;
        if (seen.contains(token)) {
            return sourceError("listing_unreadable", Words::tr("The list of files that the store answers never ends."),
                               Words::tr("Check the endpoint, and ask who runs the store."));
        }
        seen.insert(token);
    } while (!token.isEmpty());
    return objects;
}

} // namespace

Result<QList<RemoteFile>> objectFiles(const QJsonObject &config, QLatin1StringView objectField,
                                      const ListObjects &listObjects)
{
    const QString prefix = config[QLatin1StringView("prefix")].toString();
    // The empty prefix is one too; and S3's object field `key` has another meaning beside it.
    if (prefix.isEmpty() && !config.contains(QLatin1StringView("prefix")))
        return QList<RemoteFile>{{.name = config[objectField].toString()}};

    IDS_TRY(listed, wholeList(prefix, listObjects));
    const ObjectSelection selection(prefix, config[QLatin1StringView("pattern")].toString());
    QList<RemoteFile> files;
    for (const ObjectEntry &object : selection.selected(std::move(listed))) {
        if (object.size == 0)
            continue;
        const QByteArray &version = object.generation.isEmpty() ? object.etag : object.generation;
        files.append({.name = object.name,
                      .version = QString::fromUtf8(version),
                      .size = object.size,
                      .modified = object.lastModified});
    }
    if (files.isEmpty()) {
        return sourceError(
            "no_file_matches", Words::tr("No file matches the prefix and the pattern."),
            Words::tr("Check both, letter case included; the pattern begins behind the prefix's last slash."));
    }
    return files;
}

} // namespace idstore::cloud
