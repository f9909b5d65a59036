// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/header_parameters.h"

#include <QByteArray>
#include <QByteArrayView>

namespace idstore {

/// Reads a multipart/form-data body (RFC 7578, RFC 2046) from bytes as they come, in bounded memory: the data of a
/// part is handed on as it arrives, without copying where a piece holds no candidate for the boundary.
/// Not thread-safe.
class MultipartParser
{
public:
    static constexpr qsizetype maxHeaderBytes = 16 * 1024; ///< of one part
    static constexpr int maxParts = 32;

    class Sink
    {
    public:
        virtual ~Sink() = default;
        /// `disposition.word` is "form-data".
        virtual void partBegins(const HeaderParameters &disposition) = 0;
        virtual void partData(QByteArrayView data) = 0;
        virtual void partEnds() = 0;
    };

    /// `sink` must outlive the parser.
    MultipartParser(const QByteArray &boundary, Sink &sink);

    /// False: the body is malformed, see error(). Data handed on before stands.
    [[nodiscard]] bool feed(QByteArrayView bytes);
    /// The body has ended; false when it was cut short.
    [[nodiscard]] bool finish();
    /// What is wrong, for a person.
    [[nodiscard]] QString error() const { return m_error; }

private:
    enum class State { Preamble, Headers, Body, Epilogue, Failed };
    enum class Line { Boundary, Close, Neither, Unfinished };
    struct LineEnd
    {
        Line kind;
        qsizetype length; ///< of what follows the delimiter on its line, line end included
    };

    [[nodiscard]] qsizetype consume(QByteArrayView bytes);
    [[nodiscard]] qsizetype consumeData(QByteArrayView bytes);
    [[nodiscard]] qsizetype consumeHeaders(QByteArrayView bytes);
    [[nodiscard]] LineEnd classify(QByteArrayView afterDelimiter) const;
    bool beginPart(const QByteArray &headers);
    void emitData(QByteArrayView data);
    void fail(const QString &error);

    const QByteArray m_delimiter; ///< CR LF, two dashes, boundary
    Sink &m_sink;
    State m_state = State::Preamble;
    QByteArray m_held; ///< bytes whose meaning the next ones decide
    QString m_error;
    int m_parts = 0;
};

} // namespace idstore
