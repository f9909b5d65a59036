// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QJsonObject>
#include <QStringList>

#include <optional>

namespace idstore {

/// The object in a request's body. Malformed ("malformed_json", saying where) when it is not JSON, or not an object.
[[nodiscard]] Result<QJsonObject> parseJsonBody(const QByteArray &body);

/// Reads the fields of a request's JSON object and gathers everything that is wrong with them, so that a client
/// learns it all at once. Only shapes are checked here; what the values may be is the services' business.
///
///     JsonFields fields(object);
///     const QString name = fields.text("name");
///     IDS_CHECK(fields.finish());
class JsonFields
{
public:
    explicit JsonFields(QJsonObject object)
        : m_object(std::move(object))
    {}

    /// "" when the field is missing or null.
    [[nodiscard]] QString text(const char *name) { return optionalText(name).value_or(QString()); }
    /// Nothing when the field is missing or null.
    [[nodiscard]] std::optional<QString> optionalText(const char *name);
    /// The same, but a whole number is taken for its text.
    [[nodiscard]] std::optional<QString> optionalTextOrNumber(const char *name);
    [[nodiscard]] std::optional<QJsonObject> optionalObject(const char *name);
    /// An array of whole numbers above 0; empty when the field is missing or null.
    [[nodiscard]] QList<qint64> numbers(const char *name);
    /// An array of texts, or one text; nothing when the field is missing or null.
    [[nodiscard]] std::optional<QStringList> optionalTexts(const char *name);
    /// False when the field is missing or null.
    [[nodiscard]] bool flag(const char *name);
    /// `fallback` when the field is missing or null.
    [[nodiscard]] int wholeNumber(const char *name, int fallback);
    /// Empty when the field is missing or null.
    [[nodiscard]] QList<QJsonObject> objects(const char *name);
    /// One of `words`; "" when missing.
    [[nodiscard]] QString word(const char *name, const QStringList &words);
    /// Says that the field must be there.
    void require(const char *name);

    /// All that is wrong, fields never asked for included.
    [[nodiscard]] QList<FieldError> problems() const;
    /// The same as an InvalidInput error.
    [[nodiscard]] Result<void> finish() const;

private:
    [[nodiscard]] QJsonValue take(const char *name);
    void complain(const QString &name, const QString &message);

    QJsonObject m_object;
    QStringList m_known;
    QList<FieldError> m_errors;
};

} // namespace idstore
