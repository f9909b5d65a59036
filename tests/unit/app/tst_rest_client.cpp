// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/client/rest_client.h"
#include "tests/support/result_checks.h"

#include <QTemporaryDir>
#include <QTest>

using namespace idstore;
using namespace idstore::client;

class TestRestClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void problem_document_becomesError();
    void problem_status_choosesKind_data();
    void problem_status_choosesKind();
    void problem_withoutDocument_namesStatus();
    void nextPage_linkField_gives_data();
    void nextPage_linkField_gives();
    void apiPath_oddId_staysOneSegment();
    void tokenFile_content_isTrimmed();
    void tokenFile_missing_isRefused();
};

void TestRestClient::problem_document_becomesError()
{
    const Error error = errorFromProblem(422, R"({"type":"about:blank","title":"Unprocessable","status":422,
        "detail":"The file is empty.","errors":[{"field":"file","message":"must hold rows"}]})");
    QVERIFY(error.kind == ErrorKind::InvalidInput);
    QCOMPARE(error.message, QStringLiteral("The file is empty."));
    QCOMPARE(error.fields, (QList<FieldError>{{QStringLiteral("file"), QStringLiteral("must hold rows")}}));
}

void TestRestClient::problem_status_choosesKind_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("400") << 400 << ErrorKind::Malformed;
    QTest::newRow("401") << 401 << ErrorKind::Unauthenticated;
    QTest::newRow("403") << 403 << ErrorKind::Forbidden;
    QTest::newRow("404") << 404 << ErrorKind::NotFound;
    QTest::newRow("409") << 409 << ErrorKind::Conflict;
    QTest::newRow("413") << 413 << ErrorKind::TooLarge;
    QTest::newRow("422") << 422 << ErrorKind::InvalidInput;
    QTest::newRow("500") << 500 << ErrorKind::Internal;
    QTest::newRow("503") << 503 << ErrorKind::Unavailable;
    QTest::newRow("507") << 507 << ErrorKind::StorageFull;
}

void TestRestClient::problem_status_choosesKind()
{
    QFETCH(const int, status);
    QFETCH(const ErrorKind, kind);
    QVERIFY(errorFromProblem(status, R"({"detail":"x"})").kind == kind);
}

void TestRestClient::problem_withoutDocument_namesStatus()
{
    QVERIFY(errorFromProblem(502, "<html>").message.contains(QStringLiteral("502")));
}

void TestRestClient::nextPage_linkField_gives_data()
{
    QTest::addColumn<QByteArray>("link");
    QTest::addColumn<QByteArray>("target");
    QTest::newRow("none") << QByteArray() << QByteArray();
    QTest::newRow("path") << QByteArray("</api/sources?limit=2&after=src_02>; rel=\"next\"")
                          << QByteArray("/api/sources?limit=2&after=src_02");
    QTest::newRow("whole address") << QByteArray("<http://127.0.0.1:80/api/x?after=1>; rel=\"next\"")
                                   << QByteArray("/api/x?after=1");
    QTest::newRow("second of two") << QByteArray("</api/a>; rel=\"prev\", </api/b>; rel=\"next\"")
                                   << QByteArray("/api/b");
    QTest::newRow("other relation") << QByteArray("</api/a>; rel=\"prev\"") << QByteArray();
    QTest::newRow("broken") << QByteArray("<no end; rel=\"next\"") << QByteArray();
}

void TestRestClient::nextPage_linkField_gives()
{
    QFETCH(const QByteArray, link);
    QFETCH(const QByteArray, target);
    QCOMPARE(nextPage(link), target);
}

void TestRestClient::apiPath_oddId_staysOneSegment()
{
    QCOMPARE(apiPath({QStringLiteral("sources"), QStringLiteral("a/b?c d"), QStringLiteral("history")}),
             QByteArray("/api/sources/a%2Fb%3Fc%20d/history"));
}

void TestRestClient::tokenFile_content_isTrimmed()
{
    QTemporaryDir dir;
    QFile file(dir.filePath(QStringLiteral("token")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("abc\n");
    file.close();
    const auto token = readTokenFile(file.fileName());
    IDS_VERIFY_OK(token);
    QCOMPARE(token->reveal(), QByteArray("abc"));
}

void TestRestClient::tokenFile_missing_isRefused()
{
    QTemporaryDir dir;
    IDS_VERIFY_ERROR(readTokenFile(dir.filePath(QStringLiteral("none"))), ErrorKind::Unauthenticated,
                     "token_file_unreadable");
}

QTEST_GUILESS_MAIN(TestRestClient)
#include "tst_rest_client.moc"
