// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/connector_catalog.h"
#include "models/services/engine.h"
#include "tests/support/engine_fixture.h"
#include "tests/support/memory_connector.h"
#include "ui/pages/preview/file_review.h"
#include "ui/pages/sources/sources_table.h"
#include "ui/shell/main_window.h"

#include <QDropEvent>
#include <QFile>
#include <QMimeData>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

namespace idstore::test {

/// A window over a fresh engine, with settings of its own.
class WindowFixture
{
public:
    explicit WindowFixture(const ConnectorCatalog &connectors)
        : m_engine(connectors)
    {
        QSettings().clear();
        Preferences().setThemeChoice(ThemeChoice::Light);
        open();
    }

    void open()
    {
        m_window =
            std::make_unique<MainWindow>(UiContext{m_engine.engine(), QUrl(QStringLiteral("http://127.0.0.1:8765")),
                                                   QString(), m_engine.dataDirectory() + QStringLiteral("/api-token")});
        m_window->resize(1280, 800);
        m_window->show();
    }
    void close() { m_window.reset(); }

    [[nodiscard]] MainWindow &window() { return *m_window; }
    [[nodiscard]] EngineFixture &store() { return m_engine; }
    [[nodiscard]] Engine &engine() { return m_engine.engine(); }
    [[nodiscard]] SourcesTable &table() { return *m_window->findChild<SourcesTable *>(QStringLiteral("sourcesTable")); }
    /// What the table shows in this cell, as a screen reader hears it.
    [[nodiscard]] QString spoken(int row, int column)
    {
        return table().model()->index(row, column).data(Qt::AccessibleTextRole).toString();
    }
    [[nodiscard]] QString writeFile(const QString &name, const QByteArray &content)
    {
        const QString path = m_files.filePath(name);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write %s", qPrintable(path));
        return path;
    }
    /// Drags the files over the window and lets go. False when the window does not take them.
    bool drop(const QStringList &paths, QPoint place = QPoint(-1, -1))
    {
        QMimeData data;
        QList<QUrl> urls;
        for (const QString &path : paths)
            urls.append(QUrl::fromLocalFile(path));
        data.setUrls(urls);
        const QPoint middle = place.x() < 0 ? m_window->rect().center() : place;
        QDragEnterEvent enter(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_window.get(), &enter);
        if (!enter.isAccepted())
            return false;
        QDropEvent let(QPointF(middle), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_window.get(), &let);
        return let.isAccepted();
    }

    /// The same, and accepts the preview as it is.
    bool dropAndAccept(const QStringList &paths)
    {
        if (!drop(paths))
            return false;
        auto *review = m_window->findChild<FileReview *>();
        QTest::keyClick(review, Qt::Key_Return);
        return QTest::qWaitFor([review] { return !review->isOpen(); }, 30'000);
    }

private:
    QTemporaryDir m_files;
    EngineFixture m_engine;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace idstore::test
