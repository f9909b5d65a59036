// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/connector_catalog.h"
#include "csv_fixture.h"
#include "models/ingest/run_log.h"

#include <QJsonObject>
#include <QTemporaryDir>

#include <mutex>

namespace idstore {

/// Keeps the lines of a run's log.
class KeptLog final : public RunLog
{
public:
    void write(RunLogLine::Level level, const QString &text) override;
    [[nodiscard]] QString text() const;
    void clear();

private:
    mutable std::mutex m_mutex;
    QString m_text;
};

/// Reads sources of one connector, and looks out for secrets in whatever it says: in errors, in run logs, and in the
/// program's log, which is all switched on while the object lives. One at a time.
class RemoteFixture
{
public:
    explicit RemoteFixture(QStringView connector);
    ~RemoteFixture();
    RemoteFixture(const RemoteFixture &) = delete;
    RemoteFixture &operator=(const RemoteFixture &) = delete;

    /// An incremental run that knows nothing yet.
    [[nodiscard]] ReadRequest request(const QJsonObject &config, const QJsonObject &credentials = {});
    [[nodiscard]] Result<std::unique_ptr<RecordReader>> open(const ReadRequest &request) const;
    /// All of it, or the error that ended it.
    [[nodiscard]] ReadTable read(const ReadRequest &request) const;
    [[nodiscard]] ConnectionReport test(const ReadRequest &request) const { return m_connector.test(request); }
    [[nodiscard]] const Connector &connector() const { return m_connector; }

    KeptLog log;
    [[nodiscard]] QString scratchFolder() const { return m_scratch.path(); }
    [[nodiscard]] bool leftNothingBehind() const { return QDir(m_scratch.path()).isEmpty(); }
    /// Which of these stands in an error, a test's report, or any log so far; empty: none does. The lines of a secret
    /// of several lines count one by one.
    [[nodiscard]] QByteArray leak(const QList<QByteArray> &secrets, const std::optional<Error> &error = {},
                                  const ConnectionReport &report = {}) const;

private:
    BuiltInConnectors m_connectors;
    const Connector &m_connector;
    QTemporaryDir m_scratch;
};

/// "" when all steps succeeded; else the number of the step that failed and what it says to do.
[[nodiscard]] QString failedStepOf(const ConnectionReport &report);

} // namespace idstore
