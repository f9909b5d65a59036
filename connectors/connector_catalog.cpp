// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/connector_catalog.h"

#include "connectors/files/file_connector.h"
#include "connectors/files/upload_check.h"

// The list is written by idstore_add_connector() in connectors/CMakeLists.txt: one IDS_CONNECTOR(id) a connector.
#define IDS_CONNECTOR(id)                                                                                              \
    namespace idstore::connectors::id {                                                                                \
    std::unique_ptr<Connector> make();                                                                                 \
    }
#include "connector_list.inc"
#undef IDS_CONNECTOR

namespace idstore {

BuiltInConnectors::BuiltInConnectors()
    : m_file(std::make_unique<FileConnector>())
{
#define IDS_CONNECTOR(id) m_connectors.push_back(connectors::id::make());
#include "connector_list.inc"
#undef IDS_CONNECTOR
    for (const auto &connector : m_connectors)
        m_all.push_back(connector.get());
}

BuiltInConnectors::~BuiltInConnectors() = default;

const Connector *BuiltInConnectors::find(QStringView sourceType) const
{
    if (sourceType == QLatin1StringView(fileSourceType))
        return m_file.get();
    for (const Connector *connector : m_all) {
        if (connector->descriptor().id == sourceType)
            return connector;
    }
    return nullptr;
}

Result<void> BuiltInConnectors::checkUpload(const QString &path, const QString &originalName) const
{
    return checkUploadedFile(path, originalName);
}

} // namespace idstore
