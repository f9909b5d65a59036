// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/cloud/google_assertion.h"
#include "connectors/http/http_client.h"

#include <QJsonObject>

#include <functional>
#include <optional>

namespace idstore::cloud {

/// The way into Google's interfaces with a service account: signs an assertion, exchanges it for an access token
/// (https://developers.google.com/identity/protocols/oauth2/service-account) and keeps that until shortly before it
/// expires, or until it is refused. Blocking, with a client of its own; one thread.
///
/// With a base URL the token is asked for there, while the assertion still names Google's address as its audience.
class GoogleAccess
{
public:
    /// Of a source's `credentials`. Errors: those of ServiceAccount::parse().
    [[nodiscard]] static Result<std::unique_ptr<GoogleAccess>>
    fromCredentials(const QJsonObject &credentials, const QStringList &scopes, const std::optional<QUrl> &baseUrl,
                    const http::ClientSettings &settings, const http::ClientWatcher &watcher);

    [[nodiscard]] const QString &account() const { return m_account.email(); } ///< its address

    /// The token as a header field, renewed when need be: errors of the client and of googleTokenError(). Does not
    /// outlive the object.
    [[nodiscard]] http::Authorizer authorizer();

    /// What `exchange` brings; once more with a new token when the answer is 401.
    [[nodiscard]] Result<http::Response> withToken(const std::function<Result<http::Response>()> &exchange);

private:
    GoogleAccess(ServiceAccount account, const QStringList &scopes, const QUrl &tokenUrl,
                 const http::ClientSettings &settings, const http::ClientWatcher &watcher);

    [[nodiscard]] Result<http::SecretHeaders> headers();
    [[nodiscard]] Result<void> renew();

    ServiceAccount m_account;
    QStringList m_scopes;
    QUrl m_tokenUrl;
    http::Client m_client; ///< apart from the one whose requests are authorized, which is in the middle of one
    std::optional<AccessToken> m_token;
};

} // namespace idstore::cloud
