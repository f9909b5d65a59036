// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/cloud/aws_signature.h"
#include "connectors/cloud/digests.h"
#include "connectors/cloud/percent_encoding.h"
#include "tests/support/result_checks.h"

#include <QTest>
#include <QTimeZone>

using namespace idstore;
using namespace idstore::cloud;
using namespace Qt::StringLiterals;

namespace {

const QDateTime suiteTime(QDate(2015, 8, 30), QTime(12, 36), Qt::UTC);
const QDateTime s3Time(QDate(2013, 5, 24), QTime(0, 0), Qt::UTC);
const QDateTime ownTime(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC);

// The published example keys.
AccessKey suiteKey(const QByteArray &token = {})
{
    return {u"AKIDEXAMPLE"_s, Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"), Secret(token)};
}

AccessKey s3Key()
{
    return {u"AKIAIOSFODNN7EXAMPLE"_s, Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"), Secret()};
}

const SigningScope suiteScope{SigningScope::Dialect::Amazon, "us-east-1", "service"};

QByteArray field(const http::SecretHeaders &headers, const QByteArray &name)
{
    for (const auto &[fieldName, value] : headers) {
        if (fieldName == name)
            return value.reveal();
    }
    return {};
}

/// "SignedHeaders Signature", or the error.
QByteArray signedBy(const AwsSignature &signer, const RequestToSign &request, const QDateTime &now)
{
    const auto headers = signer.sign(request, now);
    if (!headers)
        return headers.error().logLine().toUtf8();
    const QByteArray authorization = field(*headers, "authorization");
    const qsizetype names = authorization.indexOf("SignedHeaders=") + 14;
    const qsizetype comma = authorization.indexOf(", Signature=", names);
    return authorization.mid(names, comma - names) + ' ' + authorization.mid(comma + 12);
}

RequestToSign suiteRequest(const QByteArray &method, const QByteArray &path, const QByteArray &query = {},
                           const http::Headers &headers = {})
{
    return {.method = method, .host = "example.amazonaws.com", .path = path, .query = query, .headers = headers};
}

} // namespace

class TestAwsSignature : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void suite_eachCase_isSignedAsPublished_data();
    void suite_eachCase_isSignedAsPublished();
    void suite_body_isSignedAsPublished();
    void suite_sessionToken_isSignedAsPublished();
    void s3_documentedExample_isSignedAsPublished_data();
    void s3_documentedExample_isSignedAsPublished();
    void s3_vectorsOfAnotherSigner_agree_data();
    void s3_vectorsOfAnotherSigner_agree();
    void s3_objectNames_surviveTheAddress_data();
    void s3_objectNames_surviveTheAddress();
    void s3_fields_areTheOnesToSend();
    void s3_unsignedPayload_isSaidSo();
    void google_vectorsOfOtherSigners_agree();
    void time_ofAnotherZone_isTheSame();
    void key_anonymous_addsNothing();
    void key_malformed_isRefusedWithoutShowingIt_data();
    void key_malformed_isRefusedWithoutShowingIt();
    void query_plusAndBareCharacters_areKept();
};

// The AWS Signature Version 4 test suite (aws-sig-v4-test-suite).
void TestAwsSignature::suite_eachCase_isSignedAsPublished_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QList<std::pair<QByteArray, QByteArray>>>("headers");
    QTest::addColumn<QByteArray>("expected");
    using Fields = QList<std::pair<QByteArray, QByteArray>>;
    const auto add = [](const char *name, const QByteArray &method, const QByteArray &path, const QByteArray &query,
                        const Fields &headers, const QByteArray &expected) {
        QTest::newRow(name) << method << path << query << headers << expected;
    };
    const QByteArray unreserved("-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    const QByteArray bare("host;x-amz-date ");
    const QByteArray one("host;my-header1;x-amz-date ");
    const QByteArray two("host;my-header1;my-header2;x-amz-date ");
    const QByteArray vanilla("5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
    const QByteArray post("5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
    const QByteArray postQuery("28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11");

    add("get-vanilla", "GET", "/", "", {}, bare + vanilla);
    add("get-vanilla-query", "GET", "/", "", {}, bare + vanilla);
    add("get-header-key-duplicate", "GET", "/", "",
        {{"My-Header1", "value2"}, {"My-Header1", "value2"}, {"My-Header1", "value1"}},
        one + "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea");
    add("get-header-value-multiline", "GET", "/", "", {{"My-Header1", "value1,value2,value3"}},
        one + "ba17b383a53190154eb5fa66a1b836cc297cc0a3d70a5d00705980573d8ff790");
    add("get-header-value-order", "GET", "/", "",
        {{"My-Header1", "value4"}, {"My-Header1", "value1"}, {"My-Header1", "value3"}, {"My-Header1", "value2"}},
        one + "08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01");
    add("get-header-value-trim", "GET", "/", "", {{"My-Header1", " value1"}, {"My-Header2", " \"a   b   c\""}},
        two + "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736");
    add("get-unreserved", "GET", '/' + unreserved, "", {},
        bare + "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f");
    add("get-utf8", "GET", "/ሴ", "", {}, bare + "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85");
    add("get-vanilla-empty-query-key", "GET", "/", "Param1=value1", {},
        bare + "a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb");
    add("get-vanilla-query-order-key", "GET", "/", "Param1=value2&Param1=Value1", {},
        bare + "eedbc4e291e521cf13422ffca22be7d2eb8146eecf653089df300a15b2382bd1");
    add("get-vanilla-query-order-key-case", "GET", "/", "Param2=value2&Param1=value1", {},
        bare + "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500");
    add("get-vanilla-query-order-value", "GET", "/", "Param1=value2&Param1=value1", {},
        bare + "5772eed61e12b33fae39ee5e7012498b51d56abc0abb7c60486157bd471c4694");
    add("get-vanilla-query-unreserved", "GET", "/", unreserved + '=' + unreserved, {},
        bare + "9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197");
    add("get-vanilla-utf8-query", "GET", "/", "ሴ=bar", {},
        bare + "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04");
    // Normalised paths are signed as what they come to; get-vanilla has the path "/".
    add("get-relative", "GET", "/example/..", "", {}, bare + vanilla);
    add("get-relative-relative", "GET", "/example1/example2/../..", "", {}, bare + vanilla);
    add("get-slash", "GET", "//", "", {}, bare + vanilla);
    add("get-slash-dot-slash", "GET", "/./", "", {}, bare + vanilla);
    add("post-header-key-case", "POST", "/", "", {}, bare + post);
    add("post-header-key-sort", "POST", "/", "", {{"My-Header1", "value1"}},
        one + "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c");
    add("post-header-value-case", "POST", "/", "", {{"My-Header1", "VALUE1"}},
        one + "cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d");
    add("post-vanilla", "POST", "/", "", {}, bare + post);
    add("post-vanilla-query", "POST", "/", "Param1=value1", {}, bare + postQuery);
    add("post-vanilla-empty-query-value", "POST", "/", "Param1=value1", {}, bare + postQuery);
    add("post-vanilla-query-nonunreserved", "POST", "/", "@#$%^=&+=/,?><`\";:\\|][{}", {},
        bare + "66c82657c86e26fb25238d0e69f011edc4c6df5ae71119d7cb98ed9b87393c1e");
    add("post-vanilla-query-space", "POST", "/", "p", {},
        bare + "e71688addb58a26418614085fb730ba3faa623b461c17f48f2fbdb9361b94a9b");
}

void TestAwsSignature::suite_eachCase_isSignedAsPublished()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, path);
    QFETCH(const QByteArray, query);
    using Fields = QList<std::pair<QByteArray, QByteArray>>;
    QFETCH(const Fields, headers);
    QFETCH(const QByteArray, expected);
    http::Headers sent;
    for (const auto &[name, value] : headers)
        sent.append(http::Header{name, value});
    QCOMPARE(signedBy(AwsSignature(suiteKey(), suiteScope), suiteRequest(method, path, query, sent), suiteTime),
             expected);
}

void TestAwsSignature::suite_body_isSignedAsPublished()
{
    const AwsSignature signer(suiteKey(), suiteScope);
    RequestToSign form = suiteRequest("POST", "/", {}, {{"Content-Type", "application/x-www-form-urlencoded"}});
    form.payloadHash = sha256("Param1=value1")->toHex();
    QCOMPARE(signedBy(signer, form, suiteTime),
             "content-type;host;x-amz-date ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"_ba);
    form.headers = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf8"}};
    QCOMPARE(signedBy(signer, form, suiteTime),
             "content-type;host;x-amz-date 1a72ec8f64bd914b0e42e42607c7fbce7fb2c7465f63e3092b3b0d39fa77a6fe"_ba);
}

// post-sts-header-before: the token is signed.
void TestAwsSignature::suite_sessionToken_isSignedAsPublished()
{
    const QByteArray token(
        "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPf"
        "IeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7W"
        "Z0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8F"
        "DrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA==");
    QCOMPARE(signedBy(AwsSignature(suiteKey(token), suiteScope), suiteRequest("POST", "/"), suiteTime),
             "host;x-amz-date;x-amz-security-token "
             "85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead"_ba);
}

// The examples of the S3 documentation, "Signature Calculations for the Authorization Header".
void TestAwsSignature::s3_documentedExample_isSignedAsPublished_data()
{
    QTest::addColumn<RequestToSign>("request");
    QTest::addColumn<QByteArray>("expected");
    const QString host = u"https://examplebucket.s3.amazonaws.com"_s;
    const auto get = [&](const QString &rest, const http::Headers &headers = {}) {
        return RequestToSign::of("GET", QUrl(host + rest), headers);
    };
    const QByteArray bare("host;x-amz-content-sha256;x-amz-date ");
    QTest::newRow("get object, a range") << get(u"/test.txt"_s, {{"Range", "bytes=0-9"}})
                                         << "host;range;x-amz-content-sha256;x-amz-date "
                                            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"_ba;
    QTest::newRow("get bucket lifecycle, a name without value")
        << get(u"/?lifecycle"_s) << bare + "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543";
    QTest::newRow("list objects") << get(u"/?max-keys=2&prefix=J"_s)
                                  << bare + "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7";
    QTest::newRow("list objects, unsorted")
        << get(u"/?prefix=J&max-keys=2"_s) << bare + "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7";
    RequestToSign put =
        RequestToSign::of("PUT", QUrl(host + u"/test$file.text"_s),
                          {{"Date", "Fri, 24 May 2013 00:00:00 GMT"}, {"x-amz-storage-class", "REDUCED_REDUNDANCY"}});
    put.payloadHash = sha256("Welcome to Amazon S3.")->toHex();
    QTest::newRow("put object") << put
                                << "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class "
                                   "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"_ba;
}

void TestAwsSignature::s3_documentedExample_isSignedAsPublished()
{
    QFETCH(const RequestToSign, request);
    QFETCH(const QByteArray, expected);
    QCOMPARE(signedBy(AwsSignature(s3Key(), SigningScope::s3(u"us-east-1"_s)), request, s3Time), expected);
}

// Computed with botocore 1.x for the same requests.
void TestAwsSignature::s3_vectorsOfAnotherSigner_agree_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("region");
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QByteArray>("etag");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("a space in the key")
        << u"https://example-bucket.s3.eu-central-1.amazonaws.com/in/contacts%202026.csv"_s << u"eu-central-1"_s
        << ""_ba
        << ""_ba
        << "host;x-amz-content-sha256;x-amz-date "
           "8f485d93e1639a275e052efa295121e31d382097a834cdb8185295012c91bf94"_ba;
    QTest::newRow("a page of a listing")
        << u"https://example-bucket.s3.eu-central-1.amazonaws.com/?list-type=2&max-keys=1000&prefix=in%2F&continuation-"
           "token=1ueGcxLPRx1Tr%2FXYExHnhbYLgveDs2J%2Fwm36Hy4vbOwM%3D"_s
        << u"eu-central-1"_s << ""_ba
        << ""_ba
        << "host;x-amz-content-sha256;x-amz-date "
           "506340f7cc3e6d075fce835888021dff9fc1d09cdc4e84197b8fde1d56bb0b0f"_ba;
    QTest::newRow("another port, a token, a condition")
        << u"https://storage.example.net:9000/example-bucket/in/contacts.csv"_s << u"us-east-1"_s << "TOKEN/abc+=="_ba
        << "\"abc123\""_ba
        << "host;if-none-match;x-amz-content-sha256;x-amz-date;x-amz-security-token "
           "682846c9ff2aeed52b90884c106e340b387f0a9167dc358b81d78b4facd33c4e"_ba;
}

