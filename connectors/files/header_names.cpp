// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/header_names.h"

#include "connectors/files/cell_kind.h"
#include "connectors/files/table_start.h"
#include "connectors/files/utf8.h"

#include <QSet>

#include <algorithm>
#include <limits>
#include <string_view>

namespace idstore {

namespace {

QString generatedName(qsizetype index)
{
    return QStringLiteral("column_%1").arg(index + 1);
}

/// The first of name, name_2, name_3, ... that is not taken; takes it. `from` remembers where to go on.
QString freeName(const QString &name, QSet<QString> &taken, QHash<QString, int> &from)
{
    QString candidate = name;
    int &number = from[name.toCaseFolded()];
    while (taken.contains(candidate.toCaseFolded())) {
        number = number < 2 ? 2 : number + 1;
        candidate = name + u'_' + QString::number(number);
    }
    taken.insert(candidate.toCaseFolded());
    return candidate;
}

} // namespace

Columns generatedColumns(int count)
{
    Columns columns;
    for (int i = 0; i < count; ++i)
        columns.append({.name = generatedName(i), .type = ColumnType::Text, .generated = true, .filled = 0});
    return columns;
}

Columns columnsFromHeader(const std::vector<std::string> &cells)
{
    QStringList names;
    QSet<QString> taken;
    for (const std::string &cell : cells) {
        QString name = utf8::display(cell, std::numeric_limits<qsizetype>::max(), utf8::Undecodable::Wrapped)
                           .remove(QChar(0))
                           .trimmed();
        if (!name.isEmpty())
            taken.insert(name.toCaseFolded());
        names.append(name);
    }
    // Every name that is written out is taken before any is made up; the first to bear it keeps it.
    Columns columns;
    QSet<QString> given;
    QHash<QString, int> from;
    for (qsizetype i = 0; i < names.size(); ++i) {
        Column column;
        column.generated = names[i].isEmpty();
        const QString wanted = column.generated ? generatedName(i) : names[i];
        if (!column.generated && !given.contains(wanted.toCaseFolded())) {
            given.insert(wanted.toCaseFolded());
            column.name = wanted;
        } else {
            column.name = freeName(wanted, taken, from);
        }
        columns.append(column);
    }
    return columns;
}

void addHeaderRow(std::vector<std::string> &names, const std::vector<std::string> &row)
{
    const auto isBlank = [](std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string::npos; };
    names.resize(std::max(names.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (!names[i].empty() && !isBlank(row[i]))
            names[i] += ' ';
        if (names[i].empty() || !isBlank(row[i]))
            names[i] += row[i];
    }
}

bool firstRowIsHeader(const std::vector<std::vector<std::string>> &rows)
{
    if (rows.empty())
        return false;
    int forHeader = 0;
    int forData = 0;
    for (std::size_t column = 0; column < rows[0].size(); ++column) {
        const CellKind first = cellKind(rows[0][column]);
        const CellKind below = rows.size() > 1 ? usualKind(rows, 1, column) : first;
        if (first == CellKind::Empty)
            continue;
        if (isDataKind(first) && (first == below || first == CellKind::Email))
            ++forData;
        else if (!isDataKind(first) && isDataKind(below))
            ++forHeader;
    }
    return forData <= forHeader;
}

} // namespace idstore
