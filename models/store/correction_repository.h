// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"
#include "models/base/result.h"
#include "models/domain/rejection.h"

#include <QByteArray>
#include <QSqlQuery>

#include <vector>

namespace idstore {

class CatalogDatabase;

/// What a rejected row is known by: its text, so that it is known again in a later run; or, where it has none in full,
/// its number, which holds until the next full run.
struct RowKey
{
    QByteArray digest;
    bool lasting = false;

    static RowKey of(const RejectedRow &row);
    /// Of a row that is met in a run; nothing when it cannot be known again.
    static std::optional<RowKey> ofText(const Rejection &rejection);
    /// The first eight bytes: enough to tell whether a look into the catalog is worth while.
    [[nodiscard]] quint64 mark() const;
};

/// The corrections of rejected rows in the catalog. Thread-safe. Functions that write are called inside
/// CatalogDatabase::write().
class CorrectionRepository
{
public:
    explicit CorrectionRepository(CatalogDatabase &catalog)
        : m_catalog(catalog)
    {}

    /// Takes the place of one that is there for the same row, under a new id: what a run knows of the old one does not
    /// touch it. The id and isOpen of `correction` do not matter: it is open.
    [[nodiscard]] Result<void> save(SourceId source, const RowKey &key, const SavedCorrection &correction);
    [[nodiscard]] Result<std::optional<SavedCorrection>> find(SourceId source, const RowKey &key);
    /// In the order they were made. `after`: an id, or 0.
    [[nodiscard]] Result<QList<SavedCorrection>> list(SourceId source, qint64 after, int limit);
    enum class Which { All, Open };
    /// Marks of the keys of the source's corrections, sorted.
    [[nodiscard]] Result<std::vector<quint64>> marks(SourceId source, Which which);
    [[nodiscard]] Result<qint64> count(SourceId source, Which which);

    /// The id of the newest one; 0: there is none.
    [[nodiscard]] Result<qint64> newest(SourceId source);

    /// False: there is none.
    [[nodiscard]] Result<bool> remove(SourceId source, qint64 id);
    [[nodiscard]] Result<void> removeAll(SourceId source);

    /// The correction's row is set aside, and why it cannot be stored.
    [[nodiscard]] Result<void> keepOpen(qint64 id, const std::optional<Misfit> &misfit);
    /// The correction's row is stored.
    [[nodiscard]] Result<void> close(qint64 id);
    /// A full run has replaced the rows: none is open that was there when it started, when `id` was the newest, and
    /// those of rows known by their number only are gone.
    [[nodiscard]] Result<void> closeUpTo(SourceId source, qint64 id);

private:
    [[nodiscard]] static SavedCorrection read(const QSqlQuery &row);

    CatalogDatabase &m_catalog;
};

} // namespace idstore