void TestAwsSignature::s3_vectorsOfAnotherSigner_agree()
{
    QFETCH(const QString, url);
    QFETCH(const QString, region);
    QFETCH(const QByteArray, token);
    QFETCH(const QByteArray, etag);
    QFETCH(const QByteArray, expected);
    http::Headers headers;
    if (!etag.isEmpty())
        headers.append(http::Header{"If-None-Match", etag});
    QCOMPARE(signedBy(AwsSignature(suiteKey(token), SigningScope::s3(region)),
                      RequestToSign::of("GET", QUrl(url), headers), ownTime),
             expected);
}

void TestAwsSignature::s3_objectNames_surviveTheAddress_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name :
         {"plain.csv", "a b.csv", "a+b.csv", "100%.csv", "%41.csv", "a%2Fb.csv", "q?x=1&y#z.csv", "//two//slashes",
          "../up/./here", "ümläut/日本.csv", "a~b-c_d.e", "(1)!*'$@,;:=.csv", "<\"\\^`{|}>", "trailing/"})
        QTest::newRow(name) << QString::fromUtf8(name);
}

void TestAwsSignature::s3_objectNames_surviveTheAddress()
{
    QFETCH(const QString, name);
    const QUrl url = addressBelow(QUrl(u"https://example.net:9000/base/"_s), "/bucket/" + encodedPath(name.toUtf8()),
                                  {{"prefix", name.toUtf8()}});
    QVERIFY(url.isValid());
    const RequestToSign request = RequestToSign::of("GET", url);
    QCOMPARE(request.host, "example.net:9000"_ba);
    QCOMPARE(request.path, "/base/bucket/" + encodedPath(name.toUtf8()));
    QCOMPARE(queryItems(request.query), (QueryItems{{"prefix", name.toUtf8()}}));
    // What is written on the wire is what was signed.
    const QByteArray wire = url.toEncoded();
    QVERIFY2(wire.startsWith(QByteArray("https://example.net:9000" + request.path + '?')), wire.constData());
}

