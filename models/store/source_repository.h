// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/domain/source.h"

#include <QSqlQuery>
#include <QVariant>

#include <map>
#include <set>
#include <utility>

namespace idstore {

class CatalogDatabase;
class DataDirectory;
struct DatasetSummary;

/// A run whose rows are no longer in use.
struct TakenBack
{
    RunId run;
    qint64 generation = 0; ///< the one that it had made
};

/// Sources in the catalog. Thread-safe. Functions that write are called inside CatalogDatabase::write().
class SourceRepository
{
public:
    SourceRepository(CatalogDatabase &catalog, const DataDirectory &directory)
        : m_catalog(catalog)
        , m_directory(directory)
    {}

    /// Oldest first.
    [[nodiscard]] Result<QList<Source>> list(UserId user);
    /// NotFound when there is none or it is somebody else's.
    [[nodiscard]] Result<Source> find(UserId user, SourceId id);

    [[nodiscard]] Result<SourceId> insert(const Source &source);
    /// The upload that the source is read from from now on, and the name under which it is kept in the source's upload
    /// folder; `file.path` does not count.
    [[nodiscard]] Result<void> setStoredFile(SourceId id, const StoredFile &file, const QString &storedName);
    [[nodiscard]] Result<void> update(const Source &source);
    /// The columns of the generation in use, with other types.
    [[nodiscard]] Result<void> setColumns(const Source &source);
    [[nodiscard]] Result<void> remove(SourceId id);

    /// The number a new generation of this source gets.
    [[nodiscard]] Result<qint64> nextGeneration(SourceId id);
    /// Puts a finished generation in use. Returns the generations that are no longer kept: all but it and the one
    /// before it. `key`: what its rows are unique by. The mark of the source is kept along with it: set it after.
    [[nodiscard]] Result<QList<qint64>> switchTo(SourceId id, qint64 generation, RunId run,
                                                 const DatasetSummary &summary, const QDateTime &now,
                                                 const QStringList &key = {});
    /// Key, cursor and mark as they stand in `source`.
    [[nodiscard]] Result<void> setKeyAndCursor(const Source &source);
    /// The mark that the rows in use stand for.
    [[nodiscard]] Result<void> setMark(SourceId id, const std::optional<QString> &mark);
    /// Puts the generation before the one in use, as `source` says, in use again, with its mark, counts, columns and
    /// reader state. Nothing, and nothing changed, when it is no longer kept.
    [[nodiscard]] Result<std::optional<TakenBack>> takeBack(const Source &source, const QDateTime &now);
    /// What the next run's reader is to know of the generation in use.
    [[nodiscard]] Result<void> setReaderState(SourceId id, const QJsonObject &state);

    /// Every source with the name under which its upload is kept; an empty one for those without.
    [[nodiscard]] Result<std::map<SourceId, QString>> storedFiles();
    [[nodiscard]] Result<std::set<std::pair<SourceId, qint64>>> allGenerations();

private:
    [[nodiscard]] Result<QList<Source>> select(const QString &condition, const QVariantList &values);
    [[nodiscard]] Source read(const QSqlQuery &row) const;

    CatalogDatabase &m_catalog;
    const DataDirectory &m_directory;
};

} // namespace idstore
