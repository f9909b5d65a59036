// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/cancel_token.h"
#include "models/base/result.h"
#include "models/ingest/batch_workers.h"
#include "models/ingest/record_reader.h"
#include "models/store/dataset_store.h"

#include <functional>

namespace idstore {

class RunProgress;

/// Moves every row from `reader` to `writer`: `threadCount` threads read and prepare batches, a few ahead of the writer
/// (batch_workers.h), which works on the calling thread. What is written does not depend on how many threads there are.
/// Returns when the writer has finished, or with the first error of either side in the order of the source.
/// Columns called as in `before` keep the types that people have chosen there. `everySecond` is called on the calling
/// thread about once a second, also while no rows come. After an error or cancellation the writer has not been
/// finished: destroying it removes what was written.
[[nodiscard]] Result<DatasetSummary> pump(RecordReader &reader, DatasetWriter &writer, const CancelToken &cancel,
                                          RunProgress &progress, const std::function<void()> &everySecond,
                                          const Columns &before = {},
                                          int threadCount = BatchWorkers::usualThreadCount());

/// Lets the calling thread give way to the window and the REST server when the processor is busy.
void lowerThreadPriority();

/// The error of a run that was asked to stop.
[[nodiscard]] Error cancelledError();

} // namespace idstore
