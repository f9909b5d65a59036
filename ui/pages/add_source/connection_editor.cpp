// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/add_source/connection_editor.h"

#include "models/services/engine.h"
#include "ui/async/async_runner.h"
#include "ui/page_context.h"
#include "ui/pages/add_source/connection_form.h"
#include "ui/pages/add_source/connection_report.h"
#include "ui/pages/add_source/form_spec.h"
#include "ui/pages/add_source/wizard_parts.h"
#include "ui/text/format.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMessageBox>
#include <QScrollArea>
#include <QStyle>
#include <QVBoxLayout>

namespace idstore {

namespace {

constexpr int helpFrom = 1000; // width of the page

} // namespace

ConnectionEditor::ConnectionEditor(PageContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
{
    const Theme &theme = context.theme;
    setAccessibleName(tr("Connection"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *head = new QWidget(this);
    head->setFixedHeight(theme.px(56));
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(theme.px(20), 0, theme.px(16), 0);
    row->setSpacing(theme.px(10));
    m_tile = new TileLabel(theme, 28, head);
    m_title = new ElidedLabel(theme, TextStyle::PageTitle, head);
    QToolButton *leaving = makeIconButton(theme, QStringLiteral("close"), tr("Close (Esc)"), head);
    row->addWidget(m_tile);
    row->addWidget(m_title, 1);
    row->addWidget(leaving);
    column->addWidget(head);
    column->addWidget(makeLine(this));
    m_body = new QWidget(this);
    auto *body = new QHBoxLayout(m_body);
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(0);
    column->addWidget(m_body, 1);

    QWidget *footer = makePlane(QStringLiteral("footer"), this);
    footer->setMinimumHeight(theme.px(52));
    auto *buttons = new QHBoxLayout(footer);
    buttons->setContentsMargins(theme.px(20), theme.px(8), theme.px(20), theme.px(8));
    buttons->setSpacing(theme.px(8));
    auto *cancel = new Button(theme, ButtonRole::Quiet, tr("Cancel"), footer);
    m_state = makeText(theme, TextStyle::Body, {}, footer, Tone::Muted);
    m_state->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    m_test = new Button(theme, ButtonRole::Standard, tr("Test connection"), footer);
    m_test->setObjectName(QStringLiteral("testConnection"));
    m_save = new Button(theme, ButtonRole::Primary, tr("Save"), footer);
    m_save->setObjectName(QStringLiteral("saveConnection"));
    buttons->addWidget(cancel);
    buttons->addWidget(m_state, 1);
    buttons->addWidget(m_test);
    buttons->addWidget(m_save);
    column->addWidget(footer);
    connect(leaving, &QToolButton::clicked, this, &ConnectionEditor::leave);
    connect(cancel, &QPushButton::clicked, this, &ConnectionEditor::leave);
    connect(m_test, &QPushButton::clicked, this, &ConnectionEditor::test);
    connect(m_save, &QPushButton::clicked, this, &ConnectionEditor::save);
}

ConnectionEditor::~ConnectionEditor()
{
    m_cancel.cancel();
}

void ConnectionEditor::edit(const Source &source)
{
    close();
    m_source = source;
    m_connector = m_context.engine.sources().connectors().find(source.sourceType);
    if (!m_connector)
        return;
    const ConnectorDescriptor &descriptor = m_connector->descriptor();
    m_tile->setConnector(descriptor.id, descriptor.category);
    m_title->setFullText(tr("Connection of “%1”").arg(source.name));
    build();
    m_form->setValues(source.config, source.credentialHints);
    updateWords();
    m_form->focusFirst();
}

void ConnectionEditor::build()
{
    const Theme &theme = m_context.theme;
    delete m_scroll;
    delete m_help;
    m_help = nullptr;
    const ScrollingPage page = makeScrollingPage(
        theme, tr("How the source is reached"),
        tr("Changes hold from the next run on. Secrets are kept encrypted and are never shown again; what you leave "
           "empty stays as it is."),
        m_body);
    m_scroll = page.page;
    m_form = new ConnectionForm(theme, *m_connector, page.content);
    page.column->addWidget(m_form);
    page.column->addSpacing(theme.px(24));
    m_report = new ConnectionReportView(theme, page.content);
    m_report->hide();
    page.column->addWidget(m_report);
    page.column->addStretch(1);
    m_body->layout()->addWidget(m_scroll);
    const auto places = m_form->whereToFind();
    if (!places.isEmpty()) {
        m_help = makeHelp(theme, places, m_body);
        m_body->layout()->addWidget(m_help);
        m_help->setVisible(width() >= theme.px(helpFrom));
    }
    connect(m_form, &ConnectionForm::problemsChanged, this, &ConnectionEditor::updateWords);
    connect(m_form, &ConnectionForm::edited, this, &ConnectionEditor::updateWords);
    connect(m_report, &ConnectionReportView::retryWanted, this, &ConnectionEditor::test);
    connect(m_report, &ConnectionReportView::changeWanted, m_form, &ConnectionForm::focusFirst);
    connect(m_report, &ConnectionReportView::suggestionAccepted, this, [this](const QJsonObject &config) {
        for (auto it = config.begin(); it != config.end(); ++it)
            m_form->enter(it.key(), it.value());
        test();
    });
}

QJsonObject ConnectionEditor::configChange() const
{
    QJsonObject change = m_form->config();
    // A setting of another way, or one that was emptied, is taken away; how the file is read is nobody's business here.
    const QList<FormSpec> forms = formsOf(m_connector->descriptor().configSchema);
    for (const FormSpec &form : forms) {
        for (const FieldSpec &field : form.fields) {
            if (field.section() != QLatin1StringView("reading") && m_source.config.contains(field.name) &&
                !change.contains(field.name))
                change.insert(field.name, QJsonValue(QJsonValue::Null));
        }
    }
    return change;
}

bool ConnectionEditor::showsProblems(const Error &error)
{
    m_form->showProblems(error.fields);
    m_form->focusFirstProblem();
    return m_form->problemCount() > 0;
}

void ConnectionEditor::test()
{
    if (!isOpen())
        return;
    if (!m_form->check()) {
        m_form->focusFirstProblem();
        return;
    }
    m_cancel.cancel();
    m_cancel = CancelToken();
    m_report->show();
    const auto progress = std::make_shared<TestProgress>();
    m_report->showRunning(progress);
    m_scroll->ensureWidgetVisible(m_report);
    ConnectionChange change;
    change.credentials = m_form->credentials();
    change.config = configChange();
    m_context.async.run(
        this,
        [&connections = m_context.engine.connections(), id = m_source.id, change, cancel = m_cancel, progress] {
            return connections.test(TokenService::localUser(), id, change, cancel,
                                    [&progress](const ConnectionReport &soFar) { progress->tell(soFar); });
        },
        [this, round = ++m_round](const Result<ConnectionReport> &report) {
            if (round != m_round || !isOpen())
                return;
            if (report)
                m_report->showReport(*report);
            else if (showsProblems(report.error()))
                m_report->hide();
            else
                m_report->showError(report.error());
            m_scroll->ensureWidgetVisible(m_report);
        });
}

void ConnectionEditor::save()
{
    if (!isOpen() || m_isSaving)
        return;
    if (!m_form->check()) {
        m_form->focusFirstProblem();
        return;
    }
    m_isSaving = true;
    updateWords();
    SourcePatch patch;
    patch.config = configChange();
    patch.credentials = m_form->credentials();
    m_context.async.run(
        this,
        [&sources = m_context.engine.sources(), id = m_source.id, patch] {
            return sources.update(TokenService::localUser(), id, patch);
        },
        [this](const Result<Source> &saved) {
            m_isSaving = false;
            if (saved) {
                close();
                Q_EMIT closed();
                return;
            }
            updateWords();
            if (!showsProblems(saved.error()))
                m_state->setText(saved.error().detail());
        });
}

void ConnectionEditor::updateWords()
{
    if (!isOpen())
        return;
    const int problems = m_form->problemCount();
    m_state->setText(m_isSaving      ? tr("Saving…")
                     : problems == 1 ? tr("1 field needs attention")
                     : problems > 1  ? tr("%1 fields need attention").arg(formatCount(problems))
                                     : QString());
    m_state->setProperty("tone", problems > 0 ? QStringLiteral("danger") : QStringLiteral("muted"));
    m_state->style()->unpolish(m_state);
    m_state->style()->polish(m_state);
    m_save->setEnabled(!m_isSaving && m_form->isTouched());
}

void ConnectionEditor::leave()
{
    if (!isOpen() || !m_form->isTouched()) {
        close();
        Q_EMIT closed();
        return;
    }
    const QString title = tr("Leave without saving?");
    auto *box = new QMessageBox(QMessageBox::NoIcon, title, title, QMessageBox::Cancel, window());
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(tr("What you changed is forgotten; the connection stays as it was."));
    QPushButton *leaving = box->addButton(tr("Leave"), QMessageBox::DestructiveRole);
    setButtonRole(*leaving, ButtonRole::Danger);
    box->button(QMessageBox::Cancel)->setText(tr("Stay"));
    box->setDefaultButton(QMessageBox::Cancel);
    connect(leaving, &QPushButton::clicked, this, [this] {
        close();
        Q_EMIT closed();
    });
    box->open();
}

void ConnectionEditor::close()
{
    m_cancel.cancel();
    ++m_round;
    if (m_connector)
        m_form->forgetSecrets();
    m_connector = nullptr;
    m_source = {};
}

void ConnectionEditor::keyPressEvent(QKeyEvent *event)
{
    switch (formKey(*event, *this)) {
    case FormKey::Leave:
        leave();
        break;
    case FormKey::Enter:
        if (event->modifiers() & Qt::ControlModifier)
            save();
        else
            test();
        break;
    case FormKey::Pressed:
        break;
    case FormKey::Other:
        QWidget::keyPressEvent(event);
        break;
    }
}

void ConnectionEditor::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (m_help)
        m_help->setVisible(width() >= m_context.theme.px(helpFrom));
}

} // namespace idstore
