// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/remote/scratch_sink.h"

namespace idstore {

namespace {

/// A workbook or an archive is of no use in part.
bool isReadInPart(const QByteArray &head)
{
    return !head.startsWith("PK") && !head.startsWith("\x1F\x8B") && !head.startsWith("\xD0\xCF\x11\xE0");
}

} // namespace

Result<void> ScratchSink::begin(const http::Response &head)
{
    m_head = head;
    return m_file.restart();
}

Result<void> ScratchSink::write(QByteArrayView bytes)
{
    if (m_file.size() == 0 && m_sampleBytes &&
        !isReadInPart(bytes.first(std::min<qsizetype>(bytes.size(), 4)).toByteArray()))
        m_sampleBytes.reset();
    IDS_CHECK(m_file.write(bytes));
    if (!m_sampleBytes || m_file.size() < *m_sampleBytes)
        return {};
    m_sampled = true;
    return Error{ErrorKind::Cancelled, QStringLiteral("sample_complete"), {}, {}, {}, {}};
}

} // namespace idstore
