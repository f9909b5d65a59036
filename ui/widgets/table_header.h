// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHeaderView>

namespace idstore {

class Theme;

/// The header of every table: sunken ground, small muted words, the sort chevron beside its word. Alignment comes
/// from the model's Qt::TextAlignmentRole.
class TableHeader : public QHeaderView
{
    Q_OBJECT

public:
    /// `firstPadding`: before the first column's word; it stands above the column's text.
    TableHeader(const Theme &theme, QWidget *parent, int firstPadding = 20);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintSection(QPainter *painter, const QRect &rect, int logicalIndex) const override;

private:
    const Theme &m_theme;
    int m_firstPadding;
};

} // namespace idstore
