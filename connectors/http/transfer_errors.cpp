// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/http/transfer_errors.h"

#include "connectors/http/url_rules.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>

namespace idstore::http {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(HttpClient)
};

Error certificateError(const QString &host, const QString &caFile, const QString &cause)
{
    return sourceError(
        "certificate_not_trusted",
        Words::tr("The certificate of %1 is not trusted, so it may be somebody else's server.").arg(host),
        caFile.isEmpty()
            ? Words::tr("If the server is your company's own, give the file with its certificate "
                        "authority (ca_file).")
            : Words::tr("Check that %1 holds the authority that issued the server's certificate.").arg(caFile),
        cause);
}

} // namespace

Error transferErrorFor(CURLcode code, const QUrl &url, const QString &caFile)
{
    const QString host = url.host();
    const QString cause =
        QStringLiteral("%1: %2 (%3)").arg(redacted(url), QString::fromUtf8(curl_easy_strerror(code))).arg(int(code));
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
        return sourceError("host_not_found", Words::tr("The host %1 was not found.").arg(host),
                           Words::tr("Check the spelling of the address and that this computer is online."), cause);
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_PROXY:
        return sourceError("proxy_failed", Words::tr("The proxy did not pass the connection on to %1.").arg(host),
                           Words::tr("Check the proxy: the one in the settings, or else the one that this system is "
                                     "set to use (http_proxy, https_proxy)."),
                           cause);
    case CURLE_COULDNT_CONNECT:
        return sourceError("connection_refused", Words::tr("%1 does not accept a connection.").arg(host),
                           Words::tr("Check the address and the port, and that no firewall is in between."), cause);
    case CURLE_OPERATION_TIMEDOUT:
        return sourceError("timed_out", Words::tr("%1 did not answer in time.").arg(host),
                           Words::tr("Try again later; if it stays so, ask who runs the server."), cause);
    case CURLE_PEER_FAILED_VERIFICATION:
        return certificateError(host, caFile, cause);
    case CURLE_SSL_CACERT_BADFILE:
        return sourceError("ca_file_unreadable",
                           Words::tr("The file of certificate authorities %1 cannot be read.").arg(caFile),
                           Words::tr("Give a file in PEM format that this user may read."), cause);
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CIPHER:
    case CURLE_USE_SSL_FAILED:
        return sourceError("tls_failed", Words::tr("No protected connection to %1 came about.").arg(host),
                           Words::tr("Check that the address and port speak https, with TLS 1.2 or newer."), cause);
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
        return sourceError("connection_lost", Words::tr("The connection to %1 broke off.").arg(host),
                           Words::tr("Try again; if it stays so, check the network in between."), cause);
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_BAD_FUNCTION_ARGUMENT:
        return sourceError("bad_answer", Words::tr("%1 answered something that is not HTTP.").arg(host),
                           Words::tr("Check the address and the port."), cause);
    default:
        return sourceError("connection_failed", Words::tr("The exchange with %1 failed.").arg(host),
                           Words::tr("Try again; if it stays so, check the address and the network."), cause);
    }
}

Error privateAddressError(const QUrl &url)
{
    return sourceError("private_address_refused",
                       Words::tr("%1 is an address within this computer or its own network.").arg(url.host()),
                       Words::tr("If that is meant, allow private networks for this source."));
}

Error answerTooLargeError(const QUrl &url, qint64 limit)
{
    return sourceError("answer_too_large",
                       Words::tr("%1 sends more than the %2 that are allowed.")
                           .arg(url.host(), QLocale().formattedDataSize(limit, 0, QLocale::DataSizeSIFormat)),
                       Words::tr("Check that it is the right file, or allow more bytes (max_bytes)."));
}

Error swollenAnswerError(const QUrl &url)
{
    return sourceError("answer_too_large", Words::tr("%1 sends a little that unpacks to far too much.").arg(url.host()),
                       Words::tr("Check that it is the right file, or have it sent without compression."));
}

bool isTransient(const Error &error)
{
    constexpr auto codes =
        std::to_array({QLatin1StringView("connection_refused"), QLatin1StringView("connection_failed"),
                       QLatin1StringView("connection_lost"), QLatin1StringView("timed_out"),
                       QLatin1StringView("host_not_found"), QLatin1StringView("proxy_failed")});
    return error.kind == ErrorKind::Source && std::ranges::find(codes, error.code) != codes.end();
}

} // namespace idstore::http
