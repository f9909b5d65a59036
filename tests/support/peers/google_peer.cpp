// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/peers/google_peer.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUuid>

namespace idstore::test {

namespace {

/// The parts of a partial response (https://developers.google.com/drive/api/guides/performance#partial):
/// "a,b(c,d),e.f" and "e/f".
QJsonValue selected(const QJsonValue &value, QStringView fields);

QStringList topLevel(QStringView fields)
{
    QStringList parts(QString{});
    int depth = 0;
    for (const QChar c : fields) {
        depth += c == u'(' ? 1 : c == u')' ? -1 : 0;
        if (c == u',' && depth == 0)
            parts.append(QString());
        else
            parts.last().append(c);
    }
    return parts;
}

QJsonObject selectedOfObject(const QJsonObject &object, QStringView fields)
{
    QJsonObject chosen;
    const QStringList parts = topLevel(fields);
    for (const QString &part : parts) {
        qsizetype end = 0;
        while (end < part.size() && !QStringView(u"(./").contains(part[end]))
            ++end;
        const QString name = part.left(end);
        if (!object.contains(name))
            continue;
        QStringView rest = QStringView(part).sliced(end);
        if (rest.startsWith(u'('))
            rest = rest.sliced(1, rest.size() - 2);
        else if (!rest.isEmpty())
            rest = rest.sliced(1);
        QJsonValue value = rest.isEmpty() ? object[name] : selected(object[name], rest);
        // "sheets.a,sheets.b" gives both of each sheet; no request of ours is written so.
        chosen.insert(name, value);
    }
    return chosen;
}

QJsonValue selected(const QJsonValue &value, QStringView fields)
{
    if (value.isObject())
        return selectedOfObject(value.toObject(), fields);
    if (!value.isArray())
        return value;
    QJsonArray items;
    const QJsonArray all = value.toArray();
    for (const QJsonValue &each : all)
        items.append(selected(each, fields));
    return items;
}

PeerAnswer json(int status, const QJsonObject &object, QList<QByteArray> fields = {})
{
    fields.append("Content-Type: application/json; charset=UTF-8");
    return PeerAnswer::of(status, QJsonDocument(object).toJson(QJsonDocument::Compact), fields);
}

PeerAnswer tokenError(const QByteArray &code, const QString &description)
{
    return json(400, {{QStringLiteral("error"), QString::fromLatin1(code)},
                      {QStringLiteral("error_description"), description}});
}

} // namespace

PeerAnswer googleError(int code, const QByteArray &message, const QByteArray &reason, const QByteArray &status,
                       const QList<QByteArray> &fields)
{
    QJsonObject error{{QStringLiteral("code"), code}, {QStringLiteral("message"), QString::fromUtf8(message)}};
    if (!status.isEmpty())
        error.insert(QStringLiteral("status"), QString::fromLatin1(status));
    if (!reason.isEmpty()) {
        error.insert(QStringLiteral("errors"),
                     QJsonArray{QJsonObject{{QStringLiteral("message"), QString::fromUtf8(message)},
                                            {QStringLiteral("domain"), QStringLiteral("global")},
                                            {QStringLiteral("reason"), QString::fromLatin1(reason)}}});
    }
    return json(code, {{QStringLiteral("error"), error}}, fields);
}

PeerAnswer googleJson(const QJsonObject &answer, const GoogleCall &call)
{
    const QString fields = call.read.value(QStringLiteral("fields"));
    return json(200, fields.isEmpty() || fields == u"*" ? answer : selectedOfObject(answer, fields));
}

GooglePeer::GooglePeer(const QString &vendor, const QString &scope, Service service)
    : m_description(OpenApiCheck::ofVendor(vendor))
    , m_scope(scope)
    , m_service(std::move(service))
    , m_server([this](const PeerRequest &request) { return answer(request); })
{}

QJsonObject GooglePeer::credentials() const
{
    return {{QStringLiteral("service_account_json"), m_account.keyFile()}};
}

void GooglePeer::revokeTokens()
{
    for (QDateTime &expiry : m_expiry)
        expiry = QDateTime::currentDateTimeUtc();
}

PeerAnswer GooglePeer::answer(const PeerRequest &request)
{
    if (request.target == "/token")
        return issueToken(request);
    GoogleCall call{request, m_description.check(request), holds(request)};
    // What an HMAC key signs goes to another interface, which has no such description: the service knows it.
    const bool isOther = request.header("Authorization").startsWith("GOOG4-");
    if (!isOther && !call.read.problems.isEmpty()) {
        m_problems += call.read.problems;
        return googleError(400, "Invalid argument", "invalid", "INVALID_ARGUMENT");
    }
    m_operations.append(call.read.operation);
    if (intervention) {
        if (auto instead = intervention(call))
            return *std::move(instead);
    }
    PeerAnswer answer = m_service(call);
    if (!isOther)
        m_problems += ownProblems(call, answer);
    return answer;
}

QStringList GooglePeer::ownProblems(const GoogleCall &call, const PeerAnswer &answer) const
{
    const int status = answer.bytes.mid(9, 3).toInt(); // behind "HTTP/1.1 "
    const qsizetype head = answer.bytes.indexOf("\r\n\r\n");
    if (!answer.bytes.left(head).contains("Content-Type: application/json"))
        return {};
    return m_description.checkAnswer(call.read.operation, status, answer.bytes.mid(head + 4));
}

bool GooglePeer::holds(const PeerRequest &request) const
{
    const QByteArray field = request.header("Authorization");
    const auto found = field.startsWith("Bearer ") ? m_expiry.constFind(field.mid(7)) : m_expiry.constEnd();
    return found != m_expiry.constEnd() && *found > QDateTime::currentDateTimeUtc();
}

PeerAnswer GooglePeer::issueToken(const PeerRequest &request)
{
    if (tokenIntervention) {
        if (auto instead = tokenIntervention({request, {}, false}))
            return *std::move(instead);
    }
    QJsonObject form;
    for (const auto &[name, value] : formItems(request.body))
        form.insert(name, value);
    if (request.method != "POST" || request.header("Content-Type") != "application/x-www-form-urlencoded" ||
        request.has("Authorization") || form.size() != 2)
        m_problems.append(QStringLiteral("the request for a token is not of the form that is asked for"));
    if (form[QLatin1StringView("grant_type")] != QLatin1StringView("urn:ietf:params:oauth:grant-type:jwt-bearer"))
        return tokenError("unsupported_grant_type", QStringLiteral("Invalid grant_type"));
    const QDateTime now = QDateTime::currentDateTimeUtc().addSecs(clockSkewSeconds);
    const QStringList problems =
        m_account.assertionProblems(form[QLatin1StringView("assertion")].toString().toLatin1(), m_scope, now);
    if (!problems.isEmpty()) {
        if (clockSkewSeconds == 0)
            m_problems += problems;
        return tokenError("invalid_grant", problems.first());
    }
    ++m_tokensIssued;
    const QByteArray token = "ya29.canary-" + QUuid::createUuid().toByteArray(QUuid::WithoutBraces);
    m_expiry.insert(token, QDateTime::currentDateTimeUtc().addSecs(tokenSeconds));
    return json(200, {{QStringLiteral("access_token"), QString::fromLatin1(token)},
                      {QStringLiteral("expires_in"), tokenSeconds},
                      {QStringLiteral("token_type"), QStringLiteral("Bearer")}});
}

} // namespace idstore::test
