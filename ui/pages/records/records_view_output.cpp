// SPDX-License-Identifier: GPL-3.0-or-later
// What leaves the view: copies to the clipboard and exports to files.
#include "models/services/engine.h"
#include "ui/async/async_runner.h"
#include "ui/itemmodels/record_table_model.h"
#include "ui/itemmodels/run_text.h"
#include "ui/page_context.h"
#include "ui/pages/records/record_export.h"
#include "ui/pages/records/record_grid.h"
#include "ui/pages/records/records_view.h"
#include "ui/preferences.h"
#include "ui/text/format.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHeaderView>

#include <algorithm>

namespace idstore {

namespace {

/// Enough for a spreadsheet; more than that is what the export is for.
constexpr int maxCopiedRows = 100'000;

} // namespace

void RecordsView::copy()
{
    copySelection(false);
}

void RecordsView::copyWithNames()
{
    copySelection(true);
}

void RecordsView::copySelection(bool withNames)
{
    const QItemSelection selection = m_grid->selectionModel()->selection();
    if (selection.isEmpty())
        return;
    // In the order seen, so that moved columns are copied as they stand.
    QList<int> columns;
    QStringList names;
    for (int visual = 0; visual < m_grid->horizontalHeader()->count(); ++visual) {
        const int column = m_grid->horizontalHeader()->logicalIndex(visual);
        const bool isSelected = std::any_of(selection.begin(), selection.end(), [column](const auto &range) {
            return range.left() <= column && column <= range.right();
        });
        if (!isSelected || m_grid->isColumnHidden(column))
            continue;
        columns.append(column);
        names.append(m_model->dataset().columns.at(column).name);
    }
    qint64 rows = 0;
    for (const QItemSelectionRange &range : selection)
        rows = std::max<qint64>(rows, range.height());
    const QList<RecordTableModel::CopyPart> parts = m_model->copyParts(selection, maxCopiedRows);
    m_context.async.run(
        this,
        [loader = m_model->loader(), parts, columns, header = withNames ? names : QStringList()] {
            return recordsAsText(loader, parts, columns, header, {});
        },
        [this, rows](const Result<QString> &text) {
            if (!text) {
                showError(text.error());
                return;
            }
            QGuiApplication::clipboard()->setText(*text);
            showNote(rows > maxCopiedRows
                         ? tr("Copied the first %1; export writes all rows").arg(rowsText(maxCopiedRows))
                         : tr("Copied %1").arg(rowsText(rows)));
        });
}

void RecordsView::chooseExportFile(ExportFormat format)
{
    const QString suffix = format == ExportFormat::Csv ? QStringLiteral("csv") : QStringLiteral("ndjson");
    auto *dialog = new QFileDialog(this, tr("Export %1").arg(m_source.name), m_context.preferences.lastFolder());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(format == ExportFormat::Csv ? tr("CSV files (*.csv)") : tr("NDJSON files (*.ndjson)"));
    dialog->setDefaultSuffix(suffix);
    QString name = m_source.name;
    for (const QChar forbidden : QStringLiteral("/\\:*?\"<>|"))
        name.replace(forbidden, u'-');
    dialog->selectFile(QString(name + u'.' + suffix));
    connect(dialog, &QFileDialog::fileSelected, this, [this, format, id = m_id](const QString &path) {
        m_context.preferences.setLastFolder(QFileInfo(path).absolutePath());
        m_exportButton->setEnabled(false);
        m_cancelExport->show();
        m_export->start([&records = m_context.engine.records(), id,
                         format] { return records.exportSource(TokenService::localUser(), id, format); },
                        path);
    });
    dialog->open();
}

void RecordsView::exportProgressed(qint64 bytes)
{
    m_noteLabel->setFullText(tr("Writing %1: %2").arg(QFileInfo(m_export->path()).fileName(), formatBytes(bytes)));
}

void RecordsView::exportFinished(const Result<qint64> &bytes)
{
    m_cancelExport->hide();
    m_exportButton->setEnabled(m_hasSource && m_source.rowCount > 0);
    const QString file = QFileInfo(m_export->path()).fileName();
    if (bytes) {
        showNote(tr("%1 is written: %2").arg(file, formatBytes(*bytes)));
    } else if (bytes.error().kind == ErrorKind::Cancelled) {
        showNote(tr("Export cancelled; nothing was written"));
    } else {
        showNote({});
        showError(bytes.error());
    }
}

} // namespace idstore
