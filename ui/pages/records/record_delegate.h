// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace idstore {

class Theme;

/// Paints one value: text as received, "no value" as a tag, "empty" muted, what was searched for marked.
class RecordDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit RecordDelegate(const Theme &theme, QObject *parent = nullptr);

    void setSearchText(const QString &text) { m_searchText = text; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintText(QPainter *painter, const QRect &rect, const QString &text, Qt::Alignment alignment) const;

    const Theme &m_theme;
    QString m_searchText;
};

} // namespace idstore
