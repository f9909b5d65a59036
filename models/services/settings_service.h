// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QMutex>
#include <QString>

namespace idstore {

/// The settings that belong to the data and not to a face: they hold for the window, `serve` and the command line on
/// one data directory alike. Kept in its settings.json, readable for whoever may read the directory, and so never
/// secret. Thread-safe.
class SettingsService
{
public:
    /// `fixedProxy`: what was said at the start, which holds for this process and is not kept; empty: nothing was.
    SettingsService(QString path, QString fixedProxy);

    /// Reads the file; one that is not there holds nothing. Errors: Unavailable ("settings_unreadable"), InvalidInput
    /// as of checkProxy().
    [[nodiscard]] Result<void> load();

    /// In force now, as of proxy_setting.h. What starts from here on uses it; what runs keeps what it began with.
    [[nodiscard]] QString proxy() const;
    /// The start said so: a change is kept, but holds from the next start without it.
    [[nodiscard]] bool isProxyFixed() const;
    /// Keeps it. Errors: those of checkProxy(), Unavailable ("settings_not_saved").
    [[nodiscard]] Result<void> setProxy(const QString &text);

private:
    QString m_path;
    QString m_fixedProxy;
    mutable QMutex m_lock;
    QString m_proxy;
};

} // namespace idstore
