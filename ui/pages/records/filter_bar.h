// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/column.h"
#include "models/domain/record_query.h"

#include <QWidget>

namespace idstore {

class FlowLayout;
class Theme;

/// The filters in force, one chip each: a click changes the filter, its cross or Del takes it away. Hidden while there
/// is none.
class FilterBar : public QWidget
{
    Q_OBJECT

public:
    FilterBar(const Theme &theme, QWidget *parent);

    void setFilters(const QList<ColumnFilter> &filters, const Columns &columns);

Q_SIGNALS:
    void editWanted(int index);
    void removeWanted(int index);

private:
    const Theme &m_theme;
    FlowLayout *m_flow;
    QWidget *m_chips;
};

} // namespace idstore
