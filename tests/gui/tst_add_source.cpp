// SPDX-License-Identifier: GPL-3.0-or-later
// From the gallery to a source that is read, and back to its connection, over a real engine and a scripted server.
#include "tests/gui/gui_fixture.h"
#include "tests/support/http_peer.h"
#include "ui/itemmodels/sources_model.h"
#include "ui/pages/add_source/connection_editor.h"
#include "ui/pages/add_source/connection_report.h"
#include "ui/pages/add_source/connector_card.h"
#include "ui/pages/add_source/connector_gallery.h"
#include "ui/pages/add_source/source_wizard.h"
#include "ui/pages/settings/settings_page.h"
#include "ui/pages/sources/sources_area.h"

#include <QAction>
#include <QCheckBox>
#include <QDeadlineTimer>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QRadioButton>

#include <atomic>
#include <chrono>
#include <thread>

using namespace idstore;
using namespace idstore::test;

namespace {

constexpr int patience = 30'000; // milliseconds; reached only when something is broken

const QByteArray people = "id;name\r\n007;Ada\r\n008;Bo\r\n";

/// A connector of the catalog as if this build could read it.
class ShownConnector final : public Connector
{
public:
    explicit ShownConnector(const Connector &base)
        : m_descriptor(base.descriptor())
    {
        m_descriptor.readable = true;
    }
    [[nodiscard]] const ConnectorDescriptor &descriptor() const override { return m_descriptor; }
    [[nodiscard]] Result<std::unique_ptr<RecordReader>> open(const ReadRequest &) const override { return Error(); }

private:
    ConnectorDescriptor m_descriptor;
};

/// All connectors, all readable.
class FullCatalog final : public ConnectorCatalog
{
public:
    FullCatalog()
    {
        for (const Connector *connector : m_base.all()) {
            m_connectors.push_back(std::make_unique<ShownConnector>(*connector));
            m_all.push_back(m_connectors.back().get());
        }
    }
    [[nodiscard]] const std::vector<const Connector *> &all() const override { return m_all; }
    [[nodiscard]] const Connector *find(QStringView type) const override { return m_base.find(type); }
    [[nodiscard]] Result<void> checkUpload(const QString &path, const QString &name) const override
    {
        return m_base.checkUpload(path, name);
    }

private:
    BuiltInConnectors m_base;
    std::vector<std::unique_ptr<Connector>> m_connectors;
    std::vector<const Connector *> m_all;
};

class AddFixture : public WindowFixture
{
public:
    using WindowFixture::WindowFixture;

    SourcesArea &area() { return *window().findChild<SourcesArea *>(); }
    ConnectorGallery &gallery() { return *window().findChild<ConnectorGallery *>(); }
    SourceWizard &wizard() { return *window().findChild<SourceWizard *>(); }
    ConnectionEditor &editor() { return *window().findChild<ConnectionEditor *>(); }
    QPushButton &next() { return *wizard().findChild<QPushButton *>(QStringLiteral("wizardNext")); }
    QList<Source> sources() { return *engine().sources().list(EngineFixture::user()); }
    QStringList cards()
    {
        QStringList shown;
        const QList<ConnectorCard *> all = gallery().findChildren<ConnectorCard *>();
        for (const ConnectorCard *card : all) {
            if (card->isVisible())
                shown.append(card->descriptor().id);
        }
        return shown;
    }
    static void type(QWidget &form, const QString &field, const QString &text)
    {
        auto *line = form.findChild<QLineEdit *>(field);
        line->clear();
        QTest::keyClicks(line, text);
    }
    /// The wizard for a file at this address, after its first step.
    void begin(const QUrl &url)
    {
        area().addSource();
        Q_EMIT gallery().connectorChosen(QStringLiteral("csv_url"));
        type(wizard(), QStringLiteral("url"), url.toString());
        wizard().findChild<QCheckBox *>(QStringLiteral("allow_private_network"))->click();
        next().click();
    }
    bool isTested()
    {
        auto *report = wizard().findChild<ConnectionReportView *>();
        return QTest::qWaitFor([report] { return !report->isRunning(); }, patience);
    }
    bool says(QWidget &widget, const QString &part)
    {
        const QList<QLabel *> labels = widget.findChildren<QLabel *>();
        return std::ranges::any_of(
            labels, [&part](const QLabel *label) { return label->isVisible() && label->text().contains(part); });
    }
    QMessageBox *question() { return window().findChild<QMessageBox *>(); }
};

} // namespace

