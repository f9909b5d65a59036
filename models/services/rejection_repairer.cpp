// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/rejection_repairer.h"

#include <algorithm>

namespace idstore {

RejectionRepairer::RejectionRepairer(CorrectionRepository &corrections, SourceId source, CorrectionReader reader,
                                     qint64 newest, std::vector<quint64> marks)
    : m_corrections(corrections)
    , m_source(source)
    , m_reader(std::move(reader))
    , m_newest(newest)
    , m_marks(std::move(marks))
{}

Result<std::unique_ptr<RejectionRepairer>> RejectionRepairer::create(CorrectionRepository &corrections, SourceId source,
                                                                     CorrectionReader reader)
{
    IDS_TRY(newest, corrections.newest(source));
    IDS_TRY(marks, corrections.marks(source, CorrectionRepository::Which::All));
    return std::unique_ptr<RejectionRepairer>(
        new RejectionRepairer(corrections, source, std::move(reader), newest, std::move(marks)));
}

Result<void> RejectionRepairer::apply(RowBatch &batch)
{
    if (batch.rejections().empty())
        return {};
    std::vector<Rejection> rejections = batch.takeRejections();
    for (Rejection &rejection : rejections) {
        IDS_TRY(repaired, repair(rejection, batch));
        if (!repaired)
            batch.addRejection(std::move(rejection));
    }
    return {};
}

Result<bool> RejectionRepairer::repair(const Rejection &rejection, RowBatch &batch)
{
    const std::optional<RowKey> key = RowKey::ofText(rejection);
    if (!key || !std::ranges::binary_search(m_marks, key->mark()))
        return false;
    IDS_TRY(saved, m_corrections.find(m_source, *key));
    if (!saved)
        return false;
    IDS_TRY(misfit, m_reader.read(saved->correction, rejection, m_row));
    if (misfit) {
        m_misfits.push_back({saved->id, *misfit});
        return false;
    }
    batch.appendRow(m_row, 0, rejection.line);
    ++m_repairedRows;
    return true;
}

RepairingReader::RepairingReader(std::unique_ptr<RecordReader> reader, RejectionRepairer &repairer)
    : m_reader(std::move(reader))
    , m_pieces(m_reader->pieces())
    , m_repairer(repairer)
{}

Result<bool> RepairingReader::read(RowBatch &batch)
{
    IDS_CHECK(m_settled);
    IDS_TRY(more, m_reader->read(batch));
    IDS_CHECK(m_repairer.apply(batch));
    return more;
}

void RepairingReader::settle(SourcePiece &piece, RowBatch &batch)
{
    m_pieces->settle(piece, batch);
    if (m_settled)
        m_settled = m_repairer.apply(batch);
}

} // namespace idstore
