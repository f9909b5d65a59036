// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/add_source/connection_report.h"

#include "ui/text/format.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>

namespace idstore {

namespace {

using namespace std::chrono_literals;

constexpr qint64 silentTime = 1000; // milliseconds before the time is shown
constexpr qint64 shortTime = 100; // milliseconds that are not worth telling
constexpr int nameWidth = 176;

/// A ring that turns while something goes on.
class Spinner final : public QWidget
{
public:
    Spinner(const Theme &theme, QWidget *parent)
        : QWidget(parent)
        , m_theme(theme)
    {
        setFixedSize(theme.px(16), theme.px(16));
        m_clock.start();
        m_turn.setInterval(40ms);
        connect(&m_turn, &QTimer::timeout, this, QOverload<>::of(&QWidget::update));
        m_turn.start();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        constexpr qint64 revolution = 900; // milliseconds
        paintSpinner(painter, rect(), m_theme, static_cast<double>(m_clock.elapsed() % revolution) / revolution);
    }

private:
    const Theme &m_theme;
    QElapsedTimer m_clock;
    QTimer m_turn;
};

} // namespace

ConnectionReportView::ConnectionReportView(const Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_column(new QVBoxLayout(this))
{
    setProperty("plane", QStringLiteral("group"));
    setAccessibleName(tr("Connection test"));
    m_column->setContentsMargins(1, 1, 1, 1);
    m_column->setSpacing(0);
    m_tick.setInterval(200ms);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        if (const auto soFar = m_progress ? m_progress->news() : std::nullopt)
            showSteps(*soFar);
        updateTime();
    });
}

