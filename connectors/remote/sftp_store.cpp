// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/remote/sftp_store.h"

#include "connectors/files/glob_pattern.h"
#include "connectors/remote/scratch_sink.h"
#include "models/ingest/pipeline.h"

#include <algorithm>
#include <limits>

#include <fcntl.h>

namespace idstore {

namespace {

/// Every server answers requests of this size in full.
constexpr quint32 requestBytes = 32 * 1024;
/// 2 MiB: enough for a gigabit over 16 ms of distance.
constexpr std::size_t requestsUnderWay = 64;
constexpr int attempts = 5; ///< at a file that changes meanwhile
constexpr qsizetype deepestFolder = 32;
constexpr qsizetype mostFiles = 100'000;

struct AttributesDeleter
{
    void operator()(sftp_attributes attributes) const { sftp_attributes_free(attributes); }
};
using Attributes = std::unique_ptr<sftp_attributes_struct, AttributesDeleter>;

bool hasWildcard(const QString &text)
{
    return !GlobPattern(text).isLiteral();
}

QString joined(const QString &folder, const QString &name)
{
    if (folder.isEmpty() || folder.endsWith(u'/'))
        return folder + name;
    return folder + u'/' + name;
}

/// SFTP knows no "~": what does not begin with a slash is in the user's folder.
QString withoutTilde(const QString &path)
{
    return path.startsWith(QStringLiteral("~/")) ? path.mid(2) : path;
}

void describe(RemoteFile &file, const sftp_attributes_struct &attributes)
{
    if (attributes.flags & SSH_FILEXFER_ATTR_SIZE)
        file.size = static_cast<qint64>(attributes.size);
    if (attributes.flags & SSH_FILEXFER_ATTR_ACMODTIME) {
        file.modified = QDateTime::fromSecsSinceEpoch(attributes.mtime, Qt::UTC);
        file.version = QStringLiteral("%1-%2").arg(file.size).arg(attributes.mtime);
    }
}

struct FileCloser
{
    ssh::Session *session;
    void operator()(sftp_file file) const
    {
        session->call([&] { return sftp_close(file); });
    }
};
using OpenFile = std::unique_ptr<sftp_file_struct, FileCloser>;

/// Reads a file front to back with several requests under way.
class PipelinedFile
{
public:
    PipelinedFile(ssh::Session &session, sftp_file file, qint64 size)
        : m_session(session)
        , m_file(file)
        , m_size(size)
    {}

    /// The next bytes, valid until the next call; empty at the end of the file or of `size`. Nothing: the session or
    /// the file broke.
    std::optional<QByteArrayView> next()
    {
        while (!m_requests.empty() || m_asked < m_size) {
            if (!fill())
                return std::nullopt;
            const Request request = m_requests.front();
            m_requests.pop_front();
            const int got =
                m_session.call([&] { return sftp_async_read(m_file, m_buffer.data(), request.length, request.id); });
            if (got < 0)
                return std::nullopt;
            if (m_skipping > 0) {
                --m_skipping;
                continue;
            }
            if (got == 0)
                return QByteArrayView();
            m_received += got;
            if (static_cast<quint32>(got) < request.length)
                goBack();
            return QByteArrayView(m_buffer.constData(), got);
        }
        return QByteArrayView();
    }

    [[nodiscard]] qint64 received() const { return m_received; }

private:
    struct Request
    {
        quint32 id;
        quint32 length;
    };

    bool fill()
    {
        while (m_requests.size() < requestsUnderWay && m_asked < m_size) {
            const auto length = static_cast<quint32>(std::min<qint64>(requestBytes, m_size - m_asked));
            const int id = m_session.call([&] { return sftp_async_read_begin(m_file, length); });
            if (id < 0)
                return false;
            m_requests.push_back({static_cast<quint32>(id), length});
            m_asked += length;
        }
        return true;
    }

    /// A server may answer with less than was asked for: what is under way is for places too far ahead.
    void goBack()
    {
        m_skipping = m_requests.size();
        m_asked = m_received;
        sftp_seek64(m_file, static_cast<uint64_t>(m_received));
    }

