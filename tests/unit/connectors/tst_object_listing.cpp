// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/cloud/object_listing.h"
#include "connectors/cloud/object_selection.h"
#include "connectors/cloud/store_time.h"
#include "connectors/xml/xml_fields.h"
#include "tests/support/result_checks.h"

#include <QRandomGenerator>
#include <QTest>
#include <QTimeZone>

using namespace idstore;
using namespace idstore::cloud;
using namespace Qt::StringLiterals;

// Before the sample documents, which moc does not get past.
class TestObjectListing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void s3_documentedExample_isRead();
    void s3_encodedNames_areDecoded();
    void s3_lastPage_hasNoToken();
    void s3_emptyBucket_hasNoObjects();
    void s3_otherDocuments_areRefused_data();
    void s3_otherDocuments_areRefused();
    void azure_documentedShape_isRead();
    void azure_otherDocuments_areRefused();
    void google_documentedShape_isRead();
    void google_otherDocuments_areRefused_data();
    void google_otherDocuments_areRefused();
    void listing_cutOffAnywhere_isNeverALastPage();
    void listing_damagedAnywhere_neverCrashes();
    void xml_hostileDocument_isRefused_data();
    void xml_hostileDocument_isRefused();
    void xml_fields_haveTheirPaths();
    void selection_prefixAndPattern_areLaidOverNames_data();
    void selection_prefixAndPattern_areLaidOverNames();
    void newest_ofSeveral_isTheLastModified();
    void times_asStoresWriteThem_areRead_data();
    void times_asStoresWriteThem_areRead();
};

namespace {

// As the documentation of ListObjectsV2 shows it, with a second object.
constexpr char s3List[] = R"(<?xml version="1.0" encoding="UTF-8"?>
<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
  <Name>bucket</Name>
  <Prefix/>
  <NextContinuationToken>1ueGcxLPRx1Tr/XYExHnhbYLgveDs2J/wm36Hy4vbOwM=</NextContinuationToken>
  <KeyCount>2</KeyCount>
  <MaxKeys>2</MaxKeys>
  <IsTruncated>true</IsTruncated>
  <Contents>
    <Key>happyface.jpg</Key>
    <LastModified>2014-11-21T19:40:05.000Z</LastModified>
    <ETag>&quot;70ee1738b6b21e2c8a43f3a5ab0eee71&quot;</ETag>
    <Size>11</Size>
    <StorageClass>STANDARD</StorageClass>
    <Owner><ID>x</ID><DisplayName>Key &amp; Size</DisplayName></Owner>
  </Contents>
  <Contents>
    <Key>in/m&#228;rz &amp; april.csv</Key>
    <LastModified>2026-01-02T03:04:05Z</LastModified>
    <ETag>"abc-2"</ETag>
    <Size>5000000000</Size>
  </Contents>
</ListBucketResult>)";

// With a folder and a name that XML cannot hold.
constexpr char azureList[] =
    R"(<?xml version="1.0" encoding="utf-8"?>
<EnumerationResults ServiceEndpoint="https://myaccount.blob.core.windows.net/" ContainerName="in">
  <Prefix>in</Prefix><MaxResults>3</MaxResults>
  <Blobs>
    <Blob><Name>a.csv</Name><Properties>
      <Creation-Time>Thu, 01 Jan 2026 00:00:00 GMT</Creation-Time>
      <Last-Modified>Fri, 02 Jan 2026 03:04:05 GMT</Last-Modified><Etag>0x8D00000000000AB</Etag>
      <Content-Length>42</Content-Length><BlobType>BlockBlob</BlobType></Properties>
      <Metadata><Name>not this one</Name></Metadata></Blob>
    <Blob><Name>folder</Name><Properties><Content-Length>0</Content-Length>
      <ResourceType>directory</ResourceType></Properties></Blob>
    <Blob><Name>older folder</Name><Properties><Content-Length>0</Content-Length></Properties>
      <Metadata><hdi_isfolder>true</hdi_isfolder></Metadata></Blob>
    <Blob><Name Encoded="true">odd%EF%BF%BEname%25.csv</Name><Properties><Content-Length>7</Content-Length>
      <Etag>"0x8D1"</Etag></Properties></Blob>
    <BlobPrefix><Name>sub/</Name></BlobPrefix>
  </Blobs>
  <NextMarker>2!92!MDAw--</NextMarker>
