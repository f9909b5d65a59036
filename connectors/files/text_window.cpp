// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/text_window.h"

#include "connectors/files/byte_scan.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace idstore {

namespace {
constexpr qint64 decisionSampleBytes = 64 * 1024;
} // namespace

TextWindow::TextWindow(const QString &path, std::size_t blockSize)
    : m_file(path)
    , m_blockSize(blockSize)
{}

Result<void> TextWindow::open()
{
    if (!m_file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return readError();
    m_totalBytes = m_file.size();
    return {};
}

Result<QByteArray> TextWindow::sample(qint64 size)
{
    if (!m_file.seek(0))
        return readError();
    QByteArray bytes(std::min(size, m_totalBytes), Qt::Uninitialized);
    const qint64 got = m_file.read(bytes.data(), bytes.size());
    if (got < 0)
        return readError();
    bytes.truncate(got);
    return bytes;
}

Result<std::string> TextWindow::lastText(const DetectedEncoding &encoding, qint64 size)
{
    // Characters of up to four bytes begin at such places.
    const qint64 from = encoding.bomLength + std::max<qint64>(m_totalBytes - encoding.bomLength - size, 0) / 4 * 4;
    QByteArray bytes(m_totalBytes - std::min(from, m_totalBytes), Qt::Uninitialized);
    if (!m_file.seek(from))
        return readError();
    const qint64 got = m_file.read(bytes.data(), bytes.size());
    if (got < 0)
        return readError();
    TextDecoder decoder(encoding.encoding);
    std::string text;
    decoder.decode(std::string_view(bytes.constData(), static_cast<std::size_t>(got)), text);
    decoder.finish(text);
    // What is cut off at the front goes with its line.
    return from > encoding.bomLength ? text.substr(std::min(text.find_first_of("\r\n"), text.size())) : text;
}

Result<void> TextWindow::start(const DetectedEncoding &encoding)
{
    if (!m_file.seek(encoding.bomLength))
        return readError();
    m_readBytes = encoding.bomLength;
    m_textBytes = 0;
    m_decoder = TextDecoder(encoding.encoding);
    m_encodingOpen = encoding.open;
    m_atEnd = false;
    m_buffer.clear();
    return {};
}

Result<void> TextWindow::readMore(std::size_t enough)
{
    const std::size_t wanted = std::max(size() + 1, std::min(size() * 2, enough));
    while (!m_atEnd && size() < wanted)
        IDS_CHECK(readBlock());
    return {};
}

Result<void> TextWindow::readBlock()
{
    char *target = nullptr;
    if (m_decoder.passesThrough()) {
        target = m_buffer.makeRoom(m_blockSize);
    } else {
        m_raw.resize(m_blockSize);
        target = m_raw.data();
    }
    const qint64 got = m_file.read(target, static_cast<qint64>(m_blockSize));
    if (got < 0)
        return readError();
    m_readBytes += got;
    if (m_decoder.passesThrough()) {
        const std::size_t blockStart = size();
        m_buffer.grow(static_cast<std::size_t>(got));
        m_textBytes += got;
        if (m_encodingOpen)
            IDS_CHECK(decideEncoding(blockStart));
    } else {
        m_decoded.clear();
        m_decoder.decode(std::string_view(m_raw.data(), static_cast<std::size_t>(got)), m_decoded);
        if (got == 0)
            m_decoder.finish(m_decoded);
        m_buffer.append(m_decoded);
        m_textBytes += static_cast<qint64>(m_decoded.size());
    }
    m_atEnd = got == 0;
    return {};
}

Result<void> TextWindow::decideEncoding(std::size_t blockStart)
{
    const char *const special = byteScan::findNonAscii(begin() + blockStart, end());
    if (special == end())
        return {};
    m_encodingOpen = false;
    // The decision looks at a stretch of the file, not at what happens to be in the buffer.
    const qint64 position = m_readBytes - (end() - special);
    QByteArray stretch(decisionSampleBytes, Qt::Uninitialized);
    if (!m_file.seek(position))
        return readError();
    const qint64 got = m_file.read(stretch.data(), stretch.size());
    if (got < 0)
        return readError();
    const auto encoding = encodingOfBytes(std::string_view(stretch.constData(), static_cast<std::size_t>(got)));
    if (encoding == TextEncoding::Utf8) {
        if (!m_file.seek(m_readBytes))
            return readError();
        return {};
    }
    m_decoder = TextDecoder(encoding);
    m_textBytes -= end() - special;
    m_buffer.truncate(special);
    m_readBytes = position;
    if (!m_file.seek(position))
        return readError();
    return {};
}

void TextWindow::handOver(const char *position, TextBuffer &piece)
{
    piece.clear();
    piece.append({position, static_cast<std::size_t>(end() - position)});
    m_buffer.truncate(position);
    std::swap(m_buffer, piece);
}

qint64 TextWindow::bytesBefore(const char *position) const
{
    const qint64 unread = end() - position;
    if (m_decoder.passesThrough() || m_textBytes == 0)
        return m_readBytes - unread;
    const double sourcePerText = static_cast<double>(m_readBytes) / static_cast<double>(m_textBytes);
    return std::max<qint64>(0, m_readBytes - static_cast<qint64>(static_cast<double>(unread) * sourcePerText));
}

Error TextWindow::readError() const
{
    return {.kind = ErrorKind::Source,
            .code = QStringLiteral("file_unreadable"),
            .message = QCoreApplication::translate("TextWindow", "The file cannot be read."),
            .remedy = QCoreApplication::translate("TextWindow", "Check that it still exists, or upload it again."),
            .cause = m_file.errorString(),
            .fields = {}};
}

} // namespace idstore
