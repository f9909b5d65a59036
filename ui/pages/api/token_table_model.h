// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/services/token_service.h"

#include <QAbstractTableModel>

namespace idstore {

class Clock;

/// The tokens of the REST API as a table. Holds what setTokens() gave; lives on the window's thread.
class TokenTableModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum ColumnIndex { NameColumn, ScopeColumn, HintColumn, LastUsedColumn, CreatedColumn, ActionColumn, columnTotal };

    explicit TokenTableModel(const Clock &clock, QObject *parent = nullptr);

    void setTokens(const QList<ApiToken> &tokens);
    [[nodiscard]] const QList<ApiToken> &tokens() const { return m_tokens; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

private:
    const Clock &m_clock;
    QList<ApiToken> m_tokens;
};

/// "Read" or "Read and write".
[[nodiscard]] QString tokenScopeWord(TokenScope scope);

} // namespace idstore
