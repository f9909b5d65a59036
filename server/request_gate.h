// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/head_parser.h"
#include "server/route_table.h"

namespace idstore {

class TokenService;

/// What becomes of a request, decided from its head alone.
struct Admission
{
    std::optional<HttpResponse> refusal; ///< or answer, for OPTIONS; nothing: let it in
    const Route *route = nullptr; ///< also set for some refusals, for the access log
    HttpRequest request; ///< without the body
    qint64 bodyLimit = 0; ///< bytes of the body, framing aside
    QByteArray boundary; ///< of an upload
    std::optional<SourceId> uploadInto; ///< the source whose file an upload replaces; nothing: a new one
};

/// Checks a request's head in an order that gives nothing away: Host (DNS rebinding), Origin, token, route and
/// method, scope, size and form of the body. Only what passes here may be told 100 Continue. Used in the API thread.
class RequestGate
{
public:
    static constexpr qint64 maxJsonBytes = 1024 * 1024;
    /// What a form may hold beside the file: names, descriptions, headers.
    static constexpr qint64 maxFormOverhead = 64 * 1024;

    /// All must outlive the gate. `uploadLimit` in bytes of the file.
    RequestGate(const RouteTable &routes, TokenService &tokens, qint64 uploadLimit);

    [[nodiscard]] Admission admit(const RequestHead &head) const;

private:
    [[nodiscard]] std::optional<HttpResponse> checkOrigin(const RequestHead &head) const;
    [[nodiscard]] Result<Principal> authenticate(const RequestHead &head) const;
    [[nodiscard]] std::optional<HttpResponse> checkBody(const RequestHead &head, Admission &admission) const;
    [[nodiscard]] std::optional<HttpResponse> checkUpload(const RequestHead &head, Admission &admission) const;

    const RouteTable &m_routes;
    TokenService &m_tokens;
    const qint64 m_uploadLimit;
};

/// "127.0.0.1", "localhost" or "[::1]", with any port or none: what a Host field may say.
[[nodiscard]] bool isLoopbackAuthority(const QByteArray &authority);

} // namespace idstore