    ssh::Session &m_session;
    sftp_file m_file;
    qint64 m_size;
    qint64 m_asked = 0;
    qint64 m_received = 0;
    std::size_t m_skipping = 0; ///< answers that are of no use
    std::deque<Request> m_requests;
    QByteArray m_buffer = QByteArray(requestBytes, Qt::Uninitialized);
};

} // namespace

SftpStore::SftpStore(ssh::Login login, SftpSelection selection, CancelToken cancel)
    : m_login(std::move(login))
    , m_selection(std::move(selection))
    , m_cancel(std::move(cancel))
{}

SftpStore::~SftpStore() = default;

Result<QList<RemoteFile>> SftpStore::list()
{
    if (!m_session) {
        IDS_TRY(session, ssh::Session::open(m_login, m_cancel));
        m_session = std::move(session);
    }
    const QString path = withoutTilde(m_selection.path);
    if (!hasWildcard(path)) {
        IDS_TRY(entry, stat(path));
        if (entry.isFolder)
            return ssh::pathIsFolder(path);
        return QList<RemoteFile>{entry.file};
    }
    QStringList pattern = path.split(u'/', Qt::SkipEmptyParts);
    QString folder = path.startsWith(u'/') ? QStringLiteral("/") : QString();
    while (!hasWildcard(pattern.front()))
        folder = joined(folder, pattern.takeFirst());
    QList<RemoteFile> found;
    IDS_CHECK(collect(folder, pattern, 0, {}, found));
    if (found.isEmpty())
        return ssh::noFileMatches(m_selection.path);
    std::ranges::sort(found, {}, &RemoteFile::name);
    if (m_selection.newestOnly) {
        const auto newest = std::ranges::max_element(found, [](const RemoteFile &a, const RemoteFile &b) {
            return std::pair(a.modified.toMSecsSinceEpoch(), a.name) <
                   std::pair(b.modified.toMSecsSinceEpoch(), b.name);
        });
        return QList<RemoteFile>{*newest};
    }
    return found;
}

Result<SftpStore::Entry> SftpStore::stat(const QString &path)
{
    const QByteArray bytes = path.toUtf8();
    const Attributes attributes(m_session->call([&] { return sftp_stat(m_session->sftp(), bytes.constData()); }));
    if (!attributes)
        return m_session->sftpError(path);
    Entry entry;
    entry.name = path.section(u'/', -1);
    entry.isFolder = attributes->type == SSH_FILEXFER_TYPE_DIRECTORY;
    entry.isFile = attributes->type == SSH_FILEXFER_TYPE_REGULAR;
    entry.file.name = path;
    describe(entry.file, *attributes);
    return entry;
}

Result<std::vector<SftpStore::Entry>> SftpStore::entries(const QString &folder)
{
    const QByteArray bytes = folder.isEmpty() ? QByteArray(".") : folder.toUtf8();
    sftp_session sftp = m_session->sftp();
    const sftp_dir opened = m_session->call([&] { return sftp_opendir(sftp, bytes.constData()); });
    if (!opened)
        return m_session->sftpError(folder);
    const auto close = [this](sftp_dir dir) { m_session->call([&] { return sftp_closedir(dir); }); };
    const std::unique_ptr<sftp_dir_struct, decltype(close)> owner(opened, close);

    std::vector<Entry> entries;
    for (;;) {
        const Attributes attributes(m_session->call([&] { return sftp_readdir(sftp, opened); }));
        if (!attributes)
            break;
        Entry entry;
        entry.name = QString::fromUtf8(attributes->name);
        if (entry.name == QStringLiteral(".") || entry.name == QStringLiteral(".."))
            continue;
        entry.isFolder = attributes->type == SSH_FILEXFER_TYPE_DIRECTORY;
        entry.isFile = attributes->type == SSH_FILEXFER_TYPE_REGULAR;
        entry.file.name = joined(folder, entry.name);
        if (entry.isFolder || entry.isFile)
            describe(entry.file, *attributes);
        entries.push_back(std::move(entry));
    }
    if (!sftp_dir_eof(opened))
        return m_session->sftpError(folder);
    return entries;
}

Result<void> SftpStore::collect(const QString &folder, const QStringList &pattern, qsizetype depth,
                                const QString &below, QList<RemoteFile> &found)
{
    const qsizetype anyDepthFrom = pattern.indexOf(QStringLiteral("**"));
    const bool anyDepth = anyDepthFrom >= 0 && depth >= anyDepthFrom;
    const bool last = depth + 1 >= pattern.size();
    if (depth >= deepestFolder || (!anyDepth && depth >= pattern.size()))
        return {};
    const QString part = anyDepth ? QString() : pattern[depth];
    const bool wantsHidden = (anyDepth ? pattern.last() : part).startsWith(u'.');
    const GlobPattern here(part);
    const GlobPattern whole(pattern.join(u'/'));

    IDS_TRY(all, entries(folder));
    for (Entry &entry : all) {
        if (m_cancel.isCancelled())
            return cancelledError();
        if ((entry.name.startsWith(u'.') && !wantsHidden) || !here.matches(entry.name))
            continue;
        const QString path = joined(below, entry.name);
        if (!entry.isFile && !entry.isFolder) {
            // A link, or a server that does not say. One that leads nowhere, or back up, is left out.
            const auto target = stat(entry.file.name);
            if (!target && target.error().code != QStringLiteral("not_found"))
                return target.error();
            if (!target || (anyDepth && target->isFolder))
                continue;
            entry = *target;
        }
        if (entry.isFolder && (anyDepth || !last)) {
            const auto deeper = collect(entry.file.name, pattern, depth + 1, path, found);
            // A folder among others that this user may not see is none of theirs.
            if (!deeper && deeper.error().code != QStringLiteral("permission_denied"))
                return deeper.error();
        } else if (entry.isFile && (anyDepth || last) && whole.matches(path)) {
            if (found.size() >= mostFiles)
                return ssh::tooManyFiles(m_selection.path, mostFiles);
            found.append(entry.file);
        }
    }
    return {};
}

Result<std::optional<FetchedFile>> SftpStore::fetch(const RemoteFile &file, const QString &knownVersion,
                                                    std::unique_ptr<ScratchFile> scratch,
                                                    std::optional<qint64> sampleBytes)
{
    for (int attempt = 0; attempt < attempts; ++attempt) {
        IDS_TRY(before, stat(file.name));
        if (before.isFolder)
            return ssh::pathIsFolder(file.name);
        if (!knownVersion.isEmpty() && before.file.version == knownVersion)
            return std::optional<FetchedFile>();
        ScratchSink sink(*scratch, sampleBytes);
        IDS_CHECK(sink.begin({}));
        IDS_TRY(complete, download(before.file, sink));
        if (sink.isSampled())
            return std::optional(FetchedFile{std::move(scratch), before.file.version, false});
        IDS_TRY(after, stat(file.name));
        if (complete && after.file.version == before.file.version)
            return std::optional(FetchedFile{std::move(scratch), before.file.version, true});
    }
    return ssh::fileKeepsChanging(file.name);
}

Result<bool> SftpStore::download(const RemoteFile &file, ScratchSink &sink)
{
    const QByteArray path = file.name.toUtf8();
    const OpenFile opened(m_session->call([&] { return sftp_open(m_session->sftp(), path.constData(), O_RDONLY, 0); }),
                          FileCloser{m_session.get()});
    if (!opened)
        return m_session->sftpError(file.name);
    PipelinedFile content(*m_session, opened.get(), file.size >= 0 ? file.size : std::numeric_limits<qint64>::max());
    for (;;) {
        const auto bytes = content.next();
        if (!bytes)
            return m_session->sftpError(file.name);
        if (bytes->isEmpty())
            return file.size < 0 || content.received() == file.size;
        if (const auto written = sink.write(*bytes); !written) {
            if (sink.isSampled())
                return true;
            return written.error();
        }
    }
}

} // namespace idstore
