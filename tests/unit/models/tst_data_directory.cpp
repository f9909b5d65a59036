// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/data_directory.h"
#include "tests/support/result_checks.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace idstore;

class TestDataDirectory : public QObject
{
    Q_OBJECT

    static void touch(const QString &path)
    {
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("x");
    }

private Q_SLOTS:
    void open_newFolder_isPrivate()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("deep/data"));
        auto directory = DataDirectory::open(path);
        IDS_VERIFY_OK(directory);
        constexpr QFile::Permissions others =
            QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        QVERIFY(!(QFile::permissions(path) & others));
        QVERIFY(QDir((*directory)->stagingFolder()).exists());
    }

    void open_secondTime_isInUseUntilTheFirstGoes()
    {
        const QTemporaryDir folder;
        {
            auto first = DataDirectory::open(folder.path());
            IDS_VERIFY_OK(first);
            QVERIFY(DataDirectory::isInUse(folder.path()));
            IDS_VERIFY_ERROR(DataDirectory::open(folder.path()), ErrorKind::Conflict, "data_directory_in_use");
        }
        QVERIFY(!DataDirectory::isInUse(folder.path()));
        IDS_VERIFY_OK(DataDirectory::open(folder.path()));
    }

    void open_underAFile_isNotWritable()
    {
        const QTemporaryDir folder;
        touch(folder.filePath(QStringLiteral("file")));
        IDS_VERIFY_ERROR(DataDirectory::open(folder.filePath(QStringLiteral("file/data"))), ErrorKind::Unavailable,
                         "not_writable");
    }

    void isNetworkFileSystem_sharesOnly_areRefused_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<bool>("refused");
        for (const char *type : {"nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "ceph"})
            QTest::newRow(type) << QByteArray(type) << true;
        for (const char *type : {"ext4", "btrfs", "xfs", "tmpfs", "overlay", "zfs", "fuseblk"})
            QTest::newRow(type) << QByteArray(type) << false;
    }

    void isNetworkFileSystem_sharesOnly_areRefused()
    {
        QFETCH(QByteArray, type);
        QTEST(DataDirectory::isNetworkFileSystem(type), "refused");
    }

    void removeOrphans_keepsOnlyWhatIsKnown()
    {
        const QTemporaryDir folder;
        auto directory = DataDirectory::open(folder.path());
        IDS_VERIFY_OK(directory);
        const SourceId kept(1);
        const SourceId gone(2);
        touch((*directory)->datasetPath(kept, 1));
        touch((*directory)->datasetPath(kept, 2));
        touch((*directory)->datasetPath(kept, 2) + QStringLiteral("-journal"));
        touch((*directory)->datasetPath(gone, 1));
        touch((*directory)->uploadFolder(kept) + QStringLiteral("/upload.csv"));
        touch((*directory)->uploadFolder(kept) + QStringLiteral("/upload.2.csv"));
        touch((*directory)->uploadFolder(gone) + QStringLiteral("/upload.csv"));

        (*directory)->removeOrphans({{kept, QStringLiteral("upload.2.csv")}}, {{kept, 1}});

        QCOMPARE(QDir((*directory)->datasetFolder(kept)).entryList(QDir::Files), QStringList(QStringLiteral("1.db")));
        QVERIFY(!QDir((*directory)->datasetFolder(gone)).exists());
        QCOMPARE(QDir((*directory)->uploadFolder(kept)).entryList(QDir::Files),
                 QStringList(QStringLiteral("upload.2.csv")));
        QVERIFY(!QDir((*directory)->uploadFolder(gone)).exists());
    }
};

QTEST_GUILESS_MAIN(TestDataDirectory)
#include "tst_data_directory.moc"
