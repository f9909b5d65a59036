// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/client/rest_client.h"

#include <QCoreApplication>
#include <QFile>

#include <utility>

namespace idstore::client {

namespace {

ErrorKind kindOfStatus(int status)
{
    switch (status) {
    case 400:
        return ErrorKind::Malformed;
    case 401:
        return ErrorKind::Unauthenticated;
    case 403:
        return ErrorKind::Forbidden;
    case 404:
        return ErrorKind::NotFound;
    case 409:
        return ErrorKind::Conflict;
    case 413:
        return ErrorKind::TooLarge;
    case 422:
        return ErrorKind::InvalidInput;
    case 507:
        return ErrorKind::StorageFull;
    case 429:
    case 503:
        return ErrorKind::Unavailable;
    default:
        return ErrorKind::Internal;
    }
}

/// A body that is in memory already.
class BytesBody final : public HttpBody
{
public:
    explicit BytesBody(QByteArray bytes)
        : m_bytes(std::move(bytes))
    {}
    [[nodiscard]] qint64 size() const override { return m_bytes.size(); }
    [[nodiscard]] Result<QByteArray> next() override { return m_bytes; }

private:
    QByteArray m_bytes;
};

} // namespace

RestClient::RestClient(QUrl base, Secret token, const CancelToken &cancel)
    : m_base(std::move(base))
    , m_token(std::move(token))
    , m_http(m_base, cancel)
{}

RestClient RestClient::withCancel(const CancelToken &cancel) const
{
    return RestClient(m_base, m_token.clone(), cancel);
}

Result<QJsonDocument> RestClient::get(const QByteArray &path) const
{
    HttpRequest request;
    request.target = path;
    return exchangeJson(request);
}

Result<QJsonArray> RestClient::getList(const QByteArray &path) const
{
    QJsonArray all;
    HttpRequest request;
    request.target = path;
    while (!request.target.isEmpty()) {
        IDS_TRY(answer, exchange(request));
        const QJsonArray page = QJsonDocument::fromJson(answer.body).array();
        for (const QJsonValue &item : page)
            all.append(item);
        request.target = nextPage(answer.header("Link"));
    }
    return all;
}

Result<QJsonDocument> RestClient::post(const QByteArray &path, const QJsonObject &body) const
{
    BytesBody bytes(QJsonDocument(body).toJson(QJsonDocument::Compact));
    HttpRequest request;
    request.method = "POST";
    request.target = path;
    request.fields = {{"Content-Type", "application/json"}};
    request.body = &bytes;
    return exchangeJson(request);
}

Result<QJsonDocument> RestClient::remove(const QByteArray &path) const
{
    HttpRequest request;
    request.method = "DELETE";
    request.target = path;
    return exchangeJson(request);
}

Result<QJsonDocument> RestClient::upload(const QByteArray &path, HttpBody &body, const QByteArray &contentType) const
{
    HttpRequest request;
    request.method = "POST";
    request.target = path;
    request.fields = {{"Content-Type", contentType}};
    request.body = &body;
    return exchangeJson(request);
}

Result<void> RestClient::download(const QByteArray &path, const std::function<Result<void>(QByteArrayView)> &sink) const
{
    HttpRequest request;
    request.target = path;
    request.sink = sink;
    IDS_CHECK(exchange(request));
    return {};
}

Result<http::Response> RestClient::exchange(HttpRequest request) const
{
    request.authorizer = http::bearer(m_token);
    request.fields.append(http::Header{"User-Agent", "identity-store-cli/" IDSTORE_VERSION});
    IDS_TRY(answer, m_http.send(request));
    if (!answer.isSuccess())
        return errorFromProblem(answer.status, answer.body);
    return std::move(answer);
}

Result<QJsonDocument> RestClient::exchangeJson(const HttpRequest &request) const
{
    IDS_TRY(answer, exchange(request));
    return QJsonDocument::fromJson(answer.body);
}

QByteArray apiPath(const QStringList &parts)
{
    QByteArray path = "/api";
    for (const QString &part : parts)
        path += '/' + QUrl::toPercentEncoding(part);
    return path;
}

Error errorFromProblem(int status, const QByteArray &body)
{
    const QJsonObject problem = QJsonDocument::fromJson(body).object();
    Error error;
    error.kind = kindOfStatus(status);
    error.code = QStringLiteral("http_%1").arg(status);
    error.message = problem.value(QLatin1StringView("detail")).toString();
    if (error.message.isEmpty())
        error.message = problem.value(QLatin1StringView("title")).toString();
    if (error.message.isEmpty()) {
        error.message =
            QCoreApplication::translate("RestClient", "The running instance refused the request (status %1).")
                .arg(status);
    }
    const QJsonArray fields = problem.value(QLatin1StringView("errors")).toArray();
    for (const QJsonValue &field : fields) {
        error.fields.append({field.toObject().value(QLatin1StringView("field")).toString(),
                             field.toObject().value(QLatin1StringView("message")).toString()});
    }
    return error;
}

QByteArray nextPage(const QByteArray &linkField)
{
    // <target>; rel="next", <target>; rel="prev"
    qsizetype position = 0;
    for (;;) {
        const qsizetype open = linkField.indexOf('<', position);
        const qsizetype close = open < 0 ? -1 : linkField.indexOf('>', open);
        if (close < 0)
            return {};
        qsizetype end = linkField.indexOf(",", close);
        if (end < 0)
            end = linkField.size();
        if (linkField.mid(close, end - close).contains("rel=\"next\"")) {
            const QUrl url = QUrl::fromEncoded(linkField.mid(open + 1, close - open - 1));
            return url.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::RemoveFragment);
        }
        position = end;
    }
}

Result<Secret> readTokenFile(const QString &path)
{
    constexpr qint64 sizeLimit = 4096;
    QFile file(path);
    if (file.open(QIODevice::ReadOnly))
        return Secret(file.read(sizeLimit).trimmed());
    Error error;
    error.kind = ErrorKind::Unauthenticated;
    error.code = QStringLiteral("token_file_unreadable");
    error.message =
        QCoreApplication::translate("RestClient", "The token file %1 cannot be read: %2").arg(path, file.errorString());
    error.remedy = QCoreApplication::translate("RestClient", "Run the command as the person who runs the instance.");
    return error;
}

} // namespace idstore::client
