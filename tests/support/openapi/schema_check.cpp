// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/openapi/schema_check.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace idstore::test {

namespace {

QStringList typesOf(const QJsonObject &schema)
{
    QStringList types;
    const QJsonValue type = schema[QLatin1StringView("type")];
    const QJsonArray several = type.isArray() ? type.toArray() : QJsonArray{type};
    for (const QJsonValue &each : several) {
        if (each.isString())
            types.append(each.toString());
    }
    if (schema[QLatin1StringView("nullable")].toBool() && !types.isEmpty())
        types.append(QStringLiteral("null"));
    return types;
}

bool isOfType(const QJsonValue &value, const QString &type)
{
    if (type == u"string")
        return value.isString();
    if (type == u"boolean")
        return value.isBool();
    if (type == u"array")
        return value.isArray();
    if (type == u"object")
        return value.isObject();
    if (type == u"null")
        return value.isNull();
    if (type == u"integer")
        return value.isDouble() && std::trunc(value.toDouble()) == value.toDouble();
    return type == u"number" && value.isDouble();
}

QString shown(const QJsonValue &value)
{
    const QByteArray json = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(json.sliced(1, json.size() - 2).left(60));
}

bool isOfFormat(const QString &text, const QString &format)
{
    bool ok = true;
    if (format == u"int64")
        static_cast<void>(text.toLongLong(&ok));
    else if (format == u"uint64")
        static_cast<void>(text.toULongLong(&ok));
    else if (format == u"int32")
        static_cast<void>(text.toInt(&ok));
    else if (format == u"date")
        ok = QDate::fromString(text, Qt::ISODate).isValid();
    else if (format == u"date-time")
        ok = QDateTime::fromString(text, Qt::ISODateWithMs).isValid() && text.contains(u'T');
    return ok;
}

QStringList boundProblems(const QJsonValue &value, const QJsonObject &schema, const QString &where)
{
    QStringList problems;
    const auto bound = [&](const char *name, double measured, bool isMost) {
        const QJsonValue limit = schema[QLatin1StringView(name)];
        if (limit.isDouble() && (isMost ? measured > limit.toDouble() : measured < limit.toDouble()))
            problems.append(where + QStringLiteral(": %1 breaks %2").arg(shown(value), QLatin1StringView(name)));
    };
    if (value.isDouble()) {
        bound("minimum", value.toDouble(), false);
        bound("maximum", value.toDouble(), true);
        if (schema[QLatin1StringView("format")].toString() == u"int32" && std::abs(value.toDouble()) > 2147483648.0)
            problems.append(where + QStringLiteral(": no int32"));
    } else if (value.isArray()) {
        bound("minItems", static_cast<double>(value.toArray().size()), false);
        bound("maxItems", static_cast<double>(value.toArray().size()), true);
    } else if (value.isString()) {
        const QString text = value.toString();
        bound("minLength", static_cast<double>(text.size()), false);
        bound("maxLength", static_cast<double>(text.size()), true);
        const QString pattern = schema[QLatin1StringView("pattern")].toString();
        if (!pattern.isEmpty() && !QRegularExpression(pattern).match(text).hasMatch())
            problems.append(where + QStringLiteral(": %1 does not match %2").arg(shown(value), pattern));
        const QString format = schema[QLatin1StringView("format")].toString();
        if (!isOfFormat(text, format))
            problems.append(where + QStringLiteral(": %1 is no %2").arg(shown(value), format));
    }
    return problems;
}

} // namespace

QJsonObject SchemaCheck::resolved(const QJsonObject &object) const
{
    QJsonObject current = object;
    constexpr int longestChain = 20;
    for (int i = 0; i < longestChain && current.contains(QLatin1StringView("$ref")); ++i) {
        const QStringList steps = current[QLatin1StringView("$ref")].toString().mid(2).split(u'/');
        QJsonValue target = m_document;
        for (QString step : steps)
            target = target.toObject()[step.replace(QLatin1StringView("~1"), QLatin1StringView("/"))
                                           .replace(QLatin1StringView("~0"), QLatin1StringView("~"))];
        current = target.toObject();
    }
    return current;
}

