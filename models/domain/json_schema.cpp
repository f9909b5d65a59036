// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/json_schema.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>
#include <utility>
#include <vector>

namespace idstore {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("JsonSchema", text);
}

bool hasType(const QJsonValue &value, const QString &type)
{
    if (type == u"integer")
        return value.isDouble() && value.toDouble() == static_cast<double>(value.toInteger());
    return (type == u"object" && value.isObject()) || (type == u"string" && value.isString()) ||
           (type == u"number" && value.isDouble()) || (type == u"boolean" && value.isBool()) ||
           (type == u"array" && value.isArray()) || (type == u"null" && value.isNull());
}

QStringList textList(const QJsonValue &value)
{
    if (value.isString())
        return {value.toString()};
    QStringList texts;
    const QJsonArray array = value.toArray();
    for (const QJsonValue &item : array)
        texts.append(item.toVariant().toString());
    return texts;
}

class Validator
{
public:
    QList<FieldError> problems;

    void check(const QJsonValue &value, const QJsonObject &schema, const QString &path)
    {
        const QStringList types = textList(schema[QLatin1StringView("type")]);
        if (!types.isEmpty() &&
            std::ranges::none_of(types, [&](const QString &type) { return hasType(value, type); })) {
            add(path, tr("It must be of type %1.").arg(types.join(tr(" or "))));
            return;
        }
        checkValue(value, schema, path);
        if (value.isString())
            checkText(value.toString(), schema, path);
        if (value.isDouble())
            checkNumber(value.toDouble(), schema, path);
        if (value.isArray())
            checkArray(value.toArray(), schema, path);
        if (value.isObject())
            checkObject(value.toObject(), schema, path);
        for (const char *keyword : {"oneOf", "anyOf"}) {
            const QJsonArray branches = schema[QLatin1StringView(keyword)].toArray();
            if (!branches.isEmpty())
                checkBranches(value, branches, QLatin1StringView(keyword) == QLatin1StringView("oneOf"), path);
        }
    }

private:
    void add(const QString &path, const QString &message) { problems.append({path, message}); }

    void checkValue(const QJsonValue &value, const QJsonObject &schema, const QString &path)
    {
        const QJsonArray allowed = schema[QLatin1StringView("enum")].toArray();
        if (!allowed.isEmpty() && !allowed.contains(value))
            add(path, tr("It must be one of: %1.").arg(textList(allowed).join(u", ")));
        if (schema.contains(QLatin1StringView("const")) && schema[QLatin1StringView("const")] != value)
            add(path, tr("It must be %1.").arg(schema[QLatin1StringView("const")].toVariant().toString()));
    }

    void checkText(const QString &text, const QJsonObject &schema, const QString &path)
    {
        if (text.size() < schema[QLatin1StringView("minLength")].toInt())
            add(path, text.isEmpty() ? tr("It must not be empty.") : tr("It is too short."));
        const QJsonValue longest = schema[QLatin1StringView("maxLength")];
        if (longest.isDouble() && text.size() > longest.toInt())
            add(path, tr("It is too long; %1 characters fit.").arg(longest.toInt()));
        const QString pattern = schema[QLatin1StringView("pattern")].toString();
        if (!pattern.isEmpty() && !QRegularExpression(pattern).match(text).hasMatch())
            add(path, schema.contains(QLatin1StringView("x-message"))
                          ? schema[QLatin1StringView("x-message")].toString()
                          : tr("It does not have the expected form (%1).").arg(pattern));
    }

    void checkNumber(double number, const QJsonObject &schema, const QString &path)
    {
        const QJsonValue least = schema[QLatin1StringView("minimum")];
        const QJsonValue most = schema[QLatin1StringView("maximum")];
        if (least.isDouble() && number < least.toDouble())
            add(path, tr("It must be at least %1.").arg(least.toDouble(), 0, 'g', 15));
        if (most.isDouble() && number > most.toDouble())
            add(path, tr("It must be at most %1.").arg(most.toDouble(), 0, 'g', 15));
    }

    void checkArray(const QJsonArray &array, const QJsonObject &schema, const QString &path)
    {
        const int least = schema[QLatin1StringView("minItems")].toInt();
        if (array.size() < least)
            add(path, tr("It needs at least %1 items.").arg(least));
        const QJsonValue items = schema[QLatin1StringView("items")];
        for (qsizetype i = 0; items.isObject() && i < array.size(); ++i)
            check(array[i], items.toObject(), path + QStringLiteral("[%1]").arg(i));
    }

