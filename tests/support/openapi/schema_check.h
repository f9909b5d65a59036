// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QStringList>

namespace idstore::test {

/// Checks JSON values against Schema Objects of OpenAPI 3.0 and 3.1
/// (https://spec.openapis.org/oas/v3.0.3#schema-object): type, nullable, enum, const, required, properties,
/// additionalProperties, items, bounds of numbers, texts and lists, pattern, the formats int32, int64, uint64, date and
/// date-time, allOf, anyOf, oneOf, not, and references within the document. Other words are passed over. Immutable; any
/// thread.
class SchemaCheck
{
public:
    explicit SchemaCheck(QJsonObject document)
        : m_document(std::move(document))
    {}

    /// What is wrong with `value`, each with its place below `where`; nothing when it fits.
    [[nodiscard]] QStringList problems(const QJsonValue &value, const QJsonObject &schema, const QString &where) const;
    /// The same for a text from an address, a header field or a form, which is what the schema says it is.
    [[nodiscard]] QStringList problemsOfText(const QString &text, const QJsonObject &schema,
                                             const QString &where) const;

    /// The object itself, or the one it refers to ("#/components/…").
    [[nodiscard]] QJsonObject resolved(const QJsonObject &object) const;

private:
    [[nodiscard]] QStringList compositionProblems(const QJsonValue &value, const QJsonObject &schema,
                                                  const QString &where) const;
    [[nodiscard]] QStringList objectProblems(const QJsonObject &value, const QJsonObject &schema,
                                             const QString &where) const;

    QJsonObject m_document;
};

} // namespace idstore::test
