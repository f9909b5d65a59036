// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/engine_fixture.h"
#include "tests/support/memory_connector.h"

#include <QFile>
#include <QTest>

using namespace idstore;
using test::EngineFixture;
using test::MemoryCatalog;

class TestTokenService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void authenticate_issuedToken_isKnownAlsoAfterReopening()
    {
        MemoryCatalog catalog;
        EngineFixture fixture(catalog);
        const auto issued =
            fixture.engine().tokens().create(fixture.user(), QStringLiteral("Report"), TokenScope::Read);
        IDS_VERIFY_OK(issued);
        QVERIFY(issued->value.reveal().startsWith("ids_r_"));
        fixture.reopen();
        const auto principal = fixture.engine().tokens().authenticate(issued->value.reveal());
        IDS_VERIFY_OK(principal);
        QCOMPARE(principal->user, fixture.user());
        QVERIFY(principal->scope == TokenScope::Read);
        QVERIFY(fixture.engine().tokens().list(fixture.user())->first().lastUsedAt.isValid());
    }

    void authenticate_anythingElse_isUnauthenticated()
    {
        MemoryCatalog catalog;
        EngineFixture fixture(catalog);
        const auto issued = fixture.engine().tokens().create(fixture.user(), QStringLiteral("x"), TokenScope::Write);
        IDS_VERIFY_OK(issued);
        auto &tokens = fixture.engine().tokens();
        IDS_VERIFY_ERROR(tokens.authenticate(""), ErrorKind::Unauthenticated, "unknown_token");
        IDS_VERIFY_ERROR(tokens.authenticate(issued->value.reveal().chopped(1)), ErrorKind::Unauthenticated,
                         "unknown_token");
        IDS_VERIFY_OK(tokens.revoke(fixture.user(), issued->token.id));
        IDS_VERIFY_ERROR(tokens.authenticate(issued->value.reveal()), ErrorKind::Unauthenticated, "unknown_token");
        IDS_VERIFY_ERROR(tokens.revoke(fixture.user(), issued->token.id), ErrorKind::NotFound, "token_not_found");
    }

    void create_value_isNotInAnyFile()
    {
        MemoryCatalog catalog;
        EngineFixture fixture(catalog);
        const auto issued = fixture.engine().tokens().create(fixture.user(), QStringLiteral("x"), TokenScope::Write);
        IDS_VERIFY_OK(issued);
        fixture.close();
        QFile file(fixture.dataDirectory() + QStringLiteral("/catalog.db"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains(issued->value.reveal()));
    }

    void create_forAnotherUser_seesOnlyTheirs()
    {
        MemoryCatalog catalog;
        EngineFixture fixture(catalog);
        auto &tokens = fixture.engine().tokens();
        const auto other = tokens.create(fixture.user(), QStringLiteral("x"), TokenScope::Write, QStringLiteral("ben"));
        IDS_VERIFY_OK(other);
        const auto principal = tokens.authenticate(other->value.reveal());
        IDS_VERIFY_OK(principal);
        QVERIFY(principal->user != fixture.user());
        QCOMPARE(tokens.list(fixture.user())->size(), 0);
        IDS_VERIFY_ERROR(tokens.create(principal->user, QStringLiteral("x"), TokenScope::Write, QStringLiteral("eve")),
                         ErrorKind::InvalidInput, "invalid_input");
        IDS_VERIFY_ERROR(tokens.revoke(fixture.user(), other->token.id), ErrorKind::NotFound, "token_not_found");
    }

    void ensureTokenFile_twice_keepsAWorkingTokenPrivate()
    {
        MemoryCatalog catalog;
        EngineFixture fixture(catalog);
        const QString path = fixture.dataDirectory() + QStringLiteral("/deep/token");
        auto &tokens = fixture.engine().tokens();
        IDS_VERIFY_OK(tokens.ensureTokenFile(path));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray first = file.readAll().trimmed();
        file.close();
        QVERIFY(!(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup)));
        IDS_VERIFY_OK(tokens.authenticate(first));
        IDS_VERIFY_OK(tokens.ensureTokenFile(path));
        QCOMPARE(tokens.list(fixture.user())->size(), 1);
        IDS_VERIFY_OK(tokens.revoke(fixture.user(), tokens.list(fixture.user())->first().id));
        IDS_VERIFY_OK(tokens.ensureTokenFile(path));
        QVERIFY(file.open(QIODevice::ReadOnly));
        IDS_VERIFY_OK(tokens.authenticate(file.readAll().trimmed()));
    }
};

QTEST_GUILESS_MAIN(TestTokenService)
#include "tst_token_service.moc"
