// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/cloud/store_problem.h"

#include <QTest>

using namespace idstore;
using namespace idstore::cloud;
using namespace Qt::StringLiterals;

namespace {

const StorePlace filePlace{u"contacts-bucket"_s, u"in/contacts.csv"_s, u"us-east-1"_s, false};
const StorePlace listPlace{u"contacts-bucket"_s, {}, u"us-east-1"_s, false};

http::Response answer(int status, const QByteArray &body, const http::Headers &headers = {})
{
    return {.status = status, .headers = headers, .url = {}, .body = body};
}

QByteArray s3Body(const QByteArray &code, const QByteArray &more = {})
{
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code +
           "</Code><Message>CANARY</Message><AWSAccessKeyId>CANARY</AWSAccessKeyId><StringToSign>CANARY</StringToSign>"
           "<CanonicalRequest>CANARY</CanonicalRequest>" +
           more + "<RequestId>4442587FB7D0A2F9</RequestId><HostId>CANARY</HostId></Error>";
}

QByteArray azureBody(const QByteArray &code, const QByteArray &detail = "CANARY")
{
    return "\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>" + code +
           "</Code><Message>CANARY\nRequestId:CANARY</Message><AuthenticationErrorDetail>" + detail +
           "</AuthenticationErrorDetail></Error>";
}

QByteArray googleBody(int code, const QByteArray &reason, const QByteArray &status,
                      const QByteArray &message = "CANARY")
{
    return "{\"error\": {\"code\": " + QByteArray::number(code) + ", \"message\": \"" + message + "\", \"status\": \"" +
           status + "\", \"errors\": [{\"reason\": \"" + reason + "\", \"message\": \"CANARY\"}]}}";
}

} // namespace

class TestStoreErrors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void s3_eachAnswer_hasItsCode_data();
    void s3_eachAnswer_hasItsCode();
    void s3_wrongRegion_namesTheRightOne_data();
    void s3_wrongRegion_namesTheRightOne();
    void s3_hostileRegion_isNotRepeated();
    void azure_eachAnswer_hasItsCode_data();
    void azure_eachAnswer_hasItsCode();
    void googleStorage_eachAnswer_hasItsCode_data();
    void googleStorage_eachAnswer_hasItsCode();
    void googleToken_eachAnswer_hasItsCode_data();
    void googleToken_eachAnswer_hasItsCode();
    void googleSheets_eachAnswer_hasItsCode_data();
    void googleSheets_eachAnswer_hasItsCode();
    void problem_each_saysWhatToDo();

private:
    void verify(const Error &error, const QString &code);
};

void TestStoreErrors::verify(const Error &error, const QString &code)
{
    QVERIFY2(error.code == code, qPrintable(error.logLine()));
    QCOMPARE(error.kind, code == u"store_busy" ? ErrorKind::Unavailable : ErrorKind::Source);
    QVERIFY(!error.message.isEmpty());
    QVERIFY(!error.remedy.isEmpty());
    QVERIFY2(!error.logLine().contains(u"CANARY"_s) && !error.remedy.contains(u"CANARY"_s),
             qPrintable(error.logLine()));
}

void TestStoreErrors::s3_eachAnswer_hasItsCode_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("code");
    const auto add = [](int status, const QByteArray &storeCode, const QString &code) {
        QTest::newRow(storeCode.constData()) << status << s3Body(storeCode) << code;
    };
    add(403, "SignatureDoesNotMatch", u"wrong_key"_s);
    add(403, "InvalidAccessKeyId", u"unknown_key"_s);
    add(403, "InvalidSecurity", u"unknown_key"_s);
    add(400, "InvalidToken", u"wrong_token"_s);
    add(400, "ExpiredToken", u"access_expired"_s);
    add(403, "RequestTimeTooSkewed", u"clock_wrong"_s);
    add(403, "AccessDenied", u"access_denied"_s);
    add(404, "NoSuchBucket", u"bucket_not_found"_s);
    add(404, "NoSuchKey", u"object_not_found"_s);
    add(301, "PermanentRedirect", u"wrong_region"_s);
    add(400, "AuthorizationHeaderMalformed", u"request_refused"_s);
    add(412, "PreconditionFailed", u"object_changed"_s);
    add(403, "InvalidObjectState", u"object_archived"_s);
    add(503, "SlowDown", u"store_busy"_s);
    add(400, "UserProjectMissing", u"requester_pays"_s);
    add(403, "AllAccessDisabled", u"account_unavailable"_s);
    add(400, "SomethingNew", u"store_refused"_s);
    QTest::newRow("HEAD of a missing file") << 404 << ""_ba << u"object_not_found"_s;
    QTest::newRow("HEAD refused") << 403 << ""_ba << u"access_denied"_s;
    QTest::newRow("a proxy's page") << 502 << "<html><body>CANARY<br></html>"_ba << u"store_busy"_s;
    QTest::newRow("half an answer") << 403 << "<Error><Code>SignatureDoesNotMatch</Code><Mess"_ba << u"wrong_key"_s;
    QTest::newRow("a code that is none") << 418 << s3Body("CANARY &lt;&#10; injected") << u"store_refused"_s;
}

