// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

class QButtonGroup;

namespace idstore {

class FlowLayout;
class Theme;

/// A few ways of which one is chosen, as buttons that share their edges; wraps when narrow. Arrow keys move, Space
/// chooses.
class Segments : public QWidget
{
    Q_OBJECT

public:
    Segments(const Theme &theme, const QString &accessibleName, QWidget *parent);

    /// The first one added is chosen. Numbered from 0.
    void addSegment(const QString &text);
    /// Does not emit chosen().
    void choose(int segment);
    [[nodiscard]] int current() const;

Q_SIGNALS:
    /// By a person.
    void chosen(int segment);

private:
    const Theme &m_theme;
    QButtonGroup *m_group;
    FlowLayout *m_layout;
};

} // namespace idstore
