// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/domain/row_batch.h"

#include <cstddef>
#include <memory>

namespace idstore {

/// A part of a source that can be read by itself. Made by a PieceReader and used again and again, its memory kept.
class SourcePiece
{
public:
    virtual ~SourcePiece() = default;
    /// Bytes held: what the pipeline bounds.
    [[nodiscard]] virtual std::size_t byteCount() const = 0;
};

/// What a RecordReader can do beside read() when its source falls into pieces: these are cut one after the other, which
/// is quick, parsed by any number of threads, which is the work, and settled in the order of the source, which
/// is usually nothing. Cutting stops where the source has to be read in order. What comes out is the same, row for row,
/// as with read() alone, however many threads there are.
///
/// cut() is called by one thread at a time, and settle() too; both may run beside one another and beside parse().
/// read() only runs when no cut() does and every piece cut has been settled.
class PieceReader
{
public:
    virtual ~PieceReader() = default;

    [[nodiscard]] virtual std::unique_ptr<SourcePiece> newPiece() const = 0;
    /// Takes the next piece from the source. False: what comes next is for RecordReader::read().
    [[nodiscard]] virtual Result<bool> cut(SourcePiece &piece) = 0;
    /// Fills `batch` (reset by the reader) with the rows and rejections of the piece, as they are if nothing before it
    /// matters. Any thread, several at a time.
    virtual void parse(SourcePiece &piece, RowBatch &batch) const = 0;
    /// Makes `batch`, filled by parse(), right in the light of the pieces before.
    virtual void settle(SourcePiece &piece, RowBatch &batch) = 0;
};

} // namespace idstore
