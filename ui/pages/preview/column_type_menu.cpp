// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/preview/column_type_menu.h"

#include "models/domain/column_choices.h"
#include "ui/text/column_text.h"
#include "ui/text/format.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QMenu>

namespace idstore {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ColumnTypeMenu)
};

constexpr ColumnType types[] = {ColumnType::Text,    ColumnType::Integer, ColumnType::Number,
                                ColumnType::Boolean, ColumnType::Date,    ColumnType::Timestamp};

} // namespace

QMenu *makeColumnTypeMenu(const Theme &theme, const Column &column, QWidget *parent,
                          std::function<void(const ColumnChange &)> choose)
{
    auto *menu = new QMenu(parent);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setAccessibleName(Words::tr("Type of %1").arg(column.name));
    const auto add = [&](const QString &text, bool isChecked, const ColumnChange &change) {
        QAction *action = menu->addAction(text, menu, [choose, change] { choose(change); });
        action->setCheckable(true);
        action->setChecked(isChecked);
        return action;
    };
    using Choice = ColumnChange::Choice;
    add(Words::tr("Found out: %1").arg(columnFoundName(column)), !column.chosen,
        {.name = column.name, .choice = Choice::Inferred});
    menu->addSeparator();
    for (const ColumnType type : types) {
        QAction *action = add(columnTypeName(type), column.chosen && column.type == type,
                              {.name = column.name, .choice = Choice::Chosen, .type = type});
        if (!action->isChecked())
            action->setIcon(theme.icon(columnTypeIcon(type), ColorRole::Muted));
    }
    // Which comes first is of interest where days and months stand in digits.
    const DateReadings readings = dateReadings(column);
    if (!isTemporal(column.type) && !isTemporal(column.inferred) && readings.example.isEmpty())
        return menu;
    menu->addSeparator();
    ColumnChange order{.name = column.name, .choice = Choice::Chosen, .type = column.type};
    if (!isTemporal(column.type))
        order.type = isTemporal(column.inferred) ? column.inferred
                     : readings.hasTime          ? ColumnType::Timestamp
                                                 : ColumnType::Date;
    const auto addOrder = [&](const QString &text, const QString &reading, DateOrder wanted) {
        order.dateOrder = wanted;
        const QString whole =
            reading.isEmpty()
                ? text
                : Words::tr("%1 (%2 is %3)", "Day first (03/04/2026 is 3 April)").arg(text, readings.example, reading);
        add(whole, isTemporal(column.type) && column.dateOrder == wanted, order);
    };
    addOrder(Words::tr("Day first"), readings.dayFirst, DateOrder::DayFirst);
    addOrder(Words::tr("Month first"), readings.monthFirst, DateOrder::MonthFirst);
    return menu;
}

ColumnChange changeBackTo(const Column &before)
{
    ColumnChange change{.name = before.name, .choice = ColumnChange::Choice::Inferred};
    if (before.chosen) {
        change.choice = ColumnChange::Choice::Chosen;
        change.type = before.type;
        if (isTemporal(before.type))
            change.dateOrder = before.dateOrder;
    }
    return change;
}

} // namespace idstore
