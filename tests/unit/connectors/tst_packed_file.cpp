// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/packed_file.h"
#include "tests/support/result_checks.h"
#include "workbook_fixture.h"

#include <QFile>
#include <QTest>

#include <zlib.h>

using namespace idstore;

namespace {

QByteArray gzipped(const QByteArray &bytes)
{
    z_stream stream{};
    constexpr int gzipWindow = 15 + 16;
    constexpr int memory = 8;
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, gzipWindow, memory, Z_DEFAULT_STRATEGY) != Z_OK)
        qFatal("zlib did not start");
    QByteArray packed(static_cast<qsizetype>(deflateBound(&stream, static_cast<uLong>(bytes.size()))) + 64,
                      Qt::Uninitialized);
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.constData()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef *>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    if (deflate(&stream, Z_FINISH) != Z_STREAM_END)
        qFatal("zlib did not finish");
    packed.truncate(static_cast<qsizetype>(stream.total_out));
    deflateEnd(&stream);
    return packed;
}

} // namespace

class TestPackedFile : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    QString fileOf(const QByteArray &bytes)
    {
        const QString path = m_folder.filePath(QStringLiteral("packed"));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write the test file");
        return path;
    }

    Result<QByteArray> unpacked(const QByteArray &bytes, const UnpackLimits &limits = {},
                                const CancelToken &cancel = {})
    {
        const QString path = fileOf(bytes);
        const Packing packing = packingOf(path);
        if (packing == Packing::None)
            return bytes;
        IDS_TRY(scratch, unpack(path, packing, m_folder.path(), cancel, limits));
        QFile file(scratch->readablePath());
        if (!file.open(QIODevice::ReadOnly))
            qFatal("cannot read what was unpacked");
        return file.readAll();
    }

private Q_SLOTS:
    void gzip_ofAnySize_comesOutWhole()
    {
        for (const qsizetype size : {0, 1, 1000, 262'144, 262'145, 3'000'000}) {
            QByteArray text;
            while (text.size() < size)
                text += "row " + QByteArray::number(text.size() * 7919) + '\n';
            text.truncate(size);
            const auto out = unpacked(gzipped(text));
            IDS_VERIFY_OK(out);
            QCOMPARE(*out, text);
        }
    }

    void gzipMembers_oneAfterAnother_areOneFile()
    {
        const auto out = unpacked(gzipped("a,b\n") + gzipped("1,2\n") + QByteArray(512, '\0'));
        IDS_VERIFY_OK(out);
        QCOMPARE(*out, QByteArray("a,b\n1,2\n"));
    }

    void gzip_cutOffOrChanged_isDamaged()
    {
        QByteArray text;
        for (int i = 0; i < 10'000; ++i)
            text += QByteArray::number(i * 7919);
        const QByteArray packed = gzipped(text);
        IDS_VERIFY_ERROR(unpacked(packed.chopped(1)), ErrorKind::Source, "archive_damaged");
        IDS_VERIFY_ERROR(unpacked(packed.left(packed.size() / 2)), ErrorKind::Source, "archive_damaged");
        QByteArray changed = packed;
        changed[changed.size() / 2] = static_cast<char>(changed[changed.size() / 2] ^ 0x55);
        IDS_VERIFY_ERROR(unpacked(changed), ErrorKind::Source, "archive_damaged");
    }

    void bomb_isTooLarge()
    {
        const QByteArray packed = gzipped(QByteArray(80'000'000, '\0'));
        IDS_VERIFY_ERROR(unpacked(packed), ErrorKind::Source, "archive_too_large");
        IDS_VERIFY_ERROR(unpacked(gzipped(QByteArray(2000, 'x')), {.bytes = 1000, .ratio = 250}), ErrorKind::Source,
                         "archive_too_large");
        IDS_VERIFY_ERROR(unpacked(zipped({{"a.csv", QByteArray(80'000'000, '\0')}})), ErrorKind::Source,
                         "archive_too_large");
    }

    void zip_withOneTable_givesIt()
    {
        const auto only = unpacked(zipped({{"export", "a,b\n"}}));
        IDS_VERIFY_OK(only);
        QCOMPARE(*only, QByteArray("a,b\n"));
        const auto among =
            unpacked(zipped({{"__MACOSX/._People.csv", "junk"}, {"readme.pdf", "%PDF"}, {"out/People.CSV", "a;b\n"}}));
        IDS_VERIFY_OK(among);
        QCOMPARE(*among, QByteArray("a;b\n"));
    }

    void zip_withoutATable_orWithSeveral_saysSo()
    {
        IDS_VERIFY_ERROR(unpacked(zipped({{"a.png", "x"}, {"b.png", "y"}})), ErrorKind::Source,
                         "archive_without_table");
        IDS_VERIFY_ERROR(unpacked(zipped({{"a.csv", "x"}, {"b.csv", "y"}})), ErrorKind::Source,
                         "archive_with_several_tables");
    }

    void workbooksAndTables_areNotUnpacked()
    {
        QCOMPARE(packingOf(fileOf(zipped(xlsxParts("<row/>")))), Packing::None);
        QCOMPARE(packingOf(fileOf(zipped(odsParts("")))), Packing::None);
        QCOMPARE(packingOf(fileOf(zipped({{"word/document.xml", "<w/>"}}))), Packing::None);
        QCOMPARE(packingOf(fileOf("a,b\n")), Packing::None);
        QCOMPARE(packingOf(fileOf({})), Packing::None);
    }

    void cancelled_stops()
    {
        const CancelToken cancel;
        cancel.cancel();
        IDS_VERIFY_ERROR(unpacked(gzipped("a,b\n"), {}, cancel), ErrorKind::Cancelled, "cancelled");
    }
};

QTEST_GUILESS_MAIN(TestPackedFile)
#include "tst_packed_file.moc"
