// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/cloud/store_problem.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <optional>

namespace idstore::cloud {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(GoogleErrors)
};

/// {"error": {"code", "message", "status", "errors": [{"reason"}], "details": [{"reason"}]}}
/// (https://cloud.google.com/apis/design/errors, https://cloud.google.com/storage/docs/json_api/v1/status-codes).
struct Envelope
{
    QStringList reasons; ///< the most telling first
    QString message; ///< never shown

    explicit Envelope(const QByteArray &body)
    {
        const QJsonObject root = QJsonDocument::fromJson(body).object().value(u"error").toObject();
        for (const QString &list : {QStringLiteral("details"), QStringLiteral("errors")}) {
            const QJsonArray items = root.value(list).toArray();
            for (const QJsonValue &item : items)
                add(item.toObject().value(u"reason").toString());
        }
        add(root.value(u"status").toString());
        message = root.value(u"message").toString();
    }

    void add(const QString &reason)
    {
        if (!reason.isEmpty())
            reasons.append(reason);
    }

    [[nodiscard]] QString cause(int status) const
    {
        return answerCause(status, reasons.isEmpty() ? QByteArray() : reasons.first().toLatin1());
    }
};

constexpr struct
{
    const char *reason;
    StoreProblem problem;
} knownReasons[] = {
    {"SERVICE_DISABLED", StoreProblem::ApiDisabled},
    {"accessNotConfigured", StoreProblem::ApiDisabled},
    {"BILLING_DISABLED", StoreProblem::AccountUnavailable},
    {"accountDisabled", StoreProblem::AccountUnavailable},
    {"CONSUMER_SUSPENDED", StoreProblem::AccountUnavailable},
    {"ACCESS_TOKEN_SCOPE_INSUFFICIENT", StoreProblem::WrongToken},
    {"ACCESS_TOKEN_EXPIRED", StoreProblem::ExpiredAccess},
    {"SECURITY_POLICY_VIOLATED", StoreProblem::NetworkDenied},
    {"userProjectMissing", StoreProblem::RequesterPays},
    {"userProjectAccessDenied", StoreProblem::RequesterPays},
    {"rateLimitExceeded", StoreProblem::Busy},
    {"userRateLimitExceeded", StoreProblem::Busy},
    {"RATE_LIMIT_EXCEEDED", StoreProblem::Busy},
    {"RESOURCE_EXHAUSTED", StoreProblem::Busy},
    {"backendError", StoreProblem::Busy},
    {"internalError", StoreProblem::Busy},
    {"UNAVAILABLE", StoreProblem::Busy},
    {"required", StoreProblem::KeyNeeded},
    {"authError", StoreProblem::WrongToken},
    {"UNAUTHENTICATED", StoreProblem::WrongToken},
    {"conditionNotMet", StoreProblem::ObjectChanged},
};

std::optional<StoreProblem> byReason(const Envelope &envelope)
{
    for (const QString &reason : envelope.reasons) {
        for (const auto &known : knownReasons) {
            if (reason == QLatin1StringView(known.reason))
                return known.problem;
        }
    }
    return {};
}

StoreProblem byStatus(int status, const Envelope &envelope, const StorePlace &place)
{
    if (status == 404) {
        const bool bucket = place.object.isEmpty() || envelope.message.contains(u"bucket does not exist");
        return bucket ? StoreProblem::BucketNotFound : StoreProblem::ObjectNotFound;
    }
    if (status == 401)
        return place.anonymous ? StoreProblem::KeyNeeded : StoreProblem::WrongToken;
    if (status == 403)
        return StoreProblem::AccessDenied;
    if (status == 412)
        return StoreProblem::ObjectChanged;
    if (status == 429 || status >= 500)
        return StoreProblem::Busy;
    return StoreProblem::Refused;
}

/// What a store refuses, in Google's terms where they differ: nobody enters an access token here.
Error googleError(StoreProblem problem, const StorePlace &place, const QString &cause)
{
    if (problem != StoreProblem::WrongToken)
        return storeError(problem, place, cause);
    return sourceError("wrong_token", Words::tr("Google does not accept the access of the service account."),
                       Words::tr("Check in the console that the account and its key are switched on."), cause);
}

} // namespace

Error googleStorageError(const http::Response &answer, const StorePlace &place)
{
    const Envelope envelope(answer.body);
    const StoreProblem problem = byReason(envelope).value_or(byStatus(answer.status, envelope, place));
    return googleError(problem, place, envelope.cause(answer.status));
}

Error googleTokenError(const http::Response &answer)
{
    const QJsonObject root = QJsonDocument::fromJson(answer.body).object();
    const QString code = root.value(u"error").toString();
    const QString description = root.value(u"error_description").toString();
    const QString cause = answerCause(answer.status, code.toLatin1());
    if (answer.status == 429 || answer.status >= 500)
        return storeError(StoreProblem::Busy, {}, cause);
    if (description.contains(u"reasonable timeframe") || description.contains(u"iat and exp"))
        return storeError(StoreProblem::ClockWrong, {}, cause);
    if (code == u"invalid_grant" && description.contains(u"JWT Signature", Qt::CaseInsensitive)) {
        return sourceError("wrong_key", Words::tr("Google does not accept the key of the service account."),
                           Words::tr("It may have been deleted or replaced: create a new key and enter it."), cause);
    }
    if (code == u"invalid_grant" || code == u"invalid_client" || code == u"deleted_client" ||
        code == u"disabled_client") {
        return sourceError("unknown_key", Words::tr("Google does not know the service account (any more)."),
                           Words::tr("Check in the console that it exists and is switched on, or use another one."),
                           cause);
    }
    if (code == u"invalid_scope" || code == u"unauthorized_client" || code == u"access_denied") {
        return sourceError("access_denied", Words::tr("The service account may not ask for this access."),
                           Words::tr("Ask the administrator of the organisation to allow it."), cause);
    }
    return storeError(StoreProblem::Refused, {}, cause);
}

Error googleSheetsError(const http::Response &answer, const SheetPlace &place)
{
    const Envelope envelope(answer.body);
    const QString cause = envelope.cause(answer.status);
    if (const auto known = byReason(envelope); known && *known != StoreProblem::KeyNeeded)
        return googleError(*known, {}, cause);
    if (answer.status == 404) {
        return sourceError("spreadsheet_not_found",
                           Words::tr("There is no spreadsheet with the ID “%1”.").arg(place.spreadsheetId),
                           Words::tr("Copy the ID from the address of the spreadsheet, between /d/ and /edit."), cause);
    }
    if (answer.status == 403) {
        return sourceError("spreadsheet_not_shared", Words::tr("The spreadsheet is not shared with this account."),
                           place.account.isEmpty() ? Words::tr("Share it with the account that reads it.")
                                                   : Words::tr("Share it with %1, as a viewer.").arg(place.account),
                           cause);
    }
    if (answer.status == 400 && envelope.message.startsWith(u"Unable to parse range")) {
        return sourceError("range_not_found", Words::tr("The spreadsheet has no sheet or range “%1”.").arg(place.range),
                           Words::tr("Check the name of the sheet: it may have been renamed."), cause);
    }
    if (answer.status == 400 && envelope.reasons.contains(QStringLiteral("FAILED_PRECONDITION"))) {
        return sourceError("not_a_spreadsheet", Words::tr("This is a file of another format, opened in Google Sheets."),
                           Words::tr("Save it as a Google spreadsheet, and use the ID of that one."), cause);
    }
    return googleError(byStatus(answer.status, envelope, {}), {}, cause);
}

} // namespace idstore::cloud
