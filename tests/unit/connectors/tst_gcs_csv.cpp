// SPDX-License-Identifier: GPL-3.0-or-later
#include "gcs_fixture.h"
#include "tests/support/result_checks.h"
#include "workbook_fixture.h"

#include <QJsonDocument>

using namespace idstore;
using namespace Qt::StringLiterals;
using test::GoogleCall;
using test::GoogleStoragePeer;
using test::PeerAnswer;

class TestGcsCsv : public QObject
{
    Q_OBJECT

    std::unique_ptr<GcsFixture> m_gcs;

    [[nodiscard]] ReadRequest withHmacKey(const QJsonObject &config,
                                          const QString &id = QString::fromLatin1(GoogleStoragePeer::hmacId),
                                          const QString &secret = QString::fromLatin1(GoogleStoragePeer::hmacSecret))
    {
        ReadRequest request = m_gcs->several(config);
        request.credentials =
            Secret(QJsonDocument(QJsonObject{{u"hmac_access_id"_s, id}, {u"hmac_secret"_s, secret}}).toJson());
        return request;
    }

private Q_SLOTS:
    void init() { m_gcs = std::make_unique<GcsFixture>(); }
    void cleanup() { m_gcs->check(); }

    void object_isReadWithAToken();
    void object_unchanged_isNotFetched();
    void object_replaced_isFetchedAgain();
    void objects_overSeveralPages_areOneTable();
    void objects_noneMatching_isAnError();
    void object_packedOrWorkbook_isRead();
    void object_anyName_isFound();
    void publicBucket_needsNoCredentials();
    void preview_fetchesASample();
    void object_replacedBetweenLookAndFetch_isTheNewOne();
    void object_replacedAfterHalfOfIt_isTheNewOne();
    void object_replacedAgainAndAgain_isAnError();
    void object_conditionIgnored_isNoticed();
    void connectionTest_namesTheStep();
    void hmacKey_readsOneAndSeveral();
    void hmacKey_unchanged_isNotFetched();
    void hmacKey_refused_isNamed_data();
    void hmacKey_refused_isNamed();
};

void TestGcsCsv::object_isReadWithAToken()
{
    const ReadTable table = m_gcs->source.read(m_gcs->one(u"people.csv"_s));
    QVERIFY2(!table.error, table.error ? qPrintable(table.error->logLine()) : "");
    QCOMPARE(table.names, QStringList({u"id"_s, u"name"_s}));
    QCOMPARE(table.rows, GcsFixture::peopleRows);
    QCOMPARE(m_gcs->google.peer.tokensIssued(), 1);
    QCOMPARE(m_gcs->google.peer.operations(), QStringList({u"storage.objects.get"_s, u"storage.objects.get"_s}));
}

void TestGcsCsv::object_unchanged_isNotFetched()
{
    ReadRequest request = m_gcs->one(u"people.csv"_s);
    {
        const auto first = m_gcs->source.open(request);
        IDS_VERIFY_OK(first);
        QVERIFY(!(*first)->isUnchanged());
        request.state = (*first)->state();
    }
    m_gcs->google.peer.forgetOperations();
    m_gcs->google.peer.intervention = [](const GoogleCall &call) -> std::optional<PeerAnswer> {
        if (isForContent(call))
            return PeerAnswer::of(500);
        return std::nullopt;
    };
    const auto second = m_gcs->source.open(request);
    IDS_VERIFY_OK(second);
    QVERIFY((*second)->isUnchanged());
    QCOMPARE((*second)->state(), request.state);
    QCOMPARE(m_gcs->google.peer.operations().size(), 1);
}

void TestGcsCsv::object_replaced_isFetchedAgain()
{
    ReadRequest request = m_gcs->one(u"people.csv"_s);
    {
        const auto first = m_gcs->source.open(request);
        IDS_VERIFY_OK(first);
        request.state = (*first)->state();
    }
    // The very same bytes are a new generation all the same.
    m_gcs->put(u"people.csv"_s, GcsFixture::people);
    const ReadTable again = m_gcs->source.read(request);
    QVERIFY(!again.error);
    QCOMPARE(again.rows, GcsFixture::peopleRows);
    // Another name has no state in common with this one.
    m_gcs->put(u"other.csv"_s, "id,name\n3,Cy\n");
    ReadRequest other = m_gcs->one(u"other.csv"_s);
    other.state = request.state;
    QCOMPARE(m_gcs->source.read(other).rows, std::vector<Row>({{"3", "Cy"}}));
}

