// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/cloud/store_problem.h"
#include "connectors/xml/xml_fields.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

namespace idstore::cloud {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(S3Errors)
};

// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html; from InvalidSecurity on those that Google's XML
// interface adds.
constexpr struct
{
    const char *code;
    StoreProblem problem;
} knownCodes[] = {
    {"SignatureDoesNotMatch", StoreProblem::WrongKey},
    {"InvalidAccessKeyId", StoreProblem::UnknownKey},
    {"AuthorizationHeaderMalformed", StoreProblem::MalformedRequest},
    {"InvalidRequest", StoreProblem::MalformedRequest},
    {"InvalidToken", StoreProblem::WrongToken},
    {"ExpiredToken", StoreProblem::ExpiredAccess},
    {"TokenRefreshRequired", StoreProblem::ExpiredAccess},
    {"RequestExpired", StoreProblem::ClockWrong},
    {"RequestTimeTooSkewed", StoreProblem::ClockWrong},
    {"AccessDenied", StoreProblem::AccessDenied},
    {"AllAccessDisabled", StoreProblem::AccountUnavailable},
    {"AccountProblem", StoreProblem::AccountUnavailable},
    {"NotSignedUp", StoreProblem::AccountUnavailable},
    {"NoSuchBucket", StoreProblem::BucketNotFound},
    {"InvalidBucketName", StoreProblem::BucketNotFound},
    {"NoSuchKey", StoreProblem::ObjectNotFound},
    {"NoSuchVersion", StoreProblem::ObjectNotFound},
    {"PreconditionFailed", StoreProblem::ObjectChanged},
    {"InvalidObjectState", StoreProblem::ObjectArchived},
    {"PermanentRedirect", StoreProblem::WrongRegion},
    {"TemporaryRedirect", StoreProblem::WrongRegion},
    {"Redirect", StoreProblem::WrongRegion},
    {"IncorrectEndpoint", StoreProblem::WrongRegion},
    {"IllegalLocationConstraintException", StoreProblem::WrongRegion},
    {"SlowDown", StoreProblem::Busy},
    {"ServiceUnavailable", StoreProblem::Busy},
    {"InternalError", StoreProblem::Busy},
    {"RequestTimeout", StoreProblem::Busy},
    {"InvalidSecurity", StoreProblem::UnknownKey},
    {"AuthenticationRequired", StoreProblem::KeyNeeded},
    {"UserProjectMissing", StoreProblem::RequesterPays},
    {"UserProjectAccessDenied", StoreProblem::RequesterPays},
};

/// The fields of <Error>.
class ErrorFields final : public XmlFieldsHandler
{
public:
    void opened(const QByteArray &, const XmlAttributes &) override {}
    void closed(const QByteArray &path, const QByteArray &text) override
    {
        if (path == "Error/Code")
            code = text.trimmed();
        else if (path == "Error/Region")
            region = text.trimmed();
        else if (path == "Error/Message")
            message = text;
        else if (path == "Error/RequestId")
            requestId = text.trimmed();
    }

    QByteArray code;
    QByteArray region;
    QByteArray message; ///< never shown
    QByteArray requestId;
};

ErrorFields errorFields(const http::Response &answer)
{
    ErrorFields fields;
    // What stands before a broken end counts: the status says more than enough.
    static_cast<void>(readXmlFields(answer.body, fields).ok());
    return fields;
}

bool isRegion(const QByteArray &text)
{
    constexpr qsizetype longest = 40;
    return !text.isEmpty() && text.size() <= longest && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

QString regionOf(const http::Response &answer, const ErrorFields &fields)
{
    if (isRegion(fields.region))
        return QString::fromLatin1(fields.region);
    const QByteArray told = answer.header("x-amz-bucket-region").trimmed();
    if (isRegion(told))
        return QString::fromLatin1(told);
    // "…; the region 'us-east-1' is wrong; expecting 'eu-central-1'"
    constexpr char before[] = "expecting '";
    const qsizetype start = fields.message.indexOf(before);
    if (start >= 0) {
        const QByteArray rest = fields.message.mid(start + static_cast<qsizetype>(sizeof before) - 1);
        const QByteArray named = rest.left(rest.indexOf('\''));
        if (isRegion(named))
            return QString::fromLatin1(named);
    }
    return {};
}

std::optional<StoreProblem> byCode(const QByteArray &code)
{
    for (const auto &known : knownCodes) {
        if (code == known.code)
            return known.problem;
    }
    return {};
}

/// Answers to HEAD have no body, and servers before the store have another.
StoreProblem byStatus(int status, const StorePlace &place, bool regionKnown)
{
    if (status == 404)
        return place.object.isEmpty() ? StoreProblem::BucketNotFound : StoreProblem::ObjectNotFound;
    if (status == 401 || status == 403)
        return StoreProblem::AccessDenied;
    if (status == 412)
        return StoreProblem::ObjectChanged;
    if (status == 429 || status >= 500)
        return StoreProblem::Busy;
    // The store itself says with a redirect where the bucket is.
    if (status >= 300 && status < 400)
        return regionKnown ? StoreProblem::WrongRegion : StoreProblem::WrongAddress;
    return StoreProblem::Refused;
}

} // namespace

QString s3Region(const http::Response &answer)
{
    return regionOf(answer, errorFields(answer));
}

Error s3Error(const http::Response &answer, const StorePlace &place)
{
    const ErrorFields fields = errorFields(answer);
    const QByteArray requestId = fields.requestId.isEmpty() ? answer.header("x-amz-request-id") : fields.requestId;
    const QString cause = answerCause(answer.status, fields.code, requestId);
    const QString region = regionOf(answer, fields);
    const StoreProblem problem = byCode(fields.code).value_or(byStatus(answer.status, place, !region.isEmpty()));
    const bool mayBeRegion = problem == StoreProblem::WrongRegion || problem == StoreProblem::MalformedRequest;
    if (!mayBeRegion || region.isEmpty() || region == place.region)
        return storeError(problem, place, cause);
    Error error = storeError(StoreProblem::WrongRegion, place, cause);
    error.message = Words::tr("“%1” is in the region %2.").arg(place.container, region);
    error.remedy = Words::tr("Enter %1 as the region.").arg(region);
    return error;
}

} // namespace idstore::cloud
