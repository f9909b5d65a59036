// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/http/http_client.h"

#include <curl/curl.h>

#include <memory>
#include <optional>

namespace idstore::http {

// CURL and CURLM are both void in some versions of libcurl: each needs a deleter of its own.
struct EasyDeleter
{
    void operator()(CURL *handle) const { curl_easy_cleanup(handle); }
};
struct MultiDeleter
{
    void operator()(CURLM *handle) const { curl_multi_cleanup(handle); }
};
struct ListDeleter
{
    void operator()(curl_slist *list) const { curl_slist_free_all(list); }
};

/// One request to one address and its answer, on a libcurl handle that keeps its connections for the next. Knows
/// nothing of redirects and second attempts. Not thread-safe.
class Client::Transfer
{
public:
    Transfer(const ClientSettings &settings, const CancelToken &cancel);
    ~Transfer();
    Q_DISABLE_COPY_MOVE(Transfer)

    /// `withSecrets`: the request's secret fields and query are sent along.
    [[nodiscard]] Result<Response> run(const Request &request, const QUrl &url, bool withSecrets, Sink *sink);

private:
    using HeaderList = std::unique_ptr<curl_slist, ListDeleter>;

    [[nodiscard]] Result<HeaderList> fields(const Request &request, bool withSecrets) const;
    void setUp(const Request &request, const QUrl &url, bool withSecrets, curl_slist *headers);
    void setBody(const Request &request);
    [[nodiscard]] Result<CURLcode> perform();
    [[nodiscard]] Error transferError(CURLcode code, const QUrl &url) const;
    /// Once the first byte of a body is due, or the answer has none.
    [[nodiscard]] Result<void> beginBody();

    std::size_t takeHeader(std::string_view line);
    std::size_t takeBody(std::string_view bytes);
    std::size_t giveBody(char *data, std::size_t room);
    /// More than compression makes of any table.
    [[nodiscard]] bool isSwollen() const;
    [[nodiscard]] curl_socket_t openSocket(const curl_sockaddr &address);

    ClientSettings m_settings;
    CancelToken m_cancel;
    bool m_proxied;
    std::unique_ptr<CURLM, MultiDeleter> m_multi;
    std::unique_ptr<CURL, EasyDeleter> m_easy;

    // The transfer under way.
    const Request *m_request = nullptr;
    Sink *m_sink = nullptr;
    Response m_response;
    qint64 m_received = 0; ///< of the body, decompressed
    bool m_bodyBegun = false;
    bool m_privateAddress = false;
    std::optional<Error> m_failure; ///< what made one of our own functions stop the transfer
};

} // namespace idstore::http
