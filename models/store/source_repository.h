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
    /// before it.
    [[nodiscard]] Result<QList<qint64>> switchTo(SourceId id, qint64 generation, RunId run,
                                                 const DatasetSummary &summary, const QDateTime &now);
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