void TestStoreErrors::s3_eachAnswer_hasItsCode()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    QFETCH(const QString, code);
    const Error error = s3Error(answer(status, body), filePlace);
    verify(error, code);
    QVERIFY(error.cause.startsWith(u"HTTP %1"_s.arg(status)));
    if (body.contains("RequestId"))
        QVERIFY(error.cause.endsWith(u"request 4442587FB7D0A2F9"_s));

    StorePlace anonymous = filePlace;
    anonymous.anonymous = true;
    if (code == u"access_denied")
        verify(s3Error(answer(status, body), anonymous), u"key_needed"_s);
    if (body.isEmpty() && status == 404)
        verify(s3Error(answer(status, body), listPlace), u"bucket_not_found"_s);
}

void TestStoreErrors::s3_wrongRegion_namesTheRightOne_data()
{
    QTest::addColumn<http::Response>("response");
    // As answers of the service have been seen.
    QTest::newRow("in a field") << answer(
        400,
        "<Error><Code>AuthorizationHeaderMalformed</Code><Message>The authorization header is malformed; the region "
        "'us-east-1' is wrong; expecting 'eu-central-1'</Message><Region>eu-central-1</Region></Error>");
    QTest::newRow("in the message") << answer(
        400,
        "<Error><Code>AuthorizationHeaderMalformed</Code><Message>The authorization header is malformed; the region "
        "'us-east-1' is wrong; expecting 'eu-central-1'</Message></Error>");
    QTest::newRow("in a header") << answer(
        301, "<Error><Code>PermanentRedirect</Code><Endpoint>b.s3.eu-central-1.amazonaws.com</Endpoint></Error>",
        {{"X-Amz-Bucket-Region", "eu-central-1"}});
    QTest::newRow("in a header, without a body") << answer(301, {}, {{"x-amz-bucket-region", "eu-central-1"}});
}

void TestStoreErrors::s3_wrongRegion_namesTheRightOne()
{
    QFETCH(const http::Response, response);
    QCOMPARE(s3Region(response), u"eu-central-1"_s);
    const Error error = s3Error(response, filePlace);
    verify(error, u"wrong_region"_s);
    QVERIFY(error.message.contains(u"eu-central-1"_s));
    QVERIFY(error.remedy.contains(u"eu-central-1"_s));
}

void TestStoreErrors::s3_hostileRegion_isNotRepeated()
{
    const http::Response hostile =
        answer(400,
               "<Error><Code>AuthorizationHeaderMalformed</Code><Message>expecting 'CANARY/../x'</Message>"
               "<Region>CANARY&#10;x</Region></Error>",
               {{"x-amz-bucket-region", "CANARY.test/"}});
    QCOMPARE(s3Region(hostile), QString());
    verify(s3Error(hostile, filePlace), u"request_refused"_s);
    // The region that was asked for is not the remedy.
    verify(s3Error(answer(400, s3Body("AuthorizationHeaderMalformed", "<Region>us-east-1</Region>")), filePlace),
           u"request_refused"_s);
}

