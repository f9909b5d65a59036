// SPDX-License-Identifier: GPL-3.0-or-later
// The words of the REST API for what connectors are: add, never change.
#include "models/ingest/connector.h"

namespace idstore {

QString toString(ConnectorCategory category)
{
    switch (category) {
    case ConnectorCategory::File:
        return QStringLiteral("file");
    case ConnectorCategory::Database:
        return QStringLiteral("database");
    case ConnectorCategory::CloudFile:
        return QStringLiteral("cloud_file");
    case ConnectorCategory::SignIn:
        return QStringLiteral("sign_in");
    case ConnectorCategory::Application:
        break;
    }
    return QStringLiteral("application");
}

QString toString(AuthKind kind)
{
    switch (kind) {
    case AuthKind::None:
        return QStringLiteral("none");
    case AuthKind::Password:
        return QStringLiteral("password");
    case AuthKind::AccessKey:
        return QStringLiteral("access_key");
    case AuthKind::ServiceAccount:
        return QStringLiteral("service_account");
    case AuthKind::OAuth:
        return QStringLiteral("oauth");
    case AuthKind::Token:
        break;
    }
    return QStringLiteral("token");
}

} // namespace idstore
