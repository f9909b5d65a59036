// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/source.h"
#include "models/services/record_service.h"
#include "models/services/source_service.h"

#include <QList>
#include <QObject>
#include <QUndoStack>

class QMenu;
class QWidget;

namespace idstore {

class AsyncRunner;
class Engine;
class RecordExport;
class SourcesModel;
class Theme;

/// What can be done with a source, for menus, buttons and keys alike: asks where it must, calls the services off the
/// window's thread, and tells when one of them refuses. GUI thread.
class SourceActions : public QObject
{
    Q_OBJECT

public:
    /// Dialogs appear over `window`.
    SourceActions(Engine &engine, AsyncRunner &async, const SourcesModel &sources, QWidget *window);

    void run(SourceId id);
    void cancel(SourceId id);
    /// Asks first.
    void remove(SourceId id);
    /// Asks first; for the sample data.
    void removeAll(const QList<SourceId> &ids);
    /// Asks for the new name.
    void rename(SourceId id);
    void copyId(SourceId id);
    /// Opens the preview of how the source's file is read. For file sources.
    void openReadingOptions(SourceId id);
    /// Opens the settings and credentials of the connection. For sources that are read through a connector.
    void openConnection(SourceId id);
    /// Whether the source has a connection that this build can use.
    [[nodiscard]] bool hasConnection(SourceId id) const;
    /// Asks for the file; the preview of it opens next. For file sources.
    void chooseNewerFile(SourceId id);
    /// Whether the source is read from a file that can be replaced now.
    [[nodiscard]] bool canReplaceFile(SourceId id) const;
    /// Those of the above that the source has, for menus.
    void addReadingActions(QMenu &menu, SourceId id, const Theme &theme);
    /// Stores settings and types; `run`: and reads the source again.
    void applyReading(SourceId id, const SourcePatch &patch, bool run);
    /// Changes the type of one column; can be undone.
    void changeColumn(SourceId id, const ColumnChange &change);
    [[nodiscard]] QUndoStack *undoStack() { return &m_undo; }
    void addSample();
    /// Asks where to; one export at a time.
    void exportRows(SourceId id);
    void cancelExport();

Q_SIGNALS:
    /// `what` is a sentence: what did not work.
    void failed(const QString &what, const idstore::Error &error);
    void readingOptionsWanted(idstore::SourceId id);
    void connectionWanted(idstore::SourceId id);
    void newerFileChosen(idstore::SourceId id, const QString &path);
    /// `what` is a sentence; the change is the newest on the undo stack.
    void columnChanged(const QString &what);
    void exportProgressed(const QString &fileName, qint64 bytes);
    void exportFinished(const QString &fileName, bool written);

private:
    template <typename Work>
    void call(const QString &whenItFails, Work work);
    void startExport(SourceId id, const QString &path, ExportFormat format);
    void applyName(SourceId id, const QString &name);

    Engine &m_engine;
    AsyncRunner &m_async;
    const SourcesModel &m_sources;
    QWidget *m_window;
    QUndoStack m_undo;
    RecordExport *m_export;
};

} // namespace idstore
