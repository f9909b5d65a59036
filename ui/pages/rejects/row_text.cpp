// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/rejects/row_text.h"

#include "models/services/rejection_service.h"
#include "ui/theme/theme.h"

#include <QRegularExpression>
#include <QTextDocument>

namespace idstore {

std::optional<QString> plainField(QString field)
{
    field = field.trimmed();
    if (field.isEmpty())
        return std::nullopt;
    const QChar quote = field.front();
    if ((quote == u'"' || quote == u'\'') && field.size() > 1 && field.back() == quote) {
        const QString doubled(2, quote);
        field = field.sliced(1, field.size() - 2).replace(doubled, QString(quote));
    }
    return field;
}

QList<QTextEdit::ExtraSelection> faultMarks(QTextDocument &document, const CorrectionReading &reading,
                                            qsizetype columnCount, const Theme &theme)
{
    QList<QTextEdit::ExtraSelection> marks;
    if (!reading.misfit)
        return marks;
    const QString text = document.toPlainText();
    const auto mark = [&](qsizetype start, qsizetype end) {
        QTextEdit::ExtraSelection selection;
        selection.cursor = QTextCursor(&document);
        selection.cursor.setPosition(int(start));
        selection.cursor.setPosition(int(end), QTextCursor::KeepAnchor);
        selection.format.setBackground(theme.color(ColorRole::DangerSoft));
        selection.format.setForeground(theme.color(ColorRole::Danger));
        selection.format.setFontWeight(QFont::Bold);
        marks.append(selection);
    };
    if (reading.misfit->code == QLatin1StringView("too_many_fields")) {
        // What stands behind the last column has no place: from its delimiter on.
        if (columnCount > 0 && columnCount < reading.fields.size()) {
            const RowParser::Field &last = reading.fields.at(columnCount - 1);
            mark(last.start + last.length, text.size());
        }
    } else if (reading.misfit->code == QLatin1StringView("undecodable")) {
        static const QRegularExpression byte(QStringLiteral("\\\\x[0-9A-F]{2}"));
        for (auto match = byte.globalMatch(text); match.hasNext();) {
            const QRegularExpressionMatch found = match.next();
            mark(found.capturedStart(), found.capturedEnd());
        }
    } else if (reading.misfit->code == QLatin1StringView("quote_not_closed")) {
        if (const qsizetype quote = text.lastIndexOf(u'"'); quote >= 0)
            mark(quote, quote + 1);
    }
    return marks;
}

} // namespace idstore
