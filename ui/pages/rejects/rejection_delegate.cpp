// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/rejects/rejection_delegate.h"

#include "ui/itemmodels/rejection_table_model.h"

#include <QPainter>

namespace idstore {

RejectionDelegate::RejectionDelegate(const Theme &theme, QObject *parent)
    : TableDelegate(theme, parent)
{
    setColumnStyle(RejectionTableModel::RawColumn, TextStyle::Mono, ColorRole::Text);
    setColumnStyle(RejectionTableModel::ColumnColumn, TextStyle::Body, ColorRole::Muted);
    setColumnStyle(RejectionTableModel::CorrectionColumn, TextStyle::SmallStrong, ColorRole::Success);
}

void RejectionDelegate::paintContent(QPainter *painter, const QRect &inner, const QStyleOptionViewItem &option,
                                     const QModelIndex &index) const
{
    const bool isDraft = index.column() == RejectionTableModel::CorrectionColumn &&
                         index.data(RejectionTableModel::CorrectionRole).toInt() == RejectionTableModel::DoesNotFit;
    if (isDraft)
        paintText(painter, inner, option, index, ColorRole::Warning);
    else
        TableDelegate::paintContent(painter, inner, option, index);
}

} // namespace idstore
