// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/schema/schema_fields.h"

#include <QJsonArray>

namespace idstore::schema {

namespace {

Field field(const QString &name, const QString &title, const QString &help, const QJsonValue &type)
{
    return {name,
            {{QStringLiteral("type"), type}, {QStringLiteral("title"), title}, {QStringLiteral("description"), help}},
            false};
}

Field with(Field field, const char *rule, const QJsonValue &value)
{
    field.rules.insert(QLatin1StringView(rule), value);
    return field;
}

QJsonObject nonEmptyText()
{
    return {{QStringLiteral("type"), QStringLiteral("string")}, {QStringLiteral("minLength"), 1}};
}

} // namespace

Field Field::required() const
{
    Field copy = *this;
    copy.isRequired = true;
    // A required text that is empty is a missing one.
    if (copy.rules.value(QStringLiteral("type")) == QStringLiteral("string"))
        copy.rules.insert(QStringLiteral("minLength"), 1);
    return copy;
}

Field Field::secret() const
{
    return with(*this, "writeOnly", true);
}

Field Field::byDefault(const QJsonValue &value) const
{
    return with(*this, "default", value);
}

Field Field::matching(const QString &pattern, const QString &message) const
{
    const Field matching = with(*this, "pattern", pattern);
    return message.isEmpty() ? matching : with(matching, "x-message", message);
}

Field Field::foundAt(const QString &where) const
{
    return with(*this, "x-where", where);
}

Field Field::inSection(const QString &section) const
{
    return with(*this, "x-section", section);
}

Field Field::asDocument() const
{
    return with(*this, "x-document", true);
}

Field Field::between(qint64 minimum, qint64 maximum) const
{
    return with(with(*this, "minimum", minimum), "maximum", maximum);
}

Field text(const QString &name, const QString &title, const QString &help)
{
    return field(name, title, help, QStringLiteral("string"));
}

Field integer(const QString &name, const QString &title, const QString &help, qint64 minimum)
{
    return with(field(name, title, help, QStringLiteral("integer")), "minimum", minimum);
}

Field boolean(const QString &name, const QString &title, const QString &help)
{
    return field(name, title, help, QStringLiteral("boolean"));
}

Field choice(const QString &name, const QString &title, const QString &help, const QStringList &words)
{
    return with(text(name, title, help), "enum", QJsonArray::fromStringList(words));
}

Field textList(const QString &name, const QString &title, const QString &help)
{
    return with(with(field(name, title, help, QStringLiteral("array")), "items", nonEmptyText()), "minItems", 1);
}

Field textOrList(const QString &name, const QString &title, const QString &help)
{
    const QJsonArray types = {QStringLiteral("string"), QStringLiteral("array")};
    return with(with(with(field(name, title, help, types), "items", nonEmptyText()), "minItems", 1), "minLength", 1);
}

Field textMap(const QString &name, const QString &title, const QString &help)
{
    return field(name, title, help, QStringLiteral("object"));
}

Field document(const QString &name, const QString &title, const QString &help)
{
    return field(name, title, help, QJsonArray{QStringLiteral("object"), QStringLiteral("string")}).asDocument();
}

QJsonObject object(const Fields &fields)
{
    QJsonObject properties;
    QJsonArray required;
    QJsonArray order;
    for (const Field &field : fields) {
        if (properties.contains(field.name))
            continue;
        properties.insert(field.name, field.rules);
        order.append(field.name);
        if (field.isRequired)
            required.append(field.name);
    }
    QJsonObject schema = {{QStringLiteral("type"), QStringLiteral("object")},
                          {QStringLiteral("properties"), properties},
                          {QStringLiteral("additionalProperties"), false},
                          {QStringLiteral("x-order"), order}};
    if (!required.isEmpty())
        schema.insert(QStringLiteral("required"), required);
    return schema;
}

QJsonObject oneOf(const QList<Form> &forms, const Fields &common)
{
    QJsonArray branches;
    for (const Form &form : forms) {
        QJsonObject branch = object(form.fields + common);
        branch.insert(QStringLiteral("title"), form.title);
        branches.append(branch);
    }
    return {{QStringLiteral("type"), QStringLiteral("object")}, {QStringLiteral("oneOf"), branches}};
}

} // namespace idstore::schema
