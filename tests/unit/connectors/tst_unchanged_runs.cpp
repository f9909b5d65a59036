// SPDX-License-Identifier: GPL-3.0-or-later
// Runs of a source that can tell that it is what it was: what is read, what is kept, and what is remembered.
#include "connectors/connector_catalog.h"
#include "tests/support/engine_fixture.h"
#include "tests/support/http_peer.h"

#include <QTest>

using namespace idstore;
using namespace Qt::StringLiterals;
using test::HttpPeer;
using test::PeerAnswer;
using test::PeerRequest;

class TestUnchangedRuns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        for (const char *name : {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
            qunsetenv(name);
    }
    void init()
    {
        m_content = "id,name\n1,Ada\n2,Bo\n";
        m_version = "\"v1\"";
        m_status = 200;
        m_peer = std::make_unique<HttpPeer>([this](const PeerRequest &request) { return answer(request); });
        m_store = std::make_unique<test::EngineFixture>(m_connectors);
        const auto added = m_store->engine().sources().createConnected(
            m_store->user(),
            {.name = u"People"_s,
             .sourceType = u"csv_url"_s,
             .config = {{u"url"_s, m_peer->url(u"/people.csv"_s).toString()}, {u"allow_private_network"_s, true}}});
        IDS_VERIFY_OK(added);
        m_id = added->id;
    }
    void cleanup()
    {
        m_store.reset();
        m_peer.reset();
    }

    void unchangedSource_completesWithoutReading_andKeepsItsRows();
    void changedSource_isReadAnew();
    void fullRun_readsWhateverTheSourceSays();
    void failedRun_leavesWhatIsKnownOfTheLastGoodOne();
    void knowledge_outlivesTheProcess();

private:
    PeerAnswer answer(const PeerRequest &request)
    {
        if (m_status != 200)
            return PeerAnswer::of(m_status);
        if (request.header("If-None-Match") == m_version)
            return PeerAnswer::of(304);
        ++m_downloads;
        return PeerAnswer::of(200, m_content, {"ETag: " + m_version});
    }
    Source source() { return *m_store->engine().sources().get(m_store->user(), m_id); }

    BuiltInConnectors m_connectors;
    QByteArray m_content;
    QByteArray m_version;
    std::atomic<int> m_status = 200;
    std::atomic<int> m_downloads = 0;
    std::unique_ptr<HttpPeer> m_peer;
    std::unique_ptr<test::EngineFixture> m_store;
    SourceId m_id;
};

void TestUnchangedRuns::unchangedSource_completesWithoutReading_andKeepsItsRows()
{
    m_downloads = 0;
    const auto first = m_store->ingest(m_id, RunMode::Incremental);
    IDS_VERIFY_OK(first);
    QCOMPARE(toString(first->status), u"completed"_s);
    QCOMPARE(first->counts.added, 2);
    const Source before = source();

    const auto second = m_store->ingest(m_id, RunMode::Incremental);
    IDS_VERIFY_OK(second);
    QCOMPARE(toString(second->status), u"completed"_s);
    QCOMPARE(second->counts, RunCounts());
    QCOMPARE(m_downloads.load(), 1);
    const Source after = source();
    QCOMPARE(after.rowCount, 2);
    QCOMPARE(after.generation, before.generation);
    QCOMPARE(after.readerState, before.readerState);
    QCOMPARE(toString(after.status), u"ready"_s);
    const auto log = m_store->engine().ingestion().log(m_store->user(), second->id);
    IDS_VERIFY_OK(log);
    QVERIFY(log->constLast().text.contains(u"has not changed"_s));
}

void TestUnchangedRuns::changedSource_isReadAnew()
{
    IDS_VERIFY_OK(m_store->ingest(m_id, RunMode::Incremental));
    m_content = "id,name\n1,Ada\n2,Bo\n3,Cy\n";
    m_version = "\"v2\"";
    const auto run = m_store->ingest(m_id, RunMode::Incremental);
    IDS_VERIFY_OK(run);
    QCOMPARE(run->counts.added, 3);
    QCOMPARE(source().rowCount, 3);
    const auto again = m_store->ingest(m_id, RunMode::Incremental);
    IDS_VERIFY_OK(again);
    QCOMPARE(again->counts, RunCounts());
}

void TestUnchangedRuns::fullRun_readsWhateverTheSourceSays()
{
    IDS_VERIFY_OK(m_store->ingest(m_id, RunMode::Incremental));
    const qint64 generation = source().generation;
    const auto run = m_store->ingest(m_id, RunMode::Full);
    IDS_VERIFY_OK(run);
    QCOMPARE(run->counts.added, 2);
    QVERIFY(source().generation > generation);
}

void TestUnchangedRuns::failedRun_leavesWhatIsKnownOfTheLastGoodOne()
{
    IDS_VERIFY_OK(m_store->ingest(m_id, RunMode::Incremental));
    const QJsonObject known = source().readerState;
    m_status = 404;
    const auto failed = m_store->ingest(m_id, RunMode::Incremental);
    IDS_VERIFY_OK(failed);
    QCOMPARE(toString(failed->status), u"failed"_s);
    QCOMPARE(source().readerState, known);
    QCOMPARE(source().rowCount, 2);

    m_status = 200;
    const auto again = m_store->ingest(m_id, RunMode::Incremental);
    IDS_VERIFY_OK(again);
    QCOMPARE(toString(again->status), u"completed"_s);
    QCOMPARE(again->counts, RunCounts());
    QCOMPARE(toString(source().status), u"ready"_s);
}

void TestUnchangedRuns::knowledge_outlivesTheProcess()
{
    IDS_VERIFY_OK(m_store->ingest(m_id, RunMode::Incremental));
    m_store->reopen();
    const auto run = m_store->ingest(m_id, RunMode::Incremental);
    IDS_VERIFY_OK(run);
    QCOMPARE(run->counts, RunCounts());
    QCOMPARE(source().rowCount, 2);
}

QTEST_GUILESS_MAIN(TestUnchangedRuns)
#include "tst_unchanged_runs.moc"