</EnumerationResults>)";

constexpr char googleList[] = R"({"kind": "storage#objects", "nextPageToken": "CgZiLmNzdg==", "items": [
  {"kind": "storage#object", "name": "in/a.csv", "generation": "1767323045000000", "size": "42",
   "etag": "CKj=", "updated": "2026-01-02T03:04:05.123Z"},
  {"name": "b.csv"}]})";

ObjectEntry entry(const QString &name, const QDateTime &time = {})
{
    ObjectEntry made;
    made.name = name;
    made.lastModified = time;
    return made;
}

QStringList names(const std::vector<ObjectEntry> &objects)
{
    QStringList list;
    for (const ObjectEntry &object : objects)
        list.append(object.name);
    return list;
}

/// Keeps all that it is told.
class Recorder final : public XmlFieldsHandler
{
public:
    void opened(const QByteArray &path, const XmlAttributes &) override { told += '<' + path + '>'; }
    void closed(const QByteArray &, const QByteArray &text) override { told += text + ';'; }

    QByteArray told;
};

} // namespace

void TestObjectListing::s3_documentedExample_isRead()
{
    const auto page = parseS3Listing(s3List);
    QVERIFY2(page, page ? "" : qPrintable(page.error().logLine()));
    QCOMPARE(page->nextToken, u"1ueGcxLPRx1Tr/XYExHnhbYLgveDs2J/wm36Hy4vbOwM="_s);
    QCOMPARE(page->objects.size(), 2U);
    QCOMPARE(page->objects[0], (ObjectEntry{u"happyface.jpg"_s,
                                            11,
                                            "\"70ee1738b6b21e2c8a43f3a5ab0eee71\"",
                                            QDateTime(QDate(2014, 11, 21), QTime(19, 40, 5), Qt::UTC),
                                            {}}));
    QCOMPARE(page->objects[1], (ObjectEntry{u"in/märz & april.csv"_s,
                                            5'000'000'000,
                                            "\"abc-2\"",
                                            QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC),
                                            {}}));
}

void TestObjectListing::s3_encodedNames_areDecoded()
{
    const auto page = parseS3Listing("<ListBucketResult><EncodingType>url</EncodingType><Contents><Key>in/a+b%2B%25%01"
                                     "%C3%BC.csv</Key></Contents></ListBucketResult>");
    QVERIFY(page);
    QCOMPARE(names(page->objects), QStringList{u"in/a b+%\u0001ü.csv"_s});
    QCOMPARE(page->objects[0].size, -1);
    const auto plain = parseS3Listing("<ListBucketResult><Contents><Key>a+b%2B</Key></Contents></ListBucketResult>");
    QVERIFY(plain);
    QCOMPARE(names(plain->objects), QStringList{u"a+b%2B"_s});
}

void TestObjectListing::s3_lastPage_hasNoToken()
{
    const auto page = parseS3Listing("<ListBucketResult><IsTruncated>false</IsTruncated><NextContinuationToken>x"
                                     "</NextContinuationToken></ListBucketResult>");
    QVERIFY(page);
    QVERIFY(page->nextToken.isEmpty());
}

void TestObjectListing::s3_emptyBucket_hasNoObjects()
{
    const auto page =
        parseS3Listing("<ListBucketResult xmlns='x'><Name>b</Name><KeyCount>0</KeyCount></ListBucketResult>");
    QVERIFY(page);
    QVERIFY(page->objects.empty());
}

