// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/row_order.h"

#include <QMutex>
#include <QSet>
#include <QWaitCondition>

namespace idstore {

/// Orders of rows as files, each built once however many ask for it at the same time. Thread-safe.
class RowOrderCache
{
public:
    /// Of the orders of one dataset, so many are kept: those last asked for.
    static constexpr qsizetype maxOrders = 6;

    using Build = std::function<Result<void>()>;

    /// The order kept at `path`, which `build` is to put there if it is missing. While another thread builds it, waits
    /// for that; Cancelled when `cancel` is set meanwhile. `siblings`: a pattern of the files that share the limit.
    [[nodiscard]] Result<std::unique_ptr<RowOrder>> take(const QString &path, const QString &siblings,
                                                         const CancelToken &cancel, const Build &build);

private:
    QMutex m_mutex;
    QWaitCondition m_ended;
    QSet<QString> m_building;
};

} // namespace idstore
