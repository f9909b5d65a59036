// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ingest/connector.h"

#include <QSemaphore>
#include <QStringList>

#include <atomic>
#include <functional>

namespace idstore::test {

/// A connector whose rows a test makes up: any number of rows of three columns, errors where the test wants them.
class MemoryConnector final : public Connector
{
public:
    struct Behaviour
    {
        qint64 rows = 10;
        qint64 rejectEvery = 0; ///< every n-th row is set aside; 0: none
        qint64 failAfter = -1; ///< rows until the source breaks; -1: never
        int rowsPerBatch = 100;
        std::function<void(qint64 row)> beforeBatch = {}; ///< called on the reader's thread
    };

    explicit MemoryConnector(QString id = QLatin1StringView(fileSourceType));

    /// Takes effect for readers opened from now on. Not while a run is starting.
    Behaviour behaviour;

    [[nodiscard]] const ConnectorDescriptor &descriptor() const override { return m_descriptor; }
    [[nodiscard]] Result<std::unique_ptr<RecordReader>> open(const ReadRequest &request) const override;

private:
    ConnectorDescriptor m_descriptor;
};

/// A catalog of one MemoryConnector that takes uploads, and one described type, "memory_test", with a secret.
class MemoryCatalog final : public ConnectorCatalog
{
public:
    MemoryCatalog();

    MemoryConnector file;
    MemoryConnector described;

    [[nodiscard]] const std::vector<const Connector *> &all() const override { return m_all; }
    [[nodiscard]] const Connector *find(QStringView sourceType) const override;
    [[nodiscard]] Result<void> checkUpload(const QString &path, const QString &originalName) const override;

private:
    std::vector<const Connector *> m_all;
};

} // namespace idstore::test
