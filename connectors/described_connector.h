// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ingest/connector.h"

#include <memory>

namespace idstore {

/// A connector that this build knows by its forms, so that sources can be set up and checked, but cannot read yet:
/// open() answers ErrorKind::Source "connector_not_available". The descriptor's `readable` is false whatever it says.
[[nodiscard]] std::unique_ptr<Connector> describedConnector(ConnectorDescriptor descriptor);

} // namespace idstore
