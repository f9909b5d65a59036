// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/sqlite/match_cache.h"

#include <algorithm>

namespace idstore {

Result<std::shared_ptr<const RowSet>> MatchCache::take(const QByteArray &key, const Find &find)
{
    {
        const QMutexLocker locker(&m_mutex);
        const auto kept = std::ranges::find(m_kept, key, &Kept::key);
        if (kept != m_kept.end()) {
            m_kept.splice(m_kept.begin(), m_kept, kept);
            return m_kept.front().rows;
        }
    }
    IDS_TRY(found, find());
    const auto rows = std::make_shared<const RowSet>(std::move(found));
    const QMutexLocker locker(&m_mutex);
    m_kept.push_front({key, rows});
    if (m_kept.size() > maxSets)
        m_kept.pop_back();
    return rows;
}

} // namespace idstore
