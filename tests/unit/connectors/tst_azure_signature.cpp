// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/cloud/azure_account.h"
#include "connectors/cloud/azure_signature.h"
#include "tests/support/result_checks.h"

#include <QTest>
#include <QTimeZone>

using namespace idstore;
using namespace idstore::cloud;
using namespace Qt::StringLiterals;

namespace {

const QDateTime time2026(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC);
// The key that the emulators publish.
constexpr char emulatorKey[] =
    "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
constexpr char sas[] = "sv=2022-11-02&st=2026-01-01T00%3A00%3A00Z&se=2026-01-03&sr=c&sp=rl&sig=CANARY%2Bsecret%3D";

QByteArray field(const http::SecretHeaders &headers, const QByteArray &name)
{
    for (const auto &[fieldName, value] : headers) {
        if (fieldName == name)
            return value.reveal();
    }
    return {};
}

AzureAccount exampleAccount()
{
    auto account =
        AzureAccount::withKey(u"exampleacct"_s, Secret(QByteArray("0123456789abcdef0123456789abcdef").toBase64()));
    return std::move(*account);
}

} // namespace

class TestAzureSignature : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stringToSign_documentedExample_isAsPublished_data();
    void stringToSign_documentedExample_isAsPublished();
    void stringToSign_conditionsAndRange_haveTheirPlaces();
    void signature_vectorOfAnotherSigner_agrees();
    void signature_emulator_hasTheAccountTwice();
    void signature_withoutKey_isOnlyTheVersion();
    void connectionString_eachForm_isUnderstood_data();
    void connectionString_eachForm_isUnderstood();
    void connectionString_malformed_isRefusedWithoutShowingIt_data();
    void connectionString_malformed_isRefusedWithoutShowingIt();
    void sas_eachForm_isKeptByteForByte_data();
    void sas_eachForm_isKeptByteForByte();
    void sas_malformed_isRefusedWithoutShowingIt_data();
    void sas_malformed_isRefusedWithoutShowingIt();
    void sas_useless_isToldBeforehand();
    void account_nameAndKey_areChecked();
    void address_blobNames_areEncodedOnce();
};

// "Authorize with Shared Key", the documentation of the storage services.
void TestAzureSignature::stringToSign_documentedExample_isAsPublished_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("url");
    QTest::addColumn<QByteArray>("length");
    QTest::addColumn<QByteArray>("date");
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("get container metadata")
        << "GET"_ba
        << u"https://myaccount.blob.core.windows.net/mycontainer?comp=metadata&restype=container&timeout=20"_s << ""_ba
        << "Fri, 26 Jun 2015 23:39:12 GMT"_ba
        << "2015-02-21"_ba
        << "GET\n\n\n\n\n\n\n\n\n\n\n\nx-ms-date:Fri, 26 Jun 2015 23:39:12 GMT\nx-ms-version:2015-02-21\n"
           "/myaccount/mycontainer\ncomp:metadata\nrestype:container\ntimeout:20"_ba;
    QTest::newRow("put container, no content")
        << "PUT"_ba << u"http://myaccount.blob.core.windows.net/mycontainer?restype=container&timeout=30"_s << "0"_ba
        << "Fri, 26 Jun 2015 23:39:12 GMT"_ba
        << "2015-02-21"_ba
        << "PUT\n\n\n\n\n\n\n\n\n\n\n\nx-ms-date:Fri, 26 Jun 2015 23:39:12 GMT\nx-ms-version:2015-02-21\n"
           "/myaccount/mycontainer\nrestype:container\ntimeout:30"_ba;
    QTest::newRow("a parameter with several values")
        << "GET"_ba
        << u"http://myaccount.blob.core.windows.net/mycontainer?restype=container&comp=list&include=snapshots&include="
           "metadata&include=uncommittedblobs"_s
        << ""_ba
        << "Fri, 26 Jun 2015 23:39:12 GMT"_ba
        << "2015-02-21"_ba
        << "GET\n\n\n\n\n\n\n\n\n\n\n\nx-ms-date:Fri, 26 Jun 2015 23:39:12 GMT\nx-ms-version:2015-02-21\n"
           "/myaccount/mycontainer\ncomp:list\ninclude:metadata,snapshots,uncommittedblobs\nrestype:container"_ba;
    QTest::newRow("the secondary copy")
        << "GET"_ba << u"https://myaccount-secondary.blob.core.windows.net/mycontainer/myblob"_s << ""_ba
        << "Fri, 26 Jun 2015 23:39:12 GMT"_ba
        << "2015-02-21"_ba
        << "GET\n\n\n\n\n\n\n\n\n\n\n\nx-ms-date:Fri, 26 Jun 2015 23:39:12 GMT\nx-ms-version:2015-02-21\n"
           "/myaccount/mycontainer/myblob"_ba;
}

