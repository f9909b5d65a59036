// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/dataset_store.h"
#include "models/store/sqlite/sqlite_page_file.h"
#include "models/store/sqlite/sqlite_table_tree.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace idstore {

/// The fast writer for full loads: SQLite makes the file with its schema, then the tables' pages are built from the
/// batches' bytes, in order and each once, instead of inserted. Same file, row for row, as SqliteDatasetWriter's.
/// Rows and rejects are written as they come, in pages of their own; memory does not grow with either. prepareBatch()
/// makes whole pages of a batch; all that is left then is to number and to write them.
///
/// Until finish() the tables in the file are empty, and the file is nobody's until the catalog speaks of it: a crash
/// costs only the file. Errors: "storage_full", "io_error", "dataset_error".
class BuiltDatasetWriter final : public DatasetWriter
{
public:
    struct Layout
    {
        /// A power of two from 512 to 65536. Writing hardly depends on it; scans do, and are fastest from here on.
        int pageSize = 16384;
        qint64 lockByteOffset = SqlitePageFile::lockByteOffset;
        /// The last page of each prepared batch stays partly empty: not worth it for batches smaller than this.
        std::size_t preparedBytes = 64 * 1024;
    };

    static Result<std::unique_ptr<BuiltDatasetWriter>> create(const QString &path, const Columns &columns,
                                                              const Layout &layout);
    static Result<std::unique_ptr<BuiltDatasetWriter>> create(const QString &path, const Columns &columns)
    {
        return create(path, columns, Layout());
    }
    ~BuiltDatasetWriter() override;

    Result<void> write(const RowBatch &batch) override;
    Result<void> prepareBatch(const RowBatch &batch, qint64 rowsBefore,
                              std::unique_ptr<PreparedBatch> &prepared) const override;
    Result<void> writePrepared(const RowBatch &batch, PreparedBatch &prepared) override;
    Result<DatasetSummary> finish(const Columns &columns) override;

private:
    BuiltDatasetWriter(QString path, Columns columns);

    Result<void> prepare(const Layout &layout);
    Result<void> writeRejections(const RowBatch &batch);
    void appendRejection(const Rejection &rejection);
    void buildColumns();

    /// The page that SQLite chose for each table's root.
    struct Roots
    {
        std::uint32_t records = 0;
        std::uint32_t rejects = 0;
        std::uint32_t columns = 0;
    };

    QString m_path;
    DatasetSummary m_summary;
    std::size_t m_preparedBytes = 0;
    bool m_finished = false;
    Roots m_roots;
    std::unique_ptr<SqlitePageFile> m_file;
    std::unique_ptr<SqliteTableTree> m_records;
    std::unique_ptr<SqliteTableTree> m_rejects;
};

} // namespace idstore
