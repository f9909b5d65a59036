// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/json/column_changes.h"

#include "server/json/json_body.h"

namespace idstore {

namespace {

QStringList typeWords()
{
    using enum ColumnType;
    QStringList words;
    for (const ColumnType type : {Text, Integer, Number, Boolean, Date, Timestamp})
        words.append(toString(type));
    return words;
}

QStringList orderWords()
{
    using enum DateOrder;
    return {toString(Unknown), toString(DayFirst), toString(MonthFirst)};
}

} // namespace

QList<ColumnChange> readColumnChanges(const QList<QJsonObject> &objects, QList<FieldError> &problems)
{
    QList<ColumnChange> changes;
    for (qsizetype i = 0; i < objects.size(); ++i) {
        const QJsonObject &object = objects[i];
        JsonFields fields(object);
        fields.require("name");
        ColumnChange change;
        change.name = fields.text("name");
        const QString type = fields.word("type", typeWords());
        change.dateOrder = dateOrderFromString(fields.word("date_order", orderWords()));
        if (const auto chosen = columnTypeFromString(type)) {
            change.choice = ColumnChange::Choice::Chosen;
            change.type = *chosen;
        } else if (object.contains(QStringLiteral("type"))) {
            change.choice = ColumnChange::Choice::Inferred;
        }
        const QList<FieldError> found = fields.problems();
        for (const FieldError &problem : found)
            problems.append({QStringLiteral("columns[%1].%2").arg(QString::number(i), problem.field), problem.message});
        changes.append(change);
    }
    return changes;
}

} // namespace idstore
