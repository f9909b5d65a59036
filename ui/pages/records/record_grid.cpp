// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/records/record_grid.h"

#include "ui/itemmodels/record_table_model.h"
#include "ui/pages/records/record_header.h"
#include "ui/pages/records/record_row_numbers.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QHeaderView>
#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>
#include <QWheelEvent>

#include <algorithm>

namespace idstore {

namespace {

/// Stands in for the vertical header and stays without a model: rows have no state.
class NoRowHeader final : public QHeaderView
{
public:
    explicit NoRowHeader(QWidget *parent)
        : QHeaderView(Qt::Vertical, parent)
    {
        hide();
    }
    void setModel(QAbstractItemModel *) override {}
    void setSelectionModel(QItemSelectionModel *) override {}
};

constexpr int gridRowHeight = 30;
constexpr int minColumnWidth = 72;
constexpr int maxColumnWidth = 280;
constexpr int maxSampledRows = 60;
constexpr int wheelStep = 120; // eighths of a degree in one notch

} // namespace

RecordGrid::RecordGrid(const Theme &theme, QWidget *parent)
    : QTableView(parent)
    , m_theme(theme)
    , m_rowNumbers(new RecordRowNumbers(*this, theme))
    , m_header(new RecordHeader(theme, this))
    , m_rowHeight(theme.px(gridRowHeight))
{
    setVerticalHeader(new NoRowHeader(this));
    setHorizontalHeader(m_header);
    // A click on a header sorts (whoever listens to the indicator); it does not select the column.
    m_header->setSortIndicator(-1, Qt::AscendingOrder);
    m_header->setSortIndicatorClearable(true);
    setSortingEnabled(true);
    if (auto *corner = findChild<QAbstractButton *>(QString(), Qt::FindDirectChildrenOnly))
        corner->hide();
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_Hover);
    setSelectionMode(ContiguousSelection);
    setSelectionBehavior(SelectItems);
    setHorizontalScrollMode(ScrollPerPixel);
    setContextMenuPolicy(Qt::CustomContextMenu);
    horizontalHeader()->setSectionsMovable(true);
}

void RecordGrid::setRecordModel(RecordTableModel *model)
{
    m_records = model;
    setModel(model);
    connect(model, &QAbstractItemModel::headerDataChanged, m_rowNumbers, qOverload<>(&QWidget::update));
    connect(model, &QAbstractItemModel::rowsInserted, this, [this] { updateGeometries(); });
}

int RecordGrid::rowTotal() const
{
    return model() ? model()->rowCount() : 0;
}

int RecordGrid::firstVisibleRow() const
{
    return verticalScrollBar()->value();
}

int RecordGrid::visibleRowCount() const
{
    return (viewport()->height() + m_rowHeight - 1) / m_rowHeight;
}

void RecordGrid::scrollToRow(int row)
{
    verticalScrollBar()->setValue(row);
}

int RecordGrid::rowAtY(int y) const
{
    const int steps = y >= 0 ? y / m_rowHeight : -((-y + m_rowHeight - 1) / m_rowHeight);
    return firstVisibleRow() + steps;
}

int RecordGrid::columnAtX(int x) const
{
    return horizontalHeader()->logicalIndexAt(x);
}

int RecordGrid::verticalOffset() const
{
    // Wraps around above seventy million rows; only differences of offsets are ever used.
    return int(quint32(firstVisibleRow()) * quint32(m_rowHeight));
}

bool RecordGrid::isIndexHidden(const QModelIndex &index) const
{
    return isColumnHidden(index.column());
}

QRect RecordGrid::visualRect(const QModelIndex &index) const
{
    if (!index.isValid() || isColumnHidden(index.column()))
        return {};
    // A row far outside keeps its side, not its distance: pixels would overflow.
    constexpr int farAway = 10'000'000;
    const int rows = std::clamp(index.row() - firstVisibleRow(), -farAway, farAway);
    return {columnViewportPosition(index.column()), rows * m_rowHeight, columnWidth(index.column()), m_rowHeight};
}

QModelIndex RecordGrid::indexAt(const QPoint &position) const
{
    const int row = rowAtY(position.y());
    const int column = columnAtX(position.x());
    if (!model() || row < 0 || row >= rowTotal() || column < 0)
        return {};
    return model()->index(row, column);
}

void RecordGrid::scrollTo(const QModelIndex &index, ScrollHint hint)
{
    if (!index.isValid())
        return;
    const int whole = std::max(1, viewport()->height() / m_rowHeight);
    const int first = firstVisibleRow();
    if (hint == PositionAtCenter)
        scrollToRow(index.row() - whole / 2);
    else if (hint == PositionAtTop || index.row() < first)
        scrollToRow(index.row());
    else if (hint == PositionAtBottom || index.row() >= first + whole)
        scrollToRow(index.row() - whole + 1);

    const int left = columnViewportPosition(index.column());
    const int right = left + columnWidth(index.column());
    if (left < 0)
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() + left);
    else if (right > viewport()->width())
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() + std::min(left, right - viewport()->width()));
}

