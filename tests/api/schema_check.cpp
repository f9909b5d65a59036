// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/api/schema_check.h"

#include "models/domain/json_schema.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace idstore::test {

namespace {

bool fits(const QString &pattern, const QString &path)
{
    const QStringList expected = pattern.split(u'/');
    const QStringList segments = path.split(u'/');
    if (expected.size() != segments.size())
        return false;
    for (qsizetype i = 0; i < expected.size(); ++i) {
        if (!expected[i].startsWith(u'{') && expected[i] != segments[i])
            return false;
    }
    return true;
}

} // namespace

QString SchemaCheck::problem(const QByteArray &method, const QByteArray &target, const ApiAnswer &answer) const
{
    if (method == "HEAD" || answer.status == 204)
        return answer.body.isEmpty() ? QString() : QStringLiteral("an answer without content has a body");
    const QByteArray type = answer.header("Content-Type");
    const QJsonObject answers = operation(method, target).value(QStringLiteral("responses")).toObject();
    // What HTTP itself refuses (408, 431, ...) and what has no operation (404, 405) is a problem of no operation.
    QJsonValue content = answers.value(QString::number(answer.status)).toObject().value(QStringLiteral("content"));
    if (content.isUndefined() && answer.status < 400)
        return QStringLiteral("status %1 is not described").arg(answer.status);
    if (content.isUndefined()) {
        const QJsonObject reference{{QStringLiteral("$ref"), QStringLiteral("#/components/schemas/Problem")}};
        content = QJsonObject{
            {QStringLiteral("application/problem+json"), QJsonObject{{QStringLiteral("schema"), reference}}}};
    }
    const QString mediaType = QString::fromLatin1(type).section(u';', 0, 0);
    const QJsonValue schema = content.toObject().value(mediaType).toObject().value(QStringLiteral("schema"));
    if (schema.isUndefined())
        return QStringLiteral("content type “%1” is not described for status %2").arg(mediaType).arg(answer.status);
    if (!mediaType.endsWith(QStringLiteral("json")) || mediaType.endsWith(QStringLiteral("ndjson")))
        return {};

    QJsonParseError parseError;
    const QJsonDocument document = QJsonDocument::fromJson(answer.body, &parseError);
    if (parseError.error != QJsonParseError::NoError)
        return QStringLiteral("not JSON: ") + parseError.errorString();
    const QJsonValue body = document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
    const QList<FieldError> errors = validateJson(body, resolved(schema).toObject(), QStringLiteral("$"));
    QStringList lines;
    for (const FieldError &error : errors)
        lines.append(error.field + QStringLiteral(": ") + error.message);
    return lines.join(u'\n');
}

QJsonObject SchemaCheck::operation(const QByteArray &method, const QByteArray &target) const
{
    const QString path = QString::fromLatin1(target).section(u'?', 0, 0);
    const QJsonObject paths = m_description.value(QStringLiteral("paths")).toObject();
    // Fixed words go before placeholders.
    QString best;
    for (auto it = paths.begin(); it != paths.end(); ++it) {
        if (fits(it.key(), path) && (best.isEmpty() || it.key().count(u'{') < best.count(u'{')))
            best = it.key();
    }
    const QJsonObject found = paths.value(best).toObject();
    return found.value(QString::fromLatin1(method).toLower()).toObject();
}

QJsonValue SchemaCheck::resolved(const QJsonValue &schema) const
{
    if (schema.isArray()) {
        QJsonArray result;
        const QJsonArray items = schema.toArray();
        for (const QJsonValue &item : items)
            result.append(resolved(item));
        return result;
    }
    if (!schema.isObject())
        return schema;
    const QJsonObject object = schema.toObject();
    const QString reference = object.value(QStringLiteral("$ref")).toString();
    if (!reference.isEmpty()) {
        const QString name = reference.section(u'/', -1);
        const QJsonObject schemas =
            m_description.value(QStringLiteral("components")).toObject().value(QStringLiteral("schemas")).toObject();
        return resolved(schemas.value(name));
    }
    QJsonObject result;
    for (auto it = object.begin(); it != object.end(); ++it)
        result.insert(it.key(), resolved(it.value()));
    return result;
}

} // namespace idstore::test
