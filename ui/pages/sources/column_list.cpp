// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/sources/column_list.h"

#include "ui/itemmodels/column_list_model.h"
#include "ui/pages/preview/column_type_menu.h"
#include "ui/text/column_text.h"
#include "ui/theme/theme.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QStyledItemDelegate>

namespace idstore {

namespace {

constexpr int rowPixels = 30;
constexpr int edge = 16;

class ColumnDelegate : public QStyledItemDelegate
{
public:
    ColumnDelegate(const Theme &theme, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
    {}

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        painter->save();
        const bool name = index.column() == ColumnListModel::NameColumn;
        if (option.state & QStyle::State_Selected && option.state & QStyle::State_HasFocus)
            painter->fillRect(option.rect, m_theme.color(ColorRole::Selected));
        painter->fillRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1,
                          m_theme.color(ColorRole::Border));
        const QFont font = m_theme.font(name ? TextStyle::Strong : TextStyle::Body);
        QRect rect = option.rect.adjusted(m_theme.px(name ? edge : 4), 0, -m_theme.px(name ? 8 : edge), 0);
        const QColor color = m_theme.color(name ? ColorRole::Text : ColorRole::Muted);
        if (index.column() == ColumnListModel::TypeColumn) {
            if (option.state & QStyle::State_MouseOver)
                painter->fillRect(option.rect.adjusted(0, 2, 0, -3), m_theme.color(ColorRole::Hover));
            rect.setRight(option.rect.right() - m_theme.px(4));
            paintIcon(painter, takeEnd(rect, option.direction), QStringLiteral("chevron-down"), ColorRole::Muted);
            paintIcon(painter, takeStart(rect, option.direction), index.data(ColumnListModel::IconRole).toString(),
                      ColorRole::Muted);
        }
        const QString text = QFontMetrics(font).elidedText(index.data().toString(), Qt::ElideRight,
                                                           rect.width() - (name ? m_theme.px(mark + gap) : 0));
        painter->setFont(font);
        painter->setPen(color);
        const auto alignment =
            QStyle::visualAlignment(option.direction, Qt::Alignment(index.data(Qt::TextAlignmentRole).toInt()));
        painter->drawText(rect, static_cast<int>(alignment), text);
        if (name && index.data(ColumnListModel::NotedRole).toBool()) {
            QRect behind = rect;
            const int width = QFontMetrics(font).horizontalAdvance(text) + m_theme.px(gap);
            if (option.direction == Qt::RightToLeft)
                behind.setRight(rect.right() - width);
            else
                behind.setLeft(rect.left() + width);
            paintIcon(painter, takeStart(behind, option.direction), QStringLiteral("status-warning"),
                      ColorRole::Warning);
        }
        painter->restore();
    }

private:
    static constexpr int mark = 14;
    static constexpr int gap = 6;

    // A square at the start or the end of `rect` in reading direction; `rect` is what remains.
    QRect takeStart(QRect &rect, Qt::LayoutDirection direction) const
    {
        const QRect square = QStyle::alignedRect(direction, Qt::AlignLeft | Qt::AlignVCenter,
                                                 QSize(m_theme.px(mark), m_theme.px(mark)), rect);
        if (direction == Qt::RightToLeft)
            rect.setRight(square.left() - m_theme.px(gap));
        else
            rect.setLeft(square.right() + m_theme.px(gap));
        return square;
    }
    QRect takeEnd(QRect &rect, Qt::LayoutDirection direction) const
    {
        return takeStart(rect, direction == Qt::RightToLeft ? Qt::LeftToRight : Qt::RightToLeft);
    }
    void paintIcon(QPainter *painter, const QRect &rect, const QString &icon, ColorRole role) const
    {
        m_theme.paintIcon(*painter, rect, icon, role);
    }

    const Theme &m_theme;
};

} // namespace

ColumnList::ColumnList(const Theme &theme, QWidget *parent)
    : QTableView(parent)
    , m_theme(theme)
    , m_model(new ColumnListModel(this))
{
    setAccessibleName(tr("Columns"));
    setModel(m_model);
    setItemDelegate(new ColumnDelegate(theme, this));
    horizontalHeader()->hide();
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(theme.px(rowPixels));
    setShowGrid(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setTabKeyNavigation(false);
    setEditTriggers(NoEditTriggers);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    viewport()->setAutoFillBackground(false);
    setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_Hover);
    connect(this, &QAbstractItemView::clicked, this, [this](const QModelIndex &index) {
        if (index.column() == ColumnListModel::TypeColumn)
            openTypeMenu(index.row());
    });
    setProperty("plane", QStringLiteral("sunken"));
}

void ColumnList::setColumns(const Columns &columns, qint64 rowCount)
{
    m_model->setColumns(columns, rowCount);
    updateGeometry();
}

void ColumnList::openTypeMenu(int row)
{
    QMenu *menu = makeColumnTypeMenu(m_theme, m_model->column(row), this,
                                     [this](const ColumnChange &change) { Q_EMIT changeWanted(change); });
    const QRect cell = visualRect(m_model->index(row, ColumnListModel::TypeColumn));
    menu->popup(viewport()->mapToGlobal(cell.bottomLeft()));
}

void ColumnList::keyPressEvent(QKeyEvent *event)
{
    const bool opens = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter ||
                       event->key() == Qt::Key_Space ||
                       (event->key() == Qt::Key_Down && event->modifiers() == Qt::AltModifier);
    if (opens && currentIndex().isValid())
        openTypeMenu(currentIndex().row());
    else
        QTableView::keyPressEvent(event);
}

QSize ColumnList::sizeHint() const
{
    return {m_theme.px(300), m_model->rowCount() * verticalHeader()->defaultSectionSize()};
}

QSize ColumnList::minimumSizeHint() const
{
    return {m_theme.px(200), sizeHint().height()};
}

void ColumnList::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    const int type = m_theme.px(176);
    const int filled = m_theme.px(76);
    setColumnWidth(ColumnListModel::NameColumn, qMax(m_theme.px(80), viewport()->width() - type - filled));
    setColumnWidth(ColumnListModel::TypeColumn, type);
    setColumnWidth(ColumnListModel::FilledColumn, filled);
}

} // namespace idstore
