// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ingest/connector.h"

#include <QElapsedTimer>
#include <QFrame>
#include <QTimer>

class QLabel;
class QVBoxLayout;

namespace idstore {

class Theme;

/// A connection test as a person sees it: that it goes on, how long already, and then its steps with what went wrong
/// and the way out at the step that failed. GUI thread.
class ConnectionReportView : public QFrame
{
    Q_OBJECT

public:
    ConnectionReportView(const Theme &theme, QWidget *parent);

    void showRunning();
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
    void addStep(const TestStep &step);
    QWidget *makeFix(const TestStep &step);
    void updateTime();

    const Theme &m_theme;
    QVBoxLayout *m_column;
    QLabel *m_time = nullptr;
    QElapsedTimer m_clock;
    QTimer m_tick;
    bool m_isRunning = false;
};

} // namespace idstore
