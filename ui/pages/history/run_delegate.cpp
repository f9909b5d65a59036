// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/history/run_delegate.h"

#include "models/ingest/connector.h"
#include "ui/itemmodels/run_table_model.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/status_pill.h"

#include <QLocale>
#include <QPainter>
#include <QTableView>

namespace idstore {

namespace {

constexpr int tileSide = 24;

Pill pillAt(const QModelIndex &index)
{
    const QDateTime waitingUntil = index.data(RunTableModel::WaitingUntilRole).toDateTime();
    if (waitingUntil.isValid()) {
        return {PillKind::Waiting,
                RunDelegate::tr("Waiting until %1", "a time of day")
                    .arg(QLocale().toString(waitingUntil.toLocalTime().time(), QLocale::ShortFormat))};
    }
    return pillOf(RunStatus(index.data(RunTableModel::StatusRole).toInt()));
}

bool isRunning(const QModelIndex &index)
{
    return index.data(RunTableModel::StatusRole).toInt() == int(RunStatus::Running);
}

} // namespace

RunDelegate::RunDelegate(const Theme &theme, const ConnectorCatalog &connectors, QObject *parent)
    : TableDelegate(theme, parent)
    , m_connectors(connectors)
{
    setColumnStyle(RunTableModel::StartedByColumn, TextStyle::Body, ColorRole::Muted);
    setColumnStyle(RunTableModel::SourceColumn, TextStyle::Strong, ColorRole::Text);
}

QSize RunDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QSize size = TableDelegate::sizeHint(option, index);
    if (index.column() == RunTableModel::ResultColumn)
        size.setWidth(pillSize(theme(), pillAt(index)).width() + theme().px(2 * padding));
    else if (index.column() == RunTableModel::SourceColumn)
        size.rwidth() += theme().px(tileSide + firstPadding);
    return size;
}

void RunDelegate::paintContent(QPainter *painter, const QRect &inner, const QStyleOptionViewItem &option,
                               const QModelIndex &index) const
{
    switch (index.column()) {
    case RunTableModel::SourceColumn:
        paintSource(painter, inner, option, index);
        return;
    case RunTableModel::ResultColumn: {
        const Pill pill = pillAt(index);
        const QRect place =
            QStyle::alignedRect(option.direction, Qt::AlignLeft | Qt::AlignVCenter, pillSize(theme(), pill), inner);
        painter->setClipRect(option.rect);
        paintPill(*painter, place.topLeft(), theme(), pill);
        return;
    }
    case RunTableModel::TookColumn: {
        const QVariant fraction = index.data(RunTableModel::FractionRole);
        if (fraction.isValid()) {
            paintProgressBar(*painter, inner, theme(), fraction.toDouble(),
                             index.data(RunTableModel::WaitingUntilRole).isValid());
            return;
        }
        break;
    }
    case RunTableModel::ReadColumn:
    case RunTableModel::NewColumn:
    case RunTableModel::ChangedColumn:
    case RunTableModel::RemovedColumn:
    case RunTableModel::RejectedColumn:
        if (isRunning(index) && index.data(RunTableModel::ProgressTextRole).isValid()) {
            paintProgressText(painter, inner, option, index);
            return;
        }
        if (index.column() == RunTableModel::RejectedColumn && index.data().toString() != QLocale().toString(0) &&
            index.data(RunTableModel::StatusRole).toInt() == int(RunStatus::Completed)) {
            paintText(painter, inner, option, index, ColorRole::Danger);
            return;
        }
        break;
    default:
        break;
    }
    TableDelegate::paintContent(painter, inner, option, index);
}

void RunDelegate::paintSource(QPainter *painter, const QRect &inner, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const
{
    const QString type = index.data(RunTableModel::SourceTypeRole).toString();
    const Connector *connector = m_connectors.find(type);
    const int side = theme().px(tileSide);
    const QRect tile =
        QStyle::alignedRect(option.direction, Qt::AlignLeft | Qt::AlignVCenter, QSize(side, side), inner);
    paintTile(*painter, tile, theme(), type, connector ? connector->descriptor().category : ConnectorCategory::File);
    const int gap = side + theme().px(12);
    const bool isMirrored = option.direction == Qt::RightToLeft;
    paintText(painter, inner.adjusted(isMirrored ? 0 : gap, 0, isMirrored ? -gap : 0, 0), option, index,
              ColorRole::Text);
}

void RunDelegate::paintProgressText(QPainter *painter, const QRect &inner, const QStyleOptionViewItem &option,
                                    const QModelIndex &index) const
{
    const auto *table = qobject_cast<const QTableView *>(option.widget);
    if (!table)
        return;
    // Each cell paints its part of one text that runs over all of them.
    QRect whole = inner;
    for (int column = RunTableModel::ReadColumn; column <= RunTableModel::RejectedColumn; ++column) {
        if (table->isColumnHidden(column))
            continue;
        const QRect cell(table->columnViewportPosition(column), inner.top(), table->columnWidth(column),
                         inner.height());
        whole |= cell.adjusted(theme().px(padding), 0, -theme().px(padding), 0);
    }
    painter->setClipRect(option.rect);
    painter->setFont(theme().font(TextStyle::Small));
    painter->setPen(theme().color(ColorRole::Muted));
    const QString text = painter->fontMetrics().elidedText(index.data(RunTableModel::ProgressTextRole).toString(),
                                                           Qt::ElideRight, whole.width());
    painter->drawText(whole, int(QStyle::visualAlignment(option.direction, Qt::AlignLeft) | Qt::AlignVCenter), text);
}

} // namespace idstore