void RecordGrid::doItemsLayout()
{
    // QTableView would position its vertical header here.
    horizontalHeader()->setOffset(horizontalScrollBar()->value());
    updateGeometries();
    viewport()->update();
    m_rowNumbers->update();
    tellVisibleRows();
}

void RecordGrid::updateGeometries()
{
    const int headerHeight = std::max(horizontalHeader()->sizeHint().height(), m_rowHeight);
    // By the whole dataset: a search leaves the row numbers as large as they are.
    const qint64 largest = m_records ? m_records->dataset().rowCount : 0;
    const int strip = m_rowNumbers->widthFor(largest);
    const bool isMirrored = isRightToLeft();
    setViewportMargins(isMirrored ? 0 : strip, headerHeight, isMirrored ? strip : 0, 0);
    const QRect area = viewport()->geometry();
    horizontalHeader()->setGeometry(area.left(), area.top() - headerHeight, area.width(), headerHeight);
    m_rowNumbers->setGeometry(isMirrored ? area.right() + 1 : area.left() - strip, area.top() - headerHeight, strip,
                              area.height() + headerHeight);
    m_rowNumbers->setHeaderHeight(headerHeight);
    m_rowNumbers->raise();

    const int whole = std::max(1, area.height() / m_rowHeight);
    verticalScrollBar()->setPageStep(whole);
    verticalScrollBar()->setSingleStep(1);
    verticalScrollBar()->setRange(0, std::max(0, rowTotal() - whole));
    horizontalScrollBar()->setPageStep(area.width());
    horizontalScrollBar()->setSingleStep(m_theme.px(40));
    horizontalScrollBar()->setRange(0, std::max(0, horizontalHeader()->length() - area.width()));
    // Past QTableView on purpose: it would count pixels where this grid's scroll bar counts rows.
    QAbstractItemView::updateGeometries(); // NOLINT(bugprone-parent-virtual-call)
    tellVisibleRows();
}

void RecordGrid::scrollContentsBy(int dx, int dy)
{
    if (dx != 0)
        horizontalHeader()->setOffset(horizontalScrollBar()->value());
    viewport()->update();
    if (dy != 0) {
        m_rowNumbers->update();
        tellVisibleRows();
        if (firstVisibleRow() + visibleRowCount() >= rowTotal() && model() && model()->canFetchMore({}))
            model()->fetchMore({});
    }
}

void RecordGrid::wheelEvent(QWheelEvent *event)
{
    if (event->angleDelta().y() == 0 || event->modifiers().testFlag(Qt::ShiftModifier)) {
        QTableView::wheelEvent(event);
        return;
    }
    // Three rows a notch; touch pads send small parts of one.
    constexpr int rowsPerNotch = 3;
    m_wheelRest += event->angleDelta().y() * rowsPerNotch;
    const int rows = m_wheelRest / wheelStep;
    m_wheelRest -= rows * wheelStep;
    scrollToRow(firstVisibleRow() - rows);
    event->accept();
}

void RecordGrid::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        m_rowHeight = m_theme.px(gridRowHeight);
        doItemsLayout();
    }
}

void RecordGrid::tellVisibleRows()
{
    if (m_records)
        m_records->setVisibleRows(firstVisibleRow(), firstVisibleRow() + visibleRowCount());
}

void RecordGrid::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), m_theme.color(ColorRole::Surface));
    if (!model() || !selectionModel())
        return;
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    option.font = m_theme.font(TextStyle::Body);
    const QModelIndex current = currentIndex();
    const QModelIndex hovered =
        viewport()->underMouse() ? indexAt(viewport()->mapFromGlobal(QCursor::pos())) : QModelIndex();
    const int firstVisual = horizontalHeader()->visualIndexAt(isRightToLeft() ? viewport()->width() - 1 : 0);
    const int firstRow = std::max(0, rowAtY(event->rect().top()));
    const int lastRow = std::min(rowTotal() - 1, rowAtY(event->rect().bottom()));
    for (int row = firstRow; row <= lastRow; ++row) {
        for (int visual = std::max(0, firstVisual); visual < horizontalHeader()->count(); ++visual) {
            const int column = horizontalHeader()->logicalIndex(visual);
            if (isColumnHidden(column))
                continue;
            const QModelIndex index = model()->index(row, column);
            option.rect = visualRect(index);
            if (isRightToLeft() ? option.rect.right() < 0 : option.rect.left() > viewport()->width())
                break;
            option.state = QStyle::State_Enabled;
            option.state.setFlag(QStyle::State_Active, isActiveWindow());
            option.state.setFlag(QStyle::State_Selected, selectionModel()->isSelected(index));
            option.state.setFlag(QStyle::State_HasFocus, index == current && hasFocus());
            option.state.setFlag(QStyle::State_MouseOver, hovered.isValid() && hovered.row() == row);
            itemDelegate()->paint(&painter, option, index);
        }
    }
}

