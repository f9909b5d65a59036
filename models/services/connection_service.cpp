// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/connection_service.h"

#include "models/ingest/pipeline.h"
#include "models/services/engine_parts.h"
#include "models/services/source_opening.h"
#include "models/services/source_rules.h"

#include <QDeadlineTimer>
#include <QMutex>
#include <QSemaphore>

#include <algorithm>
#include <utility>

namespace idstore {

namespace {

constexpr int mostTests = 8; // at a time; further ones wait for one of these
constexpr qint64 sampleRows = 100; // enough to find a table, and little to fetch
constexpr int glance = 50; // milliseconds between looks at who wants it stopped
constexpr int farewell = 5000; // milliseconds for a test that was stopped to say how far it came

/// What the caller and the worker share; the worker may outlive the caller's patience.
struct Attempt
{
    CancelToken stop;
    ConnectionReport report;
    QSemaphore done;

    QMutex lock; ///< of what follows: how far the worker has come, until somebody has looked
    std::optional<ConnectionReport> soFar;

    [[nodiscard]] std::optional<ConnectionReport> news()
    {
        const QMutexLocker locker(&lock);
        return std::exchange(soFar, std::nullopt);
    }
};

} // namespace

ConnectionService::ConnectionService(EngineParts &parts, std::chrono::milliseconds timeLimit)
    : m_parts(parts)
    , m_timeLimit(timeLimit)
{
    m_workers.setMaxThreadCount(mostTests);
}

ConnectionService::~ConnectionService()
{
    m_stopping.cancel();
    m_workers.waitForDone();
}

Result<ConnectionReport> ConnectionService::test(UserId user, SourceId id, const ConnectionChange &change,
                                                 const CancelToken &cancel, const ConnectionProgress &progress)
{
    IDS_TRY(source, m_parts.sourceRows->find(user, id));
    IDS_TRY(connector, readableConnector(m_parts, source.sourceType));
    IDS_TRY(request, readRequest(m_parts, source));
    QList<FieldError> problems = change.problems;
    request.config = mergedConfig(request.config, change.config);
    problems += connector->checkConfig(request.config);
    if (change.credentials) {
        const QJsonObject &schema = connector->descriptor().credentialsSchema;
        const QJsonObject stored = credentialsObject(request.credentials);
        const QJsonObject wanted = withStoredSecrets(*change.credentials, stored, schema);
        problems += checkCredentials(wanted, schema);
        request.credentials = credentialsSecret(wanted);
    }
    if (!problems.isEmpty())
        return invalidInput(problems);
    return run(*connector, std::move(request), cancel, progress);
}

Result<ConnectionReport> ConnectionService::testNew(const NewConnection &connection, const CancelToken &cancel,
                                                    const ConnectionProgress &progress)
{
    IDS_TRY(opened, newConnection(m_parts, connection));
    return run(*opened.connector, std::move(opened.request), cancel, progress);
}

Result<ConnectionReport> ConnectionService::run(const Connector &connector, ReadRequest request,
                                                const CancelToken &cancel, const ConnectionProgress &progress)
{
    auto attempt = std::make_shared<Attempt>();
    request.mode = RunMode::Full;
    request.cursor.after.reset();
    request.sampleRows = sampleRows;
    request.cancel = attempt->stop;
    // The worker's own copy of the attempt would keep it alive for ever: it is the worker that holds the request.
    request.testing = [told = attempt.get()](const ConnectionReport &soFar) {
        const QMutexLocker locker(&told->lock);
        told->soFar = soFar;
    };
    const auto shared = std::make_shared<ReadRequest>(std::move(request));
    m_workers.start([attempt, shared, &connector] {
        if (!attempt->stop.isCancelled())
            attempt->report = connector.test(*shared);
        attempt->done.release();
    });

    const QDeadlineTimer limit(m_timeLimit);
    const auto isUnwanted = [&] { return cancel.isCancelled() || m_stopping.isCancelled(); };
    while (!attempt->done.tryAcquire(1, glance)) {
        if (const auto soFar = progress ? attempt->news() : std::nullopt)
            progress(*soFar);
        if (isUnwanted() || limit.hasExpired()) {
            attempt->stop.cancel();
            if (isUnwanted())
                return cancelledError();
            const bool told = attempt->done.tryAcquire(1, farewell);
            return timedOut(told ? attempt->report : ConnectionReport());
        }
    }
    if (isUnwanted())
        return cancelledError();
    return attempt->report;
}

ConnectionReport ConnectionService::timedOut(ConnectionReport report) const
{
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(m_timeLimit).count();
    const auto failed =
        std::ranges::find_if(report.steps, [](const TestStep &step) { return !step.ok.value_or(false); });
    TestStep silent{.name = tr("Connect"), .ok = false, .detail = {}, .fix = {}};
    if (failed != report.steps.end())
        silent.name = failed->name;
    silent.detail = tr("There was no answer within %1 seconds.").arg(seconds);
    silent.fix = tr("Check the address, and whether a firewall or VPN stands in between. Then try again.");
    if (failed != report.steps.end())
        *failed = silent;
    else
        report.steps = {silent};
    return report;
}

} // namespace idstore
