// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/services/preview_service.h"
#include "models/services/source_service.h"

#include <QObject>
#include <QTimer>

#include <functional>

namespace idstore {

class AsyncRunner;

/// A source as it would be read, while a person looks at it and changes how: the settings and the types chosen so far,
/// and the newest preview of them. Nothing is stored; whoever holds the draft asks it for settings() and columns() when
/// the person is content. A change starts a new preview soon after and cancels the one under way; until the new one has
/// come, the one before stays. Lives on the window's thread; the loader is called on worker threads.
class PreviewDraft : public QObject
{
    Q_OBJECT

public:
    using Loader = std::function<Result<SourcePreview>(const PreviewRequest &, const CancelToken &)>;

    static constexpr int shownRows = 200;

    PreviewDraft(AsyncRunner &async, Loader loader, QObject *parent = nullptr);
    ~PreviewDraft() override;

    /// Asks for the first preview, or again after an error.
    void load();
    /// The columns of a source that exists: their choices hold, and no types can be chosen for other columns.
    void setHeldColumns(const Columns &columns);

    /// A null value: find out.
    void setSetting(const QString &name, const QJsonValue &value);
    /// Everything is found out again.
    void resetSettings();
    void changeColumn(const ColumnChange &change);

    /// What was set here, on top of the source's own config; a null value takes a setting away.
    [[nodiscard]] const QJsonObject &settings() const { return m_settings; }
    [[nodiscard]] bool hasChosenSettings() const;
    /// The settings to show, with what was set here although no preview with it has come yet.
    [[nodiscard]] QList<ReadingSetting> shownSettings() const;
    /// The columns of the preview with the choices made.
    [[nodiscard]] Columns columns() const;
    /// Whether the type of this column can be chosen now.
    [[nodiscard]] bool canChoose(const QString &column) const;
    /// The choices made here, of columns that the preview has.
    [[nodiscard]] QList<ColumnChange> columnChanges() const;
    [[nodiscard]] bool isChanged() const { return !m_settings.isEmpty() || !m_changes.isEmpty(); }

    [[nodiscard]] const std::optional<SourcePreview> &preview() const { return m_preview; }
    /// Why there is no preview with the settings as they are.
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }
    [[nodiscard]] bool isLoading() const { return m_loading; }

Q_SIGNALS:
    /// Something of the above is different now.
    void changed();

private:
    void loadSoon();
    void start();
    void arrived(Result<SourcePreview> result);

    AsyncRunner &m_async;
    Loader m_loader;
    QTimer m_soon;
    CancelToken m_cancel;
    quint64 m_round = 0; ///< answers of an earlier round are ignored
    bool m_loading = false;
    QJsonObject m_settings;
    QList<ColumnChange> m_changes;
    std::optional<Columns> m_held;
    std::optional<SourcePreview> m_preview;
    std::optional<Error> m_error;
};

} // namespace idstore
