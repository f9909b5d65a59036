// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/error.h"
#include "models/base/secret.h"
#include "models/domain/column.h"
#include "models/domain/cursor.h"

#include <QJsonObject>
#include <QStringList>

namespace idstore {

class ConnectorCatalog;
struct ColumnChange;
struct NewConnectedSource;
struct Source;
struct SourcePatch;

// What a source's fields must be. Pure functions; every problem is reported, named by its field.

[[nodiscard]] QList<FieldError> checkNaming(const QString &name, const QString &description);
/// An unknown type lists the known ones.
[[nodiscard]] QList<FieldError> checkSourceType(const QString &sourceType, const ConnectorCatalog &connectors);
/// Fills `cursor` when there is nothing to complain about.
[[nodiscard]] QList<FieldError> checkCursor(const NewConnectedSource &request, Cursor &cursor);

/// Fills `key`, trimmed, when there is nothing to complain about.
[[nodiscard]] QList<FieldError> checkKey(const QStringList &names, QStringList &key);
/// Applies what `patch` says of key and cursor to `source`, to be thrown away when there is a problem.
[[nodiscard]] QList<FieldError> applyKeyAndCursor(const SourcePatch &patch, Source &source);

/// Changes `columns`, which are to be thrown away when there is a problem; fields are called "columns[0].name".
[[nodiscard]] QList<FieldError> applyColumnChanges(const QList<ColumnChange> &changes, Columns &columns);

/// `given` with the stored value for each secret that is written as it is answered: {"set": true}, and maybe a hint.
/// What is not stored stays as written, for checkCredentials() to refuse.
[[nodiscard]] QJsonObject withStoredSecrets(QJsonObject given, const QJsonObject &stored, const QJsonObject &schema);
[[nodiscard]] QList<FieldError> checkCredentials(const QJsonObject &credentials, const QJsonObject &schema);

// Credentials as the vault keeps them.
[[nodiscard]] Secret credentialsSecret(const QJsonObject &credentials);
[[nodiscard]] QJsonObject credentialsObject(const Secret &secret);

/// {"token": {"set": true, "hint": "…9f2c"}} for the secret properties; other properties as they are.
[[nodiscard]] QJsonObject credentialHints(const QJsonObject &credentials, const QJsonObject &schema);

/// `wanted`, or "wanted 2", "wanted 3", ... if that is taken (letter case ignored).
[[nodiscard]] QString uniqueName(const QString &wanted, const QStringList &taken);

/// The InvalidInput error for these problems.
[[nodiscard]] Error invalidInput(const QList<FieldError> &problems);

} // namespace idstore
