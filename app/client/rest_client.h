// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/client/http_client.h"
#include "models/base/secret.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace idstore::client {

/// The REST API as a command sees it: JSON in, JSON or an Error out. A problem document (RFC 9457) becomes an Error
/// whose message is its `detail`. Blocking; used by one thread. Errors: those of HttpClient, and the API's own.
class RestClient
{
public:
    RestClient(QUrl base, Secret token, const CancelToken &cancel);

    /// `path` starts with "/api"; see apiPath().
    [[nodiscard]] Result<QJsonDocument> get(const QByteArray &path) const;
    /// Every page of a list, put together.
    [[nodiscard]] Result<QJsonArray> getList(const QByteArray &path) const;
    [[nodiscard]] Result<QJsonDocument> post(const QByteArray &path, const QJsonObject &body) const;
    [[nodiscard]] Result<QJsonDocument> remove(const QByteArray &path) const;
    [[nodiscard]] Result<QJsonDocument> upload(const QByteArray &path, HttpBody &body,
                                               const QByteArray &contentType) const;
    /// Streams the body of the answer into `sink`.
    [[nodiscard]] Result<void> download(const QByteArray &path,
                                        const std::function<Result<void>(QByteArrayView)> &sink) const;

    /// The same peer for another thread or with another cancel flag.
    [[nodiscard]] RestClient withCancel(const CancelToken &cancel) const;

private:
    Result<http::Response> exchange(HttpRequest request) const;
    Result<QJsonDocument> exchangeJson(const HttpRequest &request) const;

    QUrl m_base;
    Secret m_token;
    HttpClient m_http;
};

/// "/api/sources/src_01/history" from its parts, percent-encoded.
[[nodiscard]] QByteArray apiPath(const QStringList &parts);

/// The Error that a problem document of this status stands for. Falls back on the status alone.
[[nodiscard]] Error errorFromProblem(int status, const QByteArray &body);

/// The target of `rel="next"` in a Link field (RFC 8288); empty when there is none.
[[nodiscard]] QByteArray nextPage(const QByteArray &linkField);

/// The token that a token file holds. Error: Unauthenticated ("token_file_unreadable").
[[nodiscard]] Result<Secret> readTokenFile(const QString &path);

} // namespace idstore::client
