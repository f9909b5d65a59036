// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ingest/connector.h"

#include <QMutex>
#include <QWaitCondition>

#include <memory>
#include <vector>

namespace idstore::test {

/// Where readers wait. Thread-safe.
class ReaderLatch
{
public:
    /// Readers of runs that come from now on wait behind their first batch; those of previews do not.
    void hold();
    void release();
    /// False when no reader has come to wait within the time.
    [[nodiscard]] bool waitUntilReached(int milliseconds = 30'000);

    /// Returns when the latch is open or the run is cancelled; called on a reader's thread.
    void pass(const CancelToken &cancel);

private:
    QMutex m_mutex;
    QWaitCondition m_changed;
    bool m_held = false;
    int m_waiting = 0;
};

/// Another catalog's connectors, whose readers can be made to wait: a run that lasts as long as a test needs.
class BlockingCatalog final : public ConnectorCatalog
{
public:
    /// `base` must outlive this.
    explicit BlockingCatalog(const ConnectorCatalog &base);
    ~BlockingCatalog() override;

    [[nodiscard]] ReaderLatch &latch() { return *m_latch; }

    [[nodiscard]] const std::vector<const Connector *> &all() const override { return m_all; }
    [[nodiscard]] const Connector *find(QStringView sourceType) const override;
    [[nodiscard]] Result<void> checkUpload(const QString &path, const QString &originalName) const override;

private:
    const ConnectorCatalog &m_base;
    std::unique_ptr<ReaderLatch> m_latch;
    std::vector<std::unique_ptr<Connector>> m_connectors;
    std::vector<const Connector *> m_all;
};

} // namespace idstore::test