void TestStoreErrors::azure_eachAnswer_hasItsCode_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("code");
    const auto add = [](int status, const QByteArray &storeCode, const QString &code) {
        QTest::newRow(storeCode.constData()) << status << azureBody(storeCode) << code;
    };
    const QByteArray failed("AuthenticationFailed");
    add(403, failed, u"wrong_key"_s);
    QTest::newRow("wrong signature") << 403
                                     << azureBody(failed,
                                                  "The MAC signature found in the HTTP request 'CANARY' is not the "
                                                  "same as any computed signature. Server used following string "
                                                  "to sign: 'GET CANARY x-ms-date:CANARY'.")
                                     << u"wrong_key"_s;
    QTest::newRow("old date") << 403
                              << azureBody(failed, "Request date header too old: 'Fri, 04 Oct 2019 18:02:12 GMT'")
                              << u"clock_wrong"_s;
    QTest::newRow("expired SAS") << 403
                                 << azureBody(failed,
                                              "Signature not valid in the specified time frame: Start [CANARY] - "
                                              "Expiry [CANARY] - Current [CANARY]")
                                 << u"access_expired"_s;
    add(403, "AuthorizationFailure", u"network_denied"_s);
    add(403, "AuthorizationPermissionMismatch", u"access_denied"_s);
    add(403, "KeyBasedAuthenticationNotPermitted", u"keys_switched_off"_s);
    add(400, "InvalidAuthenticationInfo", u"request_refused"_s);
    add(401, "NoAuthenticationInformation", u"key_needed"_s);
    add(409, "PublicAccessNotPermitted", u"key_needed"_s);
    add(403, "AccountIsDisabled", u"account_unavailable"_s);
    add(404, "ContainerNotFound", u"container_not_found"_s);
    add(404, "BlobNotFound", u"object_not_found"_s);
    add(409, "BlobArchived", u"object_archived"_s);
    add(412, "ConditionNotMet", u"object_changed"_s);
    add(400, "InvalidUri", u"wrong_address"_s);
    add(503, "ServerBusy", u"store_busy"_s);
    add(400, "SomethingNew", u"store_refused"_s);
    QTest::newRow("no body") << 404 << ""_ba << u"object_not_found"_s;
}

void TestStoreErrors::azure_eachAnswer_hasItsCode()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    QFETCH(const QString, code);
    const Error error =
        azureError(answer(status, body, {{"x-ms-request-id", "405923b2-001e-0027-18ec-a51dd8000000"}}), filePlace);
    verify(error, code);
    QVERIFY(error.cause.endsWith(u"request 405923b2-001e-0027-18ec-a51dd8000000"_s));

    // Answers to HEAD have the code in a header alone.
    const QByteArray start("<Code>");
    const QByteArray storeCode =
        body.mid(body.indexOf(start) + start.size(), body.indexOf("</Code>") - body.indexOf(start) - start.size());
    if (!body.isEmpty() && storeCode != "AuthenticationFailed")
        verify(azureError(answer(status, {}, {{"x-ms-error-code", storeCode}}), filePlace), code);
}

void TestStoreErrors::googleStorage_eachAnswer_hasItsCode_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("code");
    QTest::newRow("forbidden") << 403 << googleBody(403, "forbidden", "PERMISSION_DENIED") << u"access_denied"_s;
    QTest::newRow("anonymous") << 401 << googleBody(401, "required", "UNAUTHENTICATED") << u"key_needed"_s;
    QTest::newRow("token") << 401 << googleBody(401, "authError", "UNAUTHENTICATED") << u"wrong_token"_s;
    QTest::newRow("no object") << 404 << googleBody(404, "notFound", "NOT_FOUND", "No such object: CANARY")
                               << u"object_not_found"_s;
    QTest::newRow("no bucket") << 404
                               << googleBody(404, "notFound", "NOT_FOUND", "The specified bucket does not exist.")
                               << u"bucket_not_found"_s;
    QTest::newRow("plain text") << 404 << "No such object: CANARY"_ba << u"object_not_found"_s;
    QTest::newRow("rate") << 429 << googleBody(429, "rateLimitExceeded", "RESOURCE_EXHAUSTED") << u"store_busy"_s;
    QTest::newRow("rate as 403") << 403 << googleBody(403, "userRateLimitExceeded", "") << u"store_busy"_s;
    QTest::newRow("condition") << 412 << googleBody(412, "conditionNotMet", "FAILED_PRECONDITION")
                               << u"object_changed"_s;
    QTest::newRow("requester pays") << 400 << googleBody(400, "userProjectMissing", "INVALID_ARGUMENT")
                                    << u"requester_pays"_s;
    QTest::newRow("switched off") << 403
                                  << "{\"error\": {\"code\": 403, \"status\": \"PERMISSION_DENIED\", \"details\": "
                                     "[{\"reason\": \"SERVICE_DISABLED\"}]}}"_ba
                                  << u"api_disabled"_s;
    QTest::newRow("anything else") << 400 << googleBody(400, "invalid", "INVALID_ARGUMENT") << u"store_refused"_s;
}

