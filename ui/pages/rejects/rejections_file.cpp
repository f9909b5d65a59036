// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/rejects/rejections_file.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSaveFile>

namespace idstore {

namespace {

QByteArray field(const QString &text)
{
    QByteArray utf8 = text.toUtf8();
    utf8.replace('"', "\"\"");
    return '"' + utf8 + '"';
}

QByteArray lineOf(const Rejection &rejection)
{
    const QByteArray line = rejection.line > 0 ? QByteArray::number(rejection.line) : QByteArray();
    return line + ',' + field(rejection.column) + ',' + field(rejection.reason) + ',' + field(rejection.raw) + "\r\n";
}

Error cannotWrite(const QSaveFile &file)
{
    const bool isFull = file.error() == QFileDevice::ResourceError;
    return {isFull ? ErrorKind::StorageFull : ErrorKind::Unavailable,
            isFull ? QStringLiteral("disk_full") : QStringLiteral("cannot_write"),
            QCoreApplication::translate("RejectionsFile", "%1 cannot be written: %2.")
                .arg(QFileInfo(file.fileName()).fileName(), file.errorString()),
            QCoreApplication::translate("RejectionsFile", "Choose another folder or file name."),
            file.errorString(),
            {}};
}

} // namespace

Result<qint64> writeRejections(const RejectionTableModel::PageLoader &loader, const QString &path)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return cannotWrite(file);
    file.write("line,column,reason,text\r\n");
    qint64 after = 0;
    qint64 written = 0;
    do {
        IDS_TRY(page, loader(after, RejectionTableModel::pageSize));
        for (const RejectedRow &rejection : page.rejections) {
            const QByteArray line = lineOf(rejection);
            if (file.write(line) != line.size())
                return cannotWrite(file);
        }
        written += page.rejections.size();
        after = page.next > after ? page.next : 0;
    } while (after > 0);
    if (!file.commit())
        return cannotWrite(file);
    return written;
}

} // namespace idstore
