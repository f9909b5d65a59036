// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ingest/connector.h"

#include <QSortFilterProxyModel>
#include <QString>

#include <optional>

namespace idstore {

struct SourceRow;

/// The groups of the status chips.
enum class StatusFilter { All, NeedYou, Running, Waiting, Pending, Ready };

[[nodiscard]] StatusFilter statusFilterOf(const SourceRow &row);

/// Sources narrowed by status, category and text (in name, type or detail), sorted by column; equal ones by name.
class SourcesFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit SourcesFilter(QObject *parent = nullptr);

    void setStatus(StatusFilter status);
    void setCategory(std::optional<ConnectorCategory> category);
    void setText(const QString &text);
    [[nodiscard]] const QString &text() const { return m_text; }
    /// True when anything but All is chosen.
    [[nodiscard]] bool isNarrowed() const;

protected:
    [[nodiscard]] bool filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const override;
    [[nodiscard]] bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    StatusFilter m_status = StatusFilter::All;
    std::optional<ConnectorCategory> m_category;
    QString m_text;
};

} // namespace idstore
