// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/staged_upload.h"

#include <QCoreApplication>
#include <QLocale>

namespace idstore {

Result<std::unique_ptr<StagedUpload>> StagedUpload::create(const QString &folder, qint64 limit)
{
    IDS_TRY(file, ScratchFile::create(folder));
    return std::unique_ptr<StagedUpload>(new StagedUpload(std::move(file), limit));
}

Result<void> StagedUpload::write(QByteArrayView bytes)
{
    if (bytes.size() > m_limit - m_file->size())
        return uploadTooLarge(m_limit);
    return m_file->write(bytes);
}

Result<qint64> StagedUpload::append(QFile &source)
{
    IDS_TRY(appended, m_file->append(source));
    if (m_file->size() > m_limit)
        return uploadTooLarge(m_limit);
    return appended;
}

Error uploadTooLarge(qint64 limit)
{
    return {ErrorKind::TooLarge,
            QStringLiteral("upload_too_large"),
            QCoreApplication::translate("StagedUpload", "The file is larger than the upload limit of %1.")
                .arg(QLocale::c().formattedDataSize(limit)),
            QCoreApplication::translate("StagedUpload", "Split the file, or raise the limit with --upload-limit."),
            {},
            {}};
}

} // namespace idstore