void TestAzureSignature::stringToSign_documentedExample_isAsPublished()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QString, url);
    QFETCH(const QByteArray, length);
    QFETCH(const QByteArray, date);
    QFETCH(const QByteArray, version);
    QFETCH(const QByteArray, expected);
    http::Headers headers{{"x-ms-version", version}, {"X-MS-Date", date}};
    if (!length.isEmpty())
        headers.append(http::Header{"Content-Length", length});
    QCOMPARE(azureStringToSign(u"myaccount"_s, method, QUrl(url), headers), expected);
    QCOMPARE(azureStringToSign(u"myaccount-secondary"_s, method, QUrl(url), headers), expected);
}

void TestAzureSignature::stringToSign_conditionsAndRange_haveTheirPlaces()
{
    const QUrl url(u"https://a.blob.core.windows.net/c/folder%20one/b%2Bc.csv?Marker=a%2Fb%3D"_s);
    const http::Headers headers{{"Content-Encoding", "1"},     {"Content-Language", "2"}, {"Content-Length", "3"},
                                {"Content-MD5", "4"},          {"Content-Type", "5"},     {"Date", "6"},
                                {"If-Modified-Since", "7"},    {"If-Match", "8"},         {"If-None-Match", "\"9\""},
                                {"If-Unmodified-Since", "10"}, {"Range", "bytes=0-9"},    {"x-ms-meta-b", " v "},
                                {"x-ms-meta-a", ""},           {"Accept", "*/*"}};
    QCOMPARE(azureStringToSign(u"a"_s, "PUT", url, headers),
             "PUT\n1\n2\n3\n4\n5\n6\n7\n8\n\"9\"\n10\nbytes=0-9\nx-ms-meta-a:\nx-ms-meta-b:v\n"
             "/a/c/folder%20one/b%2Bc.csv\nmarker:a/b="_ba);
}

// Computed with another implementation of HMAC over the documented string.
void TestAzureSignature::signature_vectorOfAnotherSigner_agrees()
{
    const AzureAccount account = exampleAccount();
    const QUrl url = account.address(u"in"_s, u"contacts.csv"_s);
    QCOMPARE(url.toEncoded(), "https://exampleacct.blob.core.windows.net/in/contacts.csv"_ba);
    const auto headers = signForAzure(account, "GET", url, {{"If-None-Match", "\"0x8D00000000000AB\""}}, time2026);
    QVERIFY(headers);
    QCOMPARE(headers->size(), 3U);
    QCOMPARE(field(*headers, "x-ms-version"), "2023-11-03"_ba);
    QCOMPARE(field(*headers, "x-ms-date"), "Fri, 02 Jan 2026 03:04:05 GMT"_ba);
    QCOMPARE(field(*headers, "authorization"), "SharedKey exampleacct:umb+j7QrDhsM8OvH4y8Uv4YTInhf1iSfRGf3iyJssg0="_ba);
    const auto elsewhere = signForAzure(account, "GET", url, {{"If-None-Match", "\"0x8D00000000000AB\""}},
                                        time2026.toOffsetFromUtc(-5 * 3600));
    QVERIFY(elsewhere);
    QCOMPARE(field(*elsewhere, "authorization"), field(*headers, "authorization"));
}

void TestAzureSignature::signature_emulator_hasTheAccountTwice()
{
    const auto account = AzureAccount::fromConnectionString(Secret("UseDevelopmentStorage=true"));
    QVERIFY(account);
    const QUrl url = account->address(u"in"_s, {}, {{"restype", "container"}, {"comp", "list"}});
    QCOMPARE(url.toEncoded(), "http://127.0.0.1:10000/devstoreaccount1/in?restype=container&comp=list"_ba);
    QVERIFY(azureStringToSign(account->name, "GET", url, {})
                .endsWith("\n/devstoreaccount1/devstoreaccount1/in\ncomp:list\nrestype:container"));
}

void TestAzureSignature::signature_withoutKey_isOnlyTheVersion()
{
    const auto account = AzureAccount::withSharedAccess(u"exampleacct"_s, Secret(sas));
    QVERIFY(account);
    const auto headers = signForAzure(*account, "GET", account->address(u"in"_s), {}, time2026);
    QVERIFY(headers);
    QCOMPARE(headers->size(), 1U);
    QCOMPARE(headers->front().first, "x-ms-version"_ba);
}

