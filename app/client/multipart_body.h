// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/client/http_client.h"

#include <QFile>

#include <memory>

namespace idstore::client {

/// A multipart/form-data body (RFC 7578) of text fields followed by one file, which is read from disk as it is sent.
/// Used by one thread. Errors while reading: Source ("file_unreadable", "file_changed").
class MultipartBody final : public HttpBody
{
public:
    struct TextField
    {
        QByteArray name;
        QString value;
    };

    /// Error: NotFound ("file_not_found"), InvalidInput ("not_a_file"), Source ("file_unreadable").
    [[nodiscard]] static Result<std::unique_ptr<MultipartBody>> forFile(const QString &path,
                                                                        const QList<TextField> &fields);

    [[nodiscard]] QByteArray contentType() const;
    [[nodiscard]] qint64 size() const override;
    [[nodiscard]] Result<QByteArray> next() override;

    /// Bytes of the file given so far, and in all.
    [[nodiscard]] qint64 fileSent() const { return m_fileSize - m_fileLeft; }
    [[nodiscard]] qint64 fileSize() const { return m_fileSize; }

private:
    MultipartBody(const QString &path, QByteArray boundary);

    QFile m_file;
    QByteArray m_boundary;
    QByteArray m_before; ///< everything up to the first byte of the file
    QByteArray m_after;
    qint64 m_fileSize = 0;
    qint64 m_fileLeft = 0;
    bool m_beforeSent = false;
};

} // namespace idstore::client
