// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/secrets/keychain_store.h"
#include "tests/support/peers/keyring_peer.h"
#include "tests/support/result_checks.h"
#include "tests/support/serve_process.h"

#include <QDir>
#include <QDirIterator>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <thread>
#include <vector>

using namespace idstore;
using namespace Qt::StringLiterals;
using test::KeyringPeer;
using test::ServeProcess;

namespace {

const QString canary = u"canary-4711-keychain-secret"_s;

QJsonObject newSource(const QString &secret)
{
    return {{u"name"_s, u"Leads"_s},
            {u"source_type"_s, u"csv_url"_s},
            {u"credentials"_s, QJsonObject{{u"bearer_token"_s, secret}}},
            {u"config"_s, QJsonObject{{u"url"_s, u"http://127.0.0.1:9/leads.csv"_s}}}};
}

QStringList vaultFiles(const QString &dataDirectory)
{
    return QDir(dataDirectory + u"/vault"_s).entryList({u"*.vault"_s}, QDir::Files);
}

} // namespace

/// Against GNOME Keyring, in a session of its own.
class TestKeychain : public QObject
{
    Q_OBJECT

    std::unique_ptr<KeyringPeer> m_peer;
    QTemporaryDir m_folder;
    std::unique_ptr<KeychainStore> m_store;

    std::unique_ptr<ServeProcess> serve(const QString &dataDirectory, const KeyringPeer *session,
                                        const QString &place = u"auto"_s)
    {
        auto process = std::make_unique<ServeProcess>(dataDirectory, QStringList{u"--secrets"_s, place});
        if (session) {
            for (auto it = session->variables().cbegin(); it != session->variables().cend(); ++it)
                process->setEnvironment(it.key(), it.value());
        }
        return process;
    }

    /// The code that the source's next run ends with: how far it got with its credentials.
    static QString codeOfRun(const ServeProcess &process, const QString &source)
    {
        const QString run = process.api().startFullLoad(source);
        return process.api().waitForRun(run).value(u"error"_s).toObject().value(u"code"_s).toString();
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_peer = std::make_unique<KeyringPeer>();
        QVERIFY2(m_peer->problem().isEmpty(), qPrintable(m_peer->problem()));
        for (auto it = m_peer->variables().cbegin(); it != m_peer->variables().cend(); ++it)
            qputenv(it.key().toLatin1().constData(), it.value().toLocal8Bit());
        m_store = std::make_unique<KeychainStore>(m_folder.path());
    }

    void cleanupTestCase() { m_store.reset(); }

    void secret_isKeptInTheKeychain()
    {
        QVERIFY(KeychainStore::isAvailable());
        const QByteArray value("text, \xC3\xA4\xE2\x82\xAC and\nlines \"{}\"");
        KeychainStore &store = *m_store;
        auto loaded = store.load(SourceId(1));
        IDS_VERIFY_OK(loaded);
        QVERIFY(loaded->isEmpty());
        IDS_VERIFY_OK(store.store(SourceId(1), Secret(value)));
        IDS_VERIFY_OK(store.store(SourceId(1), Secret(value + "2")));
        loaded = store.load(SourceId(1));
        IDS_VERIFY_OK(loaded);
        QCOMPARE(loaded->reveal(), value + "2");
        IDS_VERIFY_OK(store.remove(SourceId(1)));
        IDS_VERIFY_OK(store.remove(SourceId(1)));
        loaded = store.load(SourceId(1));
        IDS_VERIFY_OK(loaded);
        QVERIFY(loaded->isEmpty());
    }

