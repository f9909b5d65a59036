// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/client/http_client.h"

#include "connectors/http/http_client.h"
#include "models/domain/proxy_setting.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <optional>
#include <utility>

namespace idstore::client {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(HttpClient)
};

/// Pieces of any size, cut to the room there is.
class PiecesOf final : public http::BodySource
{
public:
    explicit PiecesOf(HttpBody &body)
        : m_body(body)
        , m_left(body.size())
    {}

    [[nodiscard]] qint64 size() const override { return m_body.size(); }

    [[nodiscard]] Result<qint64> read(char *data, qint64 room) override
    {
        if (m_used == m_piece.size()) {
            if (m_left == 0)
                return 0;
            IDS_TRY(piece, m_body.next());
            m_piece = std::move(piece);
            m_used = 0;
        }
        const qsizetype count = std::min<qsizetype>(room, m_piece.size() - m_used);
        std::memcpy(data, m_piece.constData() + m_used, static_cast<std::size_t>(count));
        m_used += count;
        m_left -= count;
        return count;
    }

    /// Requests are sent once.
    [[nodiscard]] Result<void> rewind() override
    {
        return Error{.kind = ErrorKind::Internal,
                     .code = QStringLiteral("sent_already"),
                     .message = Words::tr("The request cannot be sent again."),
                     .remedy = Words::tr("Run the command again."),
                     .cause = {},
                     .fields = {}};
    }

private:
    HttpBody &m_body;
    qint64 m_left;
    QByteArray m_piece;
    qsizetype m_used = 0;
};

/// Hands a 2xx answer on, or collects it; and remembers that it began.
class AnswerSink final : public http::Sink
{
public:
    explicit AnswerSink(const std::function<Result<void>(QByteArrayView)> &take)
        : m_take(take)
    {}

    [[nodiscard]] Result<void> begin(const http::Response &) override
    {
        m_begun = true;
        return {};
    }
    [[nodiscard]] Result<void> write(QByteArrayView bytes) override
    {
        if (m_take)
            return m_take(bytes);
        m_collected.append(bytes);
        return {};
    }

    [[nodiscard]] bool hasBegun() const { return m_begun; }
    [[nodiscard]] QByteArray takeCollected() { return std::move(m_collected); }

private:
    const std::function<Result<void>(QByteArrayView)> &m_take;
    QByteArray m_collected;
    bool m_begun = false;
};

/// What the end of the exchange means when the peer is an instance of this program; any other error as it is.
Error instanceError(const Error &error, bool answered)
{
    constexpr auto lost = std::to_array({QLatin1StringView("connection_refused"),
                                         QLatin1StringView("connection_failed"), QLatin1StringView("connection_lost")});
    const bool isLost = std::ranges::find(lost, error.code) != lost.end();
    const auto unavailable = [&](const char *code, const QString &message, const QString &remedy) {
        return Error{.kind = ErrorKind::Unavailable,
                     .code = QLatin1StringView(code),
                     .message = message,
                     .remedy = remedy,
                     .cause = error.cause,
                     .fields = {}};
    };
    if (error.kind != ErrorKind::Source)
        return error;
    if (error.code == QStringLiteral("timed_out")) {
        return unavailable("no_answer", Words::tr("The running instance does not answer."),
                           Words::tr("Run the command again."));
    }
    if (error.code == QStringLiteral("bad_answer") || (isLost && answered)) {
        return unavailable("bad_answer", Words::tr("The running instance gave an answer that makes no sense."),
                           Words::tr("Stop it and start it again, then repeat the command."));
    }
    if (isLost) {
        return unavailable("instance_gone", Words::tr("The running instance stopped or cannot be reached."),
                           Words::tr("Run the command again."));
    }
    return error;
}

http::ClientSettings loopbackSettings()
{
    http::ClientSettings settings;
    settings.proxy = directProxy();
    settings.silence = std::chrono::minutes(5);
    settings.retry.attempts = 1;
    return settings;
}

} // namespace

HttpClient::HttpClient(QUrl base, CancelToken cancel)
    : m_base(std::move(base))
    , m_cancel(std::move(cancel))
{}

Result<http::Response> HttpClient::send(const HttpRequest &request) const
{
    http::Request sent;
    sent.method = request.method;
    sent.url = QUrl::fromEncoded(m_base.toEncoded(QUrl::RemovePath | QUrl::RemoveQuery) + request.target);
    sent.headers = request.fields;
    sent.authorizer = request.authorizer;
    sent.keepsRedirects = true;
    sent.maxBytes = std::numeric_limits<qint64>::max();
    std::optional<PiecesOf> pieces;
    if (request.body)
        sent.bodySource = &pieces.emplace(*request.body);

    AnswerSink sink(request.sink);
    http::Client client(loopbackSettings(), {.cancel = m_cancel});
    auto answer = client.receive(sent, sink);
    if (!answer)
        return instanceError(answer.error(), sink.hasBegun());
    if (answer->isSuccess())
        answer->body = sink.takeCollected();
    return answer;
}

} // namespace idstore::client
