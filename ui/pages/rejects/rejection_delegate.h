// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/tables/table_delegate.h"

namespace idstore {

/// Paints rejected rows: the state of a row's correction in its colour, texts in the fixed font.
class RejectionDelegate final : public TableDelegate
{
    Q_OBJECT

public:
    explicit RejectionDelegate(const Theme &theme, QObject *parent = nullptr);

protected:
    void paintContent(QPainter *painter, const QRect &inner, const QStyleOptionViewItem &option,
                      const QModelIndex &index) const override;
};

} // namespace idstore
