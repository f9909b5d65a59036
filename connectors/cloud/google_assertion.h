// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/base/secret.h"

#include <QDateTime>
#include <QString>
#include <QStringList>
#include <QUrl>

namespace idstore::cloud {

/// The key file of a service account of Google, and the assertions it signs. Not shared: move it.
class ServiceAccount
{
public:
    /// From the text of the JSON file. Errors, all InvalidInput on credentials.service_account_json:
    /// "service_account_not_json", "service_account_wrong_type" (a user's credentials, an OAuth client, …),
    /// "service_account_field_missing" (the cause names it), "service_account_token_address" (not Google's),
    /// "service_account_key_unreadable" (not an RSA key in PEM). None of them quotes the file.
    [[nodiscard]] static Result<ServiceAccount> parse(const Secret &json);

    [[nodiscard]] const QString &email() const { return m_email; } ///< what data must be shared with
    [[nodiscard]] const QString &projectId() const { return m_projectId; } ///< may be empty
    [[nodiscard]] const QUrl &tokenAddress() const { return m_tokenAddress; } ///< https, at Google

    /// A JSON Web Token signed with RS256 (RFC 7515, 7518, 7519) that asks for access with these scopes, issued at
    /// `now`, valid for an hour, which is the most that Google takes. `aud` is the token address. Error:
    /// "crypto_failed".
    [[nodiscard]] Result<Secret> assertion(const QStringList &scopes, const QDateTime &now) const;

    /// The body of the request to the token address (RFC 7523, section 2.1), application/x-www-form-urlencoded.
    [[nodiscard]] static Secret tokenRequestBody(const Secret &assertion);

private:
    QString m_email;
    QString m_projectId;
    QString m_keyId;
    QUrl m_tokenAddress;
    Secret m_key; ///< PEM
};

/// What the token address answers (RFC 6749, section 5.1). Not shared: move it.
struct AccessToken
{
    Secret token;
    QDateTime expiry; ///< UTC

    /// Of an answer received at `now`. Error: "token_unreadable" (Source).
    [[nodiscard]] static Result<AccessToken> parse(const QByteArray &json, const QDateTime &now);
};

} // namespace idstore::cloud
