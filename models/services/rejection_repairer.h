// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ingest/piece_reader.h"
#include "models/ingest/record_reader.h"
#include "models/services/correction_reader.h"
#include "models/store/correction_repository.h"

#include <memory>
#include <vector>

namespace idstore {

/// Puts the corrections that are remembered for a source in the place of the rows that a run sets aside. Used by one
/// thread at a time; what came of it is read when the run is done.
class RejectionRepairer
{
public:
    struct Outcome
    {
        qint64 correction = 0;
        std::optional<Misfit> misfit;
    };

    /// Knows at once which rejected rows could have a correction: eight bytes each. `corrections` must outlive this.
    [[nodiscard]] static Result<std::unique_ptr<RejectionRepairer>> create(CorrectionRepository &corrections,
                                                                           SourceId source, CorrectionReader reader);

    [[nodiscard]] bool hasCorrections() const { return !m_marks.empty(); }
    /// The rejections of `batch` whose correction fits become rows at its end.
    [[nodiscard]] Result<void> apply(RowBatch &batch);

    /// The newest correction that was there at the beginning.
    [[nodiscard]] qint64 newestCorrection() const { return m_newest; }
    [[nodiscard]] qint64 repairedRows() const { return m_repairedRows; }
    /// Of the corrections whose row was set aside all the same.
    [[nodiscard]] const std::vector<Outcome> &misfits() const { return m_misfits; }

private:
    RejectionRepairer(CorrectionRepository &corrections, SourceId source, CorrectionReader reader, qint64 newest,
                      std::vector<quint64> marks);

    [[nodiscard]] Result<bool> repair(const Rejection &rejection, RowBatch &batch);

    CorrectionRepository &m_corrections;
    SourceId m_source;
    CorrectionReader m_reader;
    qint64 m_newest;
    std::vector<quint64> m_marks;
    RowBatch m_row;
    qint64 m_repairedRows = 0;
    std::vector<Outcome> m_misfits;
};

/// Another reader's rows, with what was set aside repaired where a correction is remembered. Reads in pieces where that
/// reader does.
class RepairingReader final : public RecordReader, public PieceReader
{
public:
    /// `repairer` must outlive this.
    RepairingReader(std::unique_ptr<RecordReader> reader, RejectionRepairer &repairer);

    [[nodiscard]] const Columns &columns() const override { return m_reader->columns(); }
    Result<bool> read(RowBatch &batch) override;
    [[nodiscard]] SourceReading reading() const override { return m_reader->reading(); }
    [[nodiscard]] PieceReader *pieces() override { return m_pieces ? this : nullptr; }
    [[nodiscard]] QJsonObject state() const override { return m_reader->state(); }
    [[nodiscard]] std::optional<qint64> totalRows() const override { return m_reader->totalRows(); }
    [[nodiscard]] std::optional<qint64> totalBytes() const override { return m_reader->totalBytes(); }
    [[nodiscard]] EstimateBasis estimateBasis() const override { return m_reader->estimateBasis(); }

    [[nodiscard]] std::unique_ptr<SourcePiece> newPiece() const override { return m_pieces->newPiece(); }
    [[nodiscard]] Result<bool> cut(SourcePiece &piece) override { return m_pieces->cut(piece); }
    void parse(SourcePiece &piece, RowBatch &batch) const override { m_pieces->parse(piece, batch); }
    void settle(SourcePiece &piece, RowBatch &batch) override;

private:
    std::unique_ptr<RecordReader> m_reader;
    PieceReader *m_pieces; ///< m_reader's; may be null
    RejectionRepairer &m_repairer;
    Result<void> m_settled; ///< the first error while pieces were settled; read() comes after them and tells
};

} // namespace idstore
