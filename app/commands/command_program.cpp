// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command_program.h"

#include "app/commands/command_context.h"
#include "app/console.h"
#include "app/service_host.h"
#include "app/termination.h"
#include "models/services/engine.h"

#include <QCoreApplication>
#include <QThread>
#include <QTimer>

#include <chrono>
#include <utility>

namespace idstore::commands {

namespace {

using namespace std::chrono_literals;

constexpr auto retryPause = 200ms;
constexpr qint64 searchPatience = 15'000; ///< ms for an instance to start answering, or to let go of the directory

bool startsRuns(CommandKind kind)
{
    return kind == CommandKind::Import || kind == CommandKind::Ingest;
}

Error needsInstance()
{
    Error error;
    error.kind = ErrorKind::Unavailable;
    error.code = QStringLiteral("no_instance");
    error.message = QCoreApplication::translate("CommandProgram", "No instance is running that could do the work after "
                                                                  "this command has returned.");
    error.remedy = QCoreApplication::translate("CommandProgram", "Start 'identity-store serve' or the window first, or "
                                                                 "leave out --no-wait.");
    return error;
}

Error interrupted()
{
    Error error;
    error.kind = ErrorKind::Cancelled;
    error.code = QStringLiteral("cancelled");
    error.message = QCoreApplication::translate("CommandProgram", "Cancelled.");
    return error;
}

} // namespace

CommandProgram::CommandProgram(Invocation invocation, QObject *parent)
    : QObject(parent)
    , m_invocation(std::move(invocation))
{}

CommandProgram::~CommandProgram()
{
    if (m_worker)
        m_worker->wait();
}

int CommandProgram::run()
{
    Termination termination;
    connect(&termination, &Termination::requested, this, [this] { m_cancel.cancel(); });
    m_searching.start();
    QTimer::singleShot(0ms, this, &CommandProgram::findInstance);
    const int status = QCoreApplication::exec();
    m_host.reset();
    return status;
}

void CommandProgram::findInstance()
{
    if (m_cancel.isCancelled())
        return fail(interrupted());
    auto host = ServiceHost::open(InstanceKind::Command, m_invocation.start);
    if (!host) {
        if (host.error().code == QStringLiteral("data_directory_in_use"))
            return askHolder(host.error());
        return fail(host.error());
    }
    if (!m_invocation.command.wait)
        return fail(needsInstance());
    m_host = *std::move(host);
    ApiServerOptions options;
    options.port = 0;
    if (const auto listening = m_host->listen(options); !listening)
        return fail(listening.error());
    begin(m_host->url(), m_host->tokenFile());
}

void CommandProgram::askHolder(const Error &inUse)
{
    const auto holder = readInstanceFile(m_invocation.start.dataDirectory);
    if (!holder || holder->url.isEmpty())
        return tryAgain(inUse);
    if (holder->kind != InstanceKind::Command || !startsRuns(m_invocation.command.kind))
        return begin(holder->url, holder->tokenFile);
    if (!m_invocation.command.wait)
        return fail(needsInstance());

    if (!std::exchange(m_saidWaiting, true)) {
        printNote(QCoreApplication::translate("CommandProgram", "Waiting for another command (process %1) to finish…")
                      .arg(holder->pid));
    }
    m_searching.restart();
    QTimer::singleShot(retryPause, this, &CommandProgram::findInstance);
}

void CommandProgram::tryAgain(const Error &problem)
{
    if (m_searching.hasExpired(searchPatience))
        return fail(withHolder(problem, m_invocation.start.dataDirectory));
    QTimer::singleShot(retryPause, this, &CommandProgram::findInstance);
}

void CommandProgram::begin(const QUrl &url, const QString &tokenFile)
{
    auto token = client::readTokenFile(tokenFile);
    if (!token)
        return fail(token.error());
    auto client = std::make_shared<client::RestClient>(url, *std::move(token), m_cancel);
    m_worker.reset(QThread::create([this, client] {
        if (const auto health = client->get("/api/health"); !health) {
            QMetaObject::invokeMethod(
                this,
                [this, error = health.error()] {
                    m_worker->wait();
                    if (error.code == QStringLiteral("instance_gone") && !m_host)
                        tryAgain(error);
                    else
                        fail(error);
                },
                Qt::QueuedConnection);
            return;
        }
        const CommandContext context{m_invocation.command, *client, m_cancel, m_host ? &m_host->engine() : nullptr};
        const auto outcome = runCommand(context);
        QMetaObject::invokeMethod(
            this,
            [this, outcome] {
                if (outcome)
                    QCoreApplication::exit(*outcome);
                else
                    fail(outcome.error());
            },
            Qt::QueuedConnection);
    }));
    m_worker->start();
}

void CommandProgram::fail(const Error &error)
{
    printError(error);
    QCoreApplication::exit(error.kind == ErrorKind::Cancelled ? exitInterrupted : exitFailed);
}

} // namespace idstore::commands
