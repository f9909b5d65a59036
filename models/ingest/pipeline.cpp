// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/pipeline.h"

#include "models/domain/column_choices.h"
#include "models/ingest/batch_workers.h"
#include "models/ingest/run_progress.h"

#include <QCoreApplication>
#include <QElapsedTimer>

#ifdef Q_OS_LINUX
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace idstore {

Result<DatasetSummary> pump(RecordReader &reader, DatasetWriter &writer, const CancelToken &cancel,
                            RunProgress &progress, const std::function<void()> &everySecond, const Columns &before,
                            int threadCount)
{
    constexpr auto patience = std::chrono::milliseconds(200);
    constexpr qint64 beatMs = 1000;

    QElapsedTimer sinceBeat;
    sinceBeat.start();
    Columns columns = withChoices(reader.columns(), before);
    {
        BatchWorkers source(reader, writer, columns, cancel, threadCount);
        while (!source.isDone()) {
            if (sinceBeat.elapsed() >= beatMs) {
                everySecond();
                sinceBeat.restart();
            }
            if (cancel.isCancelled())
                return cancelledError();
            BatchWorkers::Batch *const batch = source.take(patience);
            if (!batch)
                continue;
            if (batch->prepared)
                IDS_CHECK(writer.writePrepared(batch->rows, *batch->prepared));
            else
                IDS_CHECK(writer.write(batch->rows));
            progress.advance(static_cast<qint64>(batch->rows.rowCount()),
                             static_cast<qint64>(batch->rows.rejections().size()), batch->rows.sourceBytes);
            source.giveBack();
        }
        IDS_CHECK(source.outcome());
        source.profile().describe(columns);
    }
    if (cancel.isCancelled())
        return cancelledError();
    progress.setPhase(RunPhase::Finishing);
    return writer.finish(columns);
}

void lowerThreadPriority()
{
#ifdef Q_OS_LINUX
    // Per thread on Linux; elsewhere the scheduler is left alone.
    constexpr int background = 10;
    setpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid)), background);
#endif
}

Error cancelledError()
{
    return {ErrorKind::Cancelled,
            QStringLiteral("cancelled"),
            QCoreApplication::translate("Ingestion", "The run was cancelled."),
            QCoreApplication::translate("Ingestion", "The rows of the run before are unchanged."),
            {},
            {}};
}

} // namespace idstore
