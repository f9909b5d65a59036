// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/banner.h"

#include <QList>
#include <QObject>
#include <QPointer>
#include <QString>

#include <functional>

namespace idstore {

class Theme;

/// Shows short news at the bottom right of `area`: six seconds each, longer under the pointer or with the focus in
/// it, at most three at a time. Everything a toast says can also be read elsewhere.
class ToastHost : public QObject
{
    Q_OBJECT

public:
    ToastHost(const Theme &theme, QWidget *area);

    /// `action` with its `handler` is optional.
    void show(Severity severity, const QString &text, const QString &action = {}, std::function<void()> handler = {});

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void arrange();

    const Theme &m_theme;
    QWidget *m_area;
    QList<QPointer<QWidget>> m_toasts; ///< oldest first
};

} // namespace idstore
