// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/api/token_table_model.h"

#include "models/base/clock.h"
#include "ui/text/format.h"

#include <QCoreApplication>

namespace idstore {

TokenTableModel::TokenTableModel(const Clock &clock, QObject *parent)
    : QAbstractTableModel(parent)
    , m_clock(clock)
{}

void TokenTableModel::setTokens(const QList<ApiToken> &tokens)
{
    beginResetModel();
    m_tokens = tokens;
    endResetModel();
}

int TokenTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_tokens.size());
}

int TokenTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columnTotal;
}

QVariant TokenTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ApiToken &token = m_tokens.at(index.row());
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole) {
        switch (index.column()) {
        case LastUsedColumn:
            return formatExactMoment(token.lastUsedAt);
        case CreatedColumn:
            return formatExactMoment(token.createdAt);
        default:
            return {};
        }
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case NameColumn:
        return token.name;
    case ScopeColumn:
        return tokenScopeWord(token.scope);
    case HintColumn:
        return token.hint;
    case LastUsedColumn:
        return formatMoment(token.lastUsedAt, m_clock.now());
    case CreatedColumn:
        return formatMoment(token.createdAt, m_clock.now());
    default:
        return {};
    }
}

QVariant TokenTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Name");
    case ScopeColumn:
        return tr("May");
    case HintColumn:
        return tr("Ends in");
    case LastUsedColumn:
        return tr("Last used");
    case CreatedColumn:
        return tr("Created");
    default:
        return {};
    }
}

QString tokenScopeWord(TokenScope scope)
{
    return scope == TokenScope::Read ? QCoreApplication::translate("TokenScope", "Read")
                                     : QCoreApplication::translate("TokenScope", "Read and write");
}

} // namespace idstore
