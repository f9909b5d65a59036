// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/remote/remote_tables.h"

#include "connectors/files/table_file.h"
#include "connectors/files/table_file_options.h"
#include "connectors/files/upload_check.h"
#include "connectors/http/http_client.h"
#include "connectors/remote/connection_steps.h"
#include "connectors/remote/several_tables_reader.h"
#include "models/ingest/run_log.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>

#include <algorithm>

#include <sys/resource.h>

namespace idstore {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(RemoteTables)
};

/// Enough of a text file for a preview of its first rows.
constexpr qint64 sampleBytes = 4 * 1024 * 1024;
/// A test of the connection looks no further.
constexpr qint64 testedRows = 100;

const QString filesKey = QStringLiteral("files");
const QString configKey = QStringLiteral("config");

/// A file on this computer for as long as somebody reads it.
struct LocalCopy
{
    RemoteFile remote;
    std::shared_ptr<ScratchFile> content;
};

/// Wraps the reader of fetched files: knows the state, and keeps the scratch files.
class FetchedReader final : public RecordReader
{
public:
    FetchedReader(std::unique_ptr<RecordReader> reader, std::vector<LocalCopy> copies, QJsonObject state)
        : m_copies(std::move(copies))
        , m_reader(std::move(reader))
        , m_state(std::move(state))
    {}

    [[nodiscard]] const Columns &columns() const override { return m_reader->columns(); }
    Result<bool> read(RowBatch &batch) override { return m_reader->read(batch); }
    [[nodiscard]] SourceReading reading() const override { return m_reader->reading(); }
    [[nodiscard]] PieceReader *pieces() override { return m_reader->pieces(); }
    [[nodiscard]] QJsonObject state() const override { return m_state; }
    [[nodiscard]] std::optional<qint64> totalRows() const override { return m_reader->totalRows(); }
    [[nodiscard]] std::optional<qint64> totalBytes() const override { return m_reader->totalBytes(); }
    [[nodiscard]] EstimateBasis estimateBasis() const override { return m_reader->estimateBasis(); }

private:
    std::vector<LocalCopy> m_copies;
    std::unique_ptr<RecordReader> m_reader;
    QJsonObject m_state;
};

class UnchangedReader final : public RecordReader
{
public:
    explicit UnchangedReader(QJsonObject state)
        : m_state(std::move(state))
    {}
    [[nodiscard]] const Columns &columns() const override { return m_columns; }
    Result<bool> read(RowBatch &) override { return false; }
    [[nodiscard]] bool isUnchanged() const override { return true; }
    [[nodiscard]] QJsonObject state() const override { return m_state; }

private:
    Columns m_columns;
    QJsonObject m_state;
};

/// What the state is good for: other settings read other rows from the same files.
QString configDigest(const QJsonObject &config)
{
    const QByteArray json = QJsonDocument(config).toJson(QJsonDocument::Compact);
    return QString::fromLatin1(QCryptographicHash::hash(json, QCryptographicHash::Sha256).toHex());
}

/// Each scratch file is an open one; systems allow 1024 at first and many more when asked.
Result<void> makeRoomFor(qsizetype files)
{
    constexpr rlim_t others = 256; // the program's own
    const rlim_t needed = static_cast<rlim_t>(files) + others;
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= needed)
        return {};
    limit.rlim_cur = std::min(needed, limit.rlim_max);
    if (limit.rlim_cur == needed && setrlimit(RLIMIT_NOFILE, &limit) == 0)
        return {};
    return Error{.kind = ErrorKind::Source,
                 .code = QStringLiteral("too_many_files"),
                 .message = Words::tr("%1 files match; this system does not let the program hold so many at once.")
                                .arg(QLocale().toString(files)),
                 .remedy = Words::tr("Narrow the pattern, or make several sources of them."),
                 .cause = {},
                 .fields = {}};
}

/// One run's or preview's way from the store to a reader.
class Fetching
{
public:
    Fetching(RemoteStore &store, const ReadRequest &request)
        : m_store(store)
        , m_request(request)
    {
        const bool same = request.mode != RunMode::Full && !request.sampleRows &&
                          request.state[configKey].toString() == configDigest(request.config);
        m_known = same ? request.state[filesKey].toObject() : QJsonObject();
    }

