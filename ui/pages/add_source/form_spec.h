// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>

namespace idstore {

/// One field of a form, as a connector's JSON Schema describes it (connectors/schema/schema_fields.h).
struct FieldSpec
{
    enum class Kind { Text, Secret, Document, SecretDocument, Number, Choice, Switch, List, Pairs };

    QString name;
    QJsonObject rules;
    bool isRequired = false;

    [[nodiscard]] Kind kind() const;
    [[nodiscard]] bool isSecret() const;
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString help() const;
    /// Where to find the value; mostly empty.
    [[nodiscard]] QString where() const;
    /// "" for the main fields, "more", "reading", "sign_in".
    [[nodiscard]] QString section() const;
};

/// One way to fill in a form.
struct FormSpec
{
    QString title; ///< empty when it is the only way
    QJsonObject schema; ///< of this way alone
    QList<FieldSpec> fields; ///< in the order to show them in
};

/// The ways in which a person can fill in an object of this schema, in its order; at least one. A way that takes a
/// sign-in in the browser is none, unless there is no other. Pure function.
[[nodiscard]] QList<FormSpec> formsOf(const QJsonObject &schema);

/// The way that these values follow, judged by what is given of each; else the first. Pure function.
[[nodiscard]] int formFor(const QList<FormSpec> &forms, const QJsonObject &values);

} // namespace idstore
