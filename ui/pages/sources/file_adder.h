// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/cancel_token.h"
#include "models/domain/source.h"
#include "ui/pages/preview/file_review.h"

#include <QObject>
#include <QStringList>

class QMimeData;

namespace idstore {

class AsyncRunner;
class Engine;

/// Turns files on this computer into sources, or into the newer file of one, one after another, and starts reading
/// each. Lives on the window's thread; copying happens elsewhere and stops when this is destroyed.
class FileAdder : public QObject
{
    Q_OBJECT

public:
    FileAdder(Engine &engine, AsyncRunner &async, QObject *parent = nullptr);
    ~FileAdder() override;

    void add(const QList<FileOrder> &orders);
    /// Stops the copy under way and forgets the files that wait.
    void cancel();
    [[nodiscard]] bool isBusy() const { return m_busy; }

    /// The files among what is being dragged or pasted; empty when there is none.
    [[nodiscard]] static QStringList localFiles(const QMimeData *data);

Q_SIGNALS:
    void started(const QString &fileName);
    void added(idstore::SourceId id);
    void refused(const QString &fileName, const idstore::Error &error);
    void finished(); ///< no file is left

private:
    void next();

    Engine &m_engine;
    AsyncRunner &m_async;
    QList<FileOrder> m_waiting;
    CancelToken m_cancel;
    bool m_busy = false;
};

} // namespace idstore
