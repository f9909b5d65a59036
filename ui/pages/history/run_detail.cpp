// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/history/run_detail.h"

#include "models/services/engine.h"
#include "ui/async/async_runner.h"
#include "ui/itemmodels/run_text.h"
#include "ui/page_context.h"
#include "ui/text/format.h"
#include "ui/theme/theme_controller.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QTextCursor>
#include <QVBoxLayout>

#include <chrono>

namespace idstore {

using namespace std::chrono_literals;

namespace {

QString logTime(const RunLogLine &line)
{
    return line.at.toLocalTime().toString(QStringLiteral("HH:mm:ss.zzz"));
}

QString levelWord(RunLogLine::Level level)
{
    switch (level) {
    case RunLogLine::Level::Info:
        return {};
    case RunLogLine::Level::Warning:
        return RunDetail::tr("Warning");
    case RunLogLine::Level::Error:
        return RunDetail::tr("Error");
    }
    return {};
}

} // namespace

RunDetail::RunDetail(PageContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_title(makeLabel(context.theme, TextStyle::Section, {}, this))
    , m_id(makeLabel(context.theme, TextStyle::Mono, {}, this, Tone::Muted))
    , m_cancel(new Button(context.theme, ButtonRole::Standard, tr("Cancel"), this, QStringLiteral("stop"),
                          ButtonExtent::Small))
    , m_copy(new Button(context.theme, ButtonRole::Quiet, tr("Copy log"), this, QStringLiteral("copy"),
                        ButtonExtent::Small))
    , m_open(new Button(context.theme, ButtonRole::Quiet, tr("Open source"), this, QStringLiteral("arrow-right"),
                        ButtonExtent::Small))
    , m_counts(makeText(context.theme, TextStyle::Small, {}, this, Tone::Muted))
    , m_error(new FixCard(context.theme, Severity::Error, {}, {}, this))
    , m_log(new QPlainTextEdit(this))
{
    setProperty("plane", QStringLiteral("sunken"));
    setAttribute(Qt::WA_StyledBackground);
    m_cancel->setAccessibleName(tr("Cancel this run"));
    m_log->setReadOnly(true);
    m_log->setFont(context.theme.font(TextStyle::Mono));
    m_log->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    m_log->setAccessibleName(tr("Log of the run"));
    m_log->setTabChangesFocus(true);
    m_log->setProperty("code", true);
    m_log->setMinimumHeight(context.theme.px(64));
    m_error->hide();

    auto *head = new QHBoxLayout;
    head->setSpacing(context.theme.px(8));
    head->addWidget(m_title);
    head->addWidget(m_id);
    head->addStretch(1);
    head->addWidget(m_cancel);
    head->addWidget(m_copy);
    head->addWidget(m_open);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(context.theme.px(16), context.theme.px(10), context.theme.px(16), context.theme.px(12));
    layout->setSpacing(context.theme.px(8));
    layout->addLayout(head);
    layout->addWidget(m_counts);
    layout->addWidget(m_error);
    layout->addWidget(m_log, 1);

    connect(m_copy, &QPushButton::clicked, this, &RunDetail::copyLog);
    connect(m_cancel, &QPushButton::clicked, this, &RunDetail::cancelRun);
    connect(m_open, &QPushButton::clicked, this, [this] {
        if (m_run)
            Q_EMIT openSourceRequested(m_run->source);
    });
    connect(&context.themes, &ThemeController::changed, this, [this] { showLog(m_lines); });
    m_logTimer.setInterval(1s);
    connect(&m_logTimer, &QTimer::timeout, this, &RunDetail::loadLog);
    setNamesSource(false);
    showRun({});
}

void RunDetail::setNamesSource(bool names)
{
    m_namesSource = names;
    m_open->setVisible(names);
}

void RunDetail::showRun(const std::optional<IngestionRun> &run)
{
    const bool isSame = run && m_run && run->id == m_run->id;
    const bool hasEnded = isSame && run->status != m_run->status;
    m_run = run;
    const bool isRunning = run && run->status == RunStatus::Running;
    for (QWidget *part : std::initializer_list<QWidget *>{m_title, m_id, m_counts, m_log, m_copy})
        part->setVisible(run.has_value());
    m_open->setVisible(run && m_namesSource);
    m_cancel->setVisible(isRunning);
    m_error->setVisible(run && run->error);
    if (!run) {
        m_logTimer.stop();
        m_lines.clear();
        m_log->clear();
        return;
    }
    const QString started = startedText(run->startedAt, QDateTime::currentDateTimeUtc());
    m_title->setText(m_namesSource ? tr("%1, %2", "a source and when its run started").arg(run->sourceName, started)
                                   : started);
    m_id->setText(run->id.toString());
    m_cancel->setEnabled(isRunning);
    switch (run->status) {
    case RunStatus::Running:
        m_counts->setText(tr("Started by: %1").arg(runTriggerWord(run->trigger)));
        break;
    case RunStatus::Completed:
        m_counts->setText(
            (run->mode == RunMode::Repair ? tr("Retry of rejected rows: %1. Took %2.") : tr("%1. Took %2."))
                .arg(countsText(run->counts), formatDuration(run->startedAt.msecsTo(run->finishedAt))));
        break;
    case RunStatus::Failed:
    case RunStatus::Cancelled:
        m_counts->setText(run->counts.read == 0
                              ? tr("Nothing was read. Rows of an earlier good run stay in place.")
                              : tr("Read before it ended: %1. None of them are kept; rows of an earlier good run stay"
                                   " in place.")
                                    .arg(rowsText(run->counts.read)));
        break;
    }
    if (run->error)
        m_error->setText(run->error->message, run->error->remedy);
    if (isRunning)
        m_logTimer.start();
    else
        m_logTimer.stop();
    if (!isSame) {
        m_lines.clear();
        m_log->clear();
    }
    if (!isSame || hasEnded)
        loadLog();
}

void RunDetail::loadLog()
{
    if (!m_run)
        return;
    m_context.async.run(
        this,
        [&ingestion = m_context.engine.ingestion(), id = m_run->id] {
            return ingestion.log(TokenService::localUser(), id);
        },
        [this, id = m_run->id](const Result<QList<RunLogLine>> &lines) {
            if (!m_run || m_run->id != id)
                return;
            // Logs only grow: writing the same lines again would take a selection away.
            if (lines && lines->size() == m_lines.size())
                return;
            if (lines)
                showLog(*lines);
            else
                m_log->setPlainText(tr("The log cannot be read. %1").arg(lines.error().detail()));
        });
}

void RunDetail::showLog(const QList<RunLogLine> &lines)
{
    m_lines = lines;
    QScrollBar *bar = m_log->verticalScrollBar();
    const bool wasAtEnd = bar->value() >= bar->maximum();
    const int place = bar->value();
    m_log->clear();
    QTextCursor cursor(m_log->document());
    QTextCharFormat time;
    time.setForeground(m_context.theme.color(ColorRole::Muted));
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const RunLogLine &line = lines.at(i);
        QTextCharFormat text;
        text.setForeground(m_context.theme.color(line.level == RunLogLine::Level::Info      ? ColorRole::Text
                                                 : line.level == RunLogLine::Level::Warning ? ColorRole::Warning
                                                                                            : ColorRole::Danger));
        if (i > 0)
            cursor.insertBlock();
        cursor.insertText(QString(logTime(line) + QStringLiteral("   ")), time);
        const QString level = levelWord(line.level);
        cursor.insertText(level.isEmpty() ? line.text : tr("%1: %2", "log level and text").arg(level, line.text), text);
    }
    bar->setValue(wasAtEnd && m_run && m_run->status == RunStatus::Running ? bar->maximum() : place);
}

void RunDetail::copyLog() const
{
    QStringList text;
    for (const RunLogLine &line : m_lines)
        text.append(QStringList{formatExactMoment(line.at), levelWord(line.level), line.text}.join(u'\t'));
    QGuiApplication::clipboard()->setText(text.join(u'\n'));
}

void RunDetail::cancelRun()
{
    if (!m_run)
        return;
    m_cancel->setEnabled(false);
    m_context.async.run(
        this,
        [&ingestion = m_context.engine.ingestion(), source = m_run->source] {
            return ingestion.cancel(TokenService::localUser(), source);
        },
        [](const Result<void> &) {
            // Refused only when the run has just ended by itself, which the table then shows.
        });
}

} // namespace idstore
