// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/http/http_client.h"
#include "connectors/remote/remote_store.h"

#include <functional>

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

/// Fetches one file over HTTP. Nothing for status 304. `versionOf` reads the version from the answer; `errorOf` says
/// what an answer that is no success means.
[[nodiscard]] Result<std::optional<FetchedFile>>
fetchOverHttp(http::Client &client, const http::Request &request, std::unique_ptr<ScratchFile> scratch,
              std::optional<qint64> sampleBytes, const std::function<QString(const http::Response &)> &versionOf,
              const std::function<Error(const http::Response &)> &errorOf);

} // namespace idstore