void TestAwsSignature::s3_fields_areTheOnesToSend()
{
    const AwsSignature signer(suiteKey("TOKEN"), SigningScope::s3(u"eu-west-1"_s));
    const auto headers = signer.sign(RequestToSign::of("GET", QUrl(u"https://b.example.net/k"_s)), ownTime);
    QVERIFY(headers);
    QCOMPARE(headers->size(), 4U);
    QCOMPARE(field(*headers, "x-amz-date"), "20260102T030405Z"_ba);
    QCOMPARE(field(*headers, "x-amz-security-token"), "TOKEN"_ba);
    QCOMPARE(field(*headers, "x-amz-content-sha256"),
             "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"_ba);
    QVERIFY(
        field(*headers, "authorization")
            .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260102/eu-west-1/s3/aws4_request, SignedHeaders="));
}

void TestAwsSignature::s3_unsignedPayload_isSaidSo()
{
    RequestToSign request = RequestToSign::of("PUT", QUrl(u"https://b.example.net/k"_s));
    request.payloadHash = RequestToSign::unsignedPayload;
    const auto headers = AwsSignature(suiteKey(), SigningScope::s3(u"eu-west-1"_s)).sign(request, ownTime);
    QVERIFY(headers);
    QCOMPARE(field(*headers, "x-amz-content-sha256"), "UNSIGNED-PAYLOAD"_ba);
}

void TestAwsSignature::time_ofAnotherZone_isTheSame()
{
    const AwsSignature signer(suiteKey(), suiteScope);
    QCOMPARE(signedBy(signer, suiteRequest("GET", "/"), suiteTime.toOffsetFromUtc(13 * 3600)),
             signedBy(signer, suiteRequest("GET", "/"), suiteTime));
}

void TestAwsSignature::key_anonymous_addsNothing()
{
    const auto headers = AwsSignature({}, SigningScope::s3({})).sign(suiteRequest("GET", "/"), suiteTime);
    QVERIFY(headers);
    QVERIFY(headers->empty());
}

void TestAwsSignature::key_malformed_isRefusedWithoutShowingIt_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QString>("region");
    QTest::addColumn<QString>("field");
    QTest::newRow("id with a line break") << u"CANARY\r\nX: 1"_s << "canary"_ba
                                          << ""_ba << u"r"_s << u"credentials.access_key_id"_s;
    QTest::newRow("id with a slash") << u"CANARY/1"_s << "canary"_ba
                                     << ""_ba << u"r"_s << u"credentials.access_key_id"_s;
    QTest::newRow("no secret") << u"CANARY"_s << ""_ba
                               << ""_ba << u"r"_s << u"credentials.secret_access_key"_s;
    QTest::newRow("secret with a space") << u"CANARY"_s << "canary "_ba
                                         << ""_ba << u"r"_s << u"credentials.secret_access_key"_s;
    QTest::newRow("token with a line break") << u"CANARY"_s << "canary"_ba
                                             << "canary\n"_ba << u"r"_s << u"credentials.session_token"_s;
    QTest::newRow("no region") << u"CANARY"_s << "canary"_ba
                               << ""_ba << QString() << u"config.region"_s;
    QTest::newRow("region with a slash") << u"CANARY"_s << "canary"_ba
                                         << ""_ba << u"a/b"_s << u"config.region"_s;
}

