// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/http/http_message.h"
#include "models/store/scratch_file.h"

#include <optional>

namespace idstore {

/// Puts the body of an answer into a scratch file, all of it or a sample.
class ScratchSink final : public http::Sink
{
public:
    ScratchSink(ScratchFile &file, std::optional<qint64> sampleBytes)
        : m_file(file)
        , m_sampleBytes(sampleBytes)
    {}

    Result<void> begin(const http::Response &head) override;
    Result<void> write(QByteArrayView bytes) override;

    /// The transfer ended because the sample was complete, which the client reports as an error.
    [[nodiscard]] bool isSampled() const { return m_sampled; }
    /// Of the answer that the content belongs to.
    [[nodiscard]] const http::Response &head() const { return m_head; }

private:
    ScratchFile &m_file;
    std::optional<qint64> m_sampleBytes;
    http::Response m_head;
    bool m_sampled = false;
};

} // namespace idstore
