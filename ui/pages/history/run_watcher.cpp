// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/history/run_watcher.h"

#include "models/services/engine.h"
#include "ui/itemmodels/run_table_model.h"

#include <chrono>

namespace idstore {

using namespace std::chrono_literals;

RunWatcher::RunWatcher(Engine &engine, RunTableModel &model, QObject *parent)
    : QObject(parent)
    , m_engine(engine)
    , m_model(model)
{
    m_timer.setInterval(250ms);
    connect(&m_timer, &QTimer::timeout, this, &RunWatcher::sample);
    connect(&engine.ingestion(), &IngestionService::runStarted, this, &RunWatcher::runChanged);
    connect(&engine.ingestion(), &IngestionService::runFinished, this, &RunWatcher::runChanged);
    connect(&engine.sources(), &SourceService::sourceChanged, this, &RunWatcher::runChanged);
    connect(&engine.sources(), &SourceService::sourceRemoved, this, &RunWatcher::runChanged);
    connect(&model, &RunTableModel::loaded, this, &RunWatcher::adjustTimer);
    connect(&model, &QAbstractItemModel::modelReset, this, &RunWatcher::adjustTimer);
}

void RunWatcher::setWatching(bool watching)
{
    m_watching = watching;
    if (watching && m_stale)
        m_model.reload();
    m_stale = m_stale && !watching;
    adjustTimer();
}

void RunWatcher::runChanged(SourceId source)
{
    if (!m_source.isNull() && source != m_source)
        return;
    if (m_watching)
        m_model.reload();
    else
        m_stale = true;
}

void RunWatcher::sample()
{
    const QList<SourceId> sources = m_model.runningSources();
    for (const SourceId source : sources) {
        if (const std::optional<Progress> progress = m_engine.ingestion().progress(source))
            m_model.setProgress(source, *progress);
    }
}

void RunWatcher::adjustTimer()
{
    const bool isNeeded = m_watching && !m_model.runningSources().isEmpty();
    if (isNeeded == m_timer.isActive())
        return;
    if (isNeeded) {
        m_timer.start();
        sample();
    } else {
        m_timer.stop();
    }
}

} // namespace idstore
