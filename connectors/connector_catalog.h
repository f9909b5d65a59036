// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ingest/connector.h"

#include <memory>
#include <vector>

namespace idstore {

/// The connectors of this program, in the order of connectors/CMakeLists.txt, and the one of uploaded files.
/// Texts are in the language that is installed when it is made. Immutable and thread-safe.
class BuiltInConnectors final : public ConnectorCatalog
{
public:
    BuiltInConnectors();
    ~BuiltInConnectors() override;
    Q_DISABLE_COPY_MOVE(BuiltInConnectors)

    [[nodiscard]] const std::vector<const Connector *> &all() const override { return m_all; }
    [[nodiscard]] const Connector *find(QStringView sourceType) const override;
    [[nodiscard]] Result<void> checkUpload(const QString &path, const QString &originalName) const override;

private:
    std::unique_ptr<Connector> m_file;
    std::vector<std::unique_ptr<Connector>> m_connectors;
    std::vector<const Connector *> m_all;
};

} // namespace idstore