    Result<std::unique_ptr<RecordReader>> open()
    {
        IDS_TRY(files, m_store.list());
        if (isUnchanged(files))
            return std::unique_ptr<RecordReader>(std::make_unique<UnchangedReader>(m_request.state));
        // A preview shows the first file alone.
        if (m_request.sampleRows && files.size() > 1)
            files.resize(1);
        IDS_CHECK(makeRoomFor(files.size()));
        // Only a file that is alone can be left unfetched: several are one table, and it is read anew as a whole.
        const bool alone = files.size() == 1;
        std::vector<LocalCopy> copies;
        copies.reserve(static_cast<std::size_t>(files.size()));
        QJsonObject versions;
        for (RemoteFile &file : files) {
            IDS_TRY(fetched, fetch(file, alone ? m_known[file.name].toString() : QString()));
            if (!fetched)
                return std::unique_ptr<RecordReader>(std::make_unique<UnchangedReader>(m_request.state));
            file.version = fetched->version;
            versions.insert(file.name, file.version);
            copies.push_back({file, std::shared_ptr<ScratchFile>(std::move(fetched->content))});
        }
        const QJsonObject state{{filesKey, versions}, {configKey, configDigest(m_request.config)}};
        IDS_TRY(reader, read(copies));
        return std::unique_ptr<RecordReader>(
            std::make_unique<FetchedReader>(std::move(reader), std::move(copies), state));
    }

private:
    bool isUnchanged(const QList<RemoteFile> &files) const
    {
        return !m_known.isEmpty() && files.size() == m_known.size() &&
               std::ranges::all_of(files, [&](const RemoteFile &file) {
                   return !file.version.isEmpty() && m_known[file.name].toString() == file.version;
               });
    }

    Result<std::optional<FetchedFile>> fetch(const RemoteFile &file, const QString &knownVersion)
    {
        IDS_TRY(scratch, ScratchFile::create(m_request.scratchFolder));
        IDS_TRY(fetched, m_store.fetch(file, knownVersion, std::move(scratch),
                                       m_request.sampleRows ? std::optional(sampleBytes) : std::nullopt));
        if (!fetched)
            return std::optional<FetchedFile>();
        if (m_request.log) {
            m_request.log->write(
                RunLogLine::Level::Info,
                Words::tr("%1: %2 bytes fetched.").arg(file.name, QLocale().toString(fetched->content->size())));
        }
        const auto checked = checkUploadedFile(fetched->content->readablePath(), QFileInfo(file.name).fileName());
        if (!checked) {
            Error error = checked.error();
            error.kind = ErrorKind::Source;
            error.message = Words::tr("%1: %2").arg(file.name, error.message);
            error.remedy = Words::tr("Check that it is the address of the file itself and not of a page about it.");
            error.fields.clear();
            return error;
        }
        return std::move(fetched);
    }

    Result<std::unique_ptr<RecordReader>> read(const std::vector<LocalCopy> &copies) const
    {
        const auto opener = [request = &m_request](const LocalCopy &copy) {
            return [request, content = copy.content, name = QFileInfo(copy.remote.name).fileName()] {
                return openTableFile({content->readablePath(), name}, *request);
            };
        };
        if (copies.size() == 1)
            return opener(copies.front())();
        std::vector<SeveralTablesReader::Part> parts;
        parts.reserve(copies.size());
        for (const LocalCopy &copy : copies)
            parts.push_back({copy.remote.name, opener(copy)});
        IDS_TRY(all, SeveralTablesReader::open(std::move(parts)));
        return std::unique_ptr<RecordReader>(std::move(all));
    }

    RemoteStore &m_store;
    const ReadRequest &m_request;
    QJsonObject m_known;
};

/// Tells a test how far it has come, by what the store has answered.
class ToldStore final : public RemoteStore
{
public:
    ToldStore(RemoteStore &store, const ReadRequest &request)
        : m_store(store)
        , m_request(request)
    {}

    [[nodiscard]] Result<QList<RemoteFile>> list() override
    {
        auto files = m_store.list();
        // Only the server knows such things of a file; a name may be just the one of the config.
        const auto isAnswer = [](const RemoteFile &file) {
            return file.size >= 0 || !file.version.isEmpty() || file.modified.isValid();
        };
        if (files && std::ranges::any_of(*files, isAnswer))
            tell(RemoteStep::FindFile);
        return files;
    }

