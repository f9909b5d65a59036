// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

namespace idstore::schema {

// Forms are drawn from the schemas. What they need beyond JSON Schema is in keywords of our own, which validators pass
// over: of a field "x-message", "x-where", "x-section", "x-document"; of an object "x-order", the names of its fields
// in the order to show them in.

/// One field of a form, for the JSON Schemas that connectors publish (the subset of models/domain/json_schema.h).
/// Optional unless required(); value type.
struct Field
{
    QString name;
    QJsonObject rules;
    bool isRequired = false;

    [[nodiscard]] Field required() const;
    /// Write-only: stored encrypted, never answered.
    [[nodiscard]] Field secret() const;
    /// Shown as what holds when nothing is given; the connector applies it.
    [[nodiscard]] Field byDefault(const QJsonValue &value) const;
    /// `message`: what to say of a value that does not match; a sentence.
    [[nodiscard]] Field matching(const QString &pattern, const QString &message = {}) const;
    /// Where a person finds the value, one or two sentences.
    [[nodiscard]] Field foundAt(const QString &where) const;
    /// Where forms show it: "more" behind a fold, "reading" with the preview, "sign_in" with a
    /// sign-in in the browser. Without: with the main fields.
    [[nodiscard]] Field inSection(const QString &section) const;
    /// A text of several lines, often kept in a file, such as a private key.
    [[nodiscard]] Field asDocument() const;
    [[nodiscard]] Field between(qint64 minimum, qint64 maximum) const;
};

using Fields = QList<Field>;

// `title` is the label of the field, `help` one or two sentences under it.
[[nodiscard]] Field text(const QString &name, const QString &title, const QString &help);
[[nodiscard]] Field integer(const QString &name, const QString &title, const QString &help, qint64 minimum = 0);
[[nodiscard]] Field boolean(const QString &name, const QString &title, const QString &help);
[[nodiscard]] Field choice(const QString &name, const QString &title, const QString &help, const QStringList &words);
[[nodiscard]] Field textList(const QString &name, const QString &title, const QString &help);
/// A text, or a list of texts.
[[nodiscard]] Field textOrList(const QString &name, const QString &title, const QString &help);
/// Names and texts of the person's choosing.
[[nodiscard]] Field textMap(const QString &name, const QString &title, const QString &help);
/// A JSON document, as such or as its text.
[[nodiscard]] Field document(const QString &name, const QString &title, const QString &help);

/// One of the ways to fill in a form.
struct Form
{
    QString title;
    Fields fields;
};

/// An object of these fields and no others. Of two with one name the first counts: the `key` of an S3 file stands
/// before the `key` that every source has.
[[nodiscard]] QJsonObject object(const Fields &fields);
/// An object that is exactly one of the forms; `common` belongs to each.
[[nodiscard]] QJsonObject oneOf(const QList<Form> &forms, const Fields &common = {});

} // namespace idstore::schema
