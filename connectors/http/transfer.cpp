// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/http/transfer.h"

#include "connectors/http/address_policy.h"
#include "connectors/http/transfer_errors.h"
#include "models/domain/proxy_setting.h"
#include "models/ingest/pipeline.h"

#include <algorithm>
#include <mutex>

#include <netdb.h>
#include <openssl/crypto.h>
#include <sys/socket.h>

namespace idstore::http {

namespace {

/// What is kept of the body of an answer that is not 2xx: enough for what an API says of its refusal.
constexpr qint64 maxRefusalBytes = 64 * 1024;
/// A proxy that answers CONNECT with such a status, or a higher one, makes no tunnel.
constexpr long firstRefusal = 300;
/// Of all header fields together; libcurl bounds each line.
constexpr qint64 maxHeaderFields = 1000;
/// As UnpackLimits has it: tables reach about 100, bombs 1000.
constexpr qint64 maxSwelling = 250;
constexpr qint64 unsuspiciousBytes = 64 * 1024 * 1024;

void initializeCurl()
{
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

std::string_view view(const char *data, std::size_t size)
{
    return {data, size};
}

QByteArray trimmedBytes(std::string_view text)
{
    return QByteArray(text.data(), static_cast<qsizetype>(text.size())).trimmed();
}

/// Whether libcurl would find a proxy in the environment. It may still be left out by no_proxy: then the host is
/// looked at twice.
bool environmentHasProxy()
{
    constexpr auto names = std::to_array({"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"});
    return std::ranges::any_of(names, [](const char *name) { return !qEnvironmentVariableIsEmpty(name); });
}

/// By its name; a name that only the proxy can look up is left to the proxy.
bool leadsToPrivateAddress(const QUrl &url)
{
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo *found = nullptr;
    if (getaddrinfo(url.host(QUrl::FullyEncoded).toLatin1().constData(), nullptr, &hints, &found) != 0)
        return false;
    const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(found, &freeaddrinfo);
    for (const addrinfo *entry = found; entry; entry = entry->ai_next) {
        if (isPrivateAddress(*entry->ai_addr))
            return true;
    }
    return false;
}

} // namespace

Client::Transfer::Transfer(const ClientSettings &settings, const CancelToken &cancel)
    : m_settings(settings)
    , m_cancel(cancel)
    , m_proxied(settings.proxy.isEmpty() ? environmentHasProxy() : settings.proxy != directProxy())
{
    initializeCurl();
    m_multi.reset(curl_multi_init());
    m_easy.reset(curl_easy_init());
}

Client::Transfer::~Transfer()
{
    m_easy.reset();
    m_multi.reset();
    OPENSSL_thread_stop(); // closing a connection asks OpenSSL too
}

Result<Response> Client::Transfer::run(const Request &request, const QUrl &url, bool withSecrets, Sink *sink)
{
    m_request = &request;
    m_sink = sink;
    m_response = {};
    m_response.url = url;
    m_received = 0;
    m_bodyBegun = false;
    m_privateAddress = false;
    m_failure.reset();

    // With a proxy the socket goes to the proxy, whatever the address: openSocket() cannot judge it.
    if (!m_settings.allowPrivateNetwork && m_proxied && leadsToPrivateAddress(url))
        return privateAddressError(url);

    IDS_TRY(headers, fields(request, withSecrets));
    setUp(request, url, withSecrets, headers.get());
    IDS_TRY(code, perform());
    long tunnelStatus = 0;
    curl_easy_getinfo(m_easy.get(), CURLINFO_HTTP_CONNECTCODE, &tunnelStatus);
    // The handle outlives the request and what it points to.
    curl_easy_reset(m_easy.get());
    if (m_failure)
        return *std::move(m_failure);
    if (code != CURLE_OK)
        return transferError(tunnelStatus >= firstRefusal ? CURLE_PROXY : code, url);
    if (m_response.status == 0)
        return transferErrorFor(CURLE_WEIRD_SERVER_REPLY, url, {});
    IDS_CHECK(beginBody());
    return std::move(m_response);
}

Result<Client::Transfer::HeaderList> Client::Transfer::fields(const Request &request, bool withSecrets) const
{
    HeaderList list;
    const auto append = [&list](const QByteArray &line) {
        curl_slist *longer = curl_slist_append(list.get(), line.constData());
        static_cast<void>(list.release());
        list.reset(longer);
    };
    const auto add = [&append](const QByteArray &name, const QByteArray &value) {
        // A field without a value is written "Name;" for libcurl.
        append(value.isEmpty() ? QByteArray(name + ';') : QByteArray(name + ": " + value));
    };
    for (const Header &header : request.headers)
        add(header.name, header.value);
    if (withSecrets && request.authorizer) {
        IDS_TRY(secrets, request.authorizer());
        for (const auto &[name, value] : secrets)
            add(name, value.reveal());
    }
    // No waiting for "100 Continue": a server that does not know it would cost a second a request.
    // "Name:" leaves the field out.
    append("Expect:");
    return list;
}

void Client::Transfer::setUp(const Request &request, const QUrl &url, bool withSecrets, curl_slist *headers)
{
    CURL *easy = m_easy.get();
    QByteArray address = url.toEncoded(QUrl::RemoveFragment | QUrl::RemoveUserInfo);
    if (withSecrets && !request.secretQuery.isEmpty())
        address += (url.hasQuery() ? '&' : '?') + request.secretQuery.reveal();
    curl_easy_setopt(easy, CURLOPT_URL, address.constData());
    // Signatures are over the address as it is, and object stores have keys with "..".
    curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "identity-store/" IDSTORE_VERSION);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, ""); // all that this libcurl can undo
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));

    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    const QByteArray caFile = m_settings.caFile.toLocal8Bit();
    if (!caFile.isEmpty())
        curl_easy_setopt(easy, CURLOPT_CAINFO, caFile.constData());
    // An empty address keeps libcurl from looking into the environment.
    const QByteArray proxy = m_settings.proxy == directProxy() ? QByteArray("") : m_settings.proxy.toUtf8();
    if (!m_settings.proxy.isEmpty())
        curl_easy_setopt(easy, CURLOPT_PROXY, proxy.constData());

    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(m_settings.connectTimeout.count()));
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
    const auto silence = std::chrono::duration_cast<std::chrono::seconds>(m_settings.silence);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, std::max(1L, static_cast<long>(silence.count())));
    constexpr long bufferBytes = 512 * 1024; // libcurl's most: fewer calls for large bodies
    curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, bufferBytes);

    curl_easy_setopt(
        easy, CURLOPT_HEADERFUNCTION, +[](char *data, size_t size, size_t count, void *self) -> size_t {
            return static_cast<Transfer *>(self)->takeHeader(view(data, size * count));
        });
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(
        easy, CURLOPT_WRITEFUNCTION, +[](char *data, size_t size, size_t count, void *self) -> size_t {
            return static_cast<Transfer *>(self)->takeBody(view(data, size * count));
        });
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
    if (!m_settings.allowPrivateNetwork && !m_proxied) {
        curl_easy_setopt(
            easy, CURLOPT_OPENSOCKETFUNCTION, +[](void *self, curlsocktype, curl_sockaddr *target) -> curl_socket_t {
                return static_cast<Transfer *>(self)->openSocket(*target);
            });
        curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
    }
    setBody(request);
}

