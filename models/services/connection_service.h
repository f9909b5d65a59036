// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/cancel_token.h"
#include "models/base/ids.h"
#include "models/base/result.h"
#include "models/ingest/connector.h"

#include <QJsonObject>
#include <QObject>
#include <QString>
#include <QThreadPool>

#include <chrono>
#include <functional>
#include <optional>

namespace idstore {

struct EngineParts;

/// A way to a system that is no source yet.
struct NewConnection
{
    QString sourceType;
    QJsonObject credentials = {};
    QJsonObject config = {};
    QList<FieldError> problems = {}; ///< what the face found wrong already; reported along with the rest
};

/// What to try with a source instead of what is stored. Nothing of it is kept.
struct ConnectionChange
{
    /// In place of the stored ones. A secret written as it is answered, {"set": true}, stands for the stored one.
    std::optional<QJsonObject> credentials = {};
    QJsonObject config = {}; ///< on top of the source's own; a null value takes a setting away
    QList<FieldError> problems = {}; ///< what the face found wrong already; reported along with the rest
};

/// What a test has found so far; the steps that are not through have no `ok`. Called on the thread that waits for the
/// test, and no more once that has returned.
using ConnectionProgress = std::function<void(const ConnectionReport &soFar)>;

/// Tries the way to a source's system, step by step, reading next to nothing and storing nothing. Each test has a
/// thread of its own; it is stopped when the caller cancels or the time limit is over. A way that does not work is a
/// report and no error. Calls block; thread-safe; never call it on the window's thread.
/// Errors: InvalidInput naming the fields that make no sense ("config.url", "credentials.token"), NotFound,
/// Unavailable ("connector_not_available"), Cancelled.
class ConnectionService : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds defaultTimeLimit = std::chrono::seconds(60);

    ConnectionService(EngineParts &parts, std::chrono::milliseconds timeLimit);
    /// Waits for the tests under way, which are stopped.
    ~ConnectionService() override;

    /// Of a source of this user.
    [[nodiscard]] Result<ConnectionReport> test(UserId user, SourceId source, const ConnectionChange &change = {},
                                                const CancelToken &cancel = {},
                                                const ConnectionProgress &progress = {});
    [[nodiscard]] Result<ConnectionReport> testNew(const NewConnection &connection, const CancelToken &cancel = {},
                                                   const ConnectionProgress &progress = {});

private:
    Result<ConnectionReport> run(const Connector &connector, ReadRequest request, const CancelToken &cancel,
                                 const ConnectionProgress &progress);
    [[nodiscard]] ConnectionReport timedOut(ConnectionReport report) const;

    EngineParts &m_parts;
    std::chrono::milliseconds m_timeLimit;
    CancelToken m_stopping;
    QThreadPool m_workers;
};

} // namespace idstore
