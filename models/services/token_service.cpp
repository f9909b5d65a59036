// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/token_service.h"

#include "models/base/clock.h"
#include "models/base/logging.h"
#include "models/services/source_rules.h"
#include "models/store/catalog_database.h"
#include "models/store/catalog_json.h"
#include "models/store/data_directory.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QSaveFile>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

namespace idstore {

namespace {

using TokenHash = std::array<unsigned char, 32>;

constexpr int randomLength = 40;
constexpr qsizetype maxTokenNameLength = 100;
constexpr char alphabet[] = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

TokenHash hashOf(QByteArrayView value)
{
    TokenHash hash{};
    EVP_Digest(value.data(), static_cast<std::size_t>(value.size()), hash.data(), nullptr, EVP_sha256(), nullptr);
    return hash;
}

Result<Secret> randomToken(TokenScope scope)
{
    // "ids_w_…": recognisable in a leak, and the scope can be told apart by eye.
    QByteArray value = scope == TokenScope::Write ? "ids_w_" : "ids_r_";
    constexpr unsigned letters = sizeof(alphabet) - 1;
    while (value.size() < 6 + randomLength) {
        unsigned char byte = 0;
        if (RAND_bytes(&byte, 1) != 1)
            return Error{
                ErrorKind::Internal, QStringLiteral("no_randomness"), QStringLiteral("No random bytes."), {}, {}, {}};
        if (byte < 256 / letters * letters) // no letter more likely than another
            value.append(alphabet[byte % letters]);
    }
    return Secret(value);
}

} // namespace

struct TokenService::KnownToken
{
    ApiToken token;
    TokenHash hash{};
};

QString toString(TokenScope scope)
{
    return scope == TokenScope::Write ? QStringLiteral("write") : QStringLiteral("read");
}

std::optional<TokenScope> tokenScopeFromString(QStringView text)
{
    if (text == u"write")
        return TokenScope::Write;
    if (text == u"read")
        return TokenScope::Read;
    return std::nullopt;
}

TokenService::TokenService(CatalogDatabase &catalog, const Clock &clock)
    : m_catalog(catalog)
    , m_clock(clock)
{
    m_background.setMaxThreadCount(1);
}

TokenService::~TokenService() = default;

Result<void> TokenService::reload()
{
    IDS_TRY(rows, m_catalog.query(QStringLiteral("SELECT id, user_id, name, scope, hash, hint, created_at, last_used_at"
                                                 " FROM tokens ORDER BY id")));
    m_known.clear();
    while (rows.next()) {
        KnownToken known;
        known.token.id = TokenId(rows.value(0).toLongLong());
        known.token.user = UserId(rows.value(1).toLongLong());
        known.token.name = rows.value(2).toString();
        known.token.scope = tokenScopeFromString(rows.value(3).toString()).value_or(TokenScope::Read);
        const QByteArray hash = rows.value(4).toByteArray();
        std::copy_n(hash.begin(), std::min<qsizetype>(hash.size(), std::ssize(known.hash)), known.hash.begin());
        known.token.hint = rows.value(5).toString();
        known.token.createdAt = fromCatalogTime(rows.value(6).toString());
        known.token.lastUsedAt = fromCatalogTime(rows.value(7).toString());
        m_known.push_back(std::move(known));
    }
    m_loaded = true;
    return {};
}

Result<Principal> TokenService::authenticate(QByteArrayView value)
{
    const TokenHash hash = hashOf(value);
    const QMutexLocker locker(&m_mutex);
    if (!m_loaded)
        IDS_CHECK(reload());
    KnownToken *match = nullptr;
    for (KnownToken &known : m_known) { // all of them, so that the time does not tell which one was near
        if (CRYPTO_memcmp(known.hash.data(), hash.data(), hash.size()) == 0)
            match = &known;
    }
    if (!match) {
        return Error{ErrorKind::Unauthenticated,
                     QStringLiteral("unknown_token"),
                     tr("This token is not known here."),
                     tr("Use the token in the token file, or make a new one on the API page."),
                     {},
                     {}};
    }
    noteUse(*match);
    return Principal{match->token.user, match->token.scope, match->token.id};
}

void TokenService::noteUse(KnownToken &known)
{
    // To the minute: one write a minute at the most, not one a request.
    const QDateTime now = m_clock.now();
    if (known.token.lastUsedAt.isValid() && known.token.lastUsedAt.secsTo(now) < 60)
        return;
    known.token.lastUsedAt = now;
    m_background.start([this, now, id = known.token.id] {
        const auto noted = m_catalog.write([&]() -> Result<void> {
            IDS_CHECK(m_catalog.query(QStringLiteral("UPDATE tokens SET last_used_at = ? WHERE id = ?"),
                                      {toCatalogTime(now), id.number()}));
            return {};
        });
        if (!noted)
            qCWarning(logServices) << noted.error().logLine();
    });
}

Result<IssuedToken> TokenService::create(UserId user, const QString &name, TokenScope scope, const QString &userName)
{
    QList<FieldError> problems;
    const QString trimmed = name.trimmed();
    if (trimmed.isEmpty() || trimmed.size() > maxTokenNameLength) {
        problems.append(
            {QStringLiteral("name"), tr("Give the token a name of up to %1 characters.").arg(maxTokenNameLength)});
    }
    if (!userName.isEmpty() && user != localUser())
        problems.append({QStringLiteral("user"), tr("Only the local user makes tokens for others.")});
    if (!problems.isEmpty())
        return invalidInput(problems);

    IDS_TRY(value, randomToken(scope));
    const TokenHash hash = hashOf(value.reveal());
    const QString time = toCatalogTime(m_clock.now());
    ApiToken token;
    token.name = trimmed;
    token.scope = scope;
    token.user = user;
    token.hint = value.hint();
    token.createdAt = fromCatalogTime(time);
    {
        const QMutexLocker locker(&m_mutex);
        IDS_CHECK(m_catalog.write([&]() -> Result<void> {
            if (!userName.isEmpty()) {
                IDS_CHECK(m_catalog.query(QStringLiteral("INSERT OR IGNORE INTO users(name, created_at) VALUES(?, ?)"),
                                          {userName, time}));
                IDS_TRY(row, m_catalog.query(QStringLiteral("SELECT id FROM users WHERE name = ?"), {userName}));
                row.next();
                token.user = UserId(row.value(0).toLongLong());
            }
            IDS_TRY(inserted,
                    m_catalog.query(QStringLiteral("INSERT INTO tokens(user_id, name, scope, hash, hint, created_at)"
                                                   " VALUES(?, ?, ?, ?, ?, ?)"),
                                    {token.user.number(), token.name, toString(scope),
                                     QByteArray(reinterpret_cast<const char *>(hash.data()), std::ssize(hash)),
                                     token.hint, time}));
            token.id = TokenId(inserted.lastInsertId().toLongLong());
            return {};
        }));
        m_loaded = false;
    }
    Q_EMIT tokensChanged();
    return IssuedToken{token, std::move(value)};
}

Result<QList<ApiToken>> TokenService::list(UserId user)
{
    const QMutexLocker locker(&m_mutex);
    if (!m_loaded)
        IDS_CHECK(reload());
    QList<ApiToken> tokens;
    for (const KnownToken &known : m_known) {
        if (known.token.user == user)
            tokens.append(known.token);
    }
    return tokens;
}

Result<void> TokenService::revoke(UserId user, TokenId id)
{
    {
        const QMutexLocker locker(&m_mutex);
        IDS_TRY(removed, m_catalog.write([&] {
            return m_catalog.query(QStringLiteral("DELETE FROM tokens WHERE id = ? AND user_id = ?"),
                                   {id.number(), user.number()});
        }));
        if (removed.numRowsAffected() == 0) {
            return Error{ErrorKind::NotFound,
                         QStringLiteral("token_not_found"),
                         tr("There is no token %1.").arg(id.toString()),
                         tr("The list of tokens shows those there are."),
                         {},
                         {}};
        }
        m_loaded = false;
    }
    Q_EMIT tokensChanged();
    return {};
}

Result<void> TokenService::ensureTokenFile(const QString &path)
{
    constexpr QFile::Permissions ownerOnly = QFile::ReadOwner | QFile::WriteOwner;
    QFile existing(path);
    if (existing.open(QIODevice::ReadOnly)) {
        const auto principal = authenticate(existing.readAll().trimmed());
        if (principal && principal->scope == TokenScope::Write && principal->user == localUser()) {
            existing.setPermissions(ownerOnly);
            return {};
        }
    }
    IDS_TRY(issued, create(localUser(), tr("This computer's scripts"), TokenScope::Write));
    if (!QDir().mkpath(QFileInfo(path).absolutePath()))
        return fileError(path, errno);
    QSaveFile file(path);
    // The mode comes before the value.
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(ownerOnly) ||
        file.write(issued.value.reveal() + '\n') < 0 || !file.commit()) {
        return Error{ErrorKind::Unavailable,
                     QStringLiteral("token_file"),
                     tr("The token file %1 cannot be written: %2.").arg(path, file.errorString()),
                     tr("Choose another place with --token-file."),
                     {},
                     {}};
    }
    return {};
}

} // namespace idstore
