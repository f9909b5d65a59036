// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/http/http_message.h"

#include <memory>

namespace idstore::http {

namespace {

Authorizer always(const QByteArray &name, Secret value)
{
    // Shared, since a std::function must be copyable and a secret is not.
    auto shared = std::make_shared<const Secret>(std::move(value));
    return [name, shared]() -> Result<SecretHeaders> {
        SecretHeaders headers;
        headers.emplace_back(name, shared->clone());
        return headers;
    };
}

} // namespace

QByteArray headerValue(const Headers &headers, QByteArrayView name)
{
    for (auto it = headers.crbegin(); it != headers.crend(); ++it) {
        if (it->name.compare(name, Qt::CaseInsensitive) == 0)
            return it->value;
    }
    return {};
}

Authorizer bearer(const Secret &token)
{
    return always("Authorization", Secret("Bearer " + token.reveal()));
}

Authorizer basic(const QString &user, const Secret &password)
{
    const QByteArray pair = user.toUtf8() + ':' + password.reveal();
    return always("Authorization", Secret("Basic " + pair.toBase64()));
}

Authorizer secretHeader(const QByteArray &name, const Secret &value)
{
    return always(name, value.clone());
}

} // namespace idstore::http
