// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace idstore {

/// The statements that make an empty dataset file of the format described in sqlite_dataset_store.h, one source for
/// every writer so that no reader can tell their files apart.
[[nodiscard]] QByteArray datasetSchemaSql(int columnCount);

} // namespace idstore
