// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/json/json_body.h"

#include "models/services/source_rules.h"
#include "server/http/http_message.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <cmath>
#include <limits>

namespace idstore {

namespace {

Error malformedJson(const QString &message)
{
    Error error;
    error.kind = ErrorKind::Malformed;
    error.code = QStringLiteral("malformed_json");
    error.message = message;
    return error;
}

} // namespace

Result<QJsonObject> parseJsonBody(const QByteArray &body)
{
    if (body.trimmed().isEmpty())
        return malformedJson(ServerText::tr("The body is empty; a JSON object is needed."));
    QJsonParseError parseError;
    const QJsonDocument document = QJsonDocument::fromJson(body, &parseError);
    if (parseError.error != QJsonParseError::NoError) {
        const QByteArray before = body.first(std::min<qsizetype>(parseError.offset, body.size()));
        const qsizetype line = before.count('\n') + 1;
        const qsizetype column = before.size() - (before.lastIndexOf('\n') + 1) + 1;
        return malformedJson(ServerText::tr("The body is not JSON: %1 at line %2, column %3.")
                                 .arg(parseError.errorString(), QString::number(line), QString::number(column)));
    }
    if (!document.isObject())
        return malformedJson(ServerText::tr("The body must be a JSON object, in braces."));
    return document.object();
}

std::optional<QString> JsonFields::optionalText(const char *name)
{
    const QJsonValue value = take(name);
    if (value.isString())
        return value.toString();
    if (!value.isUndefined() && !value.isNull())
        complain(QLatin1StringView(name), ServerText::tr("“%1” must be a text.").arg(QLatin1StringView(name)));
    return std::nullopt;
}

std::optional<QString> JsonFields::optionalTextOrNumber(const char *name)
{
    const QJsonValue value = take(name);
    if (value.isString())
        return value.toString();
    // Whole numbers that a double holds exactly are kept to the digit; anything else has to come as a text.
    constexpr double exact = 9007199254740992.0;
    if (value.isDouble() && std::abs(value.toDouble()) < exact && std::trunc(value.toDouble()) == value.toDouble())
        return QString::number(value.toInteger());
    if (!value.isUndefined() && !value.isNull())
        complain(QLatin1StringView(name),
                 ServerText::tr("“%1” must be a text or a whole number.").arg(QLatin1StringView(name)));
    return std::nullopt;
}

std::optional<QJsonObject> JsonFields::optionalObject(const char *name)
{
    const QJsonValue value = take(name);
    if (value.isObject())
        return value.toObject();
    if (!value.isUndefined() && !value.isNull())
        complain(QLatin1StringView(name), ServerText::tr("“%1” must be an object.").arg(QLatin1StringView(name)));
    return std::nullopt;
}

QList<qint64> JsonFields::numbers(const char *name)
{
    const QJsonValue value = take(name);
    QList<qint64> numbers;
    const QJsonArray list = value.toArray();
    bool isFine = value.isArray() || value.isUndefined() || value.isNull();
    for (const QJsonValue &number : list) {
        numbers.append(number.toInteger(0));
        isFine = isFine && numbers.constLast() > 0;
    }
    if (!isFine)
        complain(QLatin1StringView(name),
                 ServerText::tr("“%1” must be a list of whole numbers.").arg(QLatin1StringView(name)));
    return numbers;
}

int JsonFields::wholeNumber(const char *name, int fallback)
{
    const QJsonValue value = take(name);
    if (value.isUndefined() || value.isNull())
        return fallback;
    const double number = value.toDouble(0.5);
    if (std::trunc(number) == number && std::abs(number) <= std::numeric_limits<int>::max())
        return static_cast<int>(number);
    complain(QLatin1StringView(name), ServerText::tr("“%1” must be a whole number.").arg(QLatin1StringView(name)));
    return fallback;
}

QList<QJsonObject> JsonFields::objects(const char *name)
{
    const QJsonValue value = take(name);
    QList<QJsonObject> list;
    bool isList = value.isArray() || value.isUndefined() || value.isNull();
    const QJsonArray array = value.toArray();
    for (const QJsonValue &item : array) {
        isList = isList && item.isObject();
        list.append(item.toObject());
    }
    if (isList)
        return list;
    complain(QLatin1StringView(name), ServerText::tr("“%1” must be a list of objects.").arg(QLatin1StringView(name)));
    return {};
}

bool JsonFields::flag(const char *name)
{
    const QJsonValue value = take(name);
    if (!value.isBool() && !value.isUndefined() && !value.isNull())
        complain(QLatin1StringView(name), ServerText::tr("“%1” must be true or false.").arg(QLatin1StringView(name)));
    return value.toBool();
}

std::optional<QStringList> JsonFields::optionalTexts(const char *name)
{
    const QJsonValue value = take(name);
    if (value.isUndefined() || value.isNull())
        return std::nullopt;
    if (value.isString())
        return QStringList{value.toString()};
    QStringList list;
    bool isList = value.isArray();
    const QJsonArray array = value.toArray();
    for (const QJsonValue &item : array) {
        isList = isList && item.isString();
        list.append(item.toString());
    }
    if (isList)
        return list;
    complain(QLatin1StringView(name), ServerText::tr("“%1” must be a list of texts.").arg(QLatin1StringView(name)));
    return std::nullopt;
}

QString JsonFields::word(const char *name, const QStringList &words)
{
    const std::optional<QString> text = optionalText(name);
    if (text && !words.contains(*text))
        complain(
            QLatin1StringView(name),
            ServerText::tr("“%1” must be one of: %2.").arg(QLatin1StringView(name), words.join(QStringLiteral(", "))));
    return text.value_or(QString());
}

void JsonFields::require(const char *name)
{
    const QJsonValue value = take(name);
    if (value.isUndefined() || value.isNull())
        complain(QLatin1StringView(name), ServerText::tr("“%1” is missing.").arg(QLatin1StringView(name)));
}

QList<FieldError> JsonFields::problems() const
{
    QList<FieldError> problems = m_errors;
    QStringList known = m_known;
    known.sort();
    const QStringList names = m_object.keys();
    for (const QString &name : names) {
        if (!m_known.contains(name))
            problems.append({name, ServerText::tr("There is no field “%1” here; the fields are: %2.")
                                       .arg(name, known.join(QStringLiteral(", ")))});
    }
    return problems;
}

Result<void> JsonFields::finish() const
{
    const QList<FieldError> found = problems();
    if (found.isEmpty())
        return {};
    return invalidInput(found);
}

QJsonValue JsonFields::take(const char *name)
{
    const QString key = QLatin1StringView(name);
    if (!m_known.contains(key))
        m_known.append(key);
    return m_object.value(key);
}

void JsonFields::complain(const QString &name, const QString &message)
{
    m_errors.append({name, message});
}

} // namespace idstore
