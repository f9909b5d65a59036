// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/text_table.h"

namespace idstore::commands {

namespace {

QString printable(QString cell)
{
    // A terminal must not act on what stands in somebody's file.
    for (QChar &c : cell) {
        if (c.category() == QChar::Other_Control)
            c = u' ';
    }
    return cell;
}

} // namespace

QString textTable(const QStringList &header, const QList<QStringList> &rows)
{
    QList<QStringList> lines{header};
    for (const QStringList &row : rows) {
        QStringList cells;
        for (const QString &cell : row)
            cells.append(printable(cell));
        lines.append(cells);
    }
    QList<qsizetype> widths(header.size(), 0);
    for (const QStringList &line : lines) {
        for (qsizetype i = 0; i < line.size() && i < widths.size(); ++i)
            widths[i] = std::max(widths.at(i), line.at(i).size());
    }
    QString text;
    for (const QStringList &line : lines) {
        QString out;
        for (qsizetype i = 0; i < line.size(); ++i)
            out += i + 1 < line.size() ? line.at(i).leftJustified(widths.at(i) + 2) : line.at(i);
        text += out + u'\n';
    }
    return text;
}

} // namespace idstore::commands