void TestObjectListing::s3_otherDocuments_areRefused_data()
{
    QTest::addColumn<QByteArray>("document");
    QTest::newRow("nothing") << ""_ba;
    QTest::newRow("a web page") << "<!DOCTYPE html><html><body>Sign in</body></html>"_ba;
    QTest::newRow("another document") << "<ListAllMyBucketsResult/>"_ba;
    QTest::newRow("JSON") << QByteArray(googleList);
    QTest::newRow("goes on to nowhere") << "<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>"_ba;
    QTest::newRow("no name") << "<ListBucketResult><Contents><Size>1</Size></Contents></ListBucketResult>"_ba;
    QTest::newRow("an entity") << "<!DOCTYPE a [<!ENTITY e 'x'>]><ListBucketResult>&e;</ListBucketResult>"_ba;
}

void TestObjectListing::s3_otherDocuments_areRefused()
{
    QFETCH(const QByteArray, document);
    IDS_VERIFY_ERROR(parseS3Listing(document), ErrorKind::Source, "listing_unreadable");
}

void TestObjectListing::azure_documentedShape_isRead()
{
    // Azure begins with a byte order mark.
    const auto page = parseAzureListing(QByteArray(azureList).prepend("\xEF\xBB\xBF"));
    QVERIFY2(page, page ? "" : qPrintable(page.error().logLine()));
    QCOMPARE(page->nextToken, u"2!92!MDAw--"_s);
    QCOMPARE(page->objects.size(), 2U);
    QCOMPARE(page->objects[0],
             (ObjectEntry{
                 u"a.csv"_s, 42, "\"0x8D00000000000AB\"", QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC), {}}));
    QCOMPARE(page->objects[1], (ObjectEntry{u"odd\uFFFEname%.csv"_s, 7, "\"0x8D1\"", {}, {}}));
}

void TestObjectListing::azure_otherDocuments_areRefused()
{
    IDS_VERIFY_ERROR(parseAzureListing(s3List), ErrorKind::Source, "listing_unreadable");
    IDS_VERIFY_ERROR(parseAzureListing("<EnumerationResults><Containers/></EnumerationResults>"), ErrorKind::Source,
                     "listing_unreadable");
    const auto last = parseAzureListing("<EnumerationResults><Blobs/><NextMarker/></EnumerationResults>");
    QVERIFY(last);
    QVERIFY(last->objects.empty() && last->nextToken.isEmpty());
}

void TestObjectListing::google_documentedShape_isRead()
{
    const auto page = parseGoogleListing(googleList);
    QVERIFY2(page, page ? "" : qPrintable(page.error().logLine()));
    QCOMPARE(page->nextToken, u"CgZiLmNzdg=="_s);
    QCOMPARE(page->objects.size(), 2U);
    QCOMPARE(page->objects[0],
             (ObjectEntry{u"in/a.csv"_s, 42, "\"CKj=\"", QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5, 123), Qt::UTC),
                          "1767323045000000"}));
    QCOMPARE(page->objects[1], entry(u"b.csv"_s));
    const auto empty = parseGoogleListing(R"({"kind": "storage#objects"})");
    QVERIFY(empty);
    QVERIFY(empty->objects.empty() && empty->nextToken.isEmpty());
}

void TestObjectListing::google_otherDocuments_areRefused_data()
{
    QTest::addColumn<QByteArray>("document");
    QTest::newRow("nothing") << ""_ba;
    QTest::newRow("XML") << QByteArray(s3List);
    QTest::newRow("a list") << "[]"_ba;
    QTest::newRow("an error") << R"({"error": {"code": 403}})"_ba;
    QTest::newRow("an object") << R"({"kind": "storage#object", "name": "a"})"_ba;
    QTest::newRow("items that are none") << R"({"items": {}})"_ba;
    QTest::newRow("no name") << R"({"items": [{"size": "1"}]})"_ba;
}

void TestObjectListing::google_otherDocuments_areRefused()
{
    QFETCH(const QByteArray, document);
    IDS_VERIFY_ERROR(parseGoogleListing(document), ErrorKind::Source, "listing_unreadable");
}

