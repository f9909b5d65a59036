// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/add_source/done_step.h"

#include "models/services/engine.h"
#include "ui/async/async_runner.h"
#include "ui/page_context.h"
#include "ui/text/format.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/progress_line.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <chrono>

namespace idstore {

namespace {

using namespace std::chrono_literals;

} // namespace

DoneStep::DoneStep(PageContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_icon(new IconLabel(context.theme, QStringLiteral("status-ready"), 24, ColorRole::Success, this))
    , m_title(makeText(context.theme, TextStyle::PanelTitle, {}, this))
    , m_text(makeText(context.theme, TextStyle::Body, {}, this, Tone::Muted))
    , m_progress(new ProgressLine(context.theme, this))
    , m_problem(new FixCard(context.theme, Severity::Error, {}, {}, this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(context.theme.px(8));
    auto *head = new QHBoxLayout;
    head->setSpacing(context.theme.px(12));
    head->addWidget(m_icon, 0, Qt::AlignTop);
    head->addWidget(m_title, 1);
    column->addLayout(head);
    column->addWidget(m_text);
    column->addSpacing(context.theme.px(8));
    column->addWidget(m_progress);
    column->addWidget(m_problem);
    column->addSpacing(context.theme.px(8));
    auto *another = new Button(context.theme, ButtonRole::Link, tr("Add another source"), this, QStringLiteral("add"));
    column->addWidget(another, 0, Qt::AlignLeading);
    connect(another, &QPushButton::clicked, this, &DoneStep::anotherWanted);
    column->addStretch(1);
    m_title->setObjectName(QStringLiteral("doneTitle"));
    m_tick.setInterval(250ms);
    connect(&m_tick, &QTimer::timeout, this, &DoneStep::showProgress);
    connect(&context.engine.ingestion(), &IngestionService::runFinished, this, [this](SourceId source, RunId run) {
        if (source == m_source)
            showEnd(run);
    });
}

void DoneStep::follow(SourceId source, const QString &name)
{
    m_source = source;
    m_name = name;
    m_icon->setIcon(QStringLiteral("status-ingesting"), ColorRole::Accent);
    m_title->setText(tr("“%1” is added and is being read").arg(name));
    m_text->setText(tr("You can go on working; the run goes on in the background."));
    m_problem->hide();
    m_progress->show();
    m_tick.start();
    showProgress();
    // It may have ended before anybody listened.
    m_context.async.run(
        this, [&engine = m_context.engine, source] { return engine.sources().get(TokenService::localUser(), source); },
        [this, source](const Result<Source> &now) {
            if (source == m_source && now && now->lastRun && now->lastRun->status != RunStatus::Running)
                showEnd(now->lastRun->id);
        });
}

void DoneStep::showProgress()
{
    if (const std::optional<Progress> progress = m_context.engine.ingestion().progress(m_source))
        m_progress->setProgress(*progress);
}

void DoneStep::showEnd(RunId run)
{
    m_tick.stop();
    m_context.async.run(
        this, [&engine = m_context.engine, run] { return engine.ingestion().run(TokenService::localUser(), run); },
        [this](const Result<IngestionRun> &ended) {
            if (!ended || ended->source != m_source)
                return;
            m_progress->hide();
            const RunCounts &counts = ended->counts;
            if (ended->status == RunStatus::Completed) {
                m_icon->setIcon(QStringLiteral("status-ready"), ColorRole::Success);
                m_title->setText(tr("“%1” is ready: %2 rows").arg(m_name, formatCount(counts.ingested())));
                m_text->setText(counts.rejected == 0
                                    ? tr("Every row was stored as it arrived.")
                                    : tr("%1 rows were set aside with their reason. You can correct and retry them.")
                                          .arg(formatCount(counts.rejected)));
                return;
            }
            m_icon->setIcon(QStringLiteral("status-error"), ColorRole::Danger);
            m_title->setText(tr("“%1” is added, but was not read").arg(m_name));
            m_text->setText(tr("The source is kept. Once the cause is gone, run it again."));
            const Error error = ended->error.value_or(Error());
            m_problem->setText(error.message, error.remedy);
            m_problem->setVisible(ended->error.has_value());
        });
}

} // namespace idstore