    void callers_onSeveralThreads_eachGetTheirOwn()
    {
        KeychainStore &store = *m_store;
        std::vector<std::thread> threads;
        std::atomic<int> failures = 0;
        for (int thread = 1; thread <= 4; ++thread) {
            threads.emplace_back([&store, &failures, thread] {
                for (int round = 0; round < 3; ++round) {
                    const QByteArray value = "secret " + QByteArray::number(thread * 10 + round);
                    if (!store.store(SourceId(thread), Secret(value)))
                        ++failures;
                    const auto loaded = store.load(SourceId(thread));
                    if (!loaded || loaded->reveal() != value)
                        ++failures;
                }
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(failures.load(), 0);
    }

    void credentials_goToTheKeychain_andWithTheSource()
    {
        const QString data = m_folder.filePath(u"keychain"_s);
        auto process = serve(data, m_peer.get());
        QVERIFY2(process->start(), process->errors().constData());
        const auto made = process->api().post(u"/api/sources"_s, newSource(canary));
        QCOMPARE(made.status, 201);
        QVERIFY(vaultFiles(data).isEmpty());
        // Far enough to have needed them: that address is refused without a word to anybody.
        QCOMPARE(codeOfRun(*process, made.text("id")), u"private_address_refused"_s);
        QCOMPARE(process->stop(SIGTERM), 0);

        // The first source of another data directory is another source.
        process = serve(m_folder.filePath(u"other"_s), m_peer.get());
        QVERIFY(process->start());
        const auto other = process->api().post(u"/api/sources"_s, newSource(u"a token of its own"_s));
        QCOMPARE(other.text("id"), made.text("id"));
        QCOMPARE(process->api().remove(u"/api/sources/"_s + other.text("id")).status, 204);
        QCOMPARE(process->stop(SIGTERM), 0);

        // The vault was chosen, and they are still found; without a session they are not, and the reason is said.
        process = serve(data, m_peer.get(), u"vault"_s);
        QVERIFY(process->start());
        QCOMPARE(codeOfRun(*process, made.text("id")), u"private_address_refused"_s);
        QCOMPARE(process->stop(SIGTERM), 0);
        process = serve(data, nullptr);
        QVERIFY(process->start());
        QCOMPARE(codeOfRun(*process, made.text("id")), u"credentials_not_found"_s);
        // Entered again they are in the vault, where the session finds them as well.
        const QJsonObject patch{{u"credentials"_s, QJsonObject{{u"bearer_token"_s, u"another-token-of-ours"_s}}}};
        QCOMPARE(process->api().patch(u"/api/sources/"_s + made.text("id"), patch).status, 200);
        QCOMPARE(vaultFiles(data).size(), 1);
        QCOMPARE(codeOfRun(*process, made.text("id")), u"private_address_refused"_s);
        QCOMPARE(process->stop(SIGTERM), 0);

        process = serve(data, m_peer.get());
        QVERIFY(process->start());
        QCOMPARE(process->api().patch(u"/api/sources/"_s + made.text("id"), patch).status, 200);
        QVERIFY(vaultFiles(data).isEmpty());
        QCOMPARE(process->api().remove(u"/api/sources/"_s + made.text("id")).status, 204);
        QCOMPARE(process->stop(SIGTERM), 0);
    }

    void vaultOfOld_isReadWithAKeychain()
    {
        const QString data = m_folder.filePath(u"vault-first"_s);
        auto process = serve(data, nullptr);
        QVERIFY(process->start());
        const auto made = process->api().post(u"/api/sources"_s, newSource(canary));
        QCOMPARE(made.status, 201);
        QCOMPARE(vaultFiles(data).size(), 1);
        QCOMPARE(process->stop(SIGTERM), 0);
        process = serve(data, m_peer.get(), u"keychain"_s);
        QVERIFY(process->start());
        QCOMPARE(codeOfRun(*process, made.text("id")), u"private_address_refused"_s);
        QCOMPARE(process->stop(SIGTERM), 0);
    }

    void lockedKeychain_isAnErrorThatSaysSo()
    {
        KeyringPeer locked(KeyringPeer::Keyring::Locked);
        QVERIFY2(locked.problem().isEmpty(), qPrintable(locked.problem()));
        auto process = serve(m_folder.filePath(u"locked"_s), &locked);
        QVERIFY(process->start());
        const auto made = process->api().post(u"/api/sources"_s, newSource(canary));
        QCOMPARE(made.status, 503);
        QCOMPARE(made.text("type"), u"urn:identity-store:problem:keychain_locked"_s);
        QVERIFY(!made.body.contains(canary.toUtf8()));
        // Nothing half made is left.
        const auto list = process->api().get(u"/api/sources"_s);
        QCOMPARE(list.status, 200);
        QVERIFY2(!list.body.contains("Leads"), list.body.constData());
        QCOMPARE(process->stop(SIGTERM), 0);
    }

    void keychainAskedFor_withoutASession_isRefusedAtTheStart()
    {
        auto process = serve(m_folder.filePath(u"none"_s), nullptr, u"keychain"_s);
        QVERIFY(!process->start());
        QVERIFY(process->errors().contains("--secrets vault"));
    }

    void filesOnDisk_holdNoSecret()
    {
        QDirIterator files(m_folder.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        int looked = 0;
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
            QVERIFY2(!file.readAll().contains(canary.toUtf8()), qPrintable(file.fileName()));
            ++looked;
        }
        QVERIFY(looked > 5);
    }
};

QTEST_GUILESS_MAIN(TestKeychain)
#include "tst_keychain.moc"
