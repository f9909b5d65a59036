// SPDX-License-Identifier: GPL-3.0-or-later
// The part of SourceActions about how a source is read: its settings, its file, the types of its columns.
#include "models/ingest/connector.h"
#include "models/services/engine.h"
#include "ui/async/async_runner.h"
#include "ui/itemmodels/sources_model.h"
#include "ui/pages/preview/column_type_menu.h"
#include "ui/pages/sources/source_actions.h"
#include "ui/preferences.h"
#include "ui/theme/theme.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QUndoCommand>

#include <algorithm>

namespace idstore {

namespace {

/// One choice of a type and the choice of before. The store answers later; what it refuses is told by `apply`.
class ColumnTypeCommand : public QUndoCommand
{
public:
    using Apply = std::function<void(const ColumnChange &)>;

    ColumnTypeCommand(const QString &text, ColumnChange change, ColumnChange back, Apply apply)
        : QUndoCommand(text)
        , m_change(std::move(change))
        , m_back(std::move(back))
        , m_apply(std::move(apply))
    {}

    void redo() override { m_apply(m_change); }
    void undo() override { m_apply(m_back); }

private:
    ColumnChange m_change;
    ColumnChange m_back;
    Apply m_apply;
};

} // namespace

bool SourceActions::canReplaceFile(SourceId id) const
{
    const SourceRow *row = m_sources.find(id);
    return row && row->source.file && row->source.status != SourceStatus::Ingesting;
}

void SourceActions::openReadingOptions(SourceId id)
{
    const SourceRow *row = m_sources.find(id);
    if (row && row->source.file)
        Q_EMIT readingOptionsWanted(id);
}

bool SourceActions::hasConnection(SourceId id) const
{
    const SourceRow *row = m_sources.find(id);
    if (!row || row->source.file)
        return false;
    const Connector *connector = m_engine.sources().connectors().find(row->source.sourceType);
    return connector && connector->descriptor().readable;
}

void SourceActions::openConnection(SourceId id)
{
    if (hasConnection(id))
        Q_EMIT connectionWanted(id);
}

void SourceActions::chooseNewerFile(SourceId id)
{
    const SourceRow *row = m_sources.find(id);
    if (!canReplaceFile(id))
        return;
    auto *dialog =
        new QFileDialog(m_window, tr("Choose a newer file of “%1”").arg(row->source.name), Preferences().lastFolder());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this, id](const QString &path) {
        Preferences().setLastFolder(QFileInfo(path).absolutePath());
        Q_EMIT newerFileChosen(id, path);
    });
    dialog->open();
}

void SourceActions::addReadingActions(QMenu &menu, SourceId id, const Theme &theme)
{
    const SourceRow *row = m_sources.find(id);
    if (hasConnection(id)) {
        menu.addAction(theme.icon(QStringLiteral("plug")), tr("Connection…"), this, [this, id] { openConnection(id); });
        menu.addSeparator();
    }
    if (!row || !row->source.file)
        return;
    menu.addAction(theme.icon(QStringLiteral("eye")), tr("Reading options…"), this,
                   [this, id] { openReadingOptions(id); });
    menu.addAction(theme.icon(QStringLiteral("upload-file")), tr("Upload a newer file…"), this,
                   [this, id] { chooseNewerFile(id); })
        ->setEnabled(canReplaceFile(id));
    menu.addSeparator();
}

void SourceActions::applyReading(SourceId id, const SourcePatch &patch, bool run)
{
    const SourceRow *row = m_sources.find(id);
    if (!row)
        return;
    m_async.run(
        this,
        [&engine = m_engine, id, patch, run]() -> Result<void> {
            const UserId user = TokenService::localUser();
            IDS_CHECK(engine.sources().update(user, id, patch));
            if (run)
                IDS_CHECK(engine.ingestion().start(user, id, RunMode::Full, RunTrigger::Gui));
            return {};
        },
        [this, name = row->source.name](const Result<void> &done) {
            if (!done)
                Q_EMIT failed(tr("How “%1” is read was not changed.").arg(name), done.error());
        });
}

void SourceActions::changeColumn(SourceId id, const ColumnChange &change)
{
    const SourceRow *row = m_sources.find(id);
    if (!row)
        return;
    const auto before = std::ranges::find(row->source.columns, change.name, &Column::name);
    if (before == row->source.columns.end())
        return;
    const auto apply = [this, id, name = row->source.name](const ColumnChange &wanted) {
        SourcePatch patch;
        patch.columns = {wanted};
        m_async.run(
            this,
            [&engine = m_engine, id, patch]() -> Result<void> {
                IDS_CHECK(engine.sources().update(TokenService::localUser(), id, patch));
                return {};
            },
            [this, wanted](const Result<void> &done) {
                if (done)
                    return;
                m_undo.clear(); // what it would lead back to is not what is stored
                Q_EMIT failed(tr("The type of “%1” was not changed.").arg(wanted.name), done.error());
            });
    };
    m_undo.push(new ColumnTypeCommand(tr("Type of “%1”").arg(change.name), change, changeBackTo(*before), apply));
    Q_EMIT columnChanged(tr("The type of “%1” is changed. The values stay as they are.").arg(change.name));
}

} // namespace idstore
