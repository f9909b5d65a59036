// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/error.h"
#include "models/base/ids.h"
#include "models/domain/column.h"
#include "models/domain/cursor.h"
#include "models/domain/ingestion_run.h"

#include <QDateTime>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <optional>

namespace idstore {

/// Derived from facts, never stored: a run in progress makes it Ingesting, the last finished run decides the rest.
enum class SourceStatus { Pending, Ingesting, Ready, Error };

/// "pending", "ingesting", "ready", "error".
[[nodiscard]] QString toString(SourceStatus status);

/// The source_type of an uploaded file; not one of the connector types.
inline constexpr const char *fileSourceType = "file";

/// The uploaded file a source is read from.
struct StoredFile
{
    QString originalName; ///< as the person's computer called it, without folders
    QString path; ///< where it is kept, absolute
    qint64 size = 0; ///< bytes

    bool operator==(const StoredFile &) const = default;
};

/// Where customer data comes from, and what is held of it now.
struct Source
{
    SourceId id;
    UserId owner;
    QString name;
    QString description;
    QString sourceType; ///< a connector's id, or fileSourceType
    QJsonObject config; ///< readable settings; never a secret
    QJsonObject credentialHints; ///< {"token": {"set": true, "hint": "…9f2c"}}
    Cursor cursor;
    QStringList keyColumns; ///< what tells rows apart; empty: nothing, so that every run is a full load
    std::optional<StoredFile> file; ///< for fileSourceType
    QDateTime createdAt; ///< UTC
    QDateTime updatedAt; ///< UTC

    qint64 rowCount = 0; ///< rows held now
    qint64 rejectedCount = 0; ///< rows set aside now
    qint64 generation = 0; ///< the dataset file in use; 0: none yet
    Columns columns; ///< of that generation
    QStringList datasetKey; ///< the key that the rows of that generation are unique by; empty: none
    /// What the reader of those rows left for the next run (RecordReader::state()).
    QJsonObject readerState;

    SourceStatus status = SourceStatus::Pending;
    std::optional<IngestionRun> lastRun; ///< newest, running included
    std::optional<Error> error; ///< why status is Error
};

} // namespace idstore