void TestGcsCsv::objects_overSeveralPages_areOneTable()
{
    m_gcs->google.pageSize = 2;
    for (int i = 1; i <= 5; ++i)
        m_gcs->put(u"in/part-%1.csv"_s.arg(i), "id,name\n" + QByteArray::number(i) + ",N\n");
    m_gcs->put(u"in/notes.txt"_s, "not this one");
    m_gcs->put(u"in/old/part-0.csv"_s, "id,name\n0,N\n");
    m_gcs->put(u"in/_SUCCESS.csv"_s, {});
    ReadRequest request = m_gcs->several({{u"prefix"_s, u"in/"_s}, {u"pattern"_s, u"*.csv"_s}});
    const ReadTable table = m_gcs->source.read(request);
    QVERIFY2(!table.error, table.error ? qPrintable(table.error->logLine()) : "");
    QCOMPARE(table.rows.size(), 5u);
    QCOMPARE(table.rows.front(), Row({"1", "N", "in/part-1.csv"}));
    QCOMPARE(table.rows.back(), Row({"5", "N", "in/part-5.csv"}));
    QCOMPARE(m_gcs->google.peer.operations().count(u"storage.objects.list"_s), 4); // 8 objects, 2 a page
    QCOMPARE(m_gcs->google.peer.operations().count(u"storage.objects.get"_s), 5);
    {
        const auto first = m_gcs->source.open(request);
        IDS_VERIFY_OK(first);
        request.state = (*first)->state();
    }
    {
        const auto unchanged = m_gcs->source.open(request);
        IDS_VERIFY_OK(unchanged);
        QVERIFY((*unchanged)->isUnchanged());
    }
    m_gcs->put(u"in/part-6.csv"_s, "id,name\n6,N\n");
    QCOMPARE(m_gcs->source.read(request).rows.size(), 6u);
}

void TestGcsCsv::objects_noneMatching_isAnError()
{
    const ReadTable table = m_gcs->source.read(m_gcs->several({{u"prefix"_s, u"nothing/"_s}}));
    QCOMPARE(table.error.value_or(Error()).code, u"no_file_matches"_s);
}

void TestGcsCsv::object_packedOrWorkbook_isRead()
{
    m_gcs->put(u"people.csv.gz"_s, gzipped(GcsFixture::people));
    m_gcs->put(u"transcoded.csv"_s, gzipped(GcsFixture::people), "gzip");
    m_gcs->put(u"people.zip"_s, zipped({{"people.csv", GcsFixture::people}}));
    for (const QString &name : {u"people.csv.gz"_s, u"transcoded.csv"_s, u"people.zip"_s}) {
        const ReadTable table = m_gcs->source.read(m_gcs->one(name));
        QVERIFY2(!table.error, table.error ? qPrintable(table.error->logLine()) : "");
        QCOMPARE(table.rows, GcsFixture::peopleRows);
    }
    m_gcs->put(u"people.xlsx"_s, zipped(xlsxParts(R"(<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c></row>)"
                                                  R"(<row r="2"><c r="A2"><v>7</v></c></row>)")));
    const ReadTable workbook = m_gcs->source.read(m_gcs->one(u"people.xlsx"_s));
    QVERIFY(!workbook.error);
    QCOMPARE(workbook.rows, std::vector<Row>({{"7"}}));
}

void TestGcsCsv::object_anyName_isFound()
{
    for (const QString &name : {u"a/b c/päople #1?.csv"_s, u"../up.csv"_s, u"100%25.csv"_s, u"a+b&c=d.csv"_s}) {
        m_gcs->put(name, GcsFixture::people);
        const ReadTable table = m_gcs->source.read(m_gcs->one(name));
        QVERIFY2(!table.error, table.error ? qPrintable(name + table.error->logLine()) : "");
        QCOMPARE(table.rows, GcsFixture::peopleRows);
    }
}

void TestGcsCsv::publicBucket_needsNoCredentials()
{
    m_gcs->google.publish(u"people-1"_s);
    ReadRequest anonymous = m_gcs->one(u"people.csv"_s);
    anonymous.credentials = {};
    const ReadTable table = m_gcs->source.read(anonymous);
    QVERIFY(!table.error);
    QCOMPARE(table.rows, GcsFixture::peopleRows);
    QCOMPARE(m_gcs->google.peer.tokensIssued(), 0);
    for (const auto &request : m_gcs->google.peer.requests())
        QVERIFY(!request.has("Authorization"));
    // A compatible service of one's own is named by its endpoint.
    const QJsonObject own{
        {u"bucket"_s, u"people-1"_s}, {u"object"_s, u"people.csv"_s}, {u"endpoint"_s, m_gcs->google.peer.baseUrl()}};
    QCOMPARE(m_gcs->source.read(m_gcs->source.request(own, {})).rows, GcsFixture::peopleRows);
}