void TestAwsSignature::key_malformed_isRefusedWithoutShowingIt()
{
    QFETCH(const QString, id);
    QFETCH(const QByteArray, secret);
    QFETCH(const QByteArray, token);
    QFETCH(const QString, region);
    QFETCH(const QString, field);
    const AwsSignature signer({id, Secret(secret), Secret(token)}, SigningScope::s3(region));
    const auto headers = signer.sign(suiteRequest("GET", "/"), suiteTime);
    if (field == u"config.region")
        IDS_VERIFY_ERROR(headers, ErrorKind::InvalidInput, "region_malformed");
    else
        IDS_VERIFY_ERROR(headers, ErrorKind::InvalidInput, "access_key_malformed");
    QCOMPARE(headers.error().fields.size(), 1);
    QCOMPARE(headers.error().fields.first().field, field);
    QVERIFY(!headers.error().logLine().contains(u"canary"_s, Qt::CaseInsensitive));
}

void TestAwsSignature::query_plusAndBareCharacters_areKept()
{
    QCOMPARE(queryItems("a=1+2&b&&c=%2B%zz%4"), (QueryItems{{"a", "1+2"}, {"b", ""}, {"c", "+%zz%4"}}));
    QCOMPARE(encodedQuery({{"a", "1+2/ü"}, {"b", ""}}), "a=1%2B2%2F%C3%BC&b="_ba);
}

