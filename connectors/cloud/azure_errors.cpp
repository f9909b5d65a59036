// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/cloud/store_problem.h"
#include "connectors/xml/xml_fields.h"

namespace idstore::cloud {

namespace {

// https://learn.microsoft.com/rest/api/storageservices/common-rest-api-error-codes and …/blob-service-error-codes
constexpr struct
{
    const char *code;
    StoreProblem problem;
} knownCodes[] = {
    {"InvalidAuthenticationInfo", StoreProblem::MalformedRequest},
    {"NoAuthenticationInformation", StoreProblem::KeyNeeded},
    {"PublicAccessNotPermitted", StoreProblem::KeyNeeded},
    {"AuthorizationPermissionMismatch", StoreProblem::AccessDenied},
    {"AuthorizationResourceTypeMismatch", StoreProblem::AccessDenied},
    {"AuthorizationServiceMismatch", StoreProblem::AccessDenied},
    {"AuthorizationProtocolMismatch", StoreProblem::AccessDenied},
    {"InsufficientAccountPermissions", StoreProblem::AccessDenied},
    {"AuthorizationFailure", StoreProblem::NetworkDenied},
    {"AuthorizationSourceIPMismatch", StoreProblem::NetworkDenied},
    {"KeyBasedAuthenticationNotPermitted", StoreProblem::KeysSwitchedOff},
    {"AccountIsDisabled", StoreProblem::AccountUnavailable},
    {"AccountBeingCreated", StoreProblem::Busy},
    {"ContainerNotFound", StoreProblem::ContainerNotFound},
    {"ContainerBeingDeleted", StoreProblem::ContainerNotFound},
    {"ContainerDisabled", StoreProblem::ContainerNotFound},
    {"BlobNotFound", StoreProblem::ObjectNotFound},
    {"BlobArchived", StoreProblem::ObjectArchived},
    {"BlobBeingRehydrated", StoreProblem::ObjectArchived},
    {"ConditionNotMet", StoreProblem::ObjectChanged},
    {"BlobOverwritten", StoreProblem::ObjectChanged},
    {"TargetConditionNotMet", StoreProblem::ObjectChanged},
    {"InvalidUri", StoreProblem::WrongAddress},
    {"InvalidResourceName", StoreProblem::ContainerNotFound},
    {"ServerBusy", StoreProblem::Busy},
    {"InternalError", StoreProblem::Busy},
    {"OperationTimedOut", StoreProblem::Busy},
};

class ErrorFields final : public XmlFieldsHandler
{
public:
    void opened(const QByteArray &, const XmlAttributes &) override {}
    void closed(const QByteArray &path, const QByteArray &text) override
    {
        if (path == "Error/Code")
            code = text.trimmed();
        else if (path == "Error/AuthenticationErrorDetail")
            detail = text;
    }

    QByteArray code;
    QByteArray detail; ///< quotes the request; never shown
};

/// One code for a wrong key, a wrong clock and a signature that has expired; the detail tells them apart.
StoreProblem failedAuthentication(const QByteArray &detail)
{
    if (detail.contains("date header") || detail.contains("Date header"))
        return StoreProblem::ClockWrong;
    if (detail.contains("Signature not valid in the specified time frame") ||
        detail.contains("Signature not valid in the specified key time frame")) {
        return StoreProblem::ExpiredAccess;
    }
    return StoreProblem::WrongKey;
}

StoreProblem byStatus(int status, const StorePlace &place)
{
    if (status == 404)
        return place.object.isEmpty() ? StoreProblem::ContainerNotFound : StoreProblem::ObjectNotFound;
    if (status == 401)
        return StoreProblem::KeyNeeded;
    if (status == 403)
        return StoreProblem::AccessDenied;
    if (status == 412)
        return StoreProblem::ObjectChanged;
    if (status == 429 || status >= 500)
        return StoreProblem::Busy;
    return StoreProblem::Refused;
}

} // namespace

Error azureError(const http::Response &answer, const StorePlace &place)
{
    ErrorFields fields;
    // What stands before a broken end counts: the status says more than enough.
    static_cast<void>(readXmlFields(answer.body, fields).ok());
    const QByteArray told = answer.header("x-ms-error-code").trimmed();
    const QByteArray code = told.isEmpty() ? fields.code : told;
    const QString cause = answerCause(answer.status, code, answer.header("x-ms-request-id").trimmed());
    if (code == "AuthenticationFailed")
        return storeError(failedAuthentication(fields.detail), place, cause);
    // To somebody without a key, the container that is not public does not exist.
    if (place.anonymous && (code == "ResourceNotFound" || code == "ContainerNotFound"))
        return storeError(StoreProblem::KeyNeeded, place, cause);
    for (const auto &known : knownCodes) {
        if (code == known.code)
            return storeError(known.problem, place, cause);
    }
    return storeError(byStatus(answer.status, place), place, cause);
}

} // namespace idstore::cloud
