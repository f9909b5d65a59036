// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/http/http_client.h"
#include "connectors/remote/remote_store.h"
#include "models/ingest/connector.h"

#include <functional>

namespace idstore {

/// Makes the store that a request means. Source or InvalidInput errors.
using RemoteStoreMaker = std::function<Result<std::unique_ptr<RemoteStore>>(const ReadRequest &request)>;

/// A connector of table files in a remote store: fetches the files into scratch files and reads them like uploads,
/// several as one table. `objectField` is the setting that names a file when there is no prefix, for stores that call
/// it `key`: then it is no column. An unchanged store makes an unchanged run; the versions of the files are the state
/// kept between runs. Its test goes from reaching the server to reading one row.
[[nodiscard]] std::unique_ptr<Connector> remoteTablesConnector(ConnectorDescriptor descriptor,
                                                               RemoteStoreMaker makeStore, QString objectField = {});

/// The HTTP client for a request: its certificate authorities and time limit, and who waits for it.
[[nodiscard]] http::ClientSettings clientSettings(const ReadRequest &request);
[[nodiscard]] http::ClientWatcher clientWatcher(const ReadRequest &request);

} // namespace idstore
