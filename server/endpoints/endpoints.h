// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/services/engine.h"
#include "server/route_table.h"

namespace idstore {

// Each adds the routes of one resource. A handler takes its request apart, calls a service, and puts the answer
// together; the rules are the services'. `engine` must outlive the table.

void addDescriptionEndpoints(RouteTable &routes, Engine &engine); ///< health, OpenAPI
void addSourceEndpoints(RouteTable &routes, Engine &engine);
void addRecordEndpoints(RouteTable &routes, Engine &engine);
void addRejectEndpoints(RouteTable &routes, Engine &engine); ///< and corrections
void addRunEndpoints(RouteTable &routes, Engine &engine);
void addConnectorEndpoints(RouteTable &routes, Engine &engine);
void addConnectionEndpoints(RouteTable &routes, Engine &engine); ///< tests and previews of what is no source yet
void addTokenEndpoints(RouteTable &routes, Engine &engine);

/// All of them. `routes` must stay where it is: the description reads it when asked.
void addEndpoints(RouteTable &routes, Engine &engine);

/// The id in a path. NotFound ("source_not_found" and the like) also for what is no id at all.
[[nodiscard]] Result<SourceId> sourceIdOf(const HttpRequest &request);
[[nodiscard]] Result<RunId> runIdOf(const HttpRequest &request);

/// The connector in a path; NotFound ("connector_not_found").
[[nodiscard]] Result<const Connector *> connectorOf(Engine &engine, const HttpRequest &request);

/// The Link field that leads to the next page: this request's path with `limit` and `after`.
[[nodiscard]] HttpHeader nextLink(const HttpRequest &request, qint64 limit, const QString &after);
/// limit and after, as lists take them.
[[nodiscard]] QList<QueryParameter> pagingParameters(int defaultLimit, int maxLimit);

} // namespace idstore
