// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/instance_file.h"
#include "tests/support/result_checks.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace idstore;

class TestInstanceFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void file_written_isReadBack();
    void file_permissions_areTheOwnersOnly();
    void file_existingAndOpenToAll_becomesTheOwnersOnly();
    void file_broken_isIgnored_data();
    void file_broken_isIgnored();
    void file_removed_isGone();
    void directory_missing_isRefused();

private:
    static InstanceInfo sample()
    {
        return {InstanceKind::Window, 4711, QUrl(QStringLiteral("http://127.0.0.1:8765")), QStringLiteral("/d/token")};
    }
    [[nodiscard]] QString path() const { return QDir(m_dir.path()).filePath(QStringLiteral("instance.json")); }

    QTemporaryDir m_dir;
};

void TestInstanceFile::file_written_isReadBack()
{
    for (const InstanceKind kind : {InstanceKind::Window, InstanceKind::Serve, InstanceKind::Command}) {
        InstanceInfo info = sample();
        info.kind = kind;
        IDS_VERIFY_OK(writeInstanceFile(m_dir.path(), info));
        QCOMPARE(readInstanceFile(m_dir.path()), std::optional(info));
    }
}

void TestInstanceFile::file_permissions_areTheOwnersOnly()
{
    IDS_VERIFY_OK(writeInstanceFile(m_dir.path(), sample()));
    QCOMPARE(QFile::permissions(path()) & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
             QFile::Permissions());
}

void TestInstanceFile::file_existingAndOpenToAll_becomesTheOwnersOnly()
{
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther));
    file.close();
    file_permissions_areTheOwnersOnly();
}

void TestInstanceFile::file_broken_isIgnored_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("not JSON") << QByteArray("pid=1");
    QTest::newRow("no pid") << QByteArray(R"({"kind":"serve","url":"http://127.0.0.1:1","token_file":"t"})");
    QTest::newRow("unknown kind") << QByteArray(R"({"kind":"x","pid":1,"url":"u","token_file":"t"})");
}

void TestInstanceFile::file_broken_isIgnored()
{
    QFETCH(const QByteArray, content);
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.close();
    QCOMPARE(readInstanceFile(m_dir.path()), std::nullopt);
}

void TestInstanceFile::file_removed_isGone()
{
    IDS_VERIFY_OK(writeInstanceFile(m_dir.path(), sample()));
    removeInstanceFile(m_dir.path());
    QCOMPARE(readInstanceFile(m_dir.path()), std::nullopt);
    QVERIFY(!QFile::exists(path()));
}

void TestInstanceFile::directory_missing_isRefused()
{
    IDS_VERIFY_ERROR(writeInstanceFile(m_dir.filePath(QStringLiteral("none")), sample()), ErrorKind::Unavailable,
                     "not_writable");
}

QTEST_GUILESS_MAIN(TestInstanceFile)
#include "tst_instance_file.moc"
