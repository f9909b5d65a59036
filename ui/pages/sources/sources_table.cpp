// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/sources/sources_table.h"

#include "ui/itemmodels/sources_model.h"
#include "ui/pages/sources/sources_delegate.h"
#include "ui/widgets/table_header.h"

#include <QGuiApplication>
#include <QKeyEvent>
#include <QMouseEvent>

namespace idstore {

SourcesTable::SourcesTable(const Theme &theme, QWidget *parent)
    : QTableView(parent)
    , m_theme(theme)
    , m_delegate(new SourcesDelegate(theme, this))
{
    setAccessibleName(tr("Sources"));
    setItemDelegate(m_delegate);
    setHorizontalHeader(new TableHeader(theme, this));
    horizontalHeader()->setAccessibleName(tr("Columns of the sources"));
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(m_delegate->rowHeight());
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setShowGrid(false);
    setSortingEnabled(true);
    setTabKeyNavigation(false);
    setEditTriggers(NoEditTriggers);
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    setContextMenuPolicy(Qt::CustomContextMenu);
}

QByteArray SourcesTable::saveColumns() const
{
    return QByteArray(1, m_ownWidths ? '1' : '0') + horizontalHeader()->saveState();
}

void SourcesTable::restoreColumns(const QByteArray &state)
{
    QHeaderView *header = horizontalHeader();
    header->setMinimumSectionSize(m_theme.px(64));
    header->setSortIndicator(SourcesModel::StatusColumn, Qt::AscendingOrder); // what needs a person comes first
    m_ownWidths = state.startsWith('1') && header->restoreState(state.mid(1));
    if (!m_ownWidths && state.size() > 1)
        header->restoreState(state.mid(1));
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setSectionResizeMode(SourcesModel::NameColumn, QHeaderView::Stretch);
    header->setSortIndicatorShown(true);
    connect(header, &QHeaderView::sectionResized, this, [this](int column) {
        // Only a drag of the pointer is a wish; the rest is this table's own doing.
        if (!m_fitting && column != SourcesModel::NameColumn && QGuiApplication::mouseButtons() & Qt::LeftButton &&
            horizontalHeader()->underMouse())
            m_ownWidths = true;
    });
    sortByColumn(header->sortIndicatorSection(), header->sortIndicatorOrder());
    fitColumns();
}

void SourcesTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    fitColumns();
}

void SourcesTable::fitColumns()
{
    if (m_ownWidths)
        return;
    struct Widths
    {
        int status;
        int rows;
        int lastRun;
    };
    const int space = viewport()->width();
    const Widths widths = space >= m_theme.px(760)   ? Widths{210, 110, 216}
                          : space >= m_theme.px(620) ? Widths{204, 100, 116}
                                                     : Widths{150, 92, 112};
    m_fitting = true;
    QHeaderView *header = horizontalHeader();
    header->resizeSection(SourcesModel::StatusColumn, m_theme.px(widths.status));
    header->resizeSection(SourcesModel::RowsColumn, m_theme.px(widths.rows));
    header->resizeSection(SourcesModel::LastRunColumn, m_theme.px(widths.lastRun));
    m_fitting = false;
}

void SourcesTable::keyboardSearch(const QString &search)
{
    const QModelIndex current = currentIndex();
    if (current.isValid() && current.column() != SourcesModel::NameColumn)
        setCurrentIndex(current.siblingAtColumn(SourcesModel::NameColumn));
    QTableView::keyboardSearch(search);
}

SourceId SourcesTable::currentSource() const
{
    const QModelIndex current = currentIndex();
    return current.isValid() ? current.data(SourcesModel::IdRole).value<SourceId>() : SourceId();
}

QModelIndex SourcesTable::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    const int rows = model() ? model()->rowCount() : 0;
    if (rows == 0)
        return {};
    if (action == MoveHome || action == MoveEnd)
        return model()->index(action == MoveHome ? 0 : rows - 1, SourcesModel::NameColumn);
    if (action == MoveLeft || action == MoveRight)
        return currentIndex();
    return QTableView::moveCursor(action, modifiers);
}

void SourcesTable::mouseMoveEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    setHoveredRow(index.row());
    viewport()->setCursor(isOnFix(index, event->position().toPoint()) ? Qt::PointingHandCursor : Qt::ArrowCursor);
    QTableView::mouseMoveEvent(event);
}

void SourcesTable::mousePressEvent(QMouseEvent *event)
{
    showFocus(false);
    QTableView::mousePressEvent(event);
}

void SourcesTable::mouseReleaseEvent(QMouseEvent *event)
{
    QTableView::mouseReleaseEvent(event);
    const QModelIndex index = indexAt(event->position().toPoint());
    if (event->button() != Qt::LeftButton || !index.isValid())
        return;
    if (isOnFix(index, event->position().toPoint()))
        Q_EMIT fixClicked(index);
    else
        Q_EMIT rowClicked(index);
}

void SourcesTable::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && index.isValid())
        Q_EMIT opened(index);
}

void SourcesTable::leaveEvent(QEvent *event)
{
    setHoveredRow(-1);
    QTableView::leaveEvent(event);
}

void SourcesTable::keyPressEvent(QKeyEvent *event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()) {
        Q_EMIT opened(currentIndex());
        event->accept();
        return;
    }
    showFocus(true);
    QTableView::keyPressEvent(event);
}

void SourcesTable::focusInEvent(QFocusEvent *event)
{
    QTableView::focusInEvent(event);
    const Qt::FocusReason reason = event->reason();
    if (!currentIndex().isValid() && model() && model()->rowCount() > 0 && reason != Qt::MouseFocusReason)
        setCurrentIndex(model()->index(0, SourcesModel::NameColumn));
    showFocus(reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason || reason == Qt::ShortcutFocusReason);
}

void SourcesTable::focusOutEvent(QFocusEvent *event)
{
    QTableView::focusOutEvent(event);
    showFocus(false);
}

void SourcesTable::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    showFocus(m_byKeyboard);
}

void SourcesTable::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        verticalHeader()->setDefaultSectionSize(m_delegate->rowHeight());
}

void SourcesTable::setHoveredRow(int row)
{
    if (row == m_hoveredRow)
        return;
    m_hoveredRow = row;
    m_delegate->setHoveredRow(row);
    viewport()->update();
}

void SourcesTable::showFocus(bool byKeyboard)
{
    m_byKeyboard = byKeyboard;
    m_delegate->setFocusedRow(byKeyboard ? currentIndex().row() : -1);
    viewport()->update();
}

bool SourcesTable::isOnFix(const QModelIndex &index, QPoint position) const
{
    if (index.column() != SourcesModel::StatusColumn)
        return false;
    const auto *row = index.data(SourcesModel::RowRole).value<const SourceRow *>();
    const QRect cell = visualRect(index);
    return QStyle::visualRect(layoutDirection(), cell, m_delegate->fixLink(*row, cell)).contains(position);
}

} // namespace idstore
