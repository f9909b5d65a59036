// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/ingestion_run.h"

namespace idstore {

/// The log of one run: what a person reads when it went wrong. Lines of different runs never mix.
/// Implementations are thread-safe and never print secrets; keep it to a few lines a run, not one a row.
class RunLog
{
public:
    virtual ~RunLog() = default;
    virtual void write(RunLogLine::Level level, const QString &text) = 0;
};

} // namespace idstore