    [[nodiscard]] Result<std::optional<FetchedFile>> fetch(const RemoteFile &file, const QString &knownVersion,
                                                           std::unique_ptr<ScratchFile> scratch,
                                                           std::optional<qint64> leastBytes) override
    {
        auto fetched = m_store.fetch(file, knownVersion, std::move(scratch), leastBytes);
        if (fetched)
            tell(RemoteStep::ReadRow);
        return fetched;
    }

    void tell(RemoteStep next) const
    {
        if (m_request.testing)
            m_request.testing(remoteReportSoFar(next));
    }

private:
    RemoteStore &m_store;
    const ReadRequest &m_request;
};

/// The same for a few rows, whatever is known of earlier runs.
ReadRequest sampleOf(const ReadRequest &request)
{
    ReadRequest sample;
    sample.config = request.config;
    sample.credentials = request.credentials.clone();
    sample.cancel = request.cancel;
    sample.sampleRows = request.sampleRows.value_or(testedRows);
    sample.log = request.log;
    sample.proxy = request.proxy;
    sample.scratchFolder = request.scratchFolder;
    sample.waiting = request.waiting;
    return sample;
}

class RemoteTablesConnector final : public Connector
{
public:
    RemoteTablesConnector(ConnectorDescriptor descriptor, RemoteStoreMaker makeStore, QString objectField)
        : m_descriptor(std::move(descriptor))
        , m_makeStore(std::move(makeStore))
        , m_objectField(std::move(objectField))
    {
        m_descriptor.readable = true;
    }

    [[nodiscard]] const ConnectorDescriptor &descriptor() const override { return m_descriptor; }

    [[nodiscard]] QList<FieldError> checkConfig(const QJsonObject &config) const override
    {
        const QList<FieldError> problems = Connector::checkConfig(config);
        if (!problems.isEmpty())
            return problems;
        const auto options = TableFileOptions::fromConfig(config);
        return options ? problems : options.error().fields;
    }

    [[nodiscard]] QStringList keyColumns(const QJsonObject &config) const override
    {
        const bool namesFile =
            m_objectField == QLatin1StringView("key") && !config.contains(QLatin1StringView("prefix"));
        return namesFile ? QStringList() : Connector::keyColumns(config);
    }

    [[nodiscard]] Result<std::unique_ptr<RecordReader>> open(const ReadRequest &request) const override
    {
        IDS_TRY(store, m_makeStore(request));
        return Fetching(*store, request).open();
    }

    [[nodiscard]] ConnectionReport test(const ReadRequest &request) const override
    {
        const ReadRequest sample = sampleOf(request);
        auto store = m_makeStore(sample);
        if (!store)
            return remoteReport(store.error());
        ToldStore told(**store, request);
        told.tell(RemoteStep::Reach);
        auto reader = Fetching(told, sample).open();
        if (!reader)
            return remoteReport(reader.error());
        RowBatch batch;
        if (const auto more = (*reader)->read(batch); !more)
            return remoteReport(more.error());
        return remoteReport((*reader)->columns());
    }

private:
    ConnectorDescriptor m_descriptor;
    RemoteStoreMaker m_makeStore;
    QString m_objectField;
};

} // namespace

std::unique_ptr<Connector> remoteTablesConnector(ConnectorDescriptor descriptor, RemoteStoreMaker makeStore,
                                                 QString objectField)
{
    return std::make_unique<RemoteTablesConnector>(std::move(descriptor), std::move(makeStore), std::move(objectField));
}

http::ClientSettings clientSettings(const ReadRequest &request)
{
    http::ClientSettings settings;
    settings.caFile = request.config[QLatin1StringView("ca_file")].toString();
    settings.proxy = request.proxy;
    const qint64 seconds = request.config[QLatin1StringView("timeout_seconds")].toInteger();
    if (seconds > 0) {
        settings.silence = std::chrono::seconds(seconds);
        settings.connectTimeout = std::min<std::chrono::milliseconds>(settings.connectTimeout, settings.silence);
    }
    if (request.sampleRows) {
        // Somebody sits and waits for it: better a soon answer that says what is wrong.
        settings.retry.attempts = 2;
        settings.retry.longestRetryAfter = std::chrono::seconds(5);
    }
    return settings;
}

http::ClientWatcher clientWatcher(const ReadRequest &request)
{
    return {request.cancel, request.log, request.waiting};
}

} // namespace idstore
