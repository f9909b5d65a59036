// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/remote/http_fetch.h"

#include "connectors/remote/scratch_sink.h"
#include "models/ingest/run_log.h"

#include <QCoreApplication>

namespace idstore {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(HttpFetch)
};

constexpr int notModified = 304;
/// What is smaller leaves a server in one piece.
constexpr qint64 quickBytes = 1024 * 1024;
/// A file that changes during each of these is left to another run.
constexpr int maxFetches = 3;

http::Headers unlessStill(const QString &version)
{
    if (version.isEmpty())
        return {};
    const bool isTag = version.startsWith(u'"') || version.startsWith(u"W/");
    return {{isTag ? "If-None-Match" : "If-Modified-Since", version.toUtf8()}};
}

/// Ends the exchange before the body.
class HeadSink final : public http::Sink
{
public:
    Result<void> begin(const http::Response &head) override
    {
        m_head = head;
        return Error{ErrorKind::Cancelled, QStringLiteral("head_complete"), {}, {}, {}, {}};
    }
    Result<void> write(QByteArrayView /*bytes*/) override { return {}; }

    [[nodiscard]] const std::optional<http::Response> &head() const { return m_head; }

private:
    std::optional<http::Response> m_head;
};

/// Whether the file behind the server is another by now. A server that cannot say so is believed.
Result<bool> hasChanged(http::Client &client, const HttpFile &file, const QString &fetched)
{
    HeadSink sink;
    const auto answer = client.receive(file.request(unlessStill(fetched)), sink);
    if (sink.head()) {
        const QString version = file.version(*sink.head());
        return !version.isEmpty() && version != fetched;
    }
    if (!answer)
        return answer.error();
    return false;
}

} // namespace

QString etagOrTime(const http::Response &answer)
{
    const QByteArray etag = answer.header("ETag");
    return QString::fromUtf8(etag.isEmpty() ? answer.header("Last-Modified") : etag);
}

Result<std::optional<FetchedFile>> fetchFile(http::Client &client, const HttpFile &file, const QString &knownVersion,
                                             std::unique_ptr<ScratchFile> &scratch, std::optional<qint64> sampleBytes,
                                             RunLog *log)
{
    for (int fetch = 1; fetch <= maxFetches; ++fetch) {
        ScratchSink sink(*scratch, sampleBytes);
        const auto answer = client.receive(file.request(unlessStill(knownVersion)), sink);
        if (!answer && !sink.isSampled())
            return answer.error();
        if (answer && answer->status == notModified)
            return std::optional<FetchedFile>();
        if (answer && !answer->isSuccess())
            return file.error(*answer);

        const QString version = file.version(sink.head());
        bool changed = false;
        if (!sink.isSampled() && !version.isEmpty() && scratch->size() >= quickBytes) {
            IDS_TRY(now, hasChanged(client, file, version));
            changed = now;
        }
        if (!changed)
            return std::optional(FetchedFile{std::move(scratch), version, !sink.isSampled()});
        if (log)
            log->write(RunLogLine::Level::Info,
                       Words::tr("%1 was changed while it was fetched; fetching it anew.").arg(file.name));
    }
    return Error{.kind = ErrorKind::Source,
                 .code = QStringLiteral("object_changed"),
                 .message = Words::tr("“%1” was changed each time it was fetched.").arg(file.name),
                 .remedy = Words::tr("Run the source at a time when nobody writes to the file."),
                 .cause = {},
                 .fields = {}};
}

} // namespace idstore
