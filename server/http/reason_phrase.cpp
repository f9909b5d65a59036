// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/http_message.h"

#include <algorithm>
#include <array>

namespace idstore {

QByteArray reasonPhrase(int status)
{
    // RFC 9110 section 15, RFC 6585 and RFC 4918.
    static constexpr auto phrases = std::to_array<std::pair<int, const char *>>({
        {200, "OK"},
        {201, "Created"},
        {202, "Accepted"},
        {204, "No Content"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {408, "Request Timeout"},
        {409, "Conflict"},
        {411, "Length Required"},
        {413, "Content Too Large"},
        {414, "URI Too Long"},
        {415, "Unsupported Media Type"},
        {417, "Expectation Failed"},
        {422, "Unprocessable Content"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {503, "Service Unavailable"},
        {505, "HTTP Version Not Supported"},
        {507, "Insufficient Storage"},
    });
    const auto found = std::ranges::find(phrases, status, &std::pair<int, const char *>::first);
    return found == phrases.end() ? QByteArrayLiteral("Status") : QByteArray(found->second);
}

} // namespace idstore
