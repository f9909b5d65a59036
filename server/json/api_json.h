// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/ingestion_run.h"
#include "models/domain/progress.h"
#include "models/domain/rejection.h"
#include "models/domain/source.h"
#include "models/ingest/connector.h"
#include "models/services/record_service.h"
#include "models/services/token_service.h"
#include "server/http/http_message.h"

#include <QJsonArray>
#include <QJsonObject>

namespace idstore {

// The domain's values as the REST API shows them; the schemas are in server/openapi_schemas.json. Nothing here can
// reach a secret: credentials are hints by the time they are here. Pure functions; any thread.

/// "2026-04-13T08:00:00Z"; null for a null time.
[[nodiscard]] QJsonValue timeJson(const QDateTime &time);
[[nodiscard]] QJsonObject errorJson(const Error &error);
[[nodiscard]] QJsonObject runJson(const IngestionRun &run);
[[nodiscard]] QJsonObject runLogLineJson(const RunLogLine &line);
[[nodiscard]] QJsonObject progressJson(const Progress &progress);
[[nodiscard]] QJsonObject columnJson(const Column &column);
[[nodiscard]] QJsonObject sourceJson(const Source &source, const std::optional<Progress> &progress);
/// Of a preview: nothing is stored yet, so there is nothing to correct.
[[nodiscard]] QJsonObject rejectionJson(const Rejection &rejection);
[[nodiscard]] QJsonObject rejectedRowJson(const RejectedRow &row);
[[nodiscard]] QJsonObject correctionJson(const SavedCorrection &correction);
[[nodiscard]] QJsonObject connectorJson(const ConnectorDescriptor &descriptor);
[[nodiscard]] QJsonObject connectionReportJson(const ConnectionReport &report);
[[nodiscard]] QJsonObject tokenJson(const ApiToken &token);
/// The record's cells by the names of their columns, in the order of the columns; `names` as JSON, quotes included.
void appendRecordJson(QByteArray &json, const QList<QByteArray> &names, const QList<std::optional<QString>> &cells);
/// The names of the columns as JSON, quotes included.
[[nodiscard]] QList<QByteArray> columnNamesJson(const Columns &columns);
/// The text of the object: cells in the order of the columns, which a QJsonObject would not keep.
[[nodiscard]] QByteArray recordPageJson(const RecordPage &page);

[[nodiscard]] HttpResponse jsonAnswer(int status, const QJsonObject &body);
[[nodiscard]] HttpResponse jsonAnswer(int status, const QJsonArray &body);
/// 202 with the source, the run and its address.
[[nodiscard]] HttpResponse startedRun(SourceId source, RunId run);
/// 201 with the source and its address.
[[nodiscard]] HttpResponse createdSource(const Source &source);

} // namespace idstore