int RecordGrid::nearestColumn(int visualIndex, int step) const
{
    while (visualIndex >= 0 && visualIndex < horizontalHeader()->count()) {
        const int column = horizontalHeader()->logicalIndex(visualIndex);
        if (!isColumnHidden(column))
            return column;
        visualIndex += step;
    }
    return -1;
}

QModelIndex RecordGrid::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    if (!model() || rowTotal() == 0 || nearestColumn(0, 1) < 0)
        return {};
    const int lastVisual = horizontalHeader()->count() - 1;
    const QModelIndex current = currentIndex();
    if (!current.isValid())
        return model()->index(firstVisibleRow(), nearestColumn(0, 1));

    int row = current.row();
    int column = current.column();
    const int visual = horizontalHeader()->visualIndex(column);
    const bool toEdge = modifiers.testFlag(Qt::ControlModifier);
    const int page = std::max(1, viewport()->height() / m_rowHeight - 1);
    const auto forward = [&] { return nearestColumn(toEdge ? lastVisual : visual + 1, toEdge ? -1 : 1); };
    const auto back = [&] { return nearestColumn(toEdge ? 0 : visual - 1, toEdge ? 1 : -1); };
    switch (action) {
    case MoveUp:
        row = toEdge ? 0 : row - 1;
        break;
    case MoveDown:
        row = toEdge ? rowTotal() - 1 : row + 1;
        break;
    case MovePageUp:
        row -= page;
        break;
    case MovePageDown:
        row += page;
        break;
    case MoveLeft:
        column = isRightToLeft() ? forward() : back();
        break;
    case MoveRight:
        column = isRightToLeft() ? back() : forward();
        break;
    case MoveHome:
        row = toEdge ? 0 : row;
        column = nearestColumn(0, 1);
        break;
    case MoveEnd:
        row = toEdge ? rowTotal() - 1 : row;
        column = nearestColumn(lastVisual, -1);
        break;
    case MoveNext:
    case MovePrevious:
        break;
    }
    return model()->index(std::clamp(row, 0, rowTotal() - 1), column < 0 ? current.column() : column);
}

void RecordGrid::setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command)
{
    if (!model() || !selectionModel() || rowTotal() == 0 || horizontalHeader()->count() == 0)
        return;
    const int lastRow = rowTotal() - 1;
    const int top = std::clamp(rowAtY(std::min(rect.top(), rect.bottom())), 0, lastRow);
    const int bottom = std::clamp(rowAtY(std::max(rect.top(), rect.bottom())), 0, lastRow);
    const auto visualAt = [this](int x) {
        const int found = horizontalHeader()->visualIndexAt(x);
        if (found >= 0)
            return found;
        return (x < 0) == !isRightToLeft() ? 0 : horizontalHeader()->count() - 1;
    };
    const auto [firstVisual, lastVisual] = std::minmax({visualAt(rect.left()), visualAt(rect.right())});
    // Moved columns are not neighbours in the model: one range each.
    QItemSelection selection;
    for (int visual = firstVisual; visual <= lastVisual; ++visual) {
        const int column = horizontalHeader()->logicalIndex(visual);
        if (!isColumnHidden(column))
            selection.append(QItemSelectionRange(model()->index(top, column), model()->index(bottom, column)));
    }
    selectionModel()->select(selection, command);
}

QRegion RecordGrid::visualRegionForSelection(const QItemSelection &selection) const
{
    QRegion region;
    for (const QItemSelectionRange &range : selection) {
        for (int column = range.left(); column <= range.right(); ++column) {
            const QRect top = visualRect(range.model()->index(range.top(), column));
            const QRect bottom = visualRect(range.model()->index(range.bottom(), column));
            region += (top | bottom) & viewport()->rect();
        }
    }
    return region;
}

void RecordGrid::fitColumns()
{
    if (!model())
        return;
    const QFontMetrics metrics(m_theme.font(TextStyle::Body));
    // Twice the delegate's padding, and a little because advances are rounded.
    const int padding = m_theme.px(28);
    const int first = firstVisibleRow();
    const int last = std::min(rowTotal(), first + maxSampledRows);
    for (int column = 0; column < model()->columnCount(); ++column) {
        int width = horizontalHeader()->sectionSizeHint(column);
        for (int row = first; row < last; ++row) {
            const QString text = model()->index(row, column).data().toString();
            width = std::max(width, metrics.horizontalAdvance(text.left(60)) + padding);
        }
        setColumnWidth(column, std::clamp(width, m_theme.px(minColumnWidth), m_theme.px(maxColumnWidth)));
    }
}

} // namespace idstore
