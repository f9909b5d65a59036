// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHeaderView>

namespace idstore {

class Theme;

/// Column headers of two lines: the name with an arrow where the rows are sorted by it and a mark where there is
/// something to know about it, and below it the type in a person's words. The lower line opens a menu.
class RecordHeader final : public QHeaderView
{
    Q_OBJECT

public:
    RecordHeader(const Theme &theme, QWidget *parent);

    /// With a chevron beside the type, which menuWanted() follows.
    void setHasMenus(bool hasMenus);
    /// Where a menu of this section opens, in global coordinates.
    [[nodiscard]] QPoint menuPosition(int section) const;

    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    /// The lower line was clicked, or the section with the right button.
    void menuWanted(int section);

protected:
    void paintSection(QPainter *painter, const QRect &rect, int section) const override;
    [[nodiscard]] QSize sectionSizeFromContents(int section) const override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    struct Mark;
    [[nodiscard]] bool isOnMenu(QPoint position) const;
    void paintLine(QPainter &painter, const QRect &line, Qt::Alignment alignment, const QString &text, bool isName,
                   const QList<Mark> &marks) const;

    const Theme &m_theme;
    bool m_hasMenus = false;
};

} // namespace idstore
