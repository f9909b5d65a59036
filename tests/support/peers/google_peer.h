// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/openapi/openapi_check.h"
#include "tests/support/peers/google_account.h"

#include <QHash>

namespace idstore::test {

/// A request to one of Google's interfaces, as its description reads it.
struct GoogleCall
{
    PeerRequest sent;
    OpenApiCheck::Request read;
    bool isAuthorized = false; ///< with a token that holds
};

/// One of Google's error bodies (https://cloud.google.com/apis/design/errors); `reason` and `status` may be empty.
[[nodiscard]] PeerAnswer googleError(int code, const QByteArray &message, const QByteArray &reason = {},
                                     const QByteArray &status = {}, const QList<QByteArray> &fields = {});
/// A JSON answer, cut down to what the query's `fields` asks for.
[[nodiscard]] PeerAnswer googleJson(const QJsonObject &answer, const GoogleCall &call);

/// What Google's interfaces have in common, on a port of this computer: the token endpoint, which judges assertions,
/// and a service behind bearer tokens, of which every request must be as the vendor's description says. One that is not
/// is refused with 400 and noted. The settings are for the test's thread while no request is under way.
class GooglePeer
{
public:
    using Service = std::function<PeerAnswer(const GoogleCall &)>;
    using Intervention = std::function<std::optional<PeerAnswer>(const GoogleCall &)>;

    /// `vendor` names the description; `scope` is what tokens must have been asked for. `service` is called for
    /// requests with and without a token that holds.
    GooglePeer(const QString &vendor, const QString &scope, Service service);

    [[nodiscard]] QString baseUrl() const { return m_server.url(QString()).toString(); }
    [[nodiscard]] const GoogleAccount &account() const { return m_account; }
    /// {"service_account_json": …}
    [[nodiscard]] QJsonObject credentials() const;

    /// Every rule that a request broke.
    [[nodiscard]] QStringList problems() const { return m_problems; }
    /// The operations that were asked for, in their order.
    [[nodiscard]] QStringList operations() const { return m_operations; }
    [[nodiscard]] QList<PeerRequest> requests() const { return m_server.requests(); }
    [[nodiscard]] int tokensIssued() const { return m_tokensIssued; }
    /// All tokens ever issued: what must turn up nowhere.
    [[nodiscard]] QList<QByteArray> tokens() const { return m_expiry.keys(); }
    void forgetOperations() { m_operations.clear(); }

    /// Tokens issued so far hold no longer.
    void revokeTokens();

    qint64 tokenSeconds = 3599; ///< how long tokens hold
    qint64 clockSkewSeconds = 0; ///< how much later it is at Google's
    Intervention tokenIntervention; ///< instead of the token endpoint, when it answers something
    Intervention intervention; ///< before the service, when it answers something; may change what is served

private:
    PeerAnswer answer(const PeerRequest &request);
    /// What is wrong with an answer of the service, which must be as described too.
    [[nodiscard]] QStringList ownProblems(const GoogleCall &call, const PeerAnswer &answer) const;
    PeerAnswer issueToken(const PeerRequest &request);
    bool holds(const PeerRequest &request) const;

    OpenApiCheck m_description;
    QString m_scope;
    Service m_service;
    GoogleAccount m_account;
    QHash<QByteArray, QDateTime> m_expiry;
    int m_tokensIssued = 0;
    QStringList m_problems;
    QStringList m_operations;
    HttpPeer m_server; ///< last, so that it ends first
};

} // namespace idstore::test
