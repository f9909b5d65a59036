// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/sources/column_list.h"

#include "ui/itemmodels/column_list_model.h"
#include "ui/theme/theme.h"

#include <QHeaderView>
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
        const QRect rect = option.rect.adjusted(m_theme.px(name ? edge : 4), 0, -m_theme.px(name ? 8 : edge), 0);
        painter->setFont(font);
        painter->setPen(m_theme.color(name ? ColorRole::Text : ColorRole::Muted));
        const auto alignment = Qt::Alignment(index.data(Qt::TextAlignmentRole).toInt());
        painter->drawText(rect, static_cast<int>(alignment),
                          QFontMetrics(font).elidedText(index.data().toString(), Qt::ElideRight, rect.width()));
        painter->restore();
    }

private:
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
    setProperty("plane", QStringLiteral("sunken"));
}

void ColumnList::setColumns(const Columns &columns, qint64 rowCount)
{
    m_model->setColumns(columns, rowCount);
    updateGeometry();
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
    const int type = m_theme.px(120);
    const int filled = m_theme.px(76);
    setColumnWidth(ColumnListModel::NameColumn, qMax(m_theme.px(80), viewport()->width() - type - filled));
    setColumnWidth(ColumnListModel::TypeColumn, type);
    setColumnWidth(ColumnListModel::FilledColumn, filled);
}

} // namespace idstore
