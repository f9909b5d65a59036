// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>

namespace idstore {

/// The wall clock as a dependency, so that tests choose the time. Implementations are thread-safe.
class Clock
{
public:
    virtual ~Clock() = default;
    /// Now, in UTC, with milliseconds.
    [[nodiscard]] virtual QDateTime now() const = 0;
};

class SystemClock final : public Clock
{
public:
    [[nodiscard]] QDateTime now() const override { return QDateTime::currentDateTimeUtc(); }
};

} // namespace idstore
