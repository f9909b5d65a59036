// SPDX-License-Identifier: GPL-3.0-or-later
// Whole runs from Google's systems: what is stored, what stays when a run fails, and that no secret lies in any file.
#include "connectors/connector_catalog.h"
#include "tests/support/engine_fixture.h"
#include "tests/support/peers/google_sheets_peer.h"
#include "tests/support/peers/google_storage_peer.h"

#include <QDirIterator>

using namespace idstore;
using namespace Qt::StringLiterals;
using test::GoogleSheetsPeer;
using test::GoogleStoragePeer;
using test::SheetCell;

class TestGoogleRuns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        for (const char *name : {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
            qunsetenv(name);
    }
    void init() { m_store = std::make_unique<test::EngineFixture>(m_connectors); }

    void bucket_runsByAndBy_readsWhatChanged();
    void spreadsheet_runsByAndBy_readsWhatChanged();

private:
    [[nodiscard]] Result<Source> add(const QString &type, const QJsonObject &config, const test::GooglePeer &peer)
    {
        QJsonObject whole = config;
        whole.insert(u"base_url"_s, peer.baseUrl());
        return m_store->engine().sources().createConnected(
            m_store->user(),
            {.name = u"People"_s, .sourceType = type, .credentials = peer.credentials(), .config = whole});
    }
    [[nodiscard]] qint64 rows(SourceId id) const
    {
        return m_store->engine().sources().get(m_store->user(), id)->rowCount;
    }
    /// "completed 2", with the rows that are new; "failed object_not_found".
    [[nodiscard]] QString run(SourceId id)
    {
        const auto run = m_store->ingest(id, RunMode::Incremental);
        if (!run)
            return run.error().logLine();
        if (run->status == RunStatus::Completed)
            return u"completed %1"_s.arg(run->counts.added);
        return toString(run->status) + u' ' + run->error.value_or(Error()).code;
    }
    /// A file of the data directory in which one of these stands.
    [[nodiscard]] QString leakingFile(const QList<QByteArray> &secrets) const
    {
        QDirIterator files(m_store->dataDirectory(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (!file.open(QIODevice::ReadOnly))
                continue;
            const QByteArray content = file.readAll();
            for (const QByteArray &secret : secrets) {
                if (content.contains(secret))
                    return file.fileName();
            }
        }
        return {};
    }
    [[nodiscard]] static QList<QByteArray> secrets(const test::GooglePeer &peer)
    {
        // A line from the middle of the key: in JSON the lines are joined otherwise.
        return peer.tokens() + QList{peer.account().privateKey().split('\n').at(5)};
    }

    BuiltInConnectors m_connectors;
    std::unique_ptr<test::EngineFixture> m_store;
};

void TestGoogleRuns::bucket_runsByAndBy_readsWhatChanged()
{
    GoogleStoragePeer google;
    google.put(u"people-1"_s, u"in/1.csv"_s, "id,name\n1,Ada\n2,Bo\n");
    const auto source = add(u"gcs_csv"_s, {{u"bucket"_s, u"people-1"_s}, {u"prefix"_s, u"in/"_s}}, google.peer);
    IDS_VERIFY_OK(source);
    QCOMPARE(run(source->id), u"completed 2"_s);
    QCOMPARE(run(source->id), u"completed 0"_s);
    QCOMPARE(rows(source->id), 2);
    google.put(u"people-1"_s, u"in/2.csv"_s, "id,name\n3,Cy\n");
    QCOMPARE(run(source->id), u"completed 3"_s);
    // The last good rows stay when a run fails.
    google.remove(u"people-1"_s, u"in/1.csv"_s);
    google.remove(u"people-1"_s, u"in/2.csv"_s);
    QCOMPARE(run(source->id), u"failed no_file_matches"_s);
    QCOMPARE(rows(source->id), 3);
    QCOMPARE(google.peer.problems(), QStringList());
    QCOMPARE(leakingFile(secrets(google.peer)), QString());
}

void TestGoogleRuns::spreadsheet_runsByAndBy_readsWhatChanged()
{
    GoogleSheetsPeer google;
    google.tabs = {{.title = u"People"_s,
                    .rows = {{SheetCell::of(u"id"_s), SheetCell::of(u"name"_s)},
                             {SheetCell::of(1.0), SheetCell::of(u"Ada"_s)},
                             {SheetCell::of(2.0), SheetCell::of(u"Bo"_s)}}}};
    const auto source = add(u"google_sheets"_s,
                            {{u"spreadsheet_id"_s, QLatin1StringView(GoogleSheetsPeer::spreadsheetId)}}, google.peer);
    IDS_VERIFY_OK(source);
    QCOMPARE(run(source->id), u"completed 2"_s);
    QCOMPARE(run(source->id), u"completed 0"_s);
    google.tabs.first().rows.push_back({SheetCell::of(3.0), SheetCell::of(u"Cy"_s)});
    QCOMPARE(run(source->id), u"completed 3"_s);
    google.shared = false;
    QCOMPARE(run(source->id), u"failed spreadsheet_not_shared"_s);
    QCOMPARE(rows(source->id), 3);
    google.shared = true;
    QCOMPARE(run(source->id), u"completed 0"_s);
    QCOMPARE(google.peer.problems(), QStringList());
    QCOMPARE(leakingFile(secrets(google.peer)), QString());
}

QTEST_GUILESS_MAIN(TestGoogleRuns)
#include "tst_google_runs.moc"
