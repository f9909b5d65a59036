// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/files/encoding_detector.h"
#include "connectors/files/text_buffer.h"
#include "connectors/files/text_decoder.h"
#include "models/base/result.h"

#include <QFile>
#include <QString>

#include <string>
#include <string_view>

namespace idstore {

/// A file as UTF-8 text, of which the part between begin() and end() is in memory. UTF-8 is read straight into the
/// buffer; other encodings pass a decoder. Memory is what was asked to be kept unread plus one block.
/// Used by one thread at a time. Errors: ErrorKind::Source ("file_unreadable").
class TextWindow
{
public:
    /// Bytes read at once.
    static constexpr std::size_t defaultBlockSize = 256 * 1024;

    /// `blockSize` is a parameter so that tests can cut the input anywhere.
    explicit TextWindow(const QString &path, std::size_t blockSize = defaultBlockSize);

    [[nodiscard]] Result<void> open();
    /// The first bytes of the file as they stand. Before start().
    [[nodiscard]] Result<QByteArray> sample(qint64 size);
    /// The last text of the file, of about `size` bytes, from the start of a line on. Before start().
    [[nodiscard]] Result<std::string> lastText(const DetectedEncoding &encoding, qint64 size);
    /// From where and how to read. Until start() there is no text.
    [[nodiscard]] Result<void> start(const DetectedEncoding &encoding);

    [[nodiscard]] const char *begin() const { return m_buffer.begin(); }
    [[nodiscard]] const char *end() const { return m_buffer.end(); }
    [[nodiscard]] std::size_t size() const { return m_buffer.size(); }
    /// Nothing comes after end().
    [[nodiscard]] bool atEnd() const { return m_atEnd; }
    /// Gives up the text before `position`.
    void consume(const char *position) { m_buffer.consume(position); }
    /// Gives away the text before `position` with the memory it is in, in exchange for that of `piece`. Pointers into
    /// the window become invalid.
    void handOver(const char *position, TextBuffer &piece);
    /// Adds text: as much again as there is, so that whoever starts over for want of more text does so a logarithmic
    /// number of times; at least a block, and no more than a block over `enough` bytes. Pointers into the window
    /// become invalid.
    [[nodiscard]] Result<void> readMore(std::size_t enough);

    [[nodiscard]] TextEncoding encoding() const { return m_decoder.encoding(); }
    /// Nothing but ASCII so far: see DetectedEncoding::open.
    [[nodiscard]] bool isEncodingOpen() const { return m_encodingOpen; }
    /// Bytes of the file before `position`: exact for UTF-8 and at the end, in proportion otherwise.
    [[nodiscard]] qint64 bytesBefore(const char *position) const;
    [[nodiscard]] qint64 totalBytes() const { return m_totalBytes; }

private:
    Result<void> readBlock();
    Result<void> decideEncoding(std::size_t blockStart);
    [[nodiscard]] Error readError() const;

    QFile m_file;
    std::size_t m_blockSize;
    qint64 m_totalBytes = 0;
    qint64 m_readBytes = 0; ///< position in the file
    qint64 m_textBytes = 0; ///< of UTF-8 made of them
    TextDecoder m_decoder{TextEncoding::Utf8};
    bool m_encodingOpen = false; ///< only ASCII seen: see DetectedEncoding::open
    bool m_atEnd = false;

    TextBuffer m_buffer;
    std::string m_raw; ///< bytes to decode
    std::string m_decoded;
};

} // namespace idstore
