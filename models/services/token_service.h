// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"
#include "models/base/result.h"
#include "models/base/secret.h"

#include <QDateTime>
#include <QList>
#include <QMutex>
#include <QObject>
#include <QThreadPool>

#include <optional>

namespace idstore {

class CatalogDatabase;
class Clock;

enum class TokenScope { Read, Write };

/// "read", "write".
[[nodiscard]] QString toString(TokenScope scope);
[[nodiscard]] std::optional<TokenScope> tokenScopeFromString(QStringView text);

/// Who is asking: every service call that touches sources takes the user.
struct Principal
{
    UserId user;
    TokenScope scope = TokenScope::Read;
    TokenId token;
};

struct ApiToken
{
    TokenId id;
    UserId user;
    QString name;
    TokenScope scope = TokenScope::Read;
    QString hint; ///< "…9f2c"
    QDateTime createdAt; ///< UTC
    QDateTime lastUsedAt; ///< UTC, to the minute; null: never
};

struct IssuedToken
{
    ApiToken token;
    Secret value; ///< shown once, never stored
};

/// Issues and checks the bearer tokens of the REST API. Only SHA-256 hashes are stored. Thread-safe.
class TokenService : public QObject
{
    Q_OBJECT

public:
    /// The person who runs the program; exists from the first start.
    static constexpr qint64 localUserNumber = 1;

    TokenService(CatalogDatabase &catalog, const Clock &clock);
    ~TokenService() override;

    [[nodiscard]] static UserId localUser() { return UserId(localUserNumber); }

    /// Unauthenticated unless `value` is a token in use. Compares against every stored hash in constant time.
    [[nodiscard]] Result<Principal> authenticate(QByteArrayView value);

    /// A token for `user`; `userName` (admin use by the local user) finds or makes another user first.
    [[nodiscard]] Result<IssuedToken> create(UserId user, const QString &name, TokenScope scope,
                                             const QString &userName = {});
    [[nodiscard]] Result<QList<ApiToken>> list(UserId user);
    [[nodiscard]] Result<void> revoke(UserId user, TokenId id);

    /// Makes sure `path` (mode 0600) holds a working write token of the local user, writing a new one if not.
    [[nodiscard]] Result<void> ensureTokenFile(const QString &path);

Q_SIGNALS:
    void tokensChanged();

private:
    struct KnownToken;

    Result<void> reload();
    /// In the background: whoever authenticates, the API thread above all, does not wait for the disk.
    void noteUse(KnownToken &known);

    CatalogDatabase &m_catalog;
    const Clock &m_clock;
    QMutex m_mutex;
    std::vector<KnownToken> m_known;
    bool m_loaded = false;
    QThreadPool m_background; ///< goes first, after its last write
};

} // namespace idstore
