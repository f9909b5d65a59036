// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QString>
#include <QWidget>

class QButtonGroup;

namespace idstore {

class FlowLayout;
class Theme;

/// One choice of a filter, with the count of what it would show behind it.
class Chip : public QAbstractButton
{
    Q_OBJECT

public:
    Chip(const Theme &theme, const QString &text, QWidget *parent);

    /// Negative: no count.
    void setCount(int count);
    /// The count as a badge in the colour of "needs a person".
    void setUrgent(bool urgent);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    int m_count = -1;
    bool m_urgent = false;
};

/// A row of chips of which one is chosen; wraps when narrow. Arrow keys move, Space chooses.
class ChipBar : public QWidget
{
    Q_OBJECT

public:
    ChipBar(const Theme &theme, const QString &accessibleName, QWidget *parent);

    /// The first chip added is the one chosen.
    Chip *addChip(int id, const QString &text);
    [[nodiscard]] Chip *chip(int id) const;
    [[nodiscard]] int chosen() const;
    void choose(int id);

Q_SIGNALS:
    void chosenChanged(int id);

private:
    const Theme &m_theme;
    QButtonGroup *m_group;
    FlowLayout *m_layout;
};

} // namespace idstore