void Client::Transfer::setBody(const Request &request)
{
    CURL *easy = m_easy.get();
    if (request.bodySource) {
        curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
        curl_easy_setopt(easy, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(request.bodySource->size()));
        curl_easy_setopt(
            easy, CURLOPT_READFUNCTION, +[](char *data, size_t size, size_t count, void *self) -> size_t {
                return static_cast<Transfer *>(self)->giveBody(data, size * count);
            });
        curl_easy_setopt(easy, CURLOPT_READDATA, this);
    } else if (!request.body.isEmpty() || request.method == "POST") {
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.constData());
    }
    if (request.method == "HEAD")
        curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
    else
        curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request.method.constData());
}

Result<CURLcode> Client::Transfer::perform()
{
    // Also bounds how long a cancellation goes unnoticed.
    constexpr int patienceMs = 100;
    CURLM *multi = m_multi.get();
    curl_multi_add_handle(multi, m_easy.get());
    const auto leave = [&] {
        curl_multi_remove_handle(multi, m_easy.get());
        // What OpenSSL keeps for a thread is not always freed when the thread ends, least of all when the program does.
        OPENSSL_thread_stop();
    };
    int running = 1;
    while (running > 0) {
        if (m_cancel.isCancelled()) {
            leave();
            return cancelledError();
        }
        curl_multi_perform(multi, &running);
        if (running > 0)
            curl_multi_poll(multi, nullptr, 0, patienceMs, nullptr);
    }
    CURLcode code = CURLE_OK;
    int waiting = 0;
    while (const CURLMsg *message = curl_multi_info_read(multi, &waiting)) {
        if (message->msg == CURLMSG_DONE)
            code = message->data.result;
    }
    leave();
    return code;
}