void TestAzureSignature::connectionString_eachForm_isUnderstood_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("endpoint");
    QTest::addColumn<bool>("key");
    const QByteArray key(emulatorKey);
    QTest::newRow("as the portal shows it")
        << "DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey=" + key + ";EndpointSuffix=core.windows.net"
        << u"contoso"_s << "https://contoso.blob.core.windows.net"_ba << true;
    QTest::newRow("another cloud, spaces, an end")
        << " AccountName=contoso ; AccountKey=" + key + "; EndpointSuffix=core.chinacloudapi.cn;\n"
        << u"contoso"_s << "https://contoso.blob.core.chinacloudapi.cn"_ba << true;
    QTest::newRow("http on request") << "DefaultEndpointsProtocol=http;AccountName=contoso;AccountKey=" + key
                                     << u"contoso"_s << "http://contoso.blob.core.windows.net"_ba << true;
    QTest::newRow("Azurite") << "DefaultEndpointsProtocol=http;AccountName=acct1;AccountKey=" + key +
                                    ";BlobEndpoint=http://127.0.0.1:10001/acct1;"
                             << u"acct1"_s << "http://127.0.0.1:10001/acct1"_ba << true;
    QTest::newRow("shared access") << "BlobEndpoint=https://contoso.blob.core.windows.net/;QueueEndpoint=https://"
                                      "contoso.queue.core.windows.net/;SharedAccessSignature="_ba +
                                          sas
                                   << u"contoso"_s << "https://contoso.blob.core.windows.net/"_ba << false;
    QTest::newRow("emulator elsewhere")
        << "UseDevelopmentStorage=true;DevelopmentStorageProxyUri=http://azurite.test"_ba << u"devstoreaccount1"_s
        << "http://azurite.test:10000/devstoreaccount1"_ba << true;
    QTest::newRow("letter case of names") << "ACCOUNTNAME=contoso;accountkey=" + key << u"contoso"_s
                                          << "https://contoso.blob.core.windows.net"_ba << true;
}

void TestAzureSignature::connectionString_eachForm_isUnderstood()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QString, name);
    QFETCH(const QByteArray, endpoint);
    QFETCH(const bool, key);
    const auto account = AzureAccount::fromConnectionString(Secret(text));
    QVERIFY2(account, account ? "" : qPrintable(account.error().logLine()));
    QCOMPARE(account->name, name);
    QCOMPARE(account->endpoint.toEncoded(), endpoint);
    QCOMPARE(!account->key.isEmpty(), key);
    QCOMPARE(account->access.isEmpty(), key);
    if (key)
        QCOMPARE(account->key.reveal(), QByteArray::fromBase64(emulatorKey));
    else
        QCOMPARE(account->access.query().reveal(), QByteArray(sas));

    const auto elsewhere = AzureAccount::fromConnectionString(Secret(text), QUrl(u"https://gateway.test/x"_s));
    QVERIFY(elsewhere);
    QCOMPARE(elsewhere->endpoint, QUrl(u"https://gateway.test/x"_s));
}

void TestAzureSignature::connectionString_malformed_isRefusedWithoutShowingIt_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("code");
    const QString malformed = u"connection_string_malformed"_s;
    QTest::newRow("empty") << ""_ba << malformed;
    QTest::newRow("not settings") << "CANARY"_ba << malformed;
    QTest::newRow("no name") << "AccountKey=Q0FOQVJZ"_ba << malformed;
    QTest::newRow("neither key nor access") << "AccountName=canary"_ba << malformed;
    QTest::newRow("a key cut off") << "AccountName=contoso;AccountKey=CANARY-"_ba << u"account_key_malformed"_s;
    QTest::newRow("a name that is an address") << "AccountName=canary.test/x;AccountKey=Q0FOQVJZ"_ba << malformed;
    QTest::newRow("an endpoint that is none")
        << "AccountName=contoso;AccountKey=Q0FOQVJZ;BlobEndpoint=CANARY"_ba << malformed;
    QTest::newRow("an endpoint with a user")
        << "AccountName=contoso;AccountKey=Q0FOQVJZ;BlobEndpoint=https://u:CANARY@h.test"_ba << malformed;
    QTest::newRow("access without signature")
        << "AccountName=contoso;SharedAccessSignature=sv=CANARY"_ba << u"sas_malformed"_s;
}

void TestAzureSignature::connectionString_malformed_isRefusedWithoutShowingIt()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QString, code);
    const auto account = AzureAccount::fromConnectionString(Secret(text));
    QVERIFY(!account);
    QCOMPARE(account.error().code, code);
    QCOMPARE(account.error().kind, ErrorKind::InvalidInput);
    QCOMPARE(account.error().fields.size(), 1);
    QVERIFY(!account.error().logLine().contains(u"canary"_s, Qt::CaseInsensitive));
    QVERIFY(!account.error().logLine().contains(u"Q0FOQVJZ"_s));
}

