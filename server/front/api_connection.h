// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/front/api_front.h"
#include "server/http/body_framer.h"
#include "server/http/response_head.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTcpSocket>
#include <QTimer>

#include <memory>
#include <optional>

namespace idstore {

class InnerChannel;
class StreamPump;
class UploadSession;

/// One client's connection (RFC 9112): one request at a time, pipelined bytes wait unread. API thread. Deletes itself
/// when the client has gone.
///
///     Head -> Body -> Inner  -> Head | Linger          JSON routes, through QHttpServer
///          -> Body -> Stream -> Head | Linger          exports
///          -> Upload         -> Head | Linger          forms, to disk
///          -> Linger                                   refused: answered, half-closed, input discarded for 2 s
class ApiConnection : public QObject
{
    Q_OBJECT

public:
    ApiConnection(FrontShared &shared, std::unique_ptr<QTcpSocket> socket, QObject *parent);
    ~ApiConnection() override;

    void begin();
    /// Ends when the answer under way is out, at once when there is none.
    void drain();

private:
    enum class State { Head, Body, Inner, Upload, Stream, Linger, Gone };
    /// Counts one of a bounded kind for as long as it lives.
    class Place
    {
    public:
        explicit Place(int &count)
            : m_count(count)
        {
            ++m_count;
        }
        ~Place() { --m_count; }
        Q_DISABLE_COPY_MOVE(Place)

    private:
        int &m_count;
    };

    // Each of these takes what input there is; false: nothing more can be done now.
    void advance();
    [[nodiscard]] bool readHead();
    [[nodiscard]] bool readBody();
    [[nodiscard]] bool feedUpload();
    void discardInput();
    [[nodiscard]] bool fill();
    [[nodiscard]] QByteArrayView takeBody();

    void admit();
    void dispatch();
    void startInner();
    void startUpload(std::optional<SourceId> into, const QByteArray &boundary, qint64 bodyLimit);
    void startStream();
    void openStream(const HttpResponse &head);
    void writeStreamBlock(const QByteArray &bytes);
    void endStream();
    void grantStream();

    void respond(const HttpResponse &response);
    void refuse(const HttpResponse &response); ///< with part of the request still to come
    void beginAnswer(int status, const QByteArray &contentType, const QList<HttpHeader> &headers, AnswerFraming framing,
                     qint64 length);
    void endAnswer();
    void linger();
    void onBytesWritten();
    void onTimeout();
    void onDisconnected();
    void abort();
    void logAccess() const;
    [[nodiscard]] bool isHead() const { return m_head.method == "HEAD"; }

    FrontShared &m_shared;
    std::unique_ptr<QTcpSocket> m_socket;
    QTimer m_timer;
    State m_state = State::Head;
    bool m_advancing = false;

    QByteArray m_input;
    qsizetype m_inputAt = 0;
    HeadParser m_parser;

    // The request under way.
    RequestHead m_head;
    QElapsedTimer m_since;
    std::shared_ptr<Exchange> m_exchange;
    BodyFramer m_framer;
    qint64 m_bodySize = 0;
    qint64 m_bodyLimit = 0;
    std::optional<HttpResponse> m_refusal; ///< sent once the small body has been taken in
    bool m_mustClose = false;
    int m_status = 0;

    InnerChannel *m_channel = nullptr; ///< owned by the bridge, released with abandon()
    UploadSession *m_upload = nullptr; ///< child
    bool m_uploadWhole = false;
    StreamPump *m_stream = nullptr; ///< child
    int m_blocksOwed = 0;
    std::optional<Place> m_place;
    bool m_halfClosed = false;
};

} // namespace idstore
