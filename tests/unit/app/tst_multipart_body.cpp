// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/client/multipart_body.h"
#include "tests/support/result_checks.h"

#include <QTemporaryDir>
#include <QTest>

using namespace idstore;
using namespace idstore::client;

namespace {

QString makeFile(const QTemporaryDir &dir, const QString &name, const QByteArray &bytes)
{
    QFile file(dir.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        return {};
    return file.fileName();
}

} // namespace

class TestMultipartBody : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void body_fieldAndFile_isFramed();
    void body_emptyFile_isFramed();
    void body_sizeIsThatOfItsPieces();
    void fileName_quotesAndLineEnds_areEscaped();
    void file_missing_isNamed();
    void file_folder_isRefused();
    void file_shrinking_isNoticed();

private:
    QByteArray all(MultipartBody &body)
    {
        QByteArray bytes;
        while (bytes.size() < body.size()) {
            const auto piece = body.next();
            if (!piece || piece->isEmpty())
                return {};
            bytes += *piece;
        }
        return bytes;
    }

    QTemporaryDir m_dir;
};

void TestMultipartBody::body_fieldAndFile_isFramed()
{
    const QString path = makeFile(m_dir, QStringLiteral("people.csv"), "id,name\r\n1,Ünal\r\n");
    const auto body = MultipartBody::forFile(path, {{"name", QStringLiteral("Kundschaft ä")}});
    IDS_VERIFY_OK(body);
    const QByteArray boundary = (*body)->contentType().mid(qstrlen("multipart/form-data; boundary="));
    QVERIFY(boundary.size() >= 32 && boundary.size() <= 70);
    const QByteArray expected =
        "--" + boundary + "\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nKundschaft ä\r\n--" + boundary +
        "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"people.csv\"\r\n"
        "Content-Type: application/octet-stream\r\n\r\nid,name\r\n1,Ünal\r\n\r\n--" +
        boundary + "--\r\n";
    QCOMPARE(all(**body), expected);
    QCOMPARE((*body)->fileSent(), (*body)->fileSize());
}

void TestMultipartBody::body_emptyFile_isFramed()
{
    const auto body = MultipartBody::forFile(makeFile(m_dir, QStringLiteral("empty.csv"), {}), {});
    IDS_VERIFY_OK(body);
    QVERIFY(all(**body).contains("octet-stream\r\n\r\n\r\n--"));
}

void TestMultipartBody::body_sizeIsThatOfItsPieces()
{
    const QByteArray content(1'000'003, 'z');
    const auto body = MultipartBody::forFile(makeFile(m_dir, QStringLiteral("large.csv"), content), {});
    IDS_VERIFY_OK(body);
    const QByteArray bytes = all(**body);
    QCOMPARE(bytes.size(), (*body)->size());
    QVERIFY(bytes.contains(content));
}

void TestMultipartBody::fileName_quotesAndLineEnds_areEscaped()
{
    const auto body = MultipartBody::forFile(makeFile(m_dir, QStringLiteral("a\"b\r\nX: y.csv"), "1"), {});
    IDS_VERIFY_OK(body);
    QVERIFY(all(**body).contains("filename=\"a%22b%0D%0AX: y.csv\"\r\n"));
}

void TestMultipartBody::file_missing_isNamed()
{
    IDS_VERIFY_ERROR(MultipartBody::forFile(m_dir.filePath(QStringLiteral("none.csv")), {}), ErrorKind::NotFound,
                     "file_not_found");
}

void TestMultipartBody::file_folder_isRefused()
{
    IDS_VERIFY_ERROR(MultipartBody::forFile(m_dir.path(), {}), ErrorKind::InvalidInput, "not_a_file");
}

void TestMultipartBody::file_shrinking_isNoticed()
{
    const QString path = makeFile(m_dir, QStringLiteral("shrinks.csv"), QByteArray(100'000, 'z'));
    const auto body = MultipartBody::forFile(path, {});
    IDS_VERIFY_OK(body);
    IDS_VERIFY_OK((*body)->next());
    QVERIFY(QFile::resize(path, 10));
    Result<QByteArray> piece = (*body)->next();
    while (piece && (*body)->fileSent() < (*body)->fileSize())
        piece = (*body)->next();
    IDS_VERIFY_ERROR(piece, ErrorKind::Source, "file_changed");
}

QTEST_GUILESS_MAIN(TestMultipartBody)
#include "tst_multipart_body.moc"
