// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"
#include "models/base/result.h"
#include "models/domain/rejection.h"
#include "models/ingest/row_parser.h"

#include <QObject>

namespace idstore {

class CorrectionReader;
struct EngineParts;
struct Source;

/// A correction as it comes from a person.
struct CorrectionRequest
{
    RowCorrection correction;
    /// The row's text as the person saw it: nothing is saved when another row has its number by now.
    std::optional<QString> original = {};
    QList<FieldError> problems = {}; ///< what the face found wrong already; reported along with the rest
};

/// How a correction would be stored, or why it cannot be.
struct CorrectionReading
{
    QList<std::optional<QString>> cells; ///< one a column; empty with a misfit
    std::optional<Misfit> misfit;
    QList<RowParser::Field> fields; ///< of a text: where its fields are
};

/// What correct() has saved, and how it reads.
struct CorrectedRow
{
    RejectedRow row; ///< with its correction
    Columns columns; ///< of the source
    CorrectionReading reading;
};

/// Rows that were set aside, and what people make of them. A correction is kept as soon as it is made, whether it fits
/// or not; IngestionService::retry() makes rows of those that fit. It belongs to the text of its row: the same row of a
/// later run is repaired by it again, until it is forgotten. Thread-safe; calls read from disk, so the window calls it
/// off its own thread. Errors besides those named: NotFound for a source that is not the user's.
class RejectionService : public QObject
{
    Q_OBJECT

public:
    static constexpr int maxLimit = 1000;
    static constexpr qsizetype maxTextLength = 1024 * 1024; ///< of a correction, in UTF-16 units

    explicit RejectionService(EngineParts &parts);

    /// Rows set aside in the rows in use. `after`: RejectionPage::next of the page before, or 0.
    [[nodiscard]] Result<RejectionPage> page(UserId user, SourceId source, qint64 after, int limit);
    /// NotFound ("rejection_not_found") for a row that is not, or no longer, set aside.
    [[nodiscard]] Result<RejectedRow> get(UserId user, SourceId source, qint64 id);

    /// What would become of a correction; nothing is saved. Errors as of correct().
    [[nodiscard]] Result<CorrectionReading> read(UserId user, SourceId source, qint64 id,
                                                 const RowCorrection &correction);
    /// Saves a correction and tells whether it fits. InvalidInput names the fields ("raw", "cells", "cells.NAME");
    /// Conflict "rejection_changed" (see CorrectionRequest::original) and "columns_changed" (the file or its settings
    /// are others than when its rows were read).
    [[nodiscard]] Result<CorrectedRow> correct(UserId user, SourceId source, qint64 id,
                                               const CorrectionRequest &request);

    /// All that are remembered, oldest first. `after`: the id of the last one of the page before, or 0.
    [[nodiscard]] Result<QList<SavedCorrection>> corrections(UserId user, SourceId source, qint64 after, int limit);
    /// How many are of rows set aside now.
    [[nodiscard]] Result<qint64> openCorrections(UserId user, SourceId source);
    [[nodiscard]] Result<qint64> rememberedCorrections(UserId user, SourceId source);
    /// Rows that were stored stay; in the next full run they are set aside again. NotFound ("correction_not_found").
    [[nodiscard]] Result<void> forget(UserId user, SourceId source, qint64 correction);
    [[nodiscard]] Result<void> forgetAll(UserId user, SourceId source);

Q_SIGNALS:
    // Emitted from the calling thread, after the change is committed.
    void correctionsChanged(idstore::SourceId source);

private:
    [[nodiscard]] Result<RejectedRow> find(const Source &source, qint64 id);
    [[nodiscard]] Result<CorrectionReading> read(const Source &source, const Rejection &rejection,
                                                 const RowCorrection &correction);

    EngineParts &m_parts;
};

} // namespace idstore
