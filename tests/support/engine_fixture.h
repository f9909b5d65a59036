// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/services/engine.h"
#include "models/services/staged_upload.h"
#include "tests/support/result_checks.h"

#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

namespace idstore::test {

/// An engine over a data directory of its own, which can be closed and opened again.
class EngineFixture
{
public:
    explicit EngineFixture(const ConnectorCatalog &connectors)
        : m_connectors(connectors)
    {
        QStandardPaths::setTestModeEnabled(true);
        m_options.dataDirectory = m_folder.filePath(QStringLiteral("data"));
        reopen();
    }

    void close() { m_engine.reset(); }
    void reopen()
    {
        m_engine.reset();
        auto opened = Engine::open(m_options, m_connectors, m_clock);
        if (!opened)
            qFatal("%s", qPrintable(opened.error().logLine()));
        m_engine = std::move(*opened);
    }

    [[nodiscard]] Engine &engine() { return *m_engine; }
    [[nodiscard]] EngineOptions &options() { return m_options; }
    [[nodiscard]] QString dataDirectory() const { return m_options.dataDirectory; }
    [[nodiscard]] static UserId user() { return TokenService::localUser(); }

    /// A source made from an upload with this content.
    [[nodiscard]] Result<Source> addFile(const QString &name, const QByteArray &content = "id\n1\n")
    {
        IDS_TRY(upload, m_engine->sources().stageUpload());
        IDS_CHECK(upload->write(content));
        return m_engine->sources().createFromFile(user(), {name, {}, name + QStringLiteral(".csv")}, std::move(upload));
    }
    /// Runs the source and waits for the end.
    [[nodiscard]] Result<IngestionRun> ingest(SourceId source, RunMode mode = RunMode::Full)
    {
        IDS_TRY(run, m_engine->ingestion().start(user(), source, mode, RunTrigger::Api));
        return waitFor(source, run);
    }
    [[nodiscard]] Result<IngestionRun> waitFor(SourceId source, RunId run)
    {
        [[maybe_unused]] const bool ended =
            QTest::qWaitFor([&] { return !m_engine->ingestion().progress(source); }, 60'000);
        return m_engine->ingestion().run(user(), run);
    }

private:
    QTemporaryDir m_folder;
    const ConnectorCatalog &m_connectors;
    SystemClock m_clock;
    EngineOptions m_options;
    std::unique_ptr<Engine> m_engine;
};

} // namespace idstore::test
