// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <QWidget>

#include <vector>

class QAbstractButton;

namespace idstore {

class Theme;

/// The steps of a wizard, one below the other: done ones can be gone back to, later ones not yet. GUI thread.
class WizardStepper : public QWidget
{
    Q_OBJECT

public:
    WizardStepper(const Theme &theme, const QStringList &steps, const QString &note, QWidget *parent);

    /// `canGoBack`: done steps can be chosen.
    void setCurrent(int step, bool canGoBack);

Q_SIGNALS:
    void chosen(int step);

private:
    std::vector<QAbstractButton *> m_steps;
};

} // namespace idstore
