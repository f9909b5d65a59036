// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/add_source/source_wizard.h"

#include "models/services/engine.h"
#include "models/services/source_opening.h"
#include "models/services/source_rules.h"
#include "ui/async/async_runner.h"
#include "ui/page_context.h"
#include "ui/pages/add_source/choose_step.h"
#include "ui/pages/add_source/connection_form.h"
#include "ui/pages/add_source/connection_report.h"
#include "ui/pages/add_source/done_step.h"
#include "ui/pages/add_source/wizard_parts.h"
#include "ui/pages/add_source/wizard_stepper.h"
#include "ui/pages/preview/preview_draft.h"
#include "ui/pages/preview/preview_page.h"
#include "ui/text/format.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

#include <QFileInfo>
#include <QKeyEvent>
#include <QMessageBox>
#include <QShortcut>
#include <QStyle>
#include <QUrl>
#include <QVBoxLayout>

namespace idstore {

namespace {

bool isSame(const NewConnection &a, const NewConnection &b)
{
    return a.sourceType == b.sourceType && a.config == b.config && a.credentials == b.credentials;
}

} // namespace

SourceWizard::SourceWizard(PageContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
{
    setAccessibleName(tr("New source"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    buildHead();
    const auto addShortcut = [this](const QKeySequence &keys, void (SourceWizard::*act)()) {
        auto *shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, act);
    };
    addShortcut(QKeySequence(QStringLiteral("Alt+Left")), &SourceWizard::goBack);
    addShortcut(QKeySequence(QStringLiteral("Ctrl+Return")), &SourceWizard::goOn);
}

SourceWizard::~SourceWizard()
{
    m_cancel.cancel();
}

void SourceWizard::start(const QString &sourceType)
{
    close();
    m_connector = m_context.engine.sources().connectors().find(sourceType);
    if (!m_connector)
        return;
    const ConnectorDescriptor &descriptor = m_connector->descriptor();
    m_tile->setConnector(descriptor.id, descriptor.category);
    m_title->setFullText(tr("New source: %1").arg(descriptor.title));
    buildSteps();
    m_context.async.run(
        this, [&engine = m_context.engine] { return engine.sources().list(TokenService::localUser()); },
        [this](const Result<QList<Source>> &sources) {
            m_names.clear();
            if (!sources)
                return;
            for (const Source &source : *sources)
                m_names.append(source.name);
        });
    showStep(Connect);
}

bool SourceWizard::isOpenFor(const QString &sourceType) const
{
    return isOpen() && m_step != Done && m_connector->descriptor().id == sourceType;
}

SourceId SourceWizard::doneSource() const
{
    return isOpen() && m_step == Done ? m_done->source() : SourceId();
}

NewConnection SourceWizard::connection() const
{
    return {
        .sourceType = m_connector->descriptor().id, .credentials = m_form->credentials(), .config = m_form->config()};
}

void SourceWizard::showStep(Step step)
{
    if (m_step == Test && step != Test) {
        // Whoever goes elsewhere does not wait for it any more.
        m_cancel.cancel();
        ++m_round;
    }
    m_step = step;
    m_stack->setCurrentIndex(step);
    m_stepper->setCurrent(step, step != Done);
    fit();
    updateWords();
    switch (step) {
    case Connect:
        m_form->focusFirst();
        break;
    case Test:
        m_next->setFocus(Qt::OtherFocusReason);
        break;
    case Choose:
        m_choose->focusName();
        break;
    case Preview:
    case Done:
        m_next->setFocus(Qt::OtherFocusReason);
        break;
    }
}

void SourceWizard::goOn()
{
    if (!isOpen() || !m_next->isEnabled())
        return;
    switch (m_step) {
    case Connect:
        if (!m_form->check()) {
            m_form->focusFirstProblem();
            updateWords();
            return;
        }
        showStep(Test);
        if (!m_isTestGood || !isSame(connection(), m_tested))
            runTest();
        break;
    case Test:
        if (!m_isTestGood) {
            runTest();
            return;
        }
        prepareDraft();
        m_choose->suggestName(suggestedName());
        showStep(Choose);
        break;
    case Choose:
        if (m_choose->name().isEmpty()) {
            m_choose->showNameProblem(tr("Give the source a name."));
            m_choose->focusName();
            return;
        }
        showStep(Preview);
        break;
    case Preview:
        create();
        break;
    case Done: {
        const SourceId id = m_done->source();
        close();
        Q_EMIT sourceWanted(id);
        break;
    }
    }
}

void SourceWizard::goBack()
{
    if (!isOpen() || !m_back->isEnabled())
        return;
    if (m_step == Connect)
        Q_EMIT galleryWanted();
    else if (m_step != Done)
        showStep(static_cast<Step>(m_step - 1));
}

void SourceWizard::runTest()
{
    m_cancel.cancel();
    m_cancel = CancelToken();
    m_isTestGood = false;
    m_tested = connection();
    const auto progress = std::make_shared<TestProgress>();
    m_report->showRunning(progress);
    updateWords();
    m_context.async.run(
        this,
        [&connections = m_context.engine.connections(), tested = m_tested, cancel = m_cancel, progress] {
            return connections.testNew(tested, cancel,
                                       [&progress](const ConnectionReport &soFar) { progress->tell(soFar); });
        },
        [this, round = ++m_round](const Result<ConnectionReport> &report) {
            if (round == m_round && isOpen())
                arrived(report);
        });
}

void SourceWizard::arrived(const Result<ConnectionReport> &report)
{
    if (!report && !report.error().fields.isEmpty()) {
        // A rule that only the service knows: it belongs to a field.
        showStep(Connect);
        m_form->showProblems(report.error().fields);
        m_form->focusFirstProblem();
        return;
    }
    if (report) {
        m_isTestGood = report->ok();
        m_report->showReport(*report);
        m_choose->setColumns(report->columns);
    } else {
        m_report->showError(report.error());
    }
    updateWords();
    if (m_isTestGood)
        m_next->setFocus(Qt::OtherFocusReason);
}

void SourceWizard::prepareDraft()
{
    // What was chosen in the preview holds as long as the connection is the same.
    if (m_draft && isSame(m_previewed, m_tested))
        return;
    m_previewed = m_tested;
    m_preview->setDraft(nullptr);
    auto loader = [&previews = m_context.engine.previews(), tested = m_tested](const PreviewRequest &request,
                                                                               const CancelToken &cancel) {
        return previews.previewNew(tested, request, cancel);
    };
    m_draft = std::make_unique<PreviewDraft>(m_context.async, std::move(loader));
    connect(m_draft.get(), &PreviewDraft::changed, this, &SourceWizard::updateWords);
    m_choose->follow(m_draft.get());
    m_preview->setDraft(m_draft.get());
    m_draft->load();
}

QString SourceWizard::suggestedName() const
{
    // The file's name, where the connection names a file.
    const QJsonObject config = m_tested.config;
    QString name = m_connector->descriptor().title;
    for (auto it = config.begin(); it != config.end(); ++it) {
        const QString path = QUrl(it.value().toString()).path();
        const QFileInfo file(path);
        if (!file.suffix().isEmpty() && file.suffix().size() <= 4 && !file.completeBaseName().contains(u'*') &&
            !file.completeBaseName().isEmpty())
            name = file.completeBaseName();
    }
    return uniqueName(name, m_names);
}

void SourceWizard::create()
{
    if (m_isCreating || !m_draft)
        return;
    NewConnectedSource request;
    request.name = m_choose->name();
    request.description = m_choose->description();
    request.sourceType = m_tested.sourceType;
    request.credentials = m_tested.credentials;
    request.config = mergedConfig(m_tested.config, m_draft->settings());
    if (!m_draft->columnChanges().isEmpty())
        request.columns = m_draft->columns();
    store(request, false);
}

void SourceWizard::saveForLater()
{
    if (!isOpen() || m_isCreating)
        return;
    if (!m_form->check()) {
        m_form->focusFirstProblem();
        updateWords();
        return;
    }
    m_cancel.cancel();
    ++m_round;
    m_tested = connection();
    m_isTestGood = false;
    NewConnectedSource request;
    request.name = suggestedName();
    request.sourceType = m_tested.sourceType;
    request.credentials = m_tested.credentials;
    request.config = m_tested.config;
    store(request, true);
}

void SourceWizard::store(const NewConnectedSource &request, bool isForLater)
{
    m_isCreating = true;
    updateWords();
    m_context.async.run(
        this,
        [&engine = m_context.engine, request, isForLater]() -> Result<SourceId> {
            const UserId user = TokenService::localUser();
            IDS_TRY(source, engine.sources().createConnected(user, request));
            if (!isForLater)
                IDS_CHECK(engine.ingestion().start(user, source.id, RunMode::Full, RunTrigger::Gui));
            return source.id;
        },
        [this, name = request.name, isForLater](const Result<SourceId> &id) {
            m_isCreating = false;
            if (!isOpen())
                return;
            if (id && isForLater) {
                close();
                Q_EMIT sourceWanted(*id);
                return;
            }
            if (id) {
                m_form->forgetSecrets();
                m_tested = m_previewed = {};
                m_done->follow(*id, name);
                showStep(Done);
                return;
            }
            if (!id.error().fields.isEmpty() && isForLater) {
                showStep(Connect);
                m_form->showProblems(id.error().fields);
                m_form->focusFirstProblem();
                return;
            }
            updateWords();
            m_state->setWordWrap(true);
            m_state->setText(id.error().detail());
        });
}

void SourceWizard::updateWords()
{
    if (!isOpen())
        return;
    QString next;
    QString state;
    bool isWrong = false;
    bool canGoOn = true;
    switch (m_step) {
    case Connect: {
        const int problems = m_form->problemCount();
        next = tr("Test connection");
        isWrong = problems > 0;
        if (isWrong)
            state = problems == 1 ? tr("1 field needs attention")
                                  : tr("%1 fields need attention").arg(formatCount(problems));
        break;
    }
    case Test:
        next = tr("Choose what to read");
        canGoOn = m_isTestGood;
        break;
    case Choose:
        next = tr("Preview");
        break;
    case Preview:
        next = tr("Add and ingest");
        canGoOn = m_draft && m_draft->preview() && !m_draft->error() && !m_draft->isLoading() && !m_isCreating;
        state = m_isCreating ? tr("Adding the source…") : tr("Nothing is stored before you add it");
        break;
    case Done:
        next = tr("Open the source");
        break;
    }
    m_next->setText(next);
    m_next->setAccessibleName(next);
    m_next->updateGeometry();
    m_next->setEnabled(canGoOn);
    m_stateIcon->setVisible(isWrong);
    // A line of words stands beside its icon; an error may take more.
    constexpr qsizetype oneLine = 60;
    m_state->setWordWrap(state.size() > oneLine);
    m_state->setText(state);
    m_state->setProperty("tone", isWrong ? QStringLiteral("danger") : QStringLiteral("muted"));
    m_state->style()->unpolish(m_state);
    m_state->style()->polish(m_state);
    m_later->setVisible(m_step == Connect || (m_step == Test && !m_isTestGood));
    m_later->setEnabled(!m_isCreating);
    m_back->setVisible(m_step != Done);
    const bool isTesting = m_step == Test && m_report->isRunning();
    m_cancelButton->setText(m_step == Done ? tr("Close") : tr("Cancel"));
    m_back->setText(isTesting ? tr("Stop") : tr("Back"));
    m_back->updateGeometry();
}

void SourceWizard::leave()
{
    const bool hasEntered = m_form && m_step != Done && (m_form->isTouched() || m_choose->isTouched());
    if (!isOpen() || !hasEntered) {
        close();
        Q_EMIT closed();
        return;
    }
    const QString title = tr("Leave without adding the source?");
    auto *box = new QMessageBox(QMessageBox::NoIcon, title, title, QMessageBox::Cancel, window());
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(tr("What you entered is forgotten. Nothing has been stored."));
    QPushButton *leaving = box->addButton(tr("Leave"), QMessageBox::DestructiveRole);
    box->button(QMessageBox::Cancel)->setText(tr("Stay"));
    setButtonRole(*leaving, ButtonRole::Danger);
    box->setDefaultButton(QMessageBox::Cancel);
    connect(leaving, &QPushButton::clicked, this, [this] {
        close();
        Q_EMIT closed();
    });
    box->open();
}

void SourceWizard::close()
{
    m_cancel.cancel();
    ++m_round;
    if (!m_connector)
        return;
    m_preview->setDraft(nullptr);
    m_draft.reset();
    m_form->forgetSecrets();
    m_tested = m_previewed = {};
    m_isTestGood = false;
    m_connector = nullptr;
}

void SourceWizard::keyPressEvent(QKeyEvent *event)
{
    switch (formKey(*event, *this, m_next)) {
    case FormKey::Leave:
        leave();
        break;
    case FormKey::Enter:
        goOn();
        break;
    case FormKey::Pressed:
        break;
    case FormKey::Other:
        QWidget::keyPressEvent(event);
        break;
    }
}

} // namespace idstore
