// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/ingestion_run.h"

#include <QSortFilterProxyModel>

#include <optional>

namespace idstore {

/// The runs of a RunTableModel of one status, or of sources whose name contains a text. Only the runs loaded are
/// looked at; fetchMore() goes on to the older ones.
class RunFilter final : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit RunFilter(QObject *parent = nullptr);

    /// Nothing: every status.
    void setStatus(std::optional<RunStatus> status);
    void setNameText(const QString &text);

protected:
    [[nodiscard]] bool filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const override;

private:
    std::optional<RunStatus> m_status;
    QString m_nameText;
};

} // namespace idstore
