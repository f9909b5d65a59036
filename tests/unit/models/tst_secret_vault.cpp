// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/secret_vault.h"
#include "tests/support/result_checks.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <thread>
#include <vector>

using namespace idstore;
using namespace Qt::StringLiterals;

namespace {

const QByteArray canary = "canary-4711-do-not-leak";

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(path));
    return file.readAll();
}

void overwrite(const QString &path, const QByteArray &content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write %s", qPrintable(path));
}

} // namespace

class TestSecretVault : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void secret_stored_isReadBack();
    void secret_neverStored_isEmpty();
    void secret_replaced_isTheLatest();
    void secret_removed_isGone();
    void files_holdNoPlaintextAndAreTheOwnersOnly();
    void sameSecret_storedTwice_looksDifferent();
    void file_tamperedAnywhere_isDamaged();
    void file_ofAnotherSource_isDamaged();
    void key_missing_isDamaged();
    void key_ofWrongSize_isDamaged();
    void stores_concurrent_allSucceed();
    void passphrase_sealsTheKey_andOpensItAgain();
    void passphrase_wrong_isSaidAndChangesNothing();
    void passphrase_missing_isLocked();
    void passphrase_andKeyFile_takeTurns_withoutLoss();
    void passphrase_cutOffWhileSealing_isFinished();
    void sealedKey_tampered_doesNotOpen();
    void twoStores_readWhereItIs_andWriteToTheFirst();

private:
    [[nodiscard]] QString folder() const { return m_folder->filePath(u"vault"_s); }
    [[nodiscard]] QString fileOf(SourceId source) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestSecretVault::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

QString TestSecretVault::fileOf(SourceId source) const
{
    const QStringList found = QDir(folder()).entryList({source.toString() + u'*'}, QDir::Files);
    if (found.size() != 1)
        qFatal("%d files of the source", static_cast<int>(found.size()));
    return folder() + u'/' + found.first();
}

void TestSecretVault::secret_stored_isReadBack()
{
    IDS_VERIFY_OK(SecretVault(folder()).store(SourceId(1), Secret(canary)));
    const auto loaded = SecretVault(folder()).load(SourceId(1));
    IDS_VERIFY_OK(loaded);
    QCOMPARE(loaded->reveal(), canary);
}

void TestSecretVault::secret_neverStored_isEmpty()
{
    const auto loaded = SecretVault(folder()).load(SourceId(1));
    IDS_VERIFY_OK(loaded);
    QVERIFY(loaded->isEmpty());
}

void TestSecretVault::secret_replaced_isTheLatest()
{
    SecretVault vault(folder());
    IDS_VERIFY_OK(vault.store(SourceId(1), Secret("first")));
    IDS_VERIFY_OK(vault.store(SourceId(1), Secret("second")));
    QCOMPARE(vault.load(SourceId(1))->reveal(), QByteArray("second"));
}

void TestSecretVault::secret_removed_isGone()
{
    SecretVault vault(folder());
    IDS_VERIFY_OK(vault.store(SourceId(1), Secret(canary)));
    IDS_VERIFY_OK(vault.remove(SourceId(1)));
    QVERIFY(vault.load(SourceId(1))->isEmpty());
    IDS_VERIFY_OK(vault.remove(SourceId(1)));
}

void TestSecretVault::files_holdNoPlaintextAndAreTheOwnersOnly()
{
    SecretVault vault(folder());
    IDS_VERIFY_OK(vault.store(SourceId(1), Secret(canary)));
    IDS_VERIFY_OK(vault.store(SourceId(2), Secret(canary)));
    const auto others =
        QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    QVERIFY(!(QFileInfo(folder()).permissions() & others));
    const QFileInfoList files = QDir(folder()).entryInfoList(QDir::Files | QDir::Hidden);
    QCOMPARE(files.size(), 3);
    for (const QFileInfo &file : files) {
        QVERIFY2(!(file.permissions() & others), qPrintable(file.fileName()));
        const QByteArray content = contentOf(file.filePath());
        QVERIFY2(!content.contains(canary) && !content.contains(canary.toBase64()), qPrintable(file.fileName()));
    }
}

void TestSecretVault::sameSecret_storedTwice_looksDifferent()
{
    SecretVault vault(folder());
    IDS_VERIFY_OK(vault.store(SourceId(1), Secret(canary)));
    const QByteArray first = contentOf(fileOf(SourceId(1)));
    IDS_VERIFY_OK(vault.store(SourceId(1), Secret(canary)));
    QVERIFY(contentOf(fileOf(SourceId(1))) != first);
}

