// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/logging.h"

namespace idstore {

Q_LOGGING_CATEGORY(logStore, "idstore.store", QtInfoMsg)
Q_LOGGING_CATEGORY(logIngest, "idstore.ingest", QtInfoMsg)
Q_LOGGING_CATEGORY(logConnectors, "idstore.connectors", QtInfoMsg)
Q_LOGGING_CATEGORY(logServices, "idstore.services", QtInfoMsg)
Q_LOGGING_CATEGORY(logServer, "idstore.server", QtInfoMsg)
Q_LOGGING_CATEGORY(logUi, "idstore.ui", QtInfoMsg)
Q_LOGGING_CATEGORY(logApp, "idstore.app", QtInfoMsg)

} // namespace idstore