    void checkObject(const QJsonObject &object, const QJsonObject &schema, const QString &path)
    {
        const QJsonObject properties = schema[QLatin1StringView("properties")].toObject();
        const QStringList required = textList(schema[QLatin1StringView("required")].toArray());
        for (const QString &name : required) {
            if (!object.contains(name))
                add(path + u'.' + name, tr("It is required."));
        }
        const bool closed = schema[QLatin1StringView("additionalProperties")] == QJsonValue(false);
        for (auto it = object.begin(); it != object.end(); ++it) {
            const QJsonValue known = properties[it.key()];
            if (known.isObject())
                check(it.value(), known.toObject(), path + u'.' + it.key());
            else if (closed)
                add(path + u'.' + it.key(), tr("Unknown field. Known ones: %1.").arg(properties.keys().join(u", ")));
        }
    }

    /// What one branch of oneOf or anyOf says of an object.
    struct Attempt
    {
        QList<FieldError> problems;
        qsizetype requiredGiven = 0;
        qsizetype knownGiven = 0;
        QStringList missing;

        [[nodiscard]] auto fit() const { return std::pair(requiredGiven, knownGiven); }
    };

    static Attempt attempt(const QJsonValue &value, const QJsonObject &branch, const QString &path)
    {
        Attempt result;
        Validator validator;
        validator.check(value, branch, path);
        result.problems = validator.problems;
        const QJsonObject object = value.toObject();
        const QStringList required = textList(branch[QLatin1StringView("required")].toArray());
        for (const QString &name : required) {
            if (object.contains(name))
                ++result.requiredGiven;
            else
                result.missing.append(name);
        }
        const QStringList known = branch[QLatin1StringView("properties")].toObject().keys();
        result.knownGiven = std::ranges::count_if(known, [&](const QString &name) { return object.contains(name); });
        return result;
    }

    /// "No branch matches" helps nobody: reports the branch that was meant, judged by what is given of it. Where that
    /// does not tell, says which ways there are.
    void checkBranches(const QJsonValue &value, const QJsonArray &branches, bool exactlyOne, const QString &path)
    {
        std::vector<Attempt> attempts;
        qsizetype matching = 0;
        for (const QJsonValue &branch : branches) {
            attempts.push_back(attempt(value, branch.toObject(), path));
            if (attempts.back().problems.isEmpty())
                ++matching;
        }
        if (matching == 1 || (matching > 1 && !exactlyOne))
            return;
        if (matching > 1) {
            add(path, tr("It can be read in more than one way. Leave out what is not needed."));
            return;
        }
        const auto best = std::ranges::max(attempts, {}, &Attempt::fit).fit();
        std::erase_if(attempts, [&best](const Attempt &candidate) { return candidate.fit() != best; });
        const Attempt &first = attempts.front();
        const auto asksForMore = [](const Attempt &candidate) { return !candidate.missing.isEmpty(); };
        if (attempts.size() == 1 || !std::ranges::all_of(attempts, asksForMore)) {
            problems += first.problems;
            return;
        }
        QStringList ways;
        for (const Attempt &candidate : attempts)
            ways.append(candidate.missing.join(u", "));
        ways.removeDuplicates();
        if (ways.size() == 1) {
            problems += first.problems;
            return;
        }
        add(path, tr("Fill in one of these: %1.").arg(ways.join(QStringLiteral("; "))));
        for (const FieldError &problem : first.problems) {
            if (!first.missing.contains(problem.field.mid(path.size() + 1)))
                problems.append(problem);
        }
    }
};

void collectSecrets(const QJsonObject &schema, QStringList &names)
{
    const QJsonObject properties = schema[QLatin1StringView("properties")].toObject();
    for (auto it = properties.begin(); it != properties.end(); ++it) {
        if (it.value().toObject()[QLatin1StringView("writeOnly")].toBool() && !names.contains(it.key()))
            names.append(it.key());
    }
    for (const char *keyword : {"oneOf", "anyOf"}) {
        const QJsonArray branches = schema[QLatin1StringView(keyword)].toArray();
        for (const QJsonValue &branch : branches)
            collectSecrets(branch.toObject(), names);
    }
}

} // namespace

QList<FieldError> validateJson(const QJsonValue &value, const QJsonObject &schema, const QString &path)
{
    Validator validator;
    validator.check(value, schema, path);
    return validator.problems;
}

QStringList secretProperties(const QJsonObject &schema)
{
    QStringList names;
    collectSecrets(schema, names);
    return names;
}

} // namespace idstore
