// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/error.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace idstore::sql {

// Names of schemas, tables and columns that people supply: looked at before any connection is made, and quoted by the
// rules of the database when they become part of a statement. Pure functions; any thread.

enum class Dialect { PostgreSql, MySql };

/// What is wrong with a name, in a sentence that says what is allowed; empty when nothing is.
[[nodiscard]] QString nameProblem(const QString &name, Dialect dialect);

/// The problems of a config's names: "config.schema", "config.table", "config.columns.2", "config.key".
[[nodiscard]] QList<FieldError> nameProblems(const QJsonObject &config, Dialect dialect);

/// The name as part of a statement, in quotes and with quotes in it doubled. Any name that the database can have,
/// checked or not: columns that nobody picked are read under the names they have.
[[nodiscard]] QString quotedName(const QString &name, Dialect dialect);

/// One text or a list of texts, as "key" may be.
[[nodiscard]] QStringList textsOf(const QJsonValue &value);

/// Of the names there are, up to three that somebody may have meant by `wanted`.
[[nodiscard]] QStringList nearNames(const QString &wanted, const QStringList &names);

} // namespace idstore::sql
