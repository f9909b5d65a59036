// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/ssh/tcp_connection.h"

#include "connectors/http/transfer_errors.h"
#include "models/ingest/pipeline.h"

#include <QUrl>

#include <curl/curl.h>

#include <mutex>

namespace idstore::ssh {

TcpConnection::TcpConnection()
{
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    m_multi = curl_multi_init();
    m_easy = curl_easy_init();
}

TcpConnection::~TcpConnection()
{
    curl_multi_remove_handle(m_multi, m_easy);
    curl_easy_cleanup(m_easy);
    curl_multi_cleanup(m_multi);
}

Result<std::unique_ptr<TcpConnection>>
TcpConnection::open(const QString &host, quint16 port, std::chrono::milliseconds timeLimit, const CancelToken &cancel)
{
    QUrl url;
    url.setScheme(QStringLiteral("http")); // with CONNECT_ONLY nothing is said after the connection is there
    url.setHost(host);
    url.setPort(port);
    QUrl shown = url;
    shown.setScheme(QStringLiteral("sftp"));
    if (!url.isValid())
        return http::transferErrorFor(CURLE_COULDNT_RESOLVE_HOST, shown, {});

    std::unique_ptr<TcpConnection> connection(new TcpConnection);
    CURL *easy = connection->m_easy;
    curl_easy_setopt(easy, CURLOPT_URL, url.toEncoded().constData());
    curl_easy_setopt(easy, CURLOPT_CONNECT_ONLY, 1L);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(timeLimit.count()));
    IDS_TRY(code, connection->perform(cancel));
    if (code != CURLE_OK)
        return http::transferErrorFor(static_cast<CURLcode>(code), shown, {});
    curl_socket_t socket = CURL_SOCKET_BAD;
    if (curl_easy_getinfo(easy, CURLINFO_ACTIVESOCKET, &socket) != CURLE_OK || socket == CURL_SOCKET_BAD)
        return http::transferErrorFor(CURLE_COULDNT_CONNECT, shown, {});
    connection->m_socket = static_cast<int>(socket);
    return connection;
}

Result<int> TcpConnection::perform(const CancelToken &cancel)
{
    constexpr int patienceMs = 50; // how long a cancellation goes unnoticed
    curl_multi_add_handle(m_multi, m_easy);
    int running = 1;
    while (running > 0) {
        if (cancel.isCancelled())
            return cancelledError();
        curl_multi_perform(m_multi, &running);
        if (running > 0)
            curl_multi_poll(m_multi, nullptr, 0, patienceMs, nullptr);
    }
    int code = CURLE_OK;
    int waiting = 0;
    while (const CURLMsg *message = curl_multi_info_read(m_multi, &waiting)) {
        if (message->msg == CURLMSG_DONE)
            code = message->data.result;
    }
    return code;
}

} // namespace idstore::ssh
