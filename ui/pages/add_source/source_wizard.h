// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/services/connection_service.h"
#include "models/services/source_service.h"

#include <QStackedWidget>

#include <memory>

class QLabel;

namespace idstore {

class Button;
class ChooseStep;
class ConnectionForm;
class ConnectionReportView;
class DoneStep;
class ElidedLabel;
class IconLabel;
class PreviewDraft;
class PreviewPage;
class TileLabel;
class WizardStepper;
struct PageContext;

/// The way from a connector to a source: connect, test, choose what, preview, done. Nothing is stored before the last
/// step, unless the person saves it for later, untested and unread; going back and forth keeps what was entered;
/// leaving asks when there is something to lose, and forgets the secrets. Alt+Left goes back, Ctrl+Enter goes on. GUI
/// thread; `context` must outlive it.
class SourceWizard : public QWidget
{
    Q_OBJECT

public:
    enum Step { Connect, Test, Choose, Preview, Done };

    SourceWizard(PageContext &context, QWidget *parent);
    ~SourceWizard() override;

    /// From the first step, for a connector that this build can read.
    void start(const QString &sourceType);
    [[nodiscard]] Step step() const { return m_step; }
    [[nodiscard]] bool isOpen() const { return m_connector != nullptr; }
    /// It was begun for this connector and is not through.
    [[nodiscard]] bool isOpenFor(const QString &sourceType) const;
    /// The source that the last step tells of; null on the others.
    [[nodiscard]] SourceId doneSource() const;
    /// Asks first when something was entered.
    void leave();
    void goOn();
    void goBack();

Q_SIGNALS:
    /// The person left it, or is through.
    void closed();
    /// Back from the first step.
    void galleryWanted();
    void sourceWanted(idstore::SourceId id);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void buildHead();
    void buildSteps();
    void showStep(Step step);
    void runTest();
    void arrived(const Result<ConnectionReport> &report);
    void prepareDraft();
    void create();
    void saveForLater();
    void store(const NewConnectedSource &request, bool isForLater);
    void close();
    void fit();
    void updateWords();
    [[nodiscard]] NewConnection connection() const;
    [[nodiscard]] QString suggestedName() const;

    PageContext &m_context;
    const Connector *m_connector = nullptr;
    Step m_step = Connect;
    NewConnection m_tested; ///< what the report is of
    NewConnection m_previewed; ///< what the draft is of
    bool m_isTestGood = false;
    bool m_isCreating = false;
    CancelToken m_cancel;
    quint64 m_round = 0; ///< answers of an earlier round are ignored
    QStringList m_names; ///< of the sources there are
    std::unique_ptr<PreviewDraft> m_draft;

    TileLabel *m_tile = nullptr;
    ElidedLabel *m_title = nullptr;
    QLabel *m_stepLabel = nullptr; ///< in place of the stepper where that has no room
    WizardStepper *m_stepper = nullptr;
    QWidget *m_stepperLine = nullptr;
    QStackedWidget *m_stack = nullptr;
    QWidget *m_steps = nullptr; ///< around stack and help
    QWidget *m_help = nullptr;
    QWidget *m_helpLine = nullptr;
    ConnectionForm *m_form = nullptr;
    ConnectionReportView *m_report = nullptr;
    ChooseStep *m_choose = nullptr;
    PreviewPage *m_preview = nullptr;
    DoneStep *m_done = nullptr;
    Button *m_cancelButton = nullptr;
    IconLabel *m_stateIcon = nullptr;
    QLabel *m_state = nullptr;
    Button *m_later = nullptr;
    Button *m_back = nullptr;
    Button *m_next = nullptr;
};

} // namespace idstore
