// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"

#include <QObject>
#include <QTimer>

namespace idstore {

class Engine;
class RunTableModel;

/// Keeps a RunTableModel up to date: reloads it when a run starts or ends, and hands it progress four times a second
/// while one of its runs is under way and somebody looks. Window's thread.
class RunWatcher final : public QObject
{
    Q_OBJECT

public:
    /// `engine` and `model` must outlive the watcher.
    RunWatcher(Engine &engine, RunTableModel &model, QObject *parent = nullptr);

    /// Only this source's runs; null: all.
    void setSource(SourceId source) { m_source = source; }
    /// Whether the table can be seen.
    void setWatching(bool watching);

private:
    void runChanged(SourceId source);
    void sample();
    void adjustTimer();

    Engine &m_engine;
    RunTableModel &m_model;
    SourceId m_source;
    QTimer m_timer;
    bool m_watching = false;
    bool m_stale = false;
};

} // namespace idstore
