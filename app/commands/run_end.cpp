// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/run_end.h"

#include "models/services/engine.h"
#include "models/services/ingestion_service.h"

#include <QObject>

#include <algorithm>

namespace idstore::commands {

RunEnd::RunEnd(Engine *engine, const QString &runId)
{
    if (!engine)
        return;
    // In the thread of the run: this one has no event loop. The semaphore is shared with a signal under way.
    m_connection = QObject::connect(
        &engine->ingestion(), &IngestionService::runFinished, &engine->ingestion(),
        [ended = m_ended, runId](SourceId, RunId run) {
            if (run.toString() == runId)
                ended->release();
        },
        Qt::DirectConnection);
}

RunEnd::~RunEnd()
{
    QObject::disconnect(m_connection);
}

void RunEnd::pause(qint64 ms, const CancelToken &cancel)
{
    constexpr qint64 step = 20; // Ctrl+C is heard at once
    for (qint64 waited = 0; waited < ms && !cancel.isCancelled(); waited += step) {
        if (m_ended->tryAcquire(1, static_cast<int>(std::min(step, ms - waited))))
            return;
    }
}

} // namespace idstore::commands
