// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/ingestion_run.h"

#include <QTimer>
#include <QWidget>

#include <optional>

class QHBoxLayout;
class QLabel;
class QPlainTextEdit;

namespace idstore {

class Button;
class FixCard;
struct PageContext;

/// One run in words: when and how it ended, what became of its rows, why it failed, and its log. GUI thread only;
/// `context` must outlive it.
class RunDetail final : public QWidget
{
    Q_OBJECT

public:
    explicit RunDetail(PageContext &context, QWidget *parent = nullptr);

    /// Whether to name the source and offer to open it: where runs of several sources are listed.
    void setNamesSource(bool names);
    /// The same run again only brings its numbers and log up to date; nothing empties the panel.
    void showRun(const std::optional<IngestionRun> &run);
    [[nodiscard]] const std::optional<IngestionRun> &run() const { return m_run; }

Q_SIGNALS:
    void openSourceRequested(idstore::SourceId source);

private:
    void loadLog();
    void showLog(const QList<RunLogLine> &lines);
    void copyLog() const;
    void cancelRun();

    PageContext &m_context;
    std::optional<IngestionRun> m_run;
    QList<RunLogLine> m_lines;
    bool m_namesSource = false;

    QLabel *m_title;
    QLabel *m_id;
    Button *m_cancel;
    Button *m_copy;
    Button *m_open;
    QLabel *m_counts;
    FixCard *m_error;
    QPlainTextEdit *m_log;
    QTimer m_logTimer;
};

} // namespace idstore