void TestAzureSignature::sas_eachForm_isKeptByteForByte_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("as it is") << QByteArray(sas);
    QTest::newRow("with a question mark and a line break") << "?"_ba + sas + "\n";
    QTest::newRow("at the end of an address") << "https://contoso.blob.core.windows.net/in?"_ba + sas;
}

void TestAzureSignature::sas_eachForm_isKeptByteForByte()
{
    QFETCH(const QByteArray, text);
    const auto access = SharedAccess::parse(Secret(text));
    QVERIFY(access);
    QCOMPARE(access->query().reveal(), QByteArray(sas));
    QCOMPARE(access->expiry(), QDateTime(QDate(2026, 1, 3), QTime(0, 0), Qt::UTC));
}

void TestAzureSignature::sas_malformed_isRefusedWithoutShowingIt_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << ""_ba;
    QTest::newRow("an address without one") << "https://canary.blob.core.windows.net/in"_ba;
    QTest::newRow("no signature") << "sv=2022-11-02&sp=canary"_ba;
    QTest::newRow("an empty signature") << "sv=2022-11-02&sp=canary&sig="_ba;
    QTest::newRow("a line break in it") << "sv=2022-11-02&sig=can\r\nary"_ba;
    QTest::newRow("a fragment in it") << "sv=2022-11-02&sig=canary#x"_ba;
}

void TestAzureSignature::sas_malformed_isRefusedWithoutShowingIt()
{
    QFETCH(const QByteArray, text);
    const auto access = SharedAccess::parse(Secret(text));
    IDS_VERIFY_ERROR(access, ErrorKind::InvalidInput, "sas_malformed");
    QVERIFY(!access.error().logLine().contains(u"canary"_s));
}

void TestAzureSignature::sas_useless_isToldBeforehand()
{
    const auto access = SharedAccess::parse(Secret(sas));
    QVERIFY(access);
    QVERIFY(access->check(time2026, true));
    const auto late = access->check(QDateTime(QDate(2026, 1, 3), QTime(0, 0), Qt::UTC), true);
    IDS_VERIFY_ERROR(late, ErrorKind::Source, "access_expired");
    QVERIFY(!late.error().logLine().contains(u"CANARY"_s));
    const auto early = access->check(QDateTime(QDate(2025, 12, 31), QTime(23, 0), Qt::UTC), true);
    IDS_VERIFY_ERROR(early, ErrorKind::Source, "sas_not_yet_valid");

    const auto writer = SharedAccess::parse(Secret("sp=w&sig=x"));
    QVERIFY(writer);
    IDS_VERIFY_ERROR(writer->check(time2026, false), ErrorKind::Source, "sas_may_not_read");
    const auto reader = SharedAccess::parse(Secret("sp=r&sig=x"));
    QVERIFY(reader);
    QVERIFY(reader->check(time2026, false));
    IDS_VERIFY_ERROR(reader->check(time2026, true), ErrorKind::Source, "sas_may_not_list");
    const auto byPolicy = SharedAccess::parse(Secret("si=policy&sig=x"));
    QVERIFY(byPolicy);
    QVERIFY(byPolicy->check(time2026, true));
    QVERIFY(!byPolicy->expiry());
}

void TestAzureSignature::account_nameAndKey_areChecked()
{
    IDS_VERIFY_ERROR(AzureAccount::withKey(u"https://x.test"_s, Secret("Q0FOQVJZ")), ErrorKind::InvalidInput,
                     "account_name_malformed");
    const auto key = AzureAccount::withKey(u"contoso"_s, Secret("can*ary"));
    IDS_VERIFY_ERROR(key, ErrorKind::InvalidInput, "account_key_malformed");
    QVERIFY(!key.error().logLine().contains(u"ary"_s));
    IDS_VERIFY_ERROR(AzureAccount::withKey(u"contoso"_s, Secret()), ErrorKind::InvalidInput, "account_key_malformed");
    IDS_VERIFY_ERROR(AzureAccount::withSharedAccess(u"contoso"_s, Secret("canary")), ErrorKind::InvalidInput,
                     "sas_malformed");
}

void TestAzureSignature::address_blobNames_areEncodedOnce()
{
    const AzureAccount account = exampleAccount();
    QCOMPARE(account.address(u"in"_s, u"a b/100%+ü.csv"_s).toEncoded(),
             "https://exampleacct.blob.core.windows.net/in/a%20b/100%25%2B%C3%BC.csv"_ba);
    QCOMPARE(account.address(u"$root"_s, {}, {{"prefix", "a&b=c"}}).toEncoded(),
             "https://exampleacct.blob.core.windows.net/%24root?prefix=a%26b%3Dc"_ba);
}

QTEST_GUILESS_MAIN(TestAzureSignature)
#include "tst_azure_signature.moc"
