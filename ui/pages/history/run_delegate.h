// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/tables/table_delegate.h"

namespace idstore {

class ConnectorCatalog;

/// Paints the rows of a RunTableModel: tile and name of the source, the result as a pill, and the progress of a running
/// row across the columns whose numbers are not known yet.
class RunDelegate final : public TableDelegate
{
    Q_OBJECT

public:
    /// `connectors` must outlive the delegate.
    RunDelegate(const Theme &theme, const ConnectorCatalog &connectors, QObject *parent = nullptr);

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    void paintContent(QPainter *painter, const QRect &inner, const QStyleOptionViewItem &option,
                      const QModelIndex &index) const override;

private:
    void paintSource(QPainter *painter, const QRect &inner, const QStyleOptionViewItem &option,
                     const QModelIndex &index) const;
    void paintProgressText(QPainter *painter, const QRect &inner, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const;

    const ConnectorCatalog &m_connectors;
};

} // namespace idstore