QStringList SchemaCheck::problems(const QJsonValue &value, const QJsonObject &given, const QString &where) const
{
    const QJsonObject schema = resolved(given);
    const QStringList types = typesOf(schema);
    if (!types.isEmpty() && std::ranges::none_of(types, [&](const QString &type) { return isOfType(value, type); })) {
        return {where + QStringLiteral(": %1 is no %2").arg(shown(value), types.join(QStringLiteral(" or ")))};
    }
    QStringList problems;
    const QJsonValue choices = schema[QLatin1StringView("enum")];
    if (choices.isArray() && !choices.toArray().contains(value) && !value.isNull())
        problems.append(where + QStringLiteral(": %1 is none of the choices").arg(shown(value)));
    if (schema.contains(QLatin1StringView("const")) && schema[QLatin1StringView("const")] != value)
        problems.append(where + QStringLiteral(": %1 is not the constant").arg(shown(value)));
    problems += boundProblems(value, schema, where);
    if (value.isObject())
        problems += objectProblems(value.toObject(), schema, where);
    if (value.isArray() && schema[QLatin1StringView("items")].isObject()) {
        const QJsonArray items = value.toArray();
        for (qsizetype i = 0; i < items.size(); ++i) {
            problems += this->problems(items[i], schema[QLatin1StringView("items")].toObject(),
                                       where + QStringLiteral("[%1]").arg(i));
        }
    }
    return problems + compositionProblems(value, schema, where);
}

QStringList SchemaCheck::objectProblems(const QJsonObject &value, const QJsonObject &schema, const QString &where) const
{
    QStringList problems;
    const QJsonArray required = schema[QLatin1StringView("required")].toArray();
    for (const QJsonValue &name : required) {
        if (!value.contains(name.toString()))
            problems.append(where + u'.' + name.toString() + QStringLiteral(": missing"));
    }
    const QJsonObject known = schema[QLatin1StringView("properties")].toObject();
    const QJsonValue others = schema[QLatin1StringView("additionalProperties")];
    for (auto it = value.begin(); it != value.end(); ++it) {
        const QString place = where + u'.' + it.key();
        if (known.contains(it.key()))
            problems += this->problems(it.value(), known[it.key()].toObject(), place);
        else if (others.isObject())
            problems += this->problems(it.value(), others.toObject(), place);
        else if (others == QJsonValue(false))
            problems.append(place + QStringLiteral(": unknown"));
    }
    return problems;
}

QStringList SchemaCheck::compositionProblems(const QJsonValue &value, const QJsonObject &schema,
                                             const QString &where) const
{
    QStringList found;
    const QJsonArray all = schema[QLatin1StringView("allOf")].toArray();
    for (const QJsonValue &each : all)
        found += problems(value, each.toObject(), where);
    const auto fitting = [&](const char *name) {
        const QJsonArray branches = schema[QLatin1StringView(name)].toArray();
        return std::ranges::count_if(
            branches, [&](const QJsonValue &each) { return problems(value, each.toObject(), where).isEmpty(); });
    };
    if (schema.contains(QLatin1StringView("anyOf")) && fitting("anyOf") == 0)
        found.append(where + QStringLiteral(": fits none of anyOf"));
    // More than one fits where a vendor's branches overlap, which is the vendor's affair.
    if (schema.contains(QLatin1StringView("oneOf")) && fitting("oneOf") == 0)
        found.append(where + QStringLiteral(": fits none of oneOf"));
    if (schema.contains(QLatin1StringView("not")) &&
        problems(value, schema[QLatin1StringView("not")].toObject(), where).isEmpty())
        found.append(where + QStringLiteral(": is what it must not be"));
    return found;
}

QStringList SchemaCheck::problemsOfText(const QString &text, const QJsonObject &given, const QString &where) const
{
    const QJsonObject schema = resolved(given);
    for (const char *name : {"anyOf", "oneOf"}) {
        const QJsonArray branches = schema[QLatin1StringView(name)].toArray();
        if (!branches.isEmpty()) {
            const bool fits = std::ranges::any_of(branches, [&](const QJsonValue &each) {
                return problemsOfText(text, each.toObject(), where).isEmpty();
            });
            return fits ? QStringList()
                        : QStringList{where + QStringLiteral(": fits none of ") + QLatin1StringView(name)};
        }
    }
    const QStringList types = typesOf(schema);
    if (types.contains(u"string") || types.isEmpty())
        return problems(QJsonValue(text), schema, where);
    bool isNumber = false;
    const double number = text.toDouble(&isNumber);
    if (isNumber && (types.contains(u"integer") || types.contains(u"number")))
        return problems(QJsonValue(number), schema, where);
    if (types.contains(u"boolean") && (text == u"true" || text == u"false"))
        return problems(QJsonValue(text == u"true"), schema, where);
    return {where + QStringLiteral(": “%1” is no %2").arg(text, types.join(QStringLiteral(" or ")))};
}

} // namespace idstore::test
