// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/openapi/openapi_check.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace idstore::test {

namespace {

bool isVariable(const QByteArray &segment)
{
    return segment.startsWith('{') && segment.endsWith('}');
}

QByteArray pathOf(const PeerRequest &request)
{
    const qsizetype mark = request.target.indexOf('?');
    return mark < 0 ? request.target : request.target.left(mark);
}

/// "created[gte]" is the parameter `created` in the style deepObject.
bool isMemberOf(const QString &name, const QString &parameter)
{
    return name.startsWith(parameter + u'[') && name.endsWith(u']');
}

QString text(const QJsonObject &object, const char *name)
{
    return object[QLatin1StringView(name)].toString();
}

} // namespace

QList<std::pair<QString, QString>> formItems(const QByteArray &encoded)
{
    QList<std::pair<QString, QString>> items;
    const auto decode = [](QByteArray part) {
        return QString::fromUtf8(QByteArray::fromPercentEncoding(part.replace('+', ' ')));
    };
    const QList<QByteArray> parts = encoded.split('&');
    for (const QByteArray &part : parts) {
        if (part.isEmpty())
            continue;
        const qsizetype equals = part.indexOf('=');
        items.append({decode(part.left(equals)), equals < 0 ? QString() : decode(part.mid(equals + 1))});
    }
    return items;
}

bool OpenApiCheck::Request::has(const QString &name) const
{
    return std::ranges::any_of(query, [&](const auto &item) { return item.first == name; });
}

QString OpenApiCheck::Request::value(const QString &name) const
{
    const auto found = std::ranges::find_if(query, [&](const auto &item) { return item.first == name; });
    return found == query.end() ? QString() : found->second;
}

