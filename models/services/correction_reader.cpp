// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/correction_reader.h"

#include <QCoreApplication>

#include <algorithm>

namespace idstore {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(CorrectionReader)
};

} // namespace

CorrectionReader::CorrectionReader(Columns columns, OpenParser open)
    : m_columns(std::move(columns))
    , m_open(std::move(open))
{}

Result<RowParser *> CorrectionReader::parser()
{
    if (!m_opened) {
        IDS_TRY(opened, m_open());
        if (opened && !std::ranges::equal(opened->columns(), m_columns, {}, &Column::name, &Column::name)) {
            return Error{ErrorKind::Conflict,
                         QStringLiteral("columns_changed"),
                         Words::tr("The file or its settings have changed since its rows were read."),
                         Words::tr("Run the source again, then correct what is still rejected."),
                         {},
                         {}};
        }
        m_parser = std::move(opened);
        m_opened = true;
    }
    return m_parser.get();
}

Result<std::optional<Misfit>> CorrectionReader::read(const RowCorrection &correction, const Rejection &rejection,
                                                     RowBatch &batch)
{
    batch.reset(static_cast<int>(m_columns.size()));
    if (correction.cells)
        return readCells(*correction.cells, batch);
    const QString text = correction.raw.value_or(QString());
    // What the source held in its place may be more than its text shows, such as bytes that are no text.
    if (text == rejection.raw)
        return std::optional(Misfit{rejection.column, rejection.code, rejection.reason});
    IDS_TRY(reader, parser());
    if (!reader) {
        return std::optional(
            Misfit{{}, QStringLiteral("not_text"), Words::tr("The rows of this source are not lines of text.")});
    }
    reader->parse(text, batch);
    if (batch.rejections().empty())
        return std::optional<Misfit>();
    const Rejection &again = batch.rejections().front();
    return std::optional(Misfit{again.column, again.code, again.reason});
}

std::optional<Misfit> CorrectionReader::readCells(const QList<CorrectedCell> &cells, RowBatch &batch) const
{
    for (const CorrectedCell &cell : cells) {
        if (std::ranges::find(m_columns, cell.column, &Column::name) == m_columns.end()) {
            return Misfit{cell.column, QStringLiteral("unknown_column"),
                          Words::tr("The source has no column “%1”.").arg(cell.column)};
        }
    }
    for (const Column &column : m_columns) {
        const auto cell = std::ranges::find(cells, column.name, &CorrectedCell::column);
        if (cell == cells.end() || !cell->text) {
            batch.addNull();
            continue;
        }
        const QByteArray utf8 = cell->text->toUtf8();
        batch.addCell({utf8.constData(), static_cast<std::size_t>(utf8.size())});
    }
    batch.endRow(0);
    return std::nullopt;
}

} // namespace idstore
