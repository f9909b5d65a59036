// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preferences.h"

#include <algorithm>
#include <array>
#include <utility>

namespace idstore {

namespace {

template <typename T>
struct Entry
{
    const char *key;
    T fallback;
};

// The table: every key the window writes, with its default.
const Entry<QByteArray> windowGeometryEntry{"window/geometry", {}};
const Entry<QString> lastPageEntry{"window/page", QStringLiteral("sources")};
const Entry<int> inspectorWidthEntry{"sources/inspectorWidth", 408};
const Entry<QString> themeEntry{"look/theme", QStringLiteral("system")};
const Entry<QString> lastFolderEntry{"files/folder", {}};
constexpr const char *columnsGroup = "columns/";

constexpr auto themeWords = std::to_array<std::pair<ThemeChoice, const char *>>({
    {ThemeChoice::System, "system"},
    {ThemeChoice::Light, "light"},
    {ThemeChoice::Dark, "dark"},
    {ThemeChoice::HighContrast, "high_contrast"},
});

template <typename T>
T read(const QSettings &settings, const Entry<T> &entry)
{
    return settings.value(QLatin1StringView(entry.key), QVariant::fromValue(entry.fallback)).template value<T>();
}

template <typename T>
void write(QSettings &settings, const Entry<T> &entry, const T &value)
{
    settings.setValue(QLatin1StringView(entry.key), QVariant::fromValue(value));
}

QString columnsKey(const QString &table)
{
    return QLatin1StringView(columnsGroup) + table;
}

} // namespace

Preferences::Preferences()
    : m_settings(std::make_unique<QSettings>())
{}

QByteArray Preferences::windowGeometry() const
{
    return read(*m_settings, windowGeometryEntry);
}

void Preferences::setWindowGeometry(const QByteArray &geometry)
{
    write(*m_settings, windowGeometryEntry, geometry);
}

QString Preferences::lastPage() const
{
    return read(*m_settings, lastPageEntry);
}

void Preferences::setLastPage(const QString &page)
{
    write(*m_settings, lastPageEntry, page);
}

QByteArray Preferences::columns(const QString &table) const
{
    return m_settings->value(columnsKey(table)).toByteArray();
}

void Preferences::setColumns(const QString &table, const QByteArray &state)
{
    m_settings->setValue(columnsKey(table), state);
}

int Preferences::inspectorWidth() const
{
    return read(*m_settings, inspectorWidthEntry);
}

void Preferences::setInspectorWidth(int width)
{
    write(*m_settings, inspectorWidthEntry, width);
}

ThemeChoice Preferences::themeChoice() const
{
    const QString word = read(*m_settings, themeEntry);
    const auto found = std::ranges::find_if(
        themeWords, [&word](const auto &entry) { return word == QLatin1StringView(entry.second); });
    return found == themeWords.end() ? ThemeChoice::System : found->first;
}

void Preferences::setThemeChoice(ThemeChoice choice)
{
    const auto found = std::ranges::find(themeWords, choice, &std::pair<ThemeChoice, const char *>::first);
    Q_ASSERT(found != themeWords.end());
    write(*m_settings, themeEntry, QString(QLatin1StringView(found->second)));
}

QString Preferences::lastFolder() const
{
    return read(*m_settings, lastFolderEntry);
}

void Preferences::setLastFolder(const QString &folder)
{
    write(*m_settings, lastFolderEntry, folder);
}

} // namespace idstore
