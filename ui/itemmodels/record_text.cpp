// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/itemmodels/record_table_model.h"

#include <algorithm>

namespace idstore {

namespace {

QString quotedForTsv(const QString &value)
{
    const bool needsQuotes = std::any_of(value.begin(), value.end(), [](QChar character) {
        return character == u'\t' || character == u'\n' || character == u'\r' || character == u'"';
    });
    if (!needsQuotes)
        return value;
    QString quoted = value;
    quoted.replace(u'"', QLatin1StringView("\"\""));
    return QString(u'"' + quoted + u'"');
}

} // namespace

Result<QString> recordsAsText(const RecordTableModel::PageLoader &loader,
                              const QList<RecordTableModel::CopyPart> &parts, const QList<int> &columns,
                              const QStringList &header, const CancelToken &cancel)
{
    QString text;
    const auto addLine = [&text](const QStringList &fields) {
        if (!text.isEmpty())
            text.append(u'\n');
        text.append(fields.join(u'\t'));
    };
    if (!header.isEmpty()) {
        QStringList names;
        for (const QString &name : header)
            names.append(quotedForTsv(name));
        addLine(names);
    }
    for (const RecordTableModel::CopyPart &part : parts) {
        IDS_TRY(page, loader(part.query, cancel));
        for (int row = part.first; row < part.first + part.count && row < page.records.size(); ++row) {
            const Record &record = page.records.at(row);
            QStringList fields;
            for (const int column : columns) {
                const std::optional<QString> cell = record.cells.value(column);
                fields.append(cell ? quotedForTsv(*cell) : QString());
            }
            addLine(fields);
        }
    }
    return text;
}

} // namespace idstore