Error Client::Transfer::transferError(CURLcode code, const QUrl &url) const
{
    if (m_privateAddress)
        return privateAddressError(url);
    return transferErrorFor(code, url, m_settings.caFile);
}

Result<void> Client::Transfer::beginBody()
{
    if (m_bodyBegun)
        return {};
    m_bodyBegun = true;
    if (m_sink && m_response.isSuccess())
        return m_sink->begin(m_response);
    return {};
}

std::size_t Client::Transfer::takeHeader(std::string_view line)
{
    // An answer may be preceded by others (100 Continue, a proxy's): the last status line is the one that counts.
    if (line.starts_with("HTTP/")) {
        const std::size_t space = line.find(' ');
        m_response.status = space == std::string_view::npos ? 0 : trimmedBytes(line.substr(space)).left(3).toInt();
        m_response.headers.clear();
        return line.size();
    }
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos && m_response.headers.size() < maxHeaderFields)
        m_response.headers.append({trimmedBytes(line.substr(0, colon)), trimmedBytes(line.substr(colon + 1))});
    return line.size();
}

std::size_t Client::Transfer::takeBody(std::string_view bytes)
{
    const auto stop = [this](Error error) -> std::size_t {
        m_failure = std::move(error);
        return 0; // ends the transfer: fewer bytes taken than given
    };
    if (bytes.empty())
        return 0;
    if (const auto begun = beginBody(); !begun)
        return stop(begun.error());
    m_received += static_cast<qint64>(bytes.size());
    const QByteArrayView piece(bytes.data(), static_cast<qsizetype>(bytes.size()));
    if (!m_response.isSuccess()) {
        const qint64 room = maxRefusalBytes - m_response.body.size();
        m_response.body.append(piece.first(std::min<qint64>(room, piece.size())));
        return bytes.size();
    }
    if (m_received > m_request->maxBytes)
        return stop(answerTooLargeError(m_response.url, m_request->maxBytes));
    if (isSwollen())
        return stop(swollenAnswerError(m_response.url));
    if (!m_sink) {
        m_response.body.append(piece);
        return bytes.size();
    }
    if (const auto written = m_sink->write(piece); !written)
        return stop(written.error());
    return bytes.size();
}

bool Client::Transfer::isSwollen() const
{
    curl_off_t overTheWire = 0;
    curl_easy_getinfo(m_easy.get(), CURLINFO_SIZE_DOWNLOAD_T, &overTheWire);
    return m_received > unsuspiciousBytes && m_received / maxSwelling > overTheWire;
}

std::size_t Client::Transfer::giveBody(char *data, std::size_t room)
{
    const auto given = m_request->bodySource->read(data, static_cast<qint64>(room));
    if (!given) {
        m_failure = given.error();
        return CURL_READFUNC_ABORT;
    }
    return static_cast<std::size_t>(*given);
}

curl_socket_t Client::Transfer::openSocket(const curl_sockaddr &address)
{
    if (isPrivateAddress(address.addr)) {
        m_privateAddress = true;
        return CURL_SOCKET_BAD;
    }
    return ::socket(address.family, address.socktype, address.protocol);
}

} // namespace idstore::http
