// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace idstore {

class RecordHeader;
class RecordRowNumbers;
class RecordTableModel;
class Theme;

/// A table for any number of rows: every row has the same height, the scroll bar counts rows instead of pixels, and
/// no state is kept per row (QTableView's own vertical header would allocate for each and overflow at about seventy
/// million). Row numbers stand in a strip of their own at the leading edge. GUI thread only.
class RecordGrid final : public QTableView
{
    Q_OBJECT

public:
    /// `theme` must outlive the grid.
    explicit RecordGrid(const Theme &theme, QWidget *parent = nullptr);

    void setRecordModel(RecordTableModel *model);
    [[nodiscard]] RecordHeader *recordHeader() const { return m_header; }

    [[nodiscard]] int rowHeight() const { return m_rowHeight; }
    [[nodiscard]] int firstVisibleRow() const;
    /// Rows that fit, the last one perhaps in part.
    [[nodiscard]] int visibleRowCount() const;
    void scrollToRow(int row);
    /// Widths from the header and the rows shown now.
    void fitColumns();

    [[nodiscard]] QRect visualRect(const QModelIndex &index) const override;
    [[nodiscard]] QModelIndex indexAt(const QPoint &position) const override;
    void scrollTo(const QModelIndex &index, ScrollHint hint = EnsureVisible) override;
    void doItemsLayout() override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void updateGeometries() override;
    void scrollContentsBy(int dx, int dy) override;
    void wheelEvent(QWheelEvent *event) override;
    void changeEvent(QEvent *event) override;
    [[nodiscard]] int verticalOffset() const override;
    [[nodiscard]] bool isIndexHidden(const QModelIndex &index) const override;
    [[nodiscard]] QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    void setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command) override;
    [[nodiscard]] QRegion visualRegionForSelection(const QItemSelection &selection) const override;

private:
    friend class RecordRowNumbers;

    [[nodiscard]] int rowTotal() const;
    [[nodiscard]] int rowAtY(int y) const;
    [[nodiscard]] int columnAtX(int x) const;
    [[nodiscard]] int nearestColumn(int visualIndex, int step) const;
    void tellVisibleRows();

    const Theme &m_theme;
    RecordTableModel *m_records = nullptr;
    RecordRowNumbers *m_rowNumbers;
    RecordHeader *m_header;
    int m_rowHeight;
    int m_wheelRest = 0; ///< eighths of a degree not yet turned into rows
};

} // namespace idstore