void ConnectionReportView::clear()
{
    m_time = nullptr;
    while (QLayoutItem *item = m_column->takeAt(0)) {
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
}

void ConnectionReportView::addHead(const QString &text, bool failed, bool running)
{
    auto *head = new QWidget(this);
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(m_theme.px(16), m_theme.px(10), m_theme.px(16), m_theme.px(10));
    row->setSpacing(m_theme.px(10));
    if (running)
        row->addWidget(new Spinner(m_theme, head));
    row->addWidget(makeText(m_theme, TextStyle::Section, text, head,
                            failed    ? Tone::Danger
                            : running ? Tone::Normal
                                      : Tone::Success),
                   1);
    m_time = makeLabel(m_theme, TextStyle::Small, {}, head, Tone::Muted);
    row->addWidget(m_time);
    m_column->addWidget(head);
    updateTime();
    if (text == accessibleDescription())
        return;
    setAccessibleDescription(text);
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void ConnectionReportView::updateTime()
{
    if (m_time && m_clock.isValid() && m_clock.elapsed() >= (m_isRunning ? silentTime : shortTime))
        m_time->setText(formatDuration(m_clock.elapsed()));
}

void ConnectionReportView::showRunning(std::shared_ptr<TestProgress> progress)
{
    clear();
    m_progress = std::move(progress);
    setAccessibleDescription({});
    m_isRunning = true;
    m_clock.start();
    m_tick.start();
    addHead(tr("Testing the connection…"), false, true);
}

void ConnectionReportView::showSteps(const ConnectionReport &soFar)
{
    clear();
    addHead(tr("Testing the connection…"), false, true);
    bool isNext = true;
    for (const TestStep &step : soFar.steps) {
        addStep(step, isNext && !step.ok);
        isNext = isNext && step.ok.value_or(false);
    }
}

void ConnectionReportView::showReport(const ConnectionReport &report)
{
    clear();
    m_isRunning = false;
    m_tick.stop();
    const auto failed = std::ranges::find_if(report.steps, [](const TestStep &step) { return step.ok == false; });
    if (failed == report.steps.end())
        addHead(tr("Connected. All %1 steps worked.").arg(formatCount(report.steps.size())), false, false);
    else
        addHead(tr("Stopped at step %1 of %2")
                    .arg(formatCount(failed - report.steps.begin() + 1), formatCount(report.steps.size())),
                true, false);
    for (const TestStep &step : report.steps)
        addStep(step);
}

void ConnectionReportView::showError(const Error &error)
{
    clear();
    m_isRunning = false;
    m_tick.stop();
    addHead(tr("The test was not made"), true, false);
    addStep({.name = tr("Prepare"), .ok = false, .detail = error.message, .fix = error.remedy, .cause = error.cause});
}

void ConnectionReportView::addStep(const TestStep &step, bool isUnderWay)
{
    m_column->addWidget(makeLine(this));
    auto *box = new QWidget(this);
    box->setObjectName(QStringLiteral("testStep"));
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(m_theme.px(16), m_theme.px(10), m_theme.px(16), m_theme.px(10));
    column->setSpacing(m_theme.px(8));
    auto *row = new QHBoxLayout;
    row->setSpacing(m_theme.px(12));
    const bool failed = step.ok == false;
    row->addWidget(new IconLabel(m_theme,
                                 failed    ? QStringLiteral("status-error")
                                 : step.ok ? QStringLiteral("check")
                                           : QStringLiteral("status-pending"),
                                 16,
                                 failed    ? ColorRole::Danger
                                 : step.ok ? ColorRole::Success
                                           : ColorRole::Muted,
                                 box),
                   0, Qt::AlignTop);
    QLabel *name = makeText(m_theme, TextStyle::Strong, step.name, box, step.ok ? Tone::Normal : Tone::Muted);
    name->setFixedWidth(m_theme.px(nameWidth));
    row->addWidget(name, 0, Qt::AlignTop);
    const QString said = isUnderWay ? tr("Under way…")
                         : !step.ok ? tr("Not tried yet")
                         : failed   ? tr("Did not work")
                                    : step.detail;
    row->addWidget(makeText(m_theme, TextStyle::Body, said.isEmpty() ? tr("Works") : said, box, Tone::Muted), 1);
    column->addLayout(row);
    if (failed) {
        auto *fix = new QHBoxLayout;
        fix->setContentsMargins(m_theme.px(28), 0, 0, m_theme.px(4));
        fix->addWidget(makeFix(step));
        column->addLayout(fix);
    }
    box->setAccessibleName(QString(step.name % QLatin1StringView(": ") % said));
    m_column->addWidget(box);
}

void ConnectionReportView::addCause(QVBoxLayout &column, const QString &cause, QWidget *card)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(m_theme.px(12));
    auto *show = new Button(m_theme, ButtonRole::Link, tr("What the server said"), card);
    show->setObjectName(QStringLiteral("showCause"));
    auto *copy = new Button(m_theme, ButtonRole::Link, tr("Copy"), card);
    copy->setObjectName(QStringLiteral("copyCause"));
    copy->setAccessibleName(tr("Copy what the server said"));
    row->addWidget(show);
    row->addWidget(copy);
    row->addStretch(1);
    column.addLayout(row);
    QLabel *said = makeText(m_theme, TextStyle::Mono, cause, card);
    said->setObjectName(QStringLiteral("cause"));
    said->setTextFormat(Qt::PlainText);
    said->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    column.addWidget(said);
    said->hide();
    copy->hide();
    connect(show, &QPushButton::clicked, said, [show, said, copy] {
        const bool isShown = said->isHidden();
        said->setVisible(isShown);
        copy->setVisible(isShown);
        show->setText(isShown ? tr("Hide what the server said") : tr("What the server said"));
    });
    connect(copy, &QPushButton::clicked, said, [said] { QGuiApplication::clipboard()->setText(said->text()); });
}

QWidget *ConnectionReportView::makeFix(const TestStep &step)
{
    auto *card = new QFrame(this);
    card->setProperty("plane", QStringLiteral("fix"));
    card->setAccessibleName(QString(step.detail % u' ' % step.fix));
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(m_theme.px(16), m_theme.px(12), m_theme.px(16), m_theme.px(12));
    column->setSpacing(m_theme.px(6));
    QLabel *what = makeText(m_theme, TextStyle::Section, step.detail, card);
    what->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(what);
    if (!step.fix.isEmpty()) {
        QLabel *fix = makeText(m_theme, TextStyle::Body, step.fix, card);
        fix->setTextInteractionFlags(Qt::TextSelectableByMouse);
        column->addWidget(fix);
    }
    for (auto it = step.suggestion.begin(); it != step.suggestion.end(); ++it) {
        QLabel *value = makeText(m_theme, TextStyle::Mono, it.value().toVariant().toString(), card);
        value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        column->addWidget(value);
    }
    if (!step.cause.isEmpty())
        addCause(*column, step.cause, card);
    column->addSpacing(m_theme.px(4));
    auto *actions = new QHBoxLayout;
    actions->setSpacing(m_theme.px(12));
    if (!step.suggestion.isEmpty()) {
        auto *accept = new Button(m_theme, ButtonRole::Primary,
                                  step.suggestion.contains(QLatin1StringView("host_key_sha256"))
                                      ? tr("It is the same: trust this server")
                                      : tr("Use this and try again"),
                                  card, QStringLiteral("check"));
        accept->setObjectName(QStringLiteral("acceptSuggestion"));
        actions->addWidget(accept);
        connect(accept, &QPushButton::clicked, this,
                [this, config = step.suggestion] { Q_EMIT suggestionAccepted(config); });
    } else {
        auto *retry = new Button(m_theme, ButtonRole::Primary, tr("Try again"), card, QStringLiteral("retry"));
        actions->addWidget(retry);
        connect(retry, &QPushButton::clicked, this, &ConnectionReportView::retryWanted);
    }
    auto *change = new Button(m_theme, ButtonRole::Link, tr("Change what you entered"), card);
    actions->addWidget(change);
    actions->addStretch(1);
    connect(change, &QPushButton::clicked, this, &ConnectionReportView::changeWanted);
    column->addLayout(actions);
    return card;
}

} // namespace idstore