// Half of a list taken for all of it would delete the rows of the other files.
void TestObjectListing::listing_cutOffAnywhere_isNeverALastPage()
{
    const QByteArray s3(s3List);
    for (qsizetype length = 0; length < s3.size(); ++length)
        QVERIFY2(!parseS3Listing(s3.first(length)), qPrintable(QString::number(length)));
    const QByteArray azure(azureList);
    for (qsizetype length = 0; length < azure.size(); ++length)
        QVERIFY2(!parseAzureListing(azure.first(length)), qPrintable(QString::number(length)));
    const QByteArray google(googleList);
    for (qsizetype length = 0; length < google.size(); ++length)
        QVERIFY2(!parseGoogleListing(google.first(length)), qPrintable(QString::number(length)));
}

void TestObjectListing::listing_damagedAnywhere_neverCrashes()
{
    QRandomGenerator random(20261123);
    const QList<QByteArray> seeds{s3List, azureList, googleList};
    int refused = 0;
    for (int round = 0; round < 2000; ++round) {
        QByteArray document = seeds[random.bounded(seeds.size())];
        const int changes = random.bounded(1, 6);
        for (int change = 0; change < changes; ++change) {
            const qsizetype at = random.bounded(static_cast<int>(document.size()));
            switch (random.bounded(4)) {
            case 0:
                document[at] = static_cast<char>(random.bounded(256));
                break;
            case 1:
                document.remove(at, random.bounded(40));
                break;
            case 2:
                document.insert(at,
                                document.mid(random.bounded(static_cast<int>(document.size())), random.bounded(80)));
                break;
            default:
                document.insert(at, random.bounded(2) ? "<Contents><Key>" : "</Blob>");
                break;
            }
            if (document.isEmpty())
                document = "<";
        }
        for (const auto &page : {parseS3Listing(document), parseAzureListing(document), parseGoogleListing(document)}) {
            if (!page) {
                ++refused;
                QCOMPARE(page.error().code, u"listing_unreadable"_s);
            } else {
                for (const ObjectEntry &object : page->objects)
                    QVERIFY(!object.name.isEmpty());
            }
        }
    }
    QVERIFY(refused > 2000);
}

void TestObjectListing::xml_hostileDocument_isRefused_data()
{
    QTest::addColumn<QByteArray>("document");
    QTest::newRow("entities upon entities")
        << "<!DOCTYPE l [<!ENTITY a 'lol'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]><l>&b;</l>"_ba;
    QTest::newRow("an external entity") << "<!DOCTYPE l [<!ENTITY a SYSTEM 'file:///etc/hostname'>]><l>&a;</l>"_ba;
    QTest::newRow("an undeclared entity") << "<l>&nbsp;</l>"_ba;
    QTest::newRow("nested too deep") << QByteArray("<a>"_ba.repeated(33) + "</a>"_ba.repeated(33));
    QTest::newRow("an endless text") << QByteArray("<a>" + QByteArray(300 * 1024, 'x') + "</a>");
    QTest::newRow("too large") << QByteArray("<a>" + "<b/>"_ba.repeated(9 * 1024 * 1024) + "</a>");
    QTest::newRow("two documents") << "<a/><b/>"_ba;
    QTest::newRow("not UTF-8") << "<a>\xff\xfe</a>"_ba;
}

void TestObjectListing::xml_hostileDocument_isRefused()
{
    QFETCH(const QByteArray, document);
    Recorder recorder;
    IDS_VERIFY_ERROR(readXmlFields(document, recorder), ErrorKind::Malformed, "xml_unreadable");
}

void TestObjectListing::xml_fields_haveTheirPaths()
{
    Recorder recorder;
    QVERIFY(readXmlFields("<p:a xmlns:p='x'> <b>1&lt;<![CDATA[2&]]></b><p:c><b/></p:c>\n</p:a>", recorder));
    QCOMPARE(recorder.told, "<a><a/b>1<2&;<a/c><a/c/b>;;\n;"_ba);
    Recorder deep;
    QVERIFY(readXmlFields(QByteArray("<a>"_ba.repeated(32) + "</a>"_ba.repeated(32)), deep));
}

