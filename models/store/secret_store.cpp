// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/secret_store.h"

#include "models/base/logging.h"

namespace idstore {

Result<void> TwoSecretStores::store(SourceId source, const Secret &value)
{
    IDS_CHECK(m_first.store(source, value));
    // What is left in the second is never read while the first has the newer.
    if (const auto removed = m_second.remove(source); !removed)
        qCWarning(logStore).noquote() << removed.error().logLine();
    return {};
}

Result<Secret> TwoSecretStores::load(SourceId source) const
{
    Result<Secret> first = m_first.load(source);
    if (first && !first->isEmpty())
        return first;
    Result<Secret> second = m_second.load(source);
    if (second && !second->isEmpty())
        return second;
    return first ? std::move(second) : std::move(first);
}

Result<void> TwoSecretStores::remove(SourceId source)
{
    const Result<void> first = m_first.remove(source);
    IDS_CHECK(m_second.remove(source));
    return first;
}

} // namespace idstore
