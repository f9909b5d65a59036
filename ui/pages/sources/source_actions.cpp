// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/sources/source_actions.h"

#include "models/services/engine.h"
#include "ui/async/async_runner.h"
#include "ui/itemmodels/sources_model.h"
#include "ui/pages/records/record_export.h"
#include "ui/pages/sources/sample_data.h"
#include "ui/text/format.h"
#include "ui/widgets/buttons.h"

#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QInputDialog>
#include <QLineEdit>
#include <QMessageBox>
#include <QRegularExpression>

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
    , m_export(new RecordExport(async, this))
{
    connect(m_export, &RecordExport::progressed, this,
            [this](qint64 bytes) { Q_EMIT exportProgressed(QFileInfo(m_export->path()).fileName(), bytes); });
    connect(m_export, &RecordExport::finished, this, [this](const Result<qint64> &bytes) {
        const QString fileName = QFileInfo(m_export->path()).fileName();
        Q_EMIT exportFinished(fileName, bytes.ok());
        if (!bytes && bytes.error().kind != ErrorKind::Cancelled)
            Q_EMIT failed(tr("%1 was not written.").arg(fileName), bytes.error());
    });
}

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
    call(tr("“%1” was not started.").arg(row->source.name), [&engine = m_engine, id]() -> Result<void> {
        IDS_CHECK(engine.ingestion().start(TokenService::localUser(), id, RunMode::Incremental, RunTrigger::Gui));
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

void SourceActions::exportRows(SourceId id)
{
    const SourceRow *row = m_sources.find(id);
    if (!row || m_export->isRunning())
        return;
    auto *dialog = new QFileDialog(m_window, tr("Export “%1”").arg(row->source.name));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    const QString csv = tr("CSV (*.csv)");
    dialog->setNameFilters({csv, tr("NDJSON (*.ndjson)")});
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    static const QRegularExpression unfit(QStringLiteral(R"([/\\:*?"<>|])"));
    dialog->selectFile(QString(row->source.name).replace(unfit, QStringLiteral("_")));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog, csv](const QString &filter) {
        dialog->setDefaultSuffix(filter == csv ? QStringLiteral("csv") : QStringLiteral("ndjson"));
    });
    connect(dialog, &QFileDialog::fileSelected, this, [this, id](const QString &path) {
        startExport(id, path, path.endsWith(QLatin1StringView(".ndjson")) ? ExportFormat::Ndjson : ExportFormat::Csv);
    });
    dialog->open();
}

void SourceActions::startExport(SourceId id, const QString &path, ExportFormat format)
{
    m_export->start([&engine = m_engine, id,
                     format] { return engine.records().exportSource(TokenService::localUser(), id, format); },
                    path);
}

void SourceActions::cancelExport()
{
    m_export->cancel();
}

} // namespace idstore