// Vectors of two other programs that speak this dialect.
void TestAwsSignature::google_vectorsOfOtherSigners_agree()
{
    const QDateTime time(QDate(2026, 7, 3), QTime(0, 0), Qt::UTC);
    const AwsSignature signer({u"GOOGTESTACCESSKEY"_s, Secret("testsecretkey"), Secret()},
                              SigningScope::googleStorage());
    RequestToSign put = RequestToSign::of("PUT", QUrl(u"https://storage.googleapis.com/test-bucket/dir/obj.txt"_s),
                                          {{"x-goog-if-generation-match", "0"}});
    put.payloadHash = RequestToSign::unsignedPayload;
    const auto headers = signer.sign(put, time);
    QVERIFY(headers);
    QCOMPARE(field(*headers, "x-goog-date"), "20260703T000000Z"_ba);
    QCOMPARE(field(*headers, "x-goog-content-sha256"), "UNSIGNED-PAYLOAD"_ba);
    QCOMPARE(field(*headers, "authorization"),
             "GOOG4-HMAC-SHA256 Credential=GOOGTESTACCESSKEY/20260703/auto/storage/goog4_request, "
             "SignedHeaders=host;x-goog-content-sha256;x-goog-date;x-goog-if-generation-match, "
             "Signature=4f82e49c69753329afd4768ccf1db6b472dbbd86d082a08b5b9f9fe368fb6ef6"_ba);

    RequestToSign get = RequestToSign::of("GET", QUrl(u"https://storage.googleapis.com/test-bucket/?versioning"_s));
    get.payloadHash = RequestToSign::unsignedPayload;
    QCOMPARE(signedBy(signer, get, time), "host;x-goog-content-sha256;x-goog-date "
                                          "28a981c32acff334738b9ea1a0f82c28c9a1ccff5b6dc8fb92a2e6622c8db73f"_ba);
}

QTEST_GUILESS_MAIN(TestAwsSignature)
#include "tst_aws_signature.moc"
