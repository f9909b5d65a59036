// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/connector_catalog.h"
#include "csv_fixture.h"
#include "models/ingest/run_log.h"

#include <QJsonObject>
#include <QMutex>
#include <QTemporaryDir>

namespace idstore {

/// A source of one kind in a remote system, read as runs read it, with a watch on what leaks.
class RemoteFixture final : public RunLog
{
public:
    explicit RemoteFixture(QStringView sourceType);
    ~RemoteFixture() override;
    Q_DISABLE_COPY_MOVE(RemoteFixture)

    QJsonObject config;
    QJsonObject credentials;
    CancelToken cancel;
    std::function<void(const QDateTime &)> waiting;

    struct Outcome
    {
        ReadTable table;
        bool unchanged = false;
        QJsonObject state;
    };

    /// Reads all. `state`: of the run before, for an incremental one.
    [[nodiscard]] Outcome run(const QJsonObject &more = {}, const QJsonObject &state = {});
    /// Reads as a preview does, which does not wait out a server.
    [[nodiscard]] Outcome preview(const QJsonObject &more = {});
    /// The code of the error that a run or preview ended in; another word when there was none, when it does not say
    /// what to do, when it gives a secret away or left a file behind.
    [[nodiscard]] QString refusal(const Outcome &outcome) const;
    /// The number and code of the step of a connection test that failed: "1 wrong_key" without the code, "1"; "ok".
    [[nodiscard]] QString failedStep(const QJsonObject &more = {});

    [[nodiscard]] const Connector &connector() const { return m_connector; }
    [[nodiscard]] ReadRequest request(const QJsonObject &more = {});
    [[nodiscard]] QStringList log() const;
    /// All that the run's log and the program's say so far.
    [[nodiscard]] QStringList said() const;
    [[nodiscard]] bool leftNothingBehind() const { return QDir(m_scratch.path()).isEmpty(); }
    /// The secrets of `credentials` that stand in a text, as they are or percent-encoded.
    [[nodiscard]] QStringList leaks(const QString &text) const;

    void write(RunLogLine::Level level, const QString &text) override;

private:
    [[nodiscard]] Outcome read(const ReadRequest &request) const;

    BuiltInConnectors m_connectors;
    const Connector &m_connector;
    QTemporaryDir m_scratch;
    mutable QMutex m_mutex;
    QStringList m_log;
};

/// Bytes as gzip makes them.
[[nodiscard]] QByteArray gzipped(const QByteArray &bytes);
/// A table of about so many bytes, with "id,name" and this name in each row.
[[nodiscard]] QByteArray largeTable(qsizetype bytes, const QByteArray &name);

} // namespace idstore
