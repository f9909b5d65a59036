// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/itemmodels/record_cell.h"

#include "ui/text/column_text.h"

#include <QCoreApplication>

namespace idstore {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(RecordCells)
};

constexpr qsizetype displayLength = 400;
constexpr qsizetype toolTipLength = 2000;

/// One line of bounded length: what fits into a cell.
QString shownText(const QString &value)
{
    QString text = value.left(displayLength);
    text.replace(QLatin1StringView("\r\n"), QLatin1StringView("\u21B5"));
    for (QChar &character : text) {
        if (character == u'\n' || character == u'\r')
            character = QChar(0x21B5);
        else if (character == u'\t')
            character = u' ';
    }
    if (value.size() > displayLength)
        text.append(QChar(0x2026));
    return text;
}

/// Tool tips guess at rich text; a value must never be taken for markup.
QString toolTipText(const QString &value)
{
    QString text = value.left(toolTipLength).toHtmlEscaped();
    if (value.size() > toolTipLength)
        text.append(QChar(0x2026));
    return QStringLiteral("<p style=\"white-space:pre-wrap\">%1</p>").arg(text);
}

int alignmentOf(ColumnType type)
{
    const bool figures = type == ColumnType::Integer || type == ColumnType::Number;
    return int((figures ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

} // namespace

QVariant RecordCells::cellData(const std::optional<QString> *cell, ColumnType type, int role)
{
    CellKind kind = CellKind::Loading;
    if (cell)
        kind = !*cell ? CellKind::Null : (*cell)->isEmpty() ? CellKind::Empty : CellKind::Value;

    switch (role) {
    case CellKindRole:
        return QVariant::fromValue(kind);
    case Qt::TextAlignmentRole:
        return alignmentOf(type);
    case Qt::EditRole:
        return kind == CellKind::Value || kind == CellKind::Empty ? QVariant(**cell) : QVariant();
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        switch (kind) {
        case CellKind::Loading:
            return role == Qt::DisplayRole ? QStringLiteral("\u2013") : Words::tr("not loaded yet");
        case CellKind::Null:
            return Words::tr("no value");
        case CellKind::Empty:
            return Words::tr("empty");
        case CellKind::Value:
            return shownText(**cell);
        }
        return {};
    case Qt::ToolTipRole:
        switch (kind) {
        case CellKind::Loading:
            return {};
        case CellKind::Null:
            return Words::tr("No value (NULL): the source holds nothing here.");
        case CellKind::Empty:
            return Words::tr("An empty text: the source holds a text without characters here.");
        case CellKind::Value:
            return toolTipText(**cell);
        }
        return {};
    default:
        return {};
    }
}

QVariant RecordCells::headerData(const Column &column, int role)
{
    switch (role) {
    case Qt::DisplayRole:
        return column.name;
    case ColumnTypeRole:
        return columnReadingName(column);
    case ColumnNotedRole:
        return needsAttention(column);
    case Qt::AccessibleTextRole:
        return Words::tr("%1, %2", "a column's name and its type").arg(column.name, columnReadingName(column));
    case Qt::AccessibleDescriptionRole:
        return columnNoteSentences(column).join(u' ');
    case Qt::ToolTipRole: {
        QString text = Words::tr("%1 (%2)").arg(column.name, columnReadingName(column));
        if (column.generated)
            text += u' ' + Words::tr("The source has no name for this column.");
        for (const QString &sentence : columnNoteSentences(column))
            text += u'\n' + sentence;
        return toolTipText(text);
    }
    case Qt::TextAlignmentRole:
        return alignmentOf(column.type);
    default:
        return {};
    }
}

} // namespace idstore
