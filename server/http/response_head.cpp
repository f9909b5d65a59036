// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/response_head.h"

#include <QDateTime>
#include <QLocale>

namespace idstore {

QByteArray responseHead(int status, const QByteArray &contentType, const QList<HttpHeader> &headers,
                        AnswerFraming framing, qint64 length, bool close, int minorVersion)
{
    QByteArray head;
    head.reserve(512);
    head += "HTTP/1.1 " + QByteArray::number(status) + ' ' + reasonPhrase(status) + "\r\n";
    const QString date = QLocale::c().toString(QDateTime::currentDateTimeUtc(), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'");
    head += "Date: " + date.toLatin1() + "\r\n";
    if (status != 204) {
        if (!contentType.isEmpty())
            head += "Content-Type: " + contentType + "\r\n";
        if (framing == AnswerFraming::Length)
            head += "Content-Length: " + QByteArray::number(length) + "\r\n";
        else if (framing == AnswerFraming::Chunked)
            head += "Transfer-Encoding: chunked\r\n";
    }
    for (const HttpHeader &header : headers)
        head += header.name + ": " + header.value + "\r\n";
    head += "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n";
    if (close)
        head += "Connection: close\r\n";
    else if (minorVersion == 0)
        head += "Connection: keep-alive\r\n";
    head += "\r\n";
    return head;
}

} // namespace idstore
