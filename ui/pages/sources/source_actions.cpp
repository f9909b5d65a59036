// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/sources/source_actions.h"

#include "models/services/engine.h"
#include "ui/async/async_runner.h"
#include "ui/itemmodels/sources_model.h"
#include "ui/pages/sources/sample_data.h"
#include "ui/text/format.h"
#include "ui/widgets/buttons.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QInputDialog>
#include <QLineEdit>
#include <QMessageBox>

#include <functional>

namespace idstore {

namespace {

// A question with one destroying answer; Cancel is the answer to Enter and Esc.
QMessageBox *makeQuestion(QWidget *window, const QString &title, const QString &text, const QString &answer)
{
    auto *box = new QMessageBox(QMessageBox::NoIcon, title, title, QMessageBox::Cancel, window);
    box->setInformativeText(text);
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *button = box->addButton(answer, QMessageBox::DestructiveRole);
    setButtonRole(*button, ButtonRole::Destroy);
    box->setDefaultButton(QMessageBox::Cancel);
    return box;
}

void whenConfirmed(QMessageBox *box, QObject *context, std::function<void()> act)
{
    QObject::connect(box, &QMessageBox::buttonClicked, context, [box, act = std::move(act)](QAbstractButton *button) {
        if (box->buttonRole(button) == QMessageBox::DestructiveRole)
            act();
    });
    box->open();
}

} // namespace

SourceActions::SourceActions(Engine &engine, AsyncRunner &async, const SourcesModel &sources, QWidget *window)
    : QObject(window)
    , m_engine(engine)
    , m_async(async)
    , m_sources(sources)
    , m_window(window)
{}

template <typename Work>
void SourceActions::call(const QString &whenItFails, Work work)
{
    m_async.run(this, std::move(work), [this, whenItFails](const Result<void> &done) {
        if (!done)
            Q_EMIT failed(whenItFails, done.error());
    });
}

void SourceActions::run(SourceId id)
{
    const SourceRow *row = m_sources.find(id);
    if (!row || row->source.status == SourceStatus::Ingesting)
        return;
    const RunMode mode = row->source.cursor.column.isEmpty() ? RunMode::Full : RunMode::Incremental;
    call(tr("“%1” was not started.").arg(row->source.name), [&engine = m_engine, id, mode]() -> Result<void> {
        IDS_CHECK(engine.ingestion().start(TokenService::localUser(), id, mode, RunTrigger::Gui));
        return {};
    });
}

void SourceActions::cancel(SourceId id)
{
    // A run that ended by itself meanwhile is no news.
    m_async.run(
        this, [&engine = m_engine, id] { return engine.ingestion().cancel(TokenService::localUser(), id); },
        [this](const Result<void> &done) {
            if (!done && done.error().code != QLatin1StringView("not_ingesting"))
                Q_EMIT failed(tr("The run was not cancelled."), done.error());
        });
}

void SourceActions::remove(SourceId id)
{
    const SourceRow *row = m_sources.find(id);
    if (!row)
        return;
    const QString name = row->source.name;
    QMessageBox *box = makeQuestion(
        m_window, tr("Delete “%1”?").arg(name),
        tr("%1 rows, its history and the copy of its file are deleted from this computer. This cannot be undone.")
            .arg(formatCount(row->source.rowCount)),
        tr("Delete"));
    whenConfirmed(box, this, [this, id, name] {
        call(tr("“%1” was not deleted.").arg(name),
             [&engine = m_engine, id] { return engine.sources().remove(TokenService::localUser(), id); });
    });
}

void SourceActions::removeAll(const QList<SourceId> &ids)
{
    QMessageBox *box =
        makeQuestion(m_window, tr("Remove the sample data?"),
                     tr("The invented sources are deleted. Your own sources stay as they are."), tr("Remove sample"));
    whenConfirmed(box, this, [this, ids] {
        call(tr("The sample data was not removed."), [&engine = m_engine, ids]() -> Result<void> {
            for (const SourceId id : ids)
                IDS_CHECK(engine.sources().remove(TokenService::localUser(), id));
            return {};
        });
    });
}

void SourceActions::rename(SourceId id)
{
    const SourceRow *row = m_sources.find(id);
    if (!row)
        return;
    auto *dialog = new QInputDialog(m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Rename source"));
    dialog->setLabelText(tr("How this source is called here and in scripts:"));
    dialog->setTextValue(row->source.name);
    dialog->setOkButtonText(tr("Rename"));
    if (auto *edit = dialog->findChild<QLineEdit *>()) {
        edit->setMaxLength(static_cast<int>(SourceService::maxNameLength));
        edit->setAccessibleName(tr("Name"));
    }
    connect(dialog, &QInputDialog::textValueSelected, this,
            [this, id](const QString &name) { applyName(id, name.trimmed()); });
    dialog->open();
}

void SourceActions::applyName(SourceId id, const QString &name)
{
    const SourceRow *row = m_sources.find(id);
    if (!row || row->source.name == name)
        return;
    call(tr("“%1” was not renamed.").arg(row->source.name), [&engine = m_engine, id, name]() -> Result<void> {
        SourcePatch patch;
        patch.name = name;
        IDS_CHECK(engine.sources().update(TokenService::localUser(), id, patch));
        return {};
    });
}

void SourceActions::copyId(SourceId id)
{
    QGuiApplication::clipboard()->setText(id.toString());
}

void SourceActions::addSample()
{
    call(tr("The sample data was not added."), [&engine = m_engine] { return addSampleData(engine); });
}

} // namespace idstore
