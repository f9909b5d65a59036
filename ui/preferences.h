// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme_controller.h"

#include <QByteArray>
#include <QSettings>
#include <QString>

#include <memory>

namespace idstore {

/// What the window remembers between starts: preferences only, never data, never secrets. One typed accessor a key;
/// nobody else touches QSettings. GUI thread only.
class Preferences
{
public:
    /// The application's own settings (organisation and application names decide where they are kept).
    Preferences();

    [[nodiscard]] QByteArray windowGeometry() const;
    void setWindowGeometry(const QByteArray &geometry);

    [[nodiscard]] QString lastPage() const; ///< "sources", "records", ...
    void setLastPage(const QString &page);

    [[nodiscard]] QByteArray columns(const QString &table) const; ///< QHeaderView::saveState() of a table
    void setColumns(const QString &table, const QByteArray &state);

    [[nodiscard]] int inspectorWidth() const; ///< device-independent pixels
    void setInspectorWidth(int width);

    [[nodiscard]] ThemeChoice themeChoice() const;
    void setThemeChoice(ThemeChoice choice);

    [[nodiscard]] QString lastFolder() const; ///< where the file dialogs open; empty: the home folder
    void setLastFolder(const QString &folder);

private:
    std::unique_ptr<QSettings> m_settings;
};

} // namespace idstore
