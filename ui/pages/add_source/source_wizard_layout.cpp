// SPDX-License-Identifier: GPL-3.0-or-later
// How the wizard is put together and fits its space.
#include "models/ingest/connector.h"
#include "ui/page_context.h"
#include "ui/pages/add_source/choose_step.h"
#include "ui/pages/add_source/connection_form.h"
#include "ui/pages/add_source/connection_report.h"
#include "ui/pages/add_source/done_step.h"
#include "ui/pages/add_source/source_wizard.h"
#include "ui/pages/add_source/wizard_parts.h"
#include "ui/pages/add_source/wizard_stepper.h"
#include "ui/pages/preview/preview_page.h"
#include "ui/text/format.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

namespace idstore {

namespace {

constexpr int helpFrom = 1000; // width of the page
constexpr int stepperFrom = 820;
constexpr int reportWidth = 700;

QStringList stepNames()
{
    return {SourceWizard::tr("Connect"), SourceWizard::tr("Test"), SourceWizard::tr("Choose what"),
            SourceWizard::tr("Preview"), SourceWizard::tr("Done")};
}

} // namespace

void SourceWizard::buildHead()
{
    const Theme &theme = m_context.theme;
    auto *head = new QWidget(this);
    head->setFixedHeight(theme.px(56));
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(theme.px(20), 0, theme.px(16), 0);
    row->setSpacing(theme.px(10));
    m_tile = new TileLabel(theme, 28, head);
    m_title = new ElidedLabel(theme, TextStyle::PageTitle, head);
    m_title->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_stepLabel = makeLabel(theme, TextStyle::Body, {}, head, Tone::Muted);
    QToolButton *leaving = makeIconButton(theme, QStringLiteral("close"), tr("Close (Esc)"), head);
    row->addWidget(m_tile);
    row->addWidget(m_title);
    row->addWidget(m_stepLabel);
    row->addStretch(1);
    row->addWidget(leaving);
    layout()->addWidget(head);
    layout()->addWidget(makeLine(this));
    connect(leaving, &QToolButton::clicked, this, &SourceWizard::leave);

    auto *body = new QWidget(this);
    auto *parts = new QHBoxLayout(body);
    parts->setContentsMargins(0, 0, 0, 0);
    parts->setSpacing(0);
    m_stepper = new WizardStepper(theme, stepNames(),
                                  tr("Nothing is stored before you choose “Add and ingest”. Until then you can go "
                                     "back at any time; what you typed is kept."),
                                  body);
    m_stepperLine = makeLine(body, Qt::Vertical);
    parts->addWidget(m_stepper);
    parts->addWidget(m_stepperLine);
    auto *right = new QVBoxLayout;
    right->setSpacing(0);
    m_steps = new QWidget(body);
    auto *steps = new QHBoxLayout(m_steps);
    steps->setContentsMargins(0, 0, 0, 0);
    steps->setSpacing(0);
    m_stack = new QStackedWidget(m_steps);
    m_helpLine = makeLine(m_steps, Qt::Vertical);
    steps->addWidget(m_stack, 1);
    steps->addWidget(m_helpLine);
    right->addWidget(m_steps, 1);
    parts->addLayout(right, 1);
    static_cast<QVBoxLayout *>(layout())->addWidget(body, 1);
    connect(m_stepper, &WizardStepper::chosen, this, [this](int step) { showStep(static_cast<Step>(step)); });

    QWidget *footer = makePlane(QStringLiteral("footer"), body);
    footer->setMinimumHeight(theme.px(52));
    auto *buttons = new QHBoxLayout(footer);
    buttons->setContentsMargins(theme.px(20), theme.px(8), theme.px(20), theme.px(8));
    buttons->setSpacing(theme.px(8));
    m_cancelButton = new Button(theme, ButtonRole::Quiet, tr("Cancel"), footer);
    m_stateIcon = new IconLabel(theme, QStringLiteral("status-error"), 14, ColorRole::Danger, footer);
    m_state = makeText(theme, TextStyle::Body, {}, footer, Tone::Muted);
    m_later = new Button(theme, ButtonRole::Quiet, tr("Save for later"), footer);
    m_later->setObjectName(QStringLiteral("saveForLater"));
    m_later->setToolTip(tr("Keeps the source with what you entered, without reading it."));
    m_back = new Button(theme, ButtonRole::Standard, tr("Back"), footer);
    m_next = new Button(theme, ButtonRole::Primary, {}, footer);
    m_next->setObjectName(QStringLiteral("wizardNext"));
    buttons->addWidget(m_cancelButton);
    buttons->addStretch(1);
    buttons->addWidget(m_stateIcon);
    buttons->addWidget(m_state);
    buttons->addWidget(m_later);
    buttons->addWidget(m_back);
    buttons->addWidget(m_next);
    m_state->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    right->addWidget(footer);
    connect(m_cancelButton, &QPushButton::clicked, this, &SourceWizard::leave);
    connect(m_later, &QPushButton::clicked, this, &SourceWizard::saveForLater);
    connect(m_back, &QPushButton::clicked, this, &SourceWizard::goBack);
    connect(m_next, &QPushButton::clicked, this, &SourceWizard::goOn);
}

void SourceWizard::buildSteps()
{
    const Theme &theme = m_context.theme;
    while (QWidget *old = m_stack->widget(0)) {
        m_stack->removeWidget(old);
        delete old;
    }
    delete m_help;
    m_help = nullptr;
    const ConnectorDescriptor &descriptor = m_connector->descriptor();

    const ScrollingPage connecting = makeScrollingPage(theme, tr("Connect to the source"), descriptor.summary, m_stack);
    m_form = new ConnectionForm(theme, *m_connector, connecting.content);
    connecting.column->addWidget(m_form);
    connecting.column->addStretch(1);
    m_stack->addWidget(connecting.page);

    const ScrollingPage testing =
        makeScrollingPage(theme, tr("Testing the connection"),
                          tr("A few short checks, in order. Nothing is stored, and nothing at the source is changed."),
                          m_stack, reportWidth);
    m_report = new ConnectionReportView(theme, testing.content);
    testing.column->addWidget(m_report);
    testing.column->addStretch(1);
    m_stack->addWidget(testing.page);

    const ScrollingPage choosing = makeScrollingPage(
        theme, tr("Choose what to read"), tr("Give the source a name, and look at what was found there."), m_stack);
    m_choose = new ChooseStep(theme, choosing.content);
    choosing.column->addWidget(m_choose, 1);
    m_stack->addWidget(choosing.page);

    m_preview = new PreviewPage(theme, descriptor.configSchema, m_stack);
    m_stack->addWidget(m_preview);

    const ScrollingPage ending = makeScrollingPage(theme, {}, {}, m_stack);
    m_done = new DoneStep(m_context, ending.content);
    ending.column->addWidget(m_done, 1);
    m_stack->addWidget(ending.page);

    const auto places = m_form->whereToFind();
    if (!places.isEmpty()) {
        m_help = makeHelp(theme, places, m_steps);
        m_steps->layout()->addWidget(m_help);
    }
    connect(m_done, &DoneStep::anotherWanted, this, [this] {
        close();
        Q_EMIT galleryWanted();
    });
    connect(m_form, &ConnectionForm::problemsChanged, this, &SourceWizard::updateWords);
    connect(m_choose, &ChooseStep::edited, this, &SourceWizard::updateWords);
    connect(m_report, &ConnectionReportView::retryWanted, this, &SourceWizard::runTest);
    connect(m_report, &ConnectionReportView::changeWanted, this, &SourceWizard::goBack);
    connect(m_report, &ConnectionReportView::suggestionAccepted, this, [this](const QJsonObject &config) {
        for (auto it = config.begin(); it != config.end(); ++it)
            m_form->enter(it.key(), it.value());
        runTest();
    });
}

void SourceWizard::fit()
{
    const Theme &theme = m_context.theme;
    const bool hasHelp = m_help && m_step == Connect && width() >= theme.px(helpFrom);
    if (m_help)
        m_help->setVisible(hasHelp);
    m_helpLine->setVisible(hasHelp);
    // The preview needs the width, the others the overview.
    const bool hasStepper = width() >= theme.px(m_step == Preview ? helpFrom : stepperFrom);
    m_stepper->setVisible(hasStepper);
    m_stepperLine->setVisible(hasStepper);
    m_stepLabel->setVisible(!hasStepper);
    m_stepLabel->setText(
        tr("Step %1 of %2: %3").arg(formatCount(m_step + 1), formatCount(Done + 1), stepNames().at(m_step)));
}

void SourceWizard::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

} // namespace idstore
