// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"

#include <QTableView>

namespace idstore {

class SourcesDelegate;
class Theme;

/// The table of sources: whole rows, hovered and focused as such; typing jumps to a name; Home and End go to the
/// first and last source.
class SourcesTable : public QTableView
{
    Q_OBJECT

public:
    SourcesTable(const Theme &theme, QWidget *parent);

    void keyboardSearch(const QString &search) override;
    /// The source of the current row; null when there is none.
    [[nodiscard]] SourceId currentSource() const;
    /// Widths, order of rows and which columns are shown. Widths nobody chose follow the table's width.
    [[nodiscard]] QByteArray saveColumns() const;
    void restoreColumns(const QByteArray &state);

Q_SIGNALS:
    void rowClicked(const QModelIndex &index); ///< with the pointer
    void opened(const QModelIndex &index); ///< Enter or double-click
    void fixClicked(const QModelIndex &index);

protected:
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    [[nodiscard]] QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void setHoveredRow(int row);
    void showFocus(bool byKeyboard);
    void fitColumns();
    [[nodiscard]] bool isOnFix(const QModelIndex &index, QPoint position) const;

    const Theme &m_theme;
    SourcesDelegate *m_delegate;
    int m_hoveredRow = -1;
    bool m_byKeyboard = false;
    bool m_ownWidths = false; ///< a person has set the widths
    bool m_fitting = false;
};

} // namespace idstore
