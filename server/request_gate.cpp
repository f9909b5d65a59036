// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/request_gate.h"

#include "models/services/staged_upload.h"
#include "models/services/token_service.h"
#include "server/endpoints/endpoints.h"
#include "server/http/header_parameters.h"
#include "server/problem.h"

#include <algorithm>

namespace idstore {

bool isLoopbackAuthority(const QByteArray &authority)
{
    // Behind a closing bracket or the only colon stands the port.
    const qsizetype bracket = authority.lastIndexOf(']');
    const qsizetype colon = authority.indexOf(':', std::max<qsizetype>(bracket, 0));
    const QByteArray host = (colon < 0 ? authority : authority.first(colon)).toLower();
    if (colon >= 0) {
        const QByteArray port = authority.sliced(colon + 1);
        const bool isPort = !port.isEmpty() && port.size() <= 5 &&
                            std::all_of(port.begin(), port.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (!isPort)
            return false;
    }
    return host == "127.0.0.1" || host == "localhost" || host == "[::1]";
}

RequestGate::RequestGate(const RouteTable &routes, TokenService &tokens, qint64 uploadLimit)
    : m_routes(routes)
    , m_tokens(tokens)
    , m_uploadLimit(uploadLimit)
{}

Admission RequestGate::admit(const RequestHead &head) const
{
    Admission admission;
    if ((admission.refusal = checkOrigin(head)))
        return admission;

    RouteMatch match = m_routes.match(head.method, pathSegments(head.path));
    admission.route = match.route;
    const bool isPublic = match.route && match.route->access == Access::Public;
    if (!isPublic) {
        const Result<Principal> principal = authenticate(head);
        if (!principal) {
            admission.refusal = problemOf(principal.error());
            return admission;
        }
        admission.request.principal = *principal;
    }

    if (match.allowed.isEmpty()) {
        admission.refusal = problem(404, QStringLiteral("no_such_route"),
                                    ServerText::tr("There is nothing at this address. GET /api/openapi.json lists what "
                                                   "there is."));
        return admission;
    }
    if (!match.route) {
        const QByteArray allowed = match.allowed.join(", ");
        HttpResponse answer{.status = 204};
        if (head.method != "OPTIONS")
            answer = problem(405, QStringLiteral("method_not_allowed"),
                             ServerText::tr("This address does not take %1; it takes %2.")
                                 .arg(QString::fromLatin1(head.method), QString::fromLatin1(allowed)));
        answer.headers.append({"Allow", allowed});
        admission.refusal = answer;
        return admission;
    }
    if (match.route->access == Access::Write && admission.request.principal.scope != TokenScope::Write) {
        admission.refusal = problem(403, QStringLiteral("scope_too_small"),
                                    ServerText::tr("This token may only read. Use one with the scope “write”."));
        return admission;
    }

    admission.request.method = match.route->method;
    admission.request.path = QString::fromUtf8(QByteArray::fromPercentEncoding(head.path));
    admission.request.arguments = match.arguments;
    admission.request.query = parseQuery(head.query);
    admission.refusal = checkBody(head, admission);
    return admission;
}

std::optional<HttpResponse> RequestGate::checkOrigin(const RequestHead &head) const
{
    if (!isLoopbackAuthority(head.value("host")))
        return problem(403, QStringLiteral("host_not_allowed"),
                       ServerText::tr("The API answers to 127.0.0.1, localhost and [::1] only."));
    const QByteArray origin = head.value("origin");
    const qsizetype schemeEnd = origin.indexOf("://");
    const bool isForeign = head.has("origin") && (schemeEnd < 0 || !isLoopbackAuthority(origin.sliced(schemeEnd + 3)));
    if (isForeign || head.value("sec-fetch-site").toLower() == "cross-site")
        return problem(403, QStringLiteral("origin_not_allowed"),
                       ServerText::tr("Pages of other sites may not use the API."));
    return std::nullopt;
}

Result<Principal> RequestGate::authenticate(const RequestHead &head) const
{
    const QByteArray field = head.value("authorization");
    const qsizetype space = field.indexOf(' ');
    const QByteArray token = space < 0 ? QByteArray() : field.sliced(space + 1).trimmed();
    if (token.isEmpty() || field.first(space).toLower() != "bearer") {
        Error error;
        error.kind = ErrorKind::Unauthenticated;
        error.code = QStringLiteral("token_missing");
        error.message = ServerText::tr("The request carries no token.");
        error.remedy = ServerText::tr("Send the header “Authorization: Bearer TOKEN”.");
        return error;
    }
    return m_tokens.authenticate(token);
}

std::optional<HttpResponse> RequestGate::checkBody(const RequestHead &head, Admission &admission) const
{
    const Route &route = *admission.route;
    if (route.isUpload())
        return checkUpload(head, admission);
    admission.bodyLimit = maxJsonBytes;
    if (head.contentLength.value_or(0) > maxJsonBytes)
        return problem(413, QStringLiteral("body_too_large"),
                       ServerText::tr("The body is larger than 1 MiB, the most this address takes."));
    const bool isJsonRoute = route.body == BodyKind::Json || (route.body == BodyKind::OptionalJson && head.hasBody());
    if (isJsonRoute) {
        const std::optional<HeaderParameters> type = parseHeaderParameters(head.value("content-type"));
        if (!type || type->word != "application/json")
            return problem(415, QStringLiteral("not_json"),
                           ServerText::tr("Send the body as JSON, with the header “Content-Type: application/json”."));
    }
    return std::nullopt;
}

std::optional<HttpResponse> RequestGate::checkUpload(const RequestHead &head, Admission &admission) const
{
    if (!head.chunked && !head.contentLength)
        return problem(411, QStringLiteral("length_required"),
                       ServerText::tr("Say how long the upload is (Content-Length), or send it in chunks."));
    admission.bodyLimit = m_uploadLimit + maxFormOverhead;
    if (head.contentLength.value_or(0) > admission.bodyLimit)
        return problemOf(uploadTooLarge(m_uploadLimit));
    const std::optional<HeaderParameters> type = parseHeaderParameters(head.value("content-type"));
    const bool claimsForm = head.value("content-type").toLower().startsWith("multipart/form-data");
    if (!claimsForm || (type && type->word != "multipart/form-data"))
        return problem(415, QStringLiteral("not_a_form"),
                       ServerText::tr("Send the file as a form, with the header “Content-Type: multipart/form-data”."));
    const std::optional<QByteArray> boundary = type ? multipartBoundary(*type) : std::nullopt;
    if (!boundary)
        return problem(400, QStringLiteral("malformed_form"),
                       ServerText::tr("The Content-Type of the form has no usable boundary (1 to 70 characters)."));
    admission.boundary = *boundary;
    if (admission.route->argumentCount() > 0) {
        const Result<SourceId> source = sourceIdOf(admission.request);
        if (!source)
            return problemOf(source.error());
        admission.uploadInto = *source;
    }
    return std::nullopt;
}

} // namespace idstore
