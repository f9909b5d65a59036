// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/cloud/google_access.h"

#include "connectors/cloud/percent_encoding.h"
#include "connectors/cloud/store_problem.h"

#include <QJsonDocument>

namespace idstore::cloud {

namespace {

constexpr int unauthorized = 401;
/// A token that would expire while a request is on its way is of no use.
constexpr qint64 marginSeconds = 120;
constexpr qint64 maxTokenBytes = 1024 * 1024;

/// The key file, which forms and scripts give as a document or as its text.
Secret keyFile(const QJsonObject &credentials)
{
    const QJsonValue value = credentials[QLatin1StringView("service_account_json")];
    return Secret(value.isObject() ? QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact)
                                   : value.toString().toUtf8());
}

} // namespace

Result<std::unique_ptr<GoogleAccess>> GoogleAccess::fromCredentials(const QJsonObject &credentials,
                                                                    const QStringList &scopes,
                                                                    const std::optional<QUrl> &baseUrl,
                                                                    const http::ClientSettings &settings,
                                                                    const http::ClientWatcher &watcher)
{
    IDS_TRY(account, ServiceAccount::parse(keyFile(credentials)));
    const QUrl vendor = account.tokenAddress();
    const QUrl tokenUrl = baseUrl ? addressBelow(*baseUrl, vendor.path(QUrl::FullyEncoded).toLatin1()) : vendor;
    return std::unique_ptr<GoogleAccess>(new GoogleAccess(std::move(account), scopes, tokenUrl, settings, watcher));
}

GoogleAccess::GoogleAccess(ServiceAccount account, const QStringList &scopes, const QUrl &tokenUrl,
                           const http::ClientSettings &settings, const http::ClientWatcher &watcher)
    : m_account(std::move(account))
    , m_scopes(scopes)
    , m_tokenUrl(tokenUrl)
    , m_client(settings, watcher)
{}

http::Authorizer GoogleAccess::authorizer()
{
    return [this] { return headers(); };
}

Result<http::Response> GoogleAccess::withToken(const std::function<Result<http::Response>()> &exchange)
{
    Result<http::Response> answer = exchange();
    if (!answer || answer->status != unauthorized)
        return answer;
    // It may have been revoked, or the clocks differ: a new one tells.
    m_token.reset();
    return exchange();
}

Result<http::SecretHeaders> GoogleAccess::headers()
{
    if (!m_token || m_token->expiry <= QDateTime::currentDateTimeUtc().addSecs(marginSeconds))
        IDS_CHECK(renew());
    http::SecretHeaders headers;
    headers.emplace_back("Authorization", Secret("Bearer " + m_token->token.reveal()));
    return headers;
}

Result<void> GoogleAccess::renew()
{
    IDS_TRY(assertion, m_account.assertion(m_scopes, QDateTime::currentDateTimeUtc()));
    http::Request request;
    request.method = "POST";
    request.url = m_tokenUrl;
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
    request.body = ServiceAccount::tokenRequestBody(assertion).reveal();
    request.repeatable = true; // a second token does no harm
    request.maxBytes = maxTokenBytes;
    IDS_TRY(answer, m_client.send(request));
    if (!answer.isSuccess())
        return googleTokenError(answer);
    IDS_TRY(token, AccessToken::parse(answer.body, QDateTime::currentDateTimeUtc()));
    m_token = std::move(token);
    return {};
}

} // namespace idstore::cloud
