// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/cloud/percent_encoding.h"
#include "models/base/result.h"
#include "models/base/secret.h"

#include <QDateTime>
#include <QUrl>

#include <optional>

namespace idstore::cloud {

/// A shared access signature (https://learn.microsoft.com/rest/api/storageservices/create-service-sas): the query that
/// grants access to whoever has it, kept byte for byte. Not shared: move it.
class SharedAccess
{
public:
    SharedAccess() = default;
    /// From the token, with or without "?", or from a whole address that ends with one. Error "sas_malformed"
    /// (InvalidInput on credentials.sas_token) when it holds no signature.
    [[nodiscard]] static Result<SharedAccess> parse(const Secret &text);

    [[nodiscard]] bool isEmpty() const { return m_query.isEmpty(); }
    /// To be appended to the query of every request as it is (http::Request::secretQuery).
    [[nodiscard]] const Secret &query() const { return m_query; }
    /// When it ends; nothing when a policy kept in the container says that.
    [[nodiscard]] std::optional<QDateTime> expiry() const;
    /// Whether it is of use for reading, and for listing if `toList`: "access_expired", "sas_not_yet_valid",
    /// "sas_may_not_read", "sas_may_not_list" (Source).
    [[nodiscard]] Result<void> check(const QDateTime &now, bool toList) const;

private:
    /// A parameter that is no secret.
    [[nodiscard]] QString parameter(QByteArrayView name) const;

    Secret m_query;
};

/// A storage account: where it is and how to get in. Not shared: move it.
struct AzureAccount
{
    QString name;
    QUrl endpoint; ///< of the Blob service; with a path where the account stands in the path, as Azurite's does
    Secret key; ///< the account key, decoded; empty: use `access`
    SharedAccess access; ///< empty as well: anonymous

    /// `endpoint` empty: the public cloud's. Errors: "account_name_malformed", "account_key_malformed" (InvalidInput).
    [[nodiscard]] static Result<AzureAccount> withKey(const QString &name, const Secret &base64Key,
                                                      const QUrl &endpoint = {});
    /// Errors: "account_name_malformed", "sas_malformed" (InvalidInput).
    [[nodiscard]] static Result<AzureAccount> withSharedAccess(const QString &name, const Secret &sas,
                                                               const QUrl &endpoint = {});
    /// "AccountName=…;AccountKey=…" with the settings that the portal and Azurite write
    /// (https://learn.microsoft.com/azure/storage/common/storage-configure-connection-string). `endpoint` goes before
    /// what the text says. Errors: those above and "connection_string_malformed" (InvalidInput).
    [[nodiscard]] static Result<AzureAccount> fromConnectionString(const Secret &text, const QUrl &endpoint = {});

    /// The address of a blob; of a container when `blob` is empty.
    [[nodiscard]] QUrl address(const QString &container, const QString &blob = {}, const QueryItems &query = {}) const;
};

} // namespace idstore::cloud
