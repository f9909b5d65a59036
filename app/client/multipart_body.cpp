// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/client/multipart_body.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QUuid>

#include <utility>

namespace idstore::client {

namespace {

constexpr qint64 pieceSize = 64 * 1024;

Error fileError(ErrorKind kind, const QString &code, const QString &message, const QString &cause = {})
{
    Error error;
    error.kind = kind;
    error.code = code;
    error.message = message;
    error.cause = cause;
    return error;
}

/// A parameter of Content-Disposition as browsers write it: quotes and line ends are percent-encoded.
QByteArray quoted(const QString &text)
{
    QByteArray bytes = text.toUtf8();
    bytes.replace('\r', "%0D").replace('\n', "%0A").replace('"', "%22");
    return '"' + bytes + '"';
}

} // namespace

MultipartBody::MultipartBody(const QString &path, QByteArray boundary)
    : m_file(path)
    , m_boundary(std::move(boundary))
{}

Result<std::unique_ptr<MultipartBody>> MultipartBody::forFile(const QString &path, const QList<TextField> &fields)
{
    const QFileInfo info(path);
    if (!info.exists()) {
        return fileError(ErrorKind::NotFound, QStringLiteral("file_not_found"),
                         QCoreApplication::translate("MultipartBody", "There is no file %1.").arg(path));
    }
    if (!info.isFile()) {
        return fileError(ErrorKind::InvalidInput, QStringLiteral("not_a_file"),
                         QCoreApplication::translate("MultipartBody", "%1 is not a file.").arg(path));
    }
    std::unique_ptr<MultipartBody> body(
        new MultipartBody(path, "idstore-" + QUuid::createUuid().toByteArray(QUuid::WithoutBraces)));
    if (!body->m_file.open(QIODevice::ReadOnly)) {
        return fileError(ErrorKind::Source, QStringLiteral("file_unreadable"),
                         QCoreApplication::translate("MultipartBody", "%1 cannot be read: %2")
                             .arg(path, body->m_file.errorString()));
    }

    for (const TextField &field : fields) {
        body->m_before += "--" + body->m_boundary + "\r\nContent-Disposition: form-data; name=\"" + field.name +
                          "\"\r\n\r\n" + field.value.toUtf8() + "\r\n";
    }
    body->m_before += "--" + body->m_boundary +
                      "\r\nContent-Disposition: form-data; name=\"file\"; filename=" + quoted(info.fileName()) +
                      "\r\nContent-Type: application/octet-stream\r\n\r\n";
    body->m_after = "\r\n--" + body->m_boundary + "--\r\n";
    body->m_fileSize = body->m_file.size();
    body->m_fileLeft = body->m_fileSize;
    return body;
}

QByteArray MultipartBody::contentType() const
{
    return "multipart/form-data; boundary=" + m_boundary;
}

qint64 MultipartBody::size() const
{
    return m_before.size() + m_fileSize + m_after.size();
}

Result<QByteArray> MultipartBody::next()
{
    if (!m_beforeSent) {
        m_beforeSent = true;
        return m_before;
    }
    if (m_fileLeft == 0)
        return m_after;
    QByteArray piece = m_file.read(std::min(pieceSize, m_fileLeft));
    if (piece.isEmpty()) {
        if (m_file.error() != QFileDevice::NoError) {
            return fileError(ErrorKind::Source, QStringLiteral("file_unreadable"),
                             QCoreApplication::translate("MultipartBody", "%1 cannot be read: %2")
                                 .arg(m_file.fileName(), m_file.errorString()));
        }
        return fileError(ErrorKind::Source, QStringLiteral("file_changed"),
                         QCoreApplication::translate("MultipartBody", "%1 became shorter while it was being read.")
                             .arg(m_file.fileName()));
    }
    m_fileLeft -= piece.size();
    return piece;
}

} // namespace idstore::client