void TestSecretVault::file_tamperedAnywhere_isDamaged()
{
    SecretVault vault(folder());
    IDS_VERIFY_OK(vault.store(SourceId(1), Secret(canary)));
    const QString path = fileOf(SourceId(1));
    const QByteArray good = contentOf(path);
    for (qsizetype i = 0; i < good.size(); ++i) {
        QByteArray bad = good;
        bad[i] = static_cast<char>(bad[i] ^ 0x01);
        overwrite(path, bad);
        IDS_VERIFY_ERROR(vault.load(SourceId(1)), ErrorKind::Internal, "vault_damaged");
        overwrite(path, good.first(i));
        IDS_VERIFY_ERROR(vault.load(SourceId(1)), ErrorKind::Internal, "vault_damaged");
    }
    overwrite(path, good);
    IDS_VERIFY_OK(vault.load(SourceId(1)));
}

void TestSecretVault::file_ofAnotherSource_isDamaged()
{
    SecretVault vault(folder());
    IDS_VERIFY_OK(vault.store(SourceId(1), Secret(canary)));
    IDS_VERIFY_OK(vault.store(SourceId(2), Secret("other")));
    overwrite(fileOf(SourceId(2)), contentOf(fileOf(SourceId(1))));
    IDS_VERIFY_ERROR(vault.load(SourceId(2)), ErrorKind::Internal, "vault_damaged");
}

void TestSecretVault::key_missing_isDamaged()
{
    SecretVault vault(folder());
    IDS_VERIFY_OK(vault.store(SourceId(1), Secret(canary)));
    QVERIFY(QFile::remove(folder() + u"/key"_s));
    IDS_VERIFY_ERROR(vault.load(SourceId(1)), ErrorKind::Internal, "vault_damaged");
    QVERIFY2(!QFile::exists(folder() + u"/key"_s), "a new key would make the loss final");
}

void TestSecretVault::key_ofWrongSize_isDamaged()
{
    SecretVault vault(folder());
    IDS_VERIFY_OK(vault.store(SourceId(1), Secret(canary)));
    overwrite(folder() + u"/key"_s, "short");
    IDS_VERIFY_ERROR(vault.load(SourceId(1)), ErrorKind::Internal, "vault_damaged");
    IDS_VERIFY_ERROR(vault.store(SourceId(1), Secret("new")), ErrorKind::Internal, "vault_damaged");
}

void TestSecretVault::stores_concurrent_allSucceed()
{
    constexpr int threads = 4;
    constexpr int rounds = 10;
    SecretVault vault(folder());
    std::atomic<int> failures = 0;
    std::vector<std::thread> running;
    for (int thread = 0; thread < threads; ++thread) {
        running.emplace_back([&vault, &failures, thread] {
            for (int round = 0; round < rounds; ++round) {
                const SourceId source(1 + thread * rounds + round);
                const QByteArray value = "secret of " + source.toString().toUtf8();
                if (!vault.store(source, Secret(value)) || !vault.store(SourceId(1000), Secret("shared")))
                    ++failures;
                const auto loaded = vault.load(source);
                if (!loaded || loaded->reveal() != value)
                    ++failures;
            }
        });
    }
    for (std::thread &thread : running)
        thread.join();
    QCOMPARE(failures.load(), 0);
    QCOMPARE(vault.load(SourceId(1000))->reveal(), QByteArray("shared"));
}

void TestSecretVault::passphrase_sealsTheKey_andOpensItAgain()
{
    {
        SecretVault vault(folder());
        IDS_VERIFY_OK(vault.unlock(Secret("open sesame")));
        IDS_VERIFY_OK(vault.store(SourceId(1), Secret(canary)));
    }
    QVERIFY(!QFile::exists(folder() + u"/key"_s));
    QVERIFY(!contentOf(folder() + u"/key.sealed"_s).contains("open sesame"));
    SecretVault vault(folder());
    IDS_VERIFY_OK(vault.unlock(Secret("open sesame")));
    QCOMPARE(vault.load(SourceId(1))->reveal(), canary);
}

void TestSecretVault::passphrase_wrong_isSaidAndChangesNothing()
{
    IDS_VERIFY_OK(SecretVault(folder()).unlock(Secret("right")));
    const QByteArray before = contentOf(folder() + u"/key.sealed"_s);
    IDS_VERIFY_ERROR(SecretVault(folder()).unlock(Secret("wrong")), ErrorKind::Unauthenticated,
                     "vault_passphrase_wrong");
    IDS_VERIFY_ERROR(SecretVault(folder()).unlock(Secret("wrong"), SecretVault::KeyPlace::File),
                     ErrorKind::Unauthenticated, "vault_passphrase_wrong");
    IDS_VERIFY_ERROR(SecretVault(folder()).unlock(Secret()), ErrorKind::InvalidInput, "vault_passphrase_empty");
    QCOMPARE(contentOf(folder() + u"/key.sealed"_s), before);
    QVERIFY(!QFile::exists(folder() + u"/key"_s));
}

void TestSecretVault::passphrase_missing_isLocked()
{
    SecretVault unlocked(folder());
    IDS_VERIFY_OK(unlocked.unlock(Secret("right")));
    IDS_VERIFY_OK(unlocked.store(SourceId(1), Secret(canary)));
    SecretVault vault(folder());
    IDS_VERIFY_ERROR(vault.checkUnlocked(), ErrorKind::Unavailable, "vault_locked");
    IDS_VERIFY_ERROR(vault.load(SourceId(1)), ErrorKind::Unavailable, "vault_locked");
    IDS_VERIFY_ERROR(vault.store(SourceId(2), Secret("x")), ErrorKind::Unavailable, "vault_locked");
    QVERIFY2(!QFile::exists(folder() + u"/key"_s), "a second key would make the loss final");
}

