// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/memory_connector.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

namespace idstore::test {

namespace {

class MemoryReader final : public RecordReader
{
public:
    MemoryReader(MemoryConnector::Behaviour behaviour, CancelToken cancel)
        : m_behaviour(std::move(behaviour))
        , m_cancel(std::move(cancel))
    {
        for (const char *name : {"id", "name", "note"})
            m_columns.append({QLatin1StringView(name)});
    }

    [[nodiscard]] const Columns &columns() const override { return m_columns; }
    [[nodiscard]] std::optional<qint64> totalRows() const override { return m_behaviour.rows; }
    [[nodiscard]] EstimateBasis estimateBasis() const override { return EstimateBasis::CountedRows; }

    Result<bool> read(RowBatch &batch) override
    {
        batch.reset(static_cast<int>(m_columns.size()));
        if (m_behaviour.beforeBatch)
            m_behaviour.beforeBatch(m_row);
        if (m_cancel.isCancelled())
            return Error{ErrorKind::Cancelled, QStringLiteral("cancelled"), {}, {}, {}, {}};
        for (int i = 0; i < m_behaviour.rowsPerBatch && m_row < m_behaviour.rows; ++i) {
            if (m_row == m_behaviour.failAfter)
                return Error{
                    ErrorKind::Source, QStringLiteral("source_broke"), QStringLiteral("The source broke."), {}, {}, {}};
            addRow(batch, ++m_row);
        }
        batch.sourceBytes = m_row * 10;
        return !batch.isEmpty();
    }

private:
    void addRow(RowBatch &batch, qint64 row) const
    {
        if (m_behaviour.rejectEvery > 0 && row % m_behaviour.rejectEvery == 0) {
            batch.addRejection({row, {}, QStringLiteral("made_up"), QStringLiteral("Made up."), QStringLiteral("raw")});
            return;
        }
        batch.addCell(std::to_string(row));
        batch.addCell("Name " + std::to_string(row));
        if (row % 2 == 0)
            batch.addNull();
        else
            batch.addCell("");
        batch.endRow(row);
    }

    MemoryConnector::Behaviour m_behaviour;
    CancelToken m_cancel;
    Columns m_columns;
    qint64 m_row = 0;
};

} // namespace

MemoryConnector::MemoryConnector(QString id)
{
    m_descriptor.id = std::move(id);
    m_descriptor.title = QStringLiteral("Memory");
    m_descriptor.readable = true;
}

Result<std::unique_ptr<RecordReader>> MemoryConnector::open(const ReadRequest &request) const
{
    return std::unique_ptr<RecordReader>(new MemoryReader(behaviour, request.cancel));
}

MemoryCatalog::MemoryCatalog()
    : described(QStringLiteral("memory_test"))
    , m_all{&described}
{
    const auto object = [](const char *json) { return QJsonDocument::fromJson(json).object(); };
    auto &descriptor = const_cast<ConnectorDescriptor &>(described.descriptor()); // ours, and nobody reads it yet
    descriptor.credentialsSchema = object(R"({"type": "object", "additionalProperties": false, "required": ["token"],
        "properties": {"token": {"type": "string", "minLength": 1, "writeOnly": true}, "user": {"type": "string"}}})");
    descriptor.configSchema = object(R"({"type": "object", "additionalProperties": false, "required": ["table"],
        "properties": {"table": {"type": "string", "minLength": 1}}})");
}

const Connector *MemoryCatalog::find(QStringView sourceType) const
{
    if (sourceType == QLatin1StringView(fileSourceType))
        return &file;
    return sourceType == u"memory_test" ? &described : nullptr;
}

Result<void> MemoryCatalog::checkUpload(const QString &path, const QString &) const
{
    if (QFileInfo(path).size() > 0)
        return {};
    return Error{ErrorKind::InvalidInput,
                 QStringLiteral("empty_file"),
                 QStringLiteral("The file is empty."),
                 {},
                 {},
                 {{QStringLiteral("file"), QStringLiteral("The file is empty.")}}};
}

} // namespace idstore::test
