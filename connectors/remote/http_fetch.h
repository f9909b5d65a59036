// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/http/http_client.h"
#include "connectors/remote/remote_store.h"

#include <functional>

namespace idstore {

/// A file behind HTTP, as fetchFile() has to know it.
struct HttpFile
{
    QString name; ///< for people
    std::function<http::Request(const http::Headers &fields)> request; ///< for it, with these fields besides
    std::function<QString(const http::Response &)> version; ///< from the answer that brought the content
    std::function<Error(const http::Response &)> error; ///< what an answer of status 300 or more means
};

/// RemoteStore::fetch() over HTTP. `knownVersion` goes into If-None-Match when it is an entity tag and else into
/// If-Modified-Since (RFC 9110, section 13.1). An answer is of one version by the protocol; servers that read from
/// files nevertheless mix two when the file is written to while they send it. So the server is asked once more, after a
/// file that takes a while, whether it still has what it sent. `scratch` is taken on success alone. `log` may be null.
/// Errors: those of the client and of `file.error`; "object_changed" (Source) for a file that changes time and again.
[[nodiscard]] Result<std::optional<FetchedFile>> fetchFile(http::Client &client, const HttpFile &file,
                                                           const QString &knownVersion,
                                                           std::unique_ptr<ScratchFile> &scratch,
                                                           std::optional<qint64> sampleBytes, RunLog *log);

/// The ETag of an answer, else the time of the last change, else nothing.
[[nodiscard]] QString etagOrTime(const http::Response &answer);

} // namespace idstore