OpenApiCheck OpenApiCheck::ofVendor(const QString &name)
{
    QFile file(QStringLiteral(IDSTORE_VENDOR_DESCRIPTIONS "/%1.openapi.json").arg(name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no description %s", qPrintable(file.fileName()));
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll());
    if (!document.isObject())
        qFatal("no JSON in %s", qPrintable(file.fileName()));
    return OpenApiCheck(document.object());
}

OpenApiCheck::OpenApiCheck(const QJsonObject &document)
    : m_schemas(document)
{
    const QString server = text(document[QLatin1StringView("servers")].toArray().first().toObject(), "url");
    // Behind the host, which a test's server has no say in.
    const QString prefix =
        QRegularExpression(QStringLiteral("^(?:https?://[^/]*)?(/.*?)/?$")).match(server).captured(1);
    const QJsonObject paths = document[QLatin1StringView("paths")].toObject();
    for (auto it = paths.begin(); it != paths.end(); ++it) {
        for (const char *method : {"get", "put", "post", "delete", "options", "head", "patch"}) {
            if (it.value().toObject().contains(QLatin1StringView(method)))
                addOperation(method, it.key(), it.value().toObject(), prefix);
        }
    }
}

void OpenApiCheck::addOperation(const QByteArray &method, const QString &path, const QJsonObject &item,
                                const QString &prefix)
{
    const QJsonObject described = item[QLatin1StringView(method)].toObject();
    Operation operation;
    operation.method = method.toUpper();
    operation.id = text(described, "operationId");
    if (operation.id.isEmpty())
        operation.id = QString::fromLatin1(operation.method) + u' ' + path;
    const QString whole = (prefix == u"/" ? QString() : prefix) + path;
    operation.segments = whole.toUtf8().split('/');
    for (const QJsonObject &owner : {described, item}) {
        const QJsonArray list = owner[QLatin1StringView("parameters")].toArray();
        for (const QJsonValue &each : list) {
            const QJsonObject parameter = m_schemas.resolved(each.toObject());
            // The operation's own parameter stands before the path's of the same name.
            const bool known = std::ranges::any_of(operation.parameters, [&](const QJsonObject &other) {
                return text(other, "name") == text(parameter, "name") && text(other, "in") == text(parameter, "in");
            });
            if (!known)
                operation.parameters.append(parameter);
        }
    }
    operation.body = m_schemas.resolved(described[QLatin1StringView("requestBody")].toObject());
    operation.responses = described[QLatin1StringView("responses")].toObject();
    m_operations.append(operation);
}

const OpenApiCheck::Operation *OpenApiCheck::find(const PeerRequest &request, const QList<QByteArray> &segments,
                                                  QString &problem) const
{
    const Operation *best = nullptr;
    qsizetype bestVariables = 0;
    bool pathKnown = false;
    for (const Operation &operation : m_operations) {
        const bool same = operation.segments.size() == segments.size() &&
                          std::equal(segments.begin(), segments.end(), operation.segments.begin(),
                                     [](const QByteArray &given, const QByteArray &described) {
                                         return isVariable(described)
                                                    ? !given.isEmpty()
                                                    : QByteArray::fromPercentEncoding(given) == described;
                                     });
        if (!same)
            continue;
        pathKnown = true;
        // A path that is written out stands before one with variables.
        const qsizetype variables = std::ranges::count_if(operation.segments, isVariable);
        if (operation.method == request.method && (!best || variables < bestVariables)) {
            best = &operation;
            bestVariables = variables;
        }
    }
    if (!best) {
        problem = QStringLiteral("%1 %2: %3")
                      .arg(QString::fromLatin1(request.method), QString::fromLatin1(pathOf(request)),
                           pathKnown ? QStringLiteral("no such method") : QStringLiteral("no such path"));
    }
    return best;
}

OpenApiCheck::Request OpenApiCheck::check(const PeerRequest &request) const
{
    Request checked;
    const QByteArray path = pathOf(request);
    const QList<QByteArray> segments = path.split('/');
    if (request.target.size() > path.size())
        checked.query = formItems(request.target.mid(path.size() + 1));
    QString problem;
    const Operation *operation = find(request, segments, problem);
    if (!operation) {
        checked.problems.append(problem);
        return checked;
    }
    checked.operation = operation->id;
    checkPath(*operation, segments, checked);
    checkQuery(*operation, checked);
    checkFields(*operation, request, checked);
    checkBody(*operation, request, checked);
    return checked;
}

void OpenApiCheck::checkPath(const Operation &operation, const QList<QByteArray> &segments, Request &checked) const
{
    for (qsizetype i = 0; i < segments.size(); ++i) {
        if (!isVariable(operation.segments[i]))
            continue;
        const QString name = QString::fromUtf8(operation.segments[i].sliced(1, operation.segments[i].size() - 2));
        const QString value = QString::fromUtf8(QByteArray::fromPercentEncoding(segments[i]));
        checked.path.insert(name, value);
        for (const QJsonObject &parameter : operation.parameters) {
            if (text(parameter, "in") == u"path" && text(parameter, "name") == name)
                checked.problems +=
                    m_schemas.problemsOfText(value, parameter[QLatin1StringView("schema")].toObject(), name);
        }
    }
}

void OpenApiCheck::checkQuery(const Operation &operation, Request &checked) const
{
    QSet<QString> known;
    for (const QJsonObject &parameter : operation.parameters) {
        if (text(parameter, "in") != u"query")
            continue;
        const QString name = text(parameter, "name");
        const QJsonObject schema = m_schemas.resolved(parameter[QLatin1StringView("schema")].toObject());
        const bool isList = text(schema, "type") == u"array";
        const bool isDeep = text(parameter, "style") == u"deepObject";
        const bool isRepeated = isList && parameter[QLatin1StringView("explode")].toBool(true);
        qsizetype count = 0;
        for (const auto &[given, value] : checked.query) {
            if (isDeep ? !isMemberOf(given, name) && given != name : given != name)
                continue;
            known.insert(given);
            ++count;
            if (isDeep && given != name)
                continue;
            const QJsonObject each = isList ? schema[QLatin1StringView("items")].toObject() : schema;
            const QStringList values = isList && !isRepeated ? value.split(u',') : QStringList{value};
            for (const QString &one : values)
                checked.problems += m_schemas.problemsOfText(one, each, name);
        }
        if (count == 0 && parameter[QLatin1StringView("required")].toBool())
            checked.problems.append(name + QStringLiteral(": missing from the query"));
        if (count > 1 && !isDeep && !isRepeated)
            checked.problems.append(name + QStringLiteral(": more than once in the query"));
    }
    for (const auto &[name, value] : checked.query) {
        if (!known.contains(name))
            checked.problems.append(name + QStringLiteral(": not known in the query"));
    }
}

void OpenApiCheck::checkFields(const Operation &operation, const PeerRequest &request, Request &checked) const
{
    for (const QJsonObject &parameter : operation.parameters) {
        if (text(parameter, "in") != u"header")
            continue;
        const QByteArray name = text(parameter, "name").toUtf8();
        if (request.has(name)) {
            checked.problems +=
                m_schemas.problemsOfText(QString::fromUtf8(request.header(name)),
                                         parameter[QLatin1StringView("schema")].toObject(), QString::fromUtf8(name));
        } else if (parameter[QLatin1StringView("required")].toBool()) {
            checked.problems.append(QString::fromUtf8(name) + QStringLiteral(": missing header field"));
        }
    }
}

void OpenApiCheck::checkBody(const Operation &operation, const PeerRequest &request, Request &checked) const
{
    if (request.body.isEmpty()) {
        if (operation.body[QLatin1StringView("required")].toBool())
            checked.problems.append(QStringLiteral("body: missing"));
        return;
    }
    const QJsonObject kinds = operation.body[QLatin1StringView("content")].toObject();
    const QString kind = QString::fromLatin1(request.header("Content-Type").split(';').first().trimmed());
    if (!kinds.contains(kind)) {
        checked.problems.append(QStringLiteral("body: not described as “%1”").arg(kind));
        return;
    }
    const QJsonObject schema = kinds[kind].toObject()[QLatin1StringView("schema")].toObject();
    if (kind == u"application/x-www-form-urlencoded") {
        const QJsonObject fields = m_schemas.resolved(schema)[QLatin1StringView("properties")].toObject();
        QJsonObject value;
        for (const auto &[name, field] : formItems(request.body)) {
            value.insert(name, field);
            if (fields.contains(name))
                checked.problems +=
                    m_schemas.problemsOfText(field, fields[name].toObject(), QStringLiteral("body.") + name);
            else if (!fields.isEmpty())
                checked.problems.append(QStringLiteral("body.%1: unknown").arg(name));
        }
        const QJsonArray required = m_schemas.resolved(schema)[QLatin1StringView("required")].toArray();
        for (const QJsonValue &name : required) {
            if (!value.contains(name.toString()))
                checked.problems.append(QStringLiteral("body.%1: missing").arg(name.toString()));
        }
        return;
    }
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(request.body, &error);
    if (error.error != QJsonParseError::NoError) {
        checked.problems.append(QStringLiteral("body: ") + error.errorString());
        return;
    }
    const QJsonValue value = document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
    checked.problems += m_schemas.problems(value, schema, QStringLiteral("body"));
}

QStringList OpenApiCheck::checkAnswer(const QString &operation, int status, const QByteArray &json) const
{
    const auto found = std::ranges::find_if(m_operations, [&](const Operation &each) { return each.id == operation; });
    if (found == m_operations.end())
        return {QStringLiteral("no operation ") + operation};
    QJsonValue described = found->responses[QString::number(status)];
    if (described.isUndefined())
        described = found->responses[QStringLiteral("%1XX").arg(status / 100)];
    if (described.isUndefined())
        described = found->responses[QLatin1StringView("default")];
    if (described.isUndefined())
        return {QStringLiteral("status %1 is not described").arg(status)};
    const QJsonObject content = m_schemas.resolved(described.toObject())[QLatin1StringView("content")].toObject();
    const QJsonObject schema =
        content[QLatin1StringView("application/json")].toObject()[QLatin1StringView("schema")].toObject();
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        return {QStringLiteral("answer: ") + error.errorString()};
    const QJsonValue value = document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
    return m_schemas.problems(value, schema, QStringLiteral("answer"));
}

} // namespace idstore::test