void TestSecretVault::passphrase_andKeyFile_takeTurns_withoutLoss()
{
    IDS_VERIFY_OK(SecretVault(folder()).store(SourceId(1), Secret("one")));
    const QByteArray key = contentOf(folder() + u"/key"_s);
    SecretVault sealed(folder());
    IDS_VERIFY_OK(sealed.unlock(Secret("phrase")));
    QCOMPARE(sealed.load(SourceId(1))->reveal(), QByteArray("one"));
    IDS_VERIFY_OK(sealed.store(SourceId(2), Secret("two")));
    QVERIFY(!QFile::exists(folder() + u"/key"_s));
    QVERIFY(!contentOf(folder() + u"/key.sealed"_s).contains(key));

    IDS_VERIFY_OK(SecretVault(folder()).unlock(Secret("phrase"), SecretVault::KeyPlace::File));
    QVERIFY(!QFile::exists(folder() + u"/key.sealed"_s));
    SecretVault plain(folder());
    IDS_VERIFY_OK(plain.checkUnlocked());
    QCOMPARE(plain.load(SourceId(1))->reveal(), QByteArray("one"));
    QCOMPARE(plain.load(SourceId(2))->reveal(), QByteArray("two"));
    // Another passphrase, by way of the key file.
    SecretVault again(folder());
    IDS_VERIFY_OK(again.unlock(Secret("another")));
    QCOMPARE(again.load(SourceId(2))->reveal(), QByteArray("two"));
}

void TestSecretVault::passphrase_cutOffWhileSealing_isFinished()
{
    IDS_VERIFY_OK(SecretVault(folder()).store(SourceId(1), Secret(canary)));
    const QByteArray key = contentOf(folder() + u"/key"_s);
    IDS_VERIFY_OK(SecretVault(folder()).unlock(Secret("phrase")));
    overwrite(folder() + u"/key"_s, key); // as if the process had died before it was removed
    SecretVault vault(folder());
    IDS_VERIFY_OK(vault.unlock(Secret("phrase")));
    QVERIFY(!QFile::exists(folder() + u"/key"_s));
    QCOMPARE(vault.load(SourceId(1))->reveal(), canary);
}

void TestSecretVault::sealedKey_tampered_doesNotOpen()
{
    IDS_VERIFY_OK(SecretVault(folder()).unlock(Secret("phrase")));
    const QByteArray good = contentOf(folder() + u"/key.sealed"_s);
    for (const qsizetype at : {0, 5, 6, 7, 8, 24, 40, 60}) {
        QByteArray bad = good;
        bad[at] = static_cast<char>(bad[at] ^ 0x02);
        overwrite(folder() + u"/key.sealed"_s, bad);
        QVERIFY2(!SecretVault(folder()).unlock(Secret("phrase")), qPrintable(QString::number(at)));
    }
    overwrite(folder() + u"/key.sealed"_s, good.first(20));
    IDS_VERIFY_ERROR(SecretVault(folder()).unlock(Secret("phrase")), ErrorKind::Internal, "vault_damaged");
    overwrite(folder() + u"/key.sealed"_s, good);
    IDS_VERIFY_OK(SecretVault(folder()).unlock(Secret("phrase")));
}

void TestSecretVault::twoStores_readWhereItIs_andWriteToTheFirst()
{
    SecretVault first(folder());
    SecretVault second(m_folder->filePath(u"second"_s));
    TwoSecretStores both(first, second);
    IDS_VERIFY_OK(second.store(SourceId(1), Secret("old")));
    QCOMPARE(both.load(SourceId(1))->reveal(), QByteArray("old"));
    IDS_VERIFY_OK(both.store(SourceId(1), Secret("new")));
    QCOMPARE(first.load(SourceId(1))->reveal(), QByteArray("new"));
    QVERIFY(second.load(SourceId(1))->isEmpty());
    // One that cannot be read is no reason not to read the other.
    IDS_VERIFY_OK(second.store(SourceId(2), Secret("there")));
    overwrite(fileOf(SourceId(1)), "damaged");
    QVERIFY(QFile::copy(fileOf(SourceId(1)), folder() + u"/src_02.vault"_s));
    QCOMPARE(both.load(SourceId(2))->reveal(), QByteArray("there"));
    IDS_VERIFY_ERROR(both.load(SourceId(1)), ErrorKind::Internal, "vault_damaged");
    IDS_VERIFY_OK(both.remove(SourceId(2)));
    QVERIFY(both.load(SourceId(2))->isEmpty());
}

QTEST_GUILESS_MAIN(TestSecretVault)
#include "tst_secret_vault.moc"