class TestAddSource : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        for (const char *name : {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
            qunsetenv(name);
    }

    void gallery_showsWhatThisBuildReads()
    {
        const BuiltInConnectors connectors;
        QStringList readable;
        for (const Connector *connector : connectors.all()) {
            if (connector->descriptor().readable)
                readable.append(connector->descriptor().id);
        }
        AddFixture fixture(connectors);
        fixture.area().addSource();
        QCOMPARE(fixture.cards(), readable);
    }

    void gallery_search_findsByNameAndByOtherWords()
    {
        const FullCatalog connectors;
        AddFixture fixture(connectors);
        fixture.area().addSource();
        QCOMPARE(fixture.cards().size(), 22);
        auto *search = fixture.gallery().findChild<QLineEdit *>();
        QTest::keyClicks(search, QStringLiteral("postgre"));
        QCOMPARE(fixture.cards(), QStringList(QStringLiteral("postgres_identity")));
        search->clear();
        QTest::keyClicks(search, QStringLiteral("dropbox"));
        QCOMPARE(fixture.cards(), QStringList(QStringLiteral("csv_url")));
        search->clear();
        QTest::keyClicks(search, QStringLiteral("fax"));
        QCOMPARE(fixture.cards(), QStringList());
        QTRY_VERIFY(fixture.says(fixture.gallery(), QStringLiteral("Nothing for “fax”")));
        QTest::keyClick(search, Qt::Key_Escape);
        QCOMPARE(fixture.cards().size(), 22);
    }

    void gallery_keys_moveAndConnect()
    {
        const FullCatalog connectors;
        AddFixture fixture(connectors);
        fixture.area().addSource();
        auto *search = fixture.gallery().findChild<QLineEdit *>();
        QTest::keyClick(search, Qt::Key_Right);
        QTest::keyClick(search, Qt::Key_Down);
        QTest::keyClick(search, Qt::Key_Return);
        QVERIFY(fixture.wizard().isOpenFor(QStringLiteral("s3_csv")));
        QVERIFY(fixture.wizard().isVisible());
    }

    void wizard_toTheEnd_addsAndReadsTheSource()
    {
        HttpPeer peer([](const PeerRequest &) { return PeerAnswer::of(200, people); });
        const BuiltInConnectors connectors;
        AddFixture fixture(connectors);
        fixture.begin(peer.url(QStringLiteral("/people.csv")));
        QVERIFY(fixture.isTested());
        QTRY_VERIFY(fixture.says(fixture.wizard(), QStringLiteral("Connected")));
        QVERIFY(fixture.sources().isEmpty());
        fixture.next().click();
        QCOMPARE(fixture.wizard().step(), SourceWizard::Choose);
        auto *name = fixture.wizard().findChild<QLineEdit *>(QStringLiteral("sourceName"));
        QCOMPARE(name->text(), QStringLiteral("people"));
        name->clear();
        fixture.next().click();
        QTRY_VERIFY(fixture.says(fixture.wizard(), QStringLiteral("Give the source a name.")));
        QTest::keyClicks(name, QStringLiteral("Customers"));
        fixture.next().click();
        QCOMPARE(fixture.wizard().step(), SourceWizard::Preview);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.next().isEnabled(), patience);
        fixture.next().click();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.wizard().step(), SourceWizard::Done, patience);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.says(fixture.wizard(), QStringLiteral("“Customers” is ready: 2 rows")),
                                 patience);
        QCOMPARE(fixture.sources().size(), 1);
        const Source source = fixture.sources().first();
        QCOMPARE(source.name, QStringLiteral("Customers"));
        QCOMPARE(source.rowCount, 2);
        QCOMPARE(source.config.value(QLatin1StringView("url")).toString(),
                 peer.url(QStringLiteral("/people.csv")).toString());
        QTRY_VERIFY_WITH_TIMEOUT(fixture.table().model()->rowCount() == 1, patience);
        fixture.next().click();
        QVERIFY(!fixture.area().isReviewing());
        QVERIFY(!fixture.wizard().isOpen());
    }

    void failedStep_saysWhatToDo_andIsTriedAgain()
    {
        std::atomic<bool> isLocked = true;
        HttpPeer peer(
            [&isLocked](const PeerRequest &) { return isLocked ? PeerAnswer::of(401) : PeerAnswer::of(200, people); });
        const BuiltInConnectors connectors;
        AddFixture fixture(connectors);
        fixture.begin(peer.url(QStringLiteral("/people.csv")));
        QVERIFY(fixture.isTested());
        QTRY_VERIFY(fixture.says(fixture.wizard(), QStringLiteral("Stopped at step 2 of 4")));
        QTRY_VERIFY(fixture.says(fixture.wizard(), QStringLiteral("does not accept the credentials")));
        QVERIFY(!fixture.next().isEnabled());
        isLocked = false;
        Q_EMIT fixture.wizard().findChild<ConnectionReportView *>()->retryWanted();
        QVERIFY(fixture.isTested());
        QTRY_VERIFY(fixture.next().isEnabled());
    }

    void testUnderWay_showsItsStepsOnce()
    {
        std::atomic<bool> isSeen = false;
        HttpPeer peer([&isSeen](const PeerRequest &) {
            const QDeadlineTimer limit(patience);
            while (!isSeen && !limit.hasExpired())
                std::this_thread::sleep_for(std::chrono::milliseconds(5));
            return PeerAnswer::of(200, people);
        });
        const auto released = qScopeGuard([&isSeen] { isSeen = true; });
        const BuiltInConnectors connectors;
        AddFixture fixture(connectors);
        fixture.begin(peer.url(QStringLiteral("/people.csv")));
        auto *report = fixture.wizard().findChild<ConnectionReportView *>();
        QTRY_VERIFY(fixture.says(*report, QStringLiteral("Under way")));
        QVERIFY(report->isRunning());
        QTRY_COMPARE(report->findChildren<QWidget *>(QStringLiteral("testStep")).size(), 4);
        isSeen = true;
        QVERIFY(fixture.isTested());
        QTRY_VERIFY(fixture.next().isEnabled());
        QTRY_COMPARE(report->findChildren<QWidget *>(QStringLiteral("testStep")).size(), 4);
    }

    void failedStep_showsWhatTheServerSaid_andCanBeSavedForLater()
    {
        HttpPeer peer([](const PeerRequest &) { return PeerAnswer::of(401); });
        const BuiltInConnectors connectors;
        AddFixture fixture(connectors);
        fixture.begin(peer.url(QStringLiteral("/people.csv")));
        QVERIFY(fixture.isTested());
        auto *show = fixture.wizard().findChild<QPushButton *>(QStringLiteral("showCause"));
        QVERIFY(show);
        auto *cause = fixture.wizard().findChild<QLabel *>(QStringLiteral("cause"));
        QVERIFY(!cause->isVisible());
        show->click();
        QTRY_VERIFY(cause->isVisible());
        QVERIFY(cause->text().contains(QStringLiteral("401")));
        auto *later = fixture.wizard().findChild<QPushButton *>(QStringLiteral("saveForLater"));
        QTRY_VERIFY(later->isVisible());
        later->click();
        QTRY_COMPARE(fixture.sources().size(), 1);
        QTRY_VERIFY(!fixture.wizard().isOpen());
        QCOMPARE(fixture.sources().first().name, QStringLiteral("people"));
        QVERIFY(!fixture.sources().first().lastRun);
    }

    void settings_proxyIsKept_andOneWithAPasswordIsNot()
    {
        const BuiltInConnectors connectors;
        AddFixture fixture(connectors);
        fixture.window().showPage(QStringLiteral("settings"));
        auto *page = fixture.window().findChild<SettingsPage *>();
        QVERIFY(page);
        auto &settings = fixture.engine().settings();
        page->findChild<QRadioButton *>(QStringLiteral("proxyNone"))->click();
        QTRY_COMPARE(settings.proxy(), QStringLiteral("none"));
        page->findChild<QRadioButton *>(QStringLiteral("proxyOther"))->click();
        auto *address = page->findChild<QLineEdit *>(QStringLiteral("proxyAddress"));
        QVERIFY(address->isEnabled());
        QTest::keyClicks(address, QStringLiteral("ada:CANARY@proxy:3128\r"));
        auto *note = page->findChild<QLabel *>(QStringLiteral("proxyNote"));
        QTRY_VERIFY(note->text().contains(QStringLiteral("password")));
        QVERIFY(!note->text().contains(QStringLiteral("CANARY")));
        QCOMPARE(settings.proxy(), QStringLiteral("none"));
        address->clear();
        QTest::keyClicks(address, QStringLiteral("proxy:3128\r"));
        QTRY_COMPARE(settings.proxy(), QStringLiteral("http://proxy:3128"));
        page->findChild<QRadioButton *>(QStringLiteral("proxySystem"))->click();
        QTRY_COMPARE(settings.proxy(), QString());
    }

    void suggestion_accepted_isEnteredAndTested()
    {
        HttpPeer peer([](const PeerRequest &request) {
            return request.target == "/right.csv" ? PeerAnswer::of(200, people) : PeerAnswer::of(404);
        });
        const BuiltInConnectors connectors;
        AddFixture fixture(connectors);
        fixture.begin(peer.url(QStringLiteral("/wrong.csv")));
        QVERIFY(fixture.isTested());
        auto *report = fixture.wizard().findChild<ConnectionReportView *>();
        const QString right = peer.url(QStringLiteral("/right.csv")).toString();
        report->showReport({.steps = {{.name = QStringLiteral("Find the file"),
                                       .ok = false,
                                       .detail = QStringLiteral("It has moved."),
                                       .fix = QStringLiteral("Use the new address."),
                                       .suggestion = {{QStringLiteral("url"), right}}}},
                            .columns = {}});
        QTRY_VERIFY(fixture.says(*report, right));
        report->findChild<QPushButton *>(QStringLiteral("acceptSuggestion"))->click();
        QVERIFY(fixture.isTested());
        QTRY_VERIFY(fixture.next().isEnabled());
        QCOMPARE(fixture.wizard().findChild<QLineEdit *>(QStringLiteral("url"))->text(), right);
    }

    void back_keepsWhatWasEntered_andALeaverIsAsked()
    {
        HttpPeer peer([](const PeerRequest &) { return PeerAnswer::of(200, people); });
        const BuiltInConnectors connectors;
        AddFixture fixture(connectors);
        fixture.begin(peer.url(QStringLiteral("/people.csv")));
        QVERIFY(fixture.isTested());
        fixture.wizard().goBack();
        QCOMPARE(fixture.wizard().step(), SourceWizard::Connect);
        QCOMPARE(fixture.wizard().findChild<QLineEdit *>(QStringLiteral("url"))->text(),
                 peer.url(QStringLiteral("/people.csv")).toString());
        fixture.wizard().goBack();
        QVERIFY(fixture.gallery().isVisible());
        Q_EMIT fixture.gallery().connectorChosen(QStringLiteral("csv_url"));
        QCOMPARE(fixture.wizard().findChild<QLineEdit *>(QStringLiteral("url"))->text(),
                 peer.url(QStringLiteral("/people.csv")).toString());
        QTest::keyClick(&fixture.wizard(), Qt::Key_Escape);
        QTRY_VERIFY(fixture.question());
        fixture.question()->reject();
        QVERIFY(fixture.wizard().isOpen());
        QTRY_VERIFY(!fixture.question());
        QTest::keyClick(&fixture.wizard(), Qt::Key_Escape);
        QTRY_VERIFY(fixture.question());
        const QList<QAbstractButton *> buttons = fixture.question()->buttons();
        for (QAbstractButton *button : buttons) {
            if (button->text() == QStringLiteral("Leave"))
                button->click();
        }
        QTRY_VERIFY(!fixture.area().isReviewing());
        QVERIFY(fixture.sources().isEmpty());
    }

    void untouchedWizard_isLeftAtOnce()
    {
        const BuiltInConnectors connectors;
        AddFixture fixture(connectors);
        fixture.area().addSource();
        Q_EMIT fixture.gallery().connectorChosen(QStringLiteral("csv_url"));
        QTest::keyClick(&fixture.wizard(), Qt::Key_Escape);
        QVERIFY(!fixture.question());
        QVERIFY(!fixture.area().isReviewing());
    }

    void connection_edited_keepsTheSecretThatNobodyTouched()
    {
        QByteArray authorization;
        HttpPeer peer([&authorization](const PeerRequest &request) {
            authorization = request.header("Authorization");
            return PeerAnswer::of(200, people);
        });
        const BuiltInConnectors connectors;
        AddFixture fixture(connectors);
        NewConnectedSource request;
        request.name = QStringLiteral("People");
        request.sourceType = QStringLiteral("csv_url");
        request.credentials = {{QStringLiteral("username"), QStringLiteral("ada")},
                               {QStringLiteral("password"), QStringLiteral("canary-secret-4711")}};
        request.config = {{QStringLiteral("url"), peer.url(QStringLiteral("/old.csv")).toString()},
                          {QStringLiteral("allow_private_network"), true},
                          {QStringLiteral("max_bytes"), 1000},
                          {QStringLiteral("delimiter"), QStringLiteral(";")}};
        const auto source = fixture.engine().sources().createConnected(EngineFixture::user(), request);
        IDS_VERIFY_OK(source);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.table().model()->rowCount(), 1, patience);
        fixture.table().setCurrentIndex(fixture.table().model()->index(0, 0));
        const QList<QAction *> actions = fixture.window().findChildren<QAction *>();
        for (QAction *action : actions) {
            if (action->text() == QStringLiteral("Connection…"))
                action->trigger();
        }
        ConnectionEditor &editor = fixture.editor();
        QVERIFY(editor.isOpen() && editor.isVisible());
        QVERIFY(editor.findChild<QLineEdit *>(QStringLiteral("password"))->text().isEmpty());
        AddFixture::type(editor, QStringLiteral("url"), peer.url(QStringLiteral("/new.csv")).toString());
        AddFixture::type(editor, QStringLiteral("username"), QStringLiteral("bo"));
        editor.findChild<QLineEdit *>(QStringLiteral("max_bytes"))->clear();
        editor.findChild<QPushButton *>(QStringLiteral("testConnection"))->click();
        auto *report = editor.findChild<ConnectionReportView *>();
        QTRY_VERIFY_WITH_TIMEOUT(!report->isRunning(), patience);
        QTRY_VERIFY(fixture.says(*report, QStringLiteral("Connected")));
        QCOMPARE(authorization, QByteArray("Basic " + QByteArray("bo:canary-secret-4711").toBase64()));
        QCOMPARE(fixture.sources().first().config, source->config); // a test keeps nothing
        editor.findChild<QPushButton *>(QStringLiteral("saveConnection"))->click();
        QTRY_VERIFY_WITH_TIMEOUT(!editor.isOpen(), patience);
        QVERIFY(!fixture.area().isReviewing());
        const Source saved = fixture.sources().first();
        QJsonObject expected = source->config;
        expected.insert(QStringLiteral("url"), peer.url(QStringLiteral("/new.csv")).toString());
        expected.remove(QStringLiteral("max_bytes"));
        QCOMPARE(saved.config, expected);
        QCOMPARE(saved.credentialHints.value(QLatin1StringView("username")).toString(), QStringLiteral("bo"));
        QCOMPARE(saved.credentialHints,
                 (QJsonObject{{QStringLiteral("username"), QStringLiteral("bo")},
                              {QStringLiteral("password"), source->credentialHints[QLatin1StringView("password")]}}));
    }
};

QTEST_MAIN(TestAddSource)
#include "tst_add_source.moc"
