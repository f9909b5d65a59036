// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/described_connector.h"

#include <QCoreApplication>

namespace idstore {

namespace {

class DescribedConnector final : public Connector
{
    Q_DECLARE_TR_FUNCTIONS(DescribedConnector)

public:
    explicit DescribedConnector(ConnectorDescriptor descriptor)
        : m_descriptor(std::move(descriptor))
    {
        m_descriptor.readable = false;
    }

    [[nodiscard]] const ConnectorDescriptor &descriptor() const override { return m_descriptor; }
    [[nodiscard]] Result<std::unique_ptr<RecordReader>> open(const ReadRequest &) const override
    {
        return Error{.kind = ErrorKind::Source,
                     .code = QStringLiteral("connector_not_available"),
                     .message = tr("This version cannot read from %1 yet.").arg(m_descriptor.title),
                     .remedy = tr("Export the data from %1 as CSV and upload that file.").arg(m_descriptor.title),
                     .cause = {},
                     .fields = {}};
    }

private:
    ConnectorDescriptor m_descriptor;
};

} // namespace

std::unique_ptr<Connector> describedConnector(ConnectorDescriptor descriptor)
{
    return std::make_unique<DescribedConnector>(std::move(descriptor));
}

} // namespace idstore