void TestStoreErrors::googleStorage_eachAnswer_hasItsCode()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    QFETCH(const QString, code);
    verify(googleStorageError(answer(status, body), filePlace), code);
}

void TestStoreErrors::googleToken_eachAnswer_hasItsCode_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("code");
    QTest::newRow("clock")
        << 400
        << R"({"error": "invalid_grant", "error_description": "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim. CANARY"})"_ba
        << u"clock_wrong"_s;
    QTest::newRow("signature") << 400
                               << R"({"error": "invalid_grant", "error_description": "Invalid JWT Signature."})"_ba
                               << u"wrong_key"_s;
    QTest::newRow("account")
        << 400 << R"({"error": "invalid_grant", "error_description": "Invalid grant: account not found"})"_ba
        << u"unknown_key"_s;
    QTest::newRow("deleted") << 401 << R"({"error": "deleted_client"})"_ba << u"unknown_key"_s;
    QTest::newRow("scope") << 400 << R"({"error": "invalid_scope", "error_description": "CANARY"})"_ba
                           << u"access_denied"_s;
    QTest::newRow("busy") << 503 << ""_ba << u"store_busy"_s;
    QTest::newRow("anything else") << 400 << "CANARY"_ba << u"store_refused"_s;
}

void TestStoreErrors::googleToken_eachAnswer_hasItsCode()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    QFETCH(const QString, code);
    verify(googleTokenError(answer(status, body)), code);
}

void TestStoreErrors::googleSheets_eachAnswer_hasItsCode_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("code");
    QTest::newRow("not shared") << 403 << googleBody(403, "", "PERMISSION_DENIED") << u"spreadsheet_not_shared"_s;
    QTest::newRow("unknown") << 404 << googleBody(404, "", "NOT_FOUND") << u"spreadsheet_not_found"_s;
    QTest::newRow("range") << 400 << googleBody(400, "", "INVALID_ARGUMENT", "Unable to parse range: CANARY!A1")
                           << u"range_not_found"_s;
    QTest::newRow("an Excel file") << 400 << googleBody(400, "", "FAILED_PRECONDITION") << u"not_a_spreadsheet"_s;
    QTest::newRow("rate") << 429 << googleBody(429, "", "RESOURCE_EXHAUSTED") << u"store_busy"_s;
    QTest::newRow("token") << 401 << googleBody(401, "", "UNAUTHENTICATED") << u"wrong_token"_s;
    QTest::newRow("switched off") << 403 << googleBody(403, "accessNotConfigured", "PERMISSION_DENIED")
                                  << u"api_disabled"_s;
    QTest::newRow("anything else") << 400 << googleBody(400, "", "INVALID_ARGUMENT") << u"store_refused"_s;
}

void TestStoreErrors::googleSheets_eachAnswer_hasItsCode()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    QFETCH(const QString, code);
    const SheetPlace place{u"1AbC"_s, u"'List'!A1:Z"_s, u"reader@project.example"_s};
    const Error error = googleSheetsError(answer(status, body), place);
    verify(error, code);
    if (code == u"spreadsheet_not_shared")
        QVERIFY(error.remedy.contains(place.account));
}

void TestStoreErrors::problem_each_saysWhatToDo()
{
    QStringList codes;
    for (int problem = 0; problem <= static_cast<int>(StoreProblem::Refused); ++problem) {
        const Error error = storeError(static_cast<StoreProblem>(problem), filePlace, u"cause"_s);
        verify(error, error.code);
        QVERIFY2(!codes.contains(error.code), qPrintable(error.code));
        QVERIFY2(!error.message.contains(u'%'), qPrintable(error.message));
        codes.append(error.code);
    }
}

QTEST_GUILESS_MAIN(TestStoreErrors)
#include "tst_store_errors.moc"