void TestObjectListing::selection_prefixAndPattern_areLaidOverNames_data()
{
    QTest::addColumn<QString>("prefix");
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("all") << QString() << QString()
                         << QStringList{u"in/2026-01.csv"_s, u"in/2026/a.csv"_s, u"in/2026/b.txt"_s, u"z.csv"_s};
    QTest::newRow("a pattern at the top") << QString() << u"*.csv"_s << QStringList{u"z.csv"_s};
    QTest::newRow("anywhere") << QString() << u"**/*.csv"_s
                              << QStringList{u"in/2026-01.csv"_s, u"in/2026/a.csv"_s, u"z.csv"_s};
    QTest::newRow("in a folder") << u"in/2026/"_s << u"*.csv"_s << QStringList{u"in/2026/a.csv"_s};
    QTest::newRow("half a name") << u"in/2026"_s << u"*.csv"_s << QStringList{u"in/2026-01.csv"_s};
    QTest::newRow("half a name, anywhere")
        << u"in/2026"_s << u"**/*.csv"_s << QStringList{u"in/2026-01.csv"_s, u"in/2026/a.csv"_s};
    QTest::newRow("none") << u"out/"_s << QString() << QStringList();
}

void TestObjectListing::selection_prefixAndPattern_areLaidOverNames()
{
    QFETCH(const QString, prefix);
    QFETCH(const QString, pattern);
    QFETCH(const QStringList, expected);
    QCOMPARE(names(ObjectSelection(prefix, pattern)
                       .selected({entry(u"z.csv"_s), entry(u"in/2026/"_s), entry(u"in/2026/b.txt"_s),
                                  entry(u"in/2026/a.csv"_s), entry(u"in/2026-01.csv"_s)})),
             expected);
}

void TestObjectListing::newest_ofSeveral_isTheLastModified()
{
    const QDateTime early(QDate(2026, 1, 1), QTime(0, 0), Qt::UTC);
    QCOMPARE(newest({}), nullptr);
    const std::vector<ObjectEntry> objects{entry(u"a"_s, early), entry(u"d"_s, early.addSecs(1)),
                                           entry(u"c"_s, early.addSecs(1)), entry(u"z"_s)};
    QCOMPARE(newest(objects)->name, u"d"_s);
    const std::vector<ObjectEntry> untold{entry(u"z"_s), entry(u"a"_s)};
    QCOMPARE(newest(untold)->name, u"z"_s);
}

void TestObjectListing::times_asStoresWriteThem_areRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QDateTime>("expected");
    const QDateTime time(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC);
    const QDateTime minute(QDate(2026, 1, 2), QTime(3, 4), Qt::UTC);
    QTest::newRow("seconds") << u"2026-01-02T03:04:05Z"_s << time;
    QTest::newRow("milliseconds") << u" 2026-01-02T03:04:05.678Z\n"_s << time.addMSecs(678);
    QTest::newRow("minutes") << u"2026-01-02T03:04Z"_s << minute;
    QTest::newRow("no zone") << u"2026-01-02T03:04:05"_s << time;
    QTest::newRow("another zone") << u"2026-01-02T05:04:05+02:00"_s << time;
    QTest::newRow("west") << u"2026-01-01T22:04:05-05:00"_s << time;
    QTest::newRow("a day") << u"2026-01-02"_s << QDateTime(QDate(2026, 1, 2), QTime(0, 0), Qt::UTC);
    QTest::newRow("none") << QString() << QDateTime();
    QTest::newRow("words") << u"The day before"_s << QDateTime();
}

void TestObjectListing::times_asStoresWriteThem_areRead()
{
    QFETCH(const QString, text);
    QFETCH(const QDateTime, expected);
    QCOMPARE(isoTime(text), expected);
    QCOMPARE(isoTime(text).isValid(), expected.isValid());
    const QDateTime whole(expected.date(), QTime(23, 59, 59), Qt::UTC);
    if (expected.isValid())
        QCOMPARE(httpTime(toHttpTime(whole)), whole);
    QVERIFY(!httpTime(text.toUtf8()).isValid());
}

QTEST_GUILESS_MAIN(TestObjectListing)
#include "tst_object_listing.moc"
