// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/sqlite/record_page_reader.h"

#include <QByteArray>
#include <QMutex>

#include <functional>
#include <list>
#include <memory>

namespace idstore {

/// Which rows matched the filters last asked for: going on in a sorted and filtered list needs them again and again,
/// and finding them takes a look at every row. Thread-safe.
class MatchCache
{
public:
    static constexpr std::size_t maxSets = 4;

    using Find = std::function<Result<RowSet>()>;

    /// The rows kept under `key`, which says all that they depend on, or those that `find` finds.
    [[nodiscard]] Result<std::shared_ptr<const RowSet>> take(const QByteArray &key, const Find &find);

private:
    struct Kept
    {
        QByteArray key;
        std::shared_ptr<const RowSet> rows;
    };

    QMutex m_mutex;
    std::list<Kept> m_kept; ///< last asked for first
};

} // namespace idstore
