// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/blocking_connector.h"

#include <QDeadlineTimer>

namespace idstore::test {

namespace {

class BlockingReader final : public RecordReader
{
public:
    BlockingReader(std::unique_ptr<RecordReader> base, ReaderLatch &latch, const CancelToken &cancel)
        : m_base(std::move(base))
        , m_latch(latch)
        , m_cancel(cancel)
    {}

    [[nodiscard]] const Columns &columns() const override { return m_base->columns(); }
    [[nodiscard]] SourceReading reading() const override { return m_base->reading(); }
    [[nodiscard]] std::optional<qint64> totalRows() const override { return m_base->totalRows(); }
    [[nodiscard]] std::optional<qint64> totalBytes() const override { return m_base->totalBytes(); }
    [[nodiscard]] EstimateBasis estimateBasis() const override { return m_base->estimateBasis(); }

    Result<bool> read(RowBatch &batch) override
    {
        if (m_batches++ > 0)
            m_latch.pass(m_cancel);
        if (m_cancel.isCancelled())
            return Error{ErrorKind::Cancelled, QStringLiteral("cancelled"), {}, {}, {}, {}};
        return m_base->read(batch);
    }

private:
    std::unique_ptr<RecordReader> m_base;
    ReaderLatch &m_latch;
    CancelToken m_cancel;
    int m_batches = 0;
};

class BlockingConnector final : public Connector
{
public:
    BlockingConnector(const Connector &base, ReaderLatch &latch)
        : m_base(base)
        , m_latch(latch)
    {}

    [[nodiscard]] const ConnectorDescriptor &descriptor() const override { return m_base.descriptor(); }
    [[nodiscard]] Result<std::unique_ptr<RowParser>> openRowParser(const ReadRequest &request) const override
    {
        return m_base.openRowParser(request);
    }
    [[nodiscard]] QList<FieldError> checkConfig(const QJsonObject &config) const override
    {
        return m_base.checkConfig(config);
    }
    [[nodiscard]] Result<std::unique_ptr<RecordReader>> open(const ReadRequest &request) const override
    {
        IDS_TRY(reader, m_base.open(request));
        if (request.sampleRows)
            return std::move(reader);
        return std::unique_ptr<RecordReader>(new BlockingReader(std::move(reader), m_latch, request.cancel));
    }
    [[nodiscard]] ConnectionReport test(const ReadRequest &request) const override { return m_base.test(request); }

private:
    const Connector &m_base;
    ReaderLatch &m_latch;
};

} // namespace

void ReaderLatch::hold()
{
    const QMutexLocker lock(&m_mutex);
    m_held = true;
}

void ReaderLatch::release()
{
    const QMutexLocker lock(&m_mutex);
    m_held = false;
    m_changed.wakeAll();
}

bool ReaderLatch::waitUntilReached(int milliseconds)
{
    const QMutexLocker lock(&m_mutex);
    const QDeadlineTimer deadline(milliseconds);
    while (m_waiting == 0) {
        if (!m_changed.wait(&m_mutex, deadline))
            return m_waiting > 0;
    }
    return true;
}

void ReaderLatch::pass(const CancelToken &cancel)
{
    const QMutexLocker lock(&m_mutex);
    ++m_waiting;
    m_changed.wakeAll();
    // A cancel token wakes nobody: look at it now and then.
    while (m_held && !cancel.isCancelled())
        m_changed.wait(&m_mutex, QDeadlineTimer(10));
    --m_waiting;
}

BlockingCatalog::BlockingCatalog(const ConnectorCatalog &base)
    : m_base(base)
    , m_latch(std::make_unique<ReaderLatch>())
{
    for (const Connector *connector : base.all()) {
        m_connectors.push_back(std::make_unique<BlockingConnector>(*connector, *m_latch));
        m_all.push_back(m_connectors.back().get());
    }
    if (const Connector *file = base.find(QString(QLatin1StringView(fileSourceType))))
        m_connectors.push_back(std::make_unique<BlockingConnector>(*file, *m_latch));
}

BlockingCatalog::~BlockingCatalog() = default;

const Connector *BlockingCatalog::find(QStringView sourceType) const
{
    for (const auto &connector : m_connectors) {
        if (connector->descriptor().id == sourceType)
            return connector.get();
    }
    return nullptr;
}

Result<void> BlockingCatalog::checkUpload(const QString &path, const QString &originalName) const
{
    return m_base.checkUpload(path, originalName);
}

} // namespace idstore::test
