// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/http/http_client.h"

#include "connectors/http/transfer.h"
#include "connectors/http/transfer_errors.h"
#include "models/base/logging.h"
#include "models/ingest/pipeline.h"
#include "models/ingest/run_log.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QRandomGenerator>

#include <algorithm>
#include <array>
#include <thread>

namespace idstore::http {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(HttpClient)
};

bool isRedirect(int status)
{
    constexpr auto redirects = std::to_array({301, 302, 303, 307, 308});
    return std::ranges::find(redirects, status) != redirects.end();
}

bool isRepeatable(const Request &request)
{
    constexpr auto repeatable = std::to_array({"GET", "HEAD", "PUT", "DELETE"});
    return request.repeatable ||
           std::ranges::any_of(repeatable, [&](const char *method) { return request.method == method; });
}

Error redirectError(const char *code, const QUrl &url, const QString &message)
{
    return sourceError(code, message, Words::tr("Give the final address."), redacted(url));
}

} // namespace

Client::Client(ClientSettings settings, ClientWatcher watcher)
    : m_settings(std::move(settings))
    , m_watcher(std::move(watcher))
    , m_transfer(std::make_unique<Transfer>(m_settings, m_watcher.cancel))
{}

Client::~Client() = default;

Result<Response> Client::send(const Request &request)
{
    return exchange(request, nullptr);
}

Result<Response> Client::receive(const Request &request, Sink &sink)
{
    return exchange(request, &sink);
}

Result<Response> Client::exchange(const Request &request, Sink *sink)
{
    IDS_CHECK(checkUrl(request.url, m_settings.plainHttp));
    const RetryPolicy &retry = m_settings.retry;
    for (int attempt = 1;; ++attempt) {
        if (attempt > 1 && request.bodySource)
            IDS_CHECK(request.bodySource->rewind());
        Result<Response> answer = followRedirects(request, sink);
        const bool failedInPassing = answer ? isTransientStatus(answer->status) : isTransient(answer.error());
        if (!failedInPassing || attempt >= retry.attempts || !isRepeatable(request))
            return answer;

        auto delay = retry.delay(attempt, QRandomGenerator::global()->generateDouble());
        if (answer) {
            const auto asked = parseRetryAfter(answer->header("Retry-After"), QDateTime::currentDateTimeUtc());
            if (asked && *asked > retry.longestRetryAfter)
                return answer;
            if (asked)
                delay = std::max(delay, *asked);
        }
        const QString reason = answer ? Words::tr("it answered %1").arg(answer->status) : answer.error().message;
        if (m_watcher.log) {
            m_watcher.log->write(RunLogLine::Level::Warning,
                                 Words::tr("%1: attempt %2 of %3 failed (%4). Trying again in %5 s.")
                                     .arg(request.url.host())
                                     .arg(attempt)
                                     .arg(retry.attempts)
                                     .arg(reason)
                                     .arg(static_cast<double>(delay.count()) / 1000, 0, 'f', 1));
        }
        IDS_CHECK(wait(delay));
    }
}

Result<Response> Client::followRedirects(const Request &request, Sink *sink)
{
    QUrl url = request.url;
    for (int hop = 0;; ++hop) {
        QElapsedTimer timer;
        timer.start();
        Result<Response> answer = m_transfer->run(request, url, sameOrigin(url, request.url), sink);
        qCDebug(logConnectors).noquote() << request.method << redacted(url)
                                         << (answer ? QString::number(answer->status) : answer.error().code)
                                         << timer.elapsed() << "ms";
        if (!answer || !isRedirect(answer->status) || request.keepsRedirects)
            return answer;
        if (request.maxRedirects == 0 || (request.method != "GET" && request.method != "HEAD")) {
            return redirectError("redirect_refused", url,
                                 Words::tr("%1 redirects where an answer was expected.").arg(url.host()));
        }
        if (hop >= request.maxRedirects) {
            return redirectError(
                "too_many_redirects", url,
                Words::tr("%1 redirects more than %n time(s).", nullptr, request.maxRedirects).arg(request.url.host()));
        }
        IDS_TRY(target, redirectTarget(url, answer->header("Location"), m_settings.plainHttp));
        url = target;
    }
}

Result<void> Client::wait(std::chrono::milliseconds time)
{
    constexpr std::chrono::milliseconds patience{100};
    if (m_watcher.waiting)
        m_watcher.waiting(QDateTime::currentDateTimeUtc().addMSecs(time.count()));
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < time.count() && !m_watcher.cancel.isCancelled())
        std::this_thread::sleep_for(std::min(patience, time - std::chrono::milliseconds(timer.elapsed())));
    if (m_watcher.waiting)
        m_watcher.waiting({});
    return m_watcher.cancel.isCancelled() ? Result<void>(cancelledError()) : Result<void>();
}

} // namespace idstore::http
