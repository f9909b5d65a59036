// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/add_source/form_spec.h"

#include <QJsonArray>

#include <algorithm>

namespace idstore {

namespace {

FormSpec formOf(const QJsonObject &schema)
{
    FormSpec form{schema[QLatin1StringView("title")].toString(), schema, {}};
    const QJsonObject properties = schema[QLatin1StringView("properties")].toObject();
    const QJsonArray required = schema[QLatin1StringView("required")].toArray();
    QStringList names;
    const QJsonArray order = schema[QLatin1StringView("x-order")].toArray();
    for (const QJsonValue &name : order)
        names.append(name.toString());
    const QStringList all = properties.keys();
    for (const QString &name : all) {
        if (!names.contains(name))
            names.append(name);
    }
    for (const QString &name : std::as_const(names))
        form.fields.append({name, properties[name].toObject(), required.contains(name)});
    return form;
}

} // namespace

bool FieldSpec::isSecret() const
{
    return rules[QLatin1StringView("writeOnly")].toBool();
}

FieldSpec::Kind FieldSpec::kind() const
{
    const QJsonValue type = rules[QLatin1StringView("type")];
    if (rules[QLatin1StringView("x-document")].toBool())
        return isSecret() ? Kind::SecretDocument : Kind::Document;
    if (rules.contains(QLatin1StringView("enum")))
        return Kind::Choice;
    if (type == QLatin1StringView("boolean"))
        return Kind::Switch;
    if (type == QLatin1StringView("integer") || type == QLatin1StringView("number"))
        return Kind::Number;
    if (type == QLatin1StringView("object"))
        return Kind::Pairs;
    if (type == QLatin1StringView("array") || type.toArray().contains(QLatin1StringView("array")))
        return Kind::List;
    return isSecret() ? Kind::Secret : Kind::Text;
}

QString FieldSpec::title() const
{
    return rules[QLatin1StringView("title")].toString();
}

QString FieldSpec::help() const
{
    return rules[QLatin1StringView("description")].toString();
}

QString FieldSpec::where() const
{
    return rules[QLatin1StringView("x-where")].toString();
}

QString FieldSpec::section() const
{
    return rules[QLatin1StringView("x-section")].toString();
}

QList<FormSpec> formsOf(const QJsonObject &schema)
{
    QList<FormSpec> forms;
    const QJsonArray branches = schema[QLatin1StringView("oneOf")].toArray();
    for (const QJsonValue &branch : branches)
        forms.append(formOf(branch.toObject()));
    if (forms.isEmpty())
        forms.append(formOf(schema));
    QList<FormSpec> typed = forms;
    typed.removeIf([](const FormSpec &form) {
        return std::ranges::any_of(
            form.fields, [](const FieldSpec &field) { return field.section() == QLatin1StringView("sign_in"); });
    });
    return typed.isEmpty() ? forms : typed;
}

int formFor(const QList<FormSpec> &forms, const QJsonObject &values)
{
    int best = 0;
    qsizetype bestFit = -1;
    for (int i = 0; i < static_cast<int>(forms.size()); ++i) {
        const QList<FieldSpec> &fields = forms.at(i).fields;
        const auto known =
            std::ranges::count_if(fields, [&values](const FieldSpec &field) { return values.contains(field.name); });
        const auto missing = std::ranges::count_if(
            fields, [&values](const FieldSpec &field) { return field.isRequired && !values.contains(field.name); });
        const qsizetype fit = values.isEmpty() ? -1 : 2 * known - missing;
        if (fit > bestFit) {
            best = i;
            bestFit = fit;
        }
    }
    return best;
}

} // namespace idstore
