// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/http/http_message.h"
#include "models/base/result.h"
#include "models/base/secret.h"

#include <QDateTime>
#include <QUrl>

namespace idstore::cloud {

/// A request as the signature sees it, every part as it goes over the wire.
struct RequestToSign
{
    QByteArray method = "GET";
    QByteArray host = {}; ///< with the port, unless it is the scheme's own
    QByteArray path = {}; ///< percent-encoded; empty counts as "/"
    QByteArray query = {}; ///< percent-encoded, without "?"; in any order
    http::Headers headers = {}; ///< those to be signed besides Host and the signature's own, such as Range and If-Match
    /// SHA-256 of the body in hexadecimal digits, or `unsignedPayload`. Empty: there is no body.
    QByteArray payloadHash = {};

    /// For a body that is not read before it is sent; the store must be reached by TLS.
    static constexpr char unsignedPayload[] = "UNSIGNED-PAYLOAD";
    /// Of a request without body.
    [[nodiscard]] static RequestToSign of(const QByteArray &method, const QUrl &url, const http::Headers &headers = {});
};

/// An access key as people are given it. Empty: nobody's, for what is public. Not shared: move it.
struct AccessKey
{
    QString id;
    Secret secret;
    Secret sessionToken; ///< of keys that are valid for a while; else empty

    [[nodiscard]] bool isAnonymous() const { return id.isEmpty(); }
};

/// What a signature is valid for.
struct SigningScope
{
    enum class Dialect {
        Amazon, ///< AWS4-HMAC-SHA256
        Google ///< GOOG4-HMAC-SHA256
    };
    Dialect dialect = Dialect::Amazon;
    QByteArray region;
    QByteArray service;

    [[nodiscard]] static SigningScope s3(const QString &region)
    {
        return {Dialect::Amazon, region.toUtf8(), QByteArrayLiteral("s3")};
    }
    /// The XML interface of Google Cloud Storage with an HMAC key. Any region will do.
    [[nodiscard]] static SigningScope googleStorage()
    {
        return {Dialect::Google, QByteArrayLiteral("auto"), QByteArrayLiteral("storage")};
    }
};

/// Signs requests with AWS Signature Version 4 in header fields
/// (https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html) or Google's dialect of it
/// (https://cloud.google.com/storage/docs/authentication/signatures). For S3 and Google the path is encoded once, taken
/// as it is, and the hash of the body is sent along; for other services of Amazon it is normalised and encoded twice.
/// Thread-safe: nothing changes after construction.
class AwsSignature
{
public:
    AwsSignature(AccessKey key, SigningScope scope);

    /// The fields to add to the request, at this time (any time zone); none for an anonymous key. Errors:
    /// "access_key_malformed", "region_malformed" (InvalidInput), "crypto_failed".
    [[nodiscard]] Result<http::SecretHeaders> sign(const RequestToSign &request, const QDateTime &now) const;

private:
    AccessKey m_key;
    SigningScope m_scope;
};

} // namespace idstore::cloud