void TestGcsCsv::preview_fetchesASample()
{
    QByteArray large = "id,name\n";
    while (large.size() < 20'000'000)
        large += QByteArray::number(large.size()) + ",somebody with quite a long name\n";
    m_gcs->put(u"large.csv"_s, large);
    ReadRequest request = m_gcs->one(u"large.csv"_s);
    request.sampleRows = 100;
    const auto reader = m_gcs->source.open(request);
    IDS_VERIFY_OK(reader);
    QVERIFY(*(*reader)->totalBytes() < 10'000'000);
}

void TestGcsCsv::object_replacedBetweenLookAndFetch_isTheNewOne()
{
    int fetches = 0;
    m_gcs->google.peer.intervention = [&](const GoogleCall &call) -> std::optional<PeerAnswer> {
        if (isForContent(call) && ++fetches == 1)
            m_gcs->put(u"people.csv"_s, "id,name\n9,New\n");
        return std::nullopt;
    };
    ReadRequest request = m_gcs->one(u"people.csv"_s);
    {
        const auto reader = m_gcs->source.open(request);
        IDS_VERIFY_OK(reader);
        request.state = (*reader)->state();
    }
    QCOMPARE(fetches, 2);
    // What is remembered is the generation of these very rows.
    const auto again = m_gcs->source.open(request);
    IDS_VERIFY_OK(again);
    QVERIFY((*again)->isUnchanged());
    request.state = {};
    QCOMPARE(m_gcs->source.read(request).rows, std::vector<Row>({{"9", "New"}}));
}

