// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ingest/connector.h"

#include <QElapsedTimer>
#include <QFrame>
#include <QMutex>
#include <QTimer>

#include <memory>
#include <optional>
#include <utility>

class QLabel;
class QVBoxLayout;

namespace idstore {

class Theme;

/// How far a test has come, from the thread that waits for it to the view. Thread-safe.
class TestProgress
{
public:
    void tell(const ConnectionReport &soFar)
    {
        const QMutexLocker locker(&m_lock);
        m_news = soFar;
    }
    /// Once each.
    [[nodiscard]] std::optional<ConnectionReport> news()
    {
        const QMutexLocker locker(&m_lock);
        return std::exchange(m_news, std::nullopt);
    }

private:
    QMutex m_lock;
    std::optional<ConnectionReport> m_news;
};

/// A connection test as a person sees it: that it goes on, how long already, and then its steps with what went wrong
/// and the way out at the step that failed. GUI thread.
class ConnectionReportView : public QFrame
{
    Q_OBJECT

public:
    ConnectionReportView(const Theme &theme, QWidget *parent);

    /// Steps appear as `progress` tells of them; null: all at the end.
    void showRunning(std::shared_ptr<TestProgress> progress = {});
    void showReport(const ConnectionReport &report);
    /// There is no report: the test itself could not be made.
    void showError(const Error &error);
    [[nodiscard]] bool isRunning() const { return m_isRunning; }

Q_SIGNALS:
    /// The person agrees to these settings of the config.
    void suggestionAccepted(const QJsonObject &config);
    void changeWanted();
    void retryWanted();

private:
    void clear();
    void addHead(const QString &text, bool failed, bool running);
    void addStep(const TestStep &step, bool isUnderWay = false);
    void addCause(QVBoxLayout &column, const QString &cause, QWidget *card);
    void showSteps(const ConnectionReport &soFar);
    QWidget *makeFix(const TestStep &step);
    void updateTime();

    const Theme &m_theme;
    QVBoxLayout *m_column;
    QLabel *m_time = nullptr;
    QElapsedTimer m_clock;
    QTimer m_tick;
    std::shared_ptr<TestProgress> m_progress;
    bool m_isRunning = false;
};

} // namespace idstore