void TestGcsCsv::object_replacedAfterHalfOfIt_isTheNewOne()
{
    QByteArray old = "id,name\n";
    for (int i = 0; i < 50'000; ++i)
        old += QByteArray::number(i) + ",Old\n";
    m_gcs->put(u"people.csv"_s, old);
    int fetches = 0;
    m_gcs->google.peer.intervention = [&](const GoogleCall &call) -> std::optional<PeerAnswer> {
        if (!isForContent(call) || ++fetches > 1)
            return std::nullopt;
        PeerAnswer half = PeerAnswer::of(200, old);
        half.bytes.truncate(half.bytes.size() / 2);
        half.then = PeerAnswer::Then::Close;
        m_gcs->put(u"people.csv"_s, "id,name\n9,New\n");
        return half;
    };
    const ReadTable table = m_gcs->source.read(m_gcs->one(u"people.csv"_s));
    QVERIFY2(!table.error, table.error ? qPrintable(table.error->logLine()) : "");
    QCOMPARE(table.rows, std::vector<Row>({{"9", "New"}}));
    QCOMPARE(fetches, 3); // half of the old one, its generation refused, the new one
    QVERIFY(m_gcs->source.log().contains(u"replaced while it was fetched"));
}

void TestGcsCsv::object_replacedAgainAndAgain_isAnError()
{
    m_gcs->google.peer.intervention = [&](const GoogleCall &call) -> std::optional<PeerAnswer> {
        if (isForContent(call))
            m_gcs->put(u"people.csv"_s, GcsFixture::people);
        return std::nullopt;
    };
    IDS_VERIFY_ERROR(m_gcs->source.open(m_gcs->one(u"people.csv"_s)), ErrorKind::Source, "object_changed");
}

void TestGcsCsv::object_conditionIgnored_isNoticed()
{
    // A server in between that answers with what it has, whatever the conditions.
    int fetches = 0;
    m_gcs->google.peer.intervention = [&](const GoogleCall &call) -> std::optional<PeerAnswer> {
        if (isForContent(call) && ++fetches == 1)
            return PeerAnswer::of(200, "id,name\n0,Stale\n", {"x-goog-generation: 12"});
        return std::nullopt;
    };
    const ReadTable table = m_gcs->source.read(m_gcs->one(u"people.csv"_s));
    QCOMPARE(table.rows, GcsFixture::peopleRows);
    QCOMPARE(fetches, 2);
}

void TestGcsCsv::connectionTest_namesTheStep()
{
    QCOMPARE(failedStepOf(m_gcs->source.test(m_gcs->one(u"people.csv"_s))), QString());
    const auto failedAt = [&](const ReadRequest &request) {
        const ConnectionReport report = m_gcs->source.test(request);
        const QString step = failedStepOf(report);
        return m_gcs->source.leak(m_gcs->secrets(), {}, report).isEmpty() && step.size() > 5 ? step.left(1) : u"?"_s;
    };
    m_gcs->google.lock(u"locked"_s);
    m_gcs->google.put(u"locked"_s, u"people.csv"_s, GcsFixture::people);
    ReadRequest locked = m_gcs->one(u"people.csv"_s);
    locked.config.insert(u"bucket"_s, u"locked"_s);
    ReadRequest brokenKey = m_gcs->one(u"people.csv"_s);
    brokenKey.credentials = Secret(R"({"service_account_json":{"type":"service_account"}})");
    QCOMPARE(failedAt(brokenKey), u"1"_s);
    QCOMPARE(failedAt(locked), u"2"_s);
    QCOMPARE(failedAt(m_gcs->one(u"poeple.csv"_s)), u"2"_s);
    m_gcs->put(u"page.csv"_s, "<!DOCTYPE html><html></html>");
    QCOMPARE(failedAt(m_gcs->one(u"page.csv"_s)), u"3"_s);
    m_gcs->google.peer.tokenIntervention = [](const GoogleCall &) -> std::optional<PeerAnswer> {
        return PeerAnswer::of(400, R"({"error":"invalid_grant","error_description":"Invalid JWT Signature."})");
    };
    QCOMPARE(failedAt(m_gcs->one(u"people.csv"_s)), u"1"_s);
}

void TestGcsCsv::hmacKey_readsOneAndSeveral()
{
    QCOMPARE(m_gcs->source.read(withHmacKey({{u"object"_s, u"people.csv"_s}})).rows, GcsFixture::peopleRows);
    m_gcs->google.pageSize = 2;
    for (int i = 1; i <= 5; ++i)
        m_gcs->put(u"in/päople #%1 &.csv"_s.arg(i), "id,name\n" + QByteArray::number(i) + ",N\n");
    const ReadTable table = m_gcs->source.read(withHmacKey({{u"prefix"_s, u"in/pä"_s}}));
    QVERIFY2(!table.error, table.error ? qPrintable(table.error->logLine()) : "");
    QCOMPARE(table.rows.size(), 5u);
    QCOMPARE(m_gcs->google.peer.tokensIssued(), 0);
}

void TestGcsCsv::hmacKey_unchanged_isNotFetched()
{
    ReadRequest request = withHmacKey({{u"object"_s, u"people.csv"_s}});
    {
        const auto first = m_gcs->source.open(request);
        IDS_VERIFY_OK(first);
        request.state = (*first)->state();
    }
    {
        const auto second = m_gcs->source.open(request);
        IDS_VERIFY_OK(second);
        QVERIFY((*second)->isUnchanged());
    }
    m_gcs->put(u"people.csv"_s, "id,name\n9,New\n");
    QCOMPARE(m_gcs->source.read(request).rows, std::vector<Row>({{"9", "New"}}));
}

void TestGcsCsv::hmacKey_refused_isNamed_data()
{
    QTest::addColumn<QString>("bucket");
    QTest::addColumn<QString>("object");
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("secret");
    QTest::addColumn<QString>("code");
    const QString id = QString::fromLatin1(GoogleStoragePeer::hmacId);
    const QString secret = QString::fromLatin1(GoogleStoragePeer::hmacSecret);
    QTest::newRow("secret") << u"people-1"_s << u"people.csv"_s << id << u"canary/hmac+other"_s << u"wrong_key"_s;
    QTest::newRow("id") << u"people-1"_s << u"people.csv"_s << u"GOOG1OTHER"_s << secret << u"unknown_key"_s;
    QTest::newRow("bucket") << u"elsewhere"_s << u"people.csv"_s << id << secret << u"bucket_not_found"_s;
    QTest::newRow("object") << u"people-1"_s << u"poeple.csv"_s << id << secret << u"object_not_found"_s;
    QTest::newRow("right") << u"locked"_s << u"people.csv"_s << id << secret << u"access_denied"_s;
}

void TestGcsCsv::hmacKey_refused_isNamed()
{
    QFETCH(QString, bucket);
    QFETCH(QString, object);
    QFETCH(QString, id);
    QFETCH(QString, secret);
    QFETCH(QString, code);
    m_gcs->google.put(u"locked"_s, u"people.csv"_s, GcsFixture::people);
    m_gcs->google.lock(u"locked"_s);
    ReadRequest request = withHmacKey({{u"bucket"_s, bucket}, {u"object"_s, object}}, id, secret);
    const ReadTable table = m_gcs->source.read(request);
    QCOMPARE(table.error.value_or(Error()).code, code);
    QCOMPARE(m_gcs->source.leak({secret.toLatin1()}, table.error), QByteArray());
}

QTEST_GUILESS_MAIN(TestGcsCsv)
#include "tst_gcs_csv.moc"
