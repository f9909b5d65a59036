// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/cloud/google_assertion.h"
#include "tests/support/result_checks.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QTimeZone>

#include <memory>

#include <openssl/evp.h>
#include <openssl/pem.h>

using namespace idstore;
using namespace idstore::cloud;
using namespace Qt::StringLiterals;

namespace {

const QDateTime now(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC);

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

QByteArray pemOf(EVP_PKEY *key, const char *passphrase = nullptr)
{
    const std::unique_ptr<BIO, decltype(&BIO_free)> buffer(BIO_new(BIO_s_mem()), &BIO_free);
    PEM_write_bio_PrivateKey(buffer.get(), key, passphrase ? EVP_aes_256_cbc() : nullptr,
                             reinterpret_cast<const unsigned char *>(passphrase),
                             passphrase ? static_cast<int>(qstrlen(passphrase)) : 0, nullptr, nullptr);
    char *text = nullptr;
    const long length = BIO_get_mem_data(buffer.get(), &text);
    return QByteArray(text, length);
}

QJsonObject file(const QByteArray &pem)
{
    return {{u"type"_s, u"service_account"_s},
            {u"project_id"_s, u"contacts-1"_s},
            {u"private_key_id"_s, u"a1b2c3"_s},
            {u"private_key"_s, QString::fromUtf8(pem)},
            {u"client_email"_s, u"reader@contacts-1.iam.gserviceaccount.com"_s},
            {u"client_id"_s, u"1234"_s},
            {u"token_uri"_s, u"https://oauth2.googleapis.com/token"_s}};
}

Secret text(const QJsonObject &object)
{
    return Secret(QJsonDocument(object).toJson());
}

QByteArray fromUrl(const QByteArray &part)
{
    return QByteArray::fromBase64(part, QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
}

bool verifies(EVP_PKEY *key, const QByteArray &data, const QByteArray &signature)
{
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    return EVP_DigestVerifyInit_ex(context.get(), nullptr, "SHA256", nullptr, nullptr, key, nullptr) == 1 &&
           EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char *>(signature.constData()),
                            static_cast<std::size_t>(signature.size()),
                            reinterpret_cast<const unsigned char *>(data.constData()),
                            static_cast<std::size_t>(data.size())) == 1;
}

} // namespace

class TestGoogleAssertion : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void file_asIssued_isUnderstood();
    void assertion_isSignedAndDated();
    void assertion_withoutKeyId_hasNone();
    void key_withEscapedLineBreaks_isRead();
    void file_notAServiceAccounts_isRefused_data();
    void file_notAServiceAccounts_isRefused();
    void file_fieldMissing_isNamed_data();
    void file_fieldMissing_isNamed();
    void file_tokenAddressElsewhere_isRefused_data();
    void file_tokenAddressElsewhere_isRefused();
    void key_unreadable_isRefusedWithoutShowingIt_data();
    void key_unreadable_isRefusedWithoutShowingIt();
    void tokenRequest_isAForm();
    void accessToken_answers_areRead();

private:
    Key m_key{nullptr, &EVP_PKEY_free};
    QByteArray m_pem;
};

void TestGoogleAssertion::initTestCase()
{
    m_key.reset(EVP_RSA_gen(2048));
    QVERIFY(m_key);
    m_pem = pemOf(m_key.get());
}

void TestGoogleAssertion::file_asIssued_isUnderstood()
{
    const auto account = ServiceAccount::parse(text(file(m_pem)));
    QVERIFY2(account, account ? "" : qPrintable(account.error().logLine()));
    QCOMPARE(account->email(), u"reader@contacts-1.iam.gserviceaccount.com"_s);
    QCOMPARE(account->projectId(), u"contacts-1"_s);
    QCOMPARE(account->tokenAddress(), QUrl(u"https://oauth2.googleapis.com/token"_s));
    QJsonObject withoutAddress = file(m_pem);
    withoutAddress.remove(u"token_uri");
    const auto byDefault = ServiceAccount::parse(text(withoutAddress));
    QVERIFY(byDefault);
    QCOMPARE(byDefault->tokenAddress(), account->tokenAddress());
}

void TestGoogleAssertion::assertion_isSignedAndDated()
{
    const auto account = ServiceAccount::parse(text(file(m_pem)));
    QVERIFY(account);
    const auto assertion = account->assertion({u"https://www.googleapis.com/auth/devstorage.read_only"_s, u"second"_s},
                                              now.toOffsetFromUtc(7200));
    QVERIFY(assertion);
    const QByteArrayList parts = assertion->reveal().split('.');
    QCOMPARE(parts.size(), 3);
    QVERIFY(!assertion->reveal().contains('=') && !assertion->reveal().contains('+') &&
            !assertion->reveal().contains('/'));
    QCOMPARE(QJsonDocument::fromJson(fromUrl(parts[0])).object(),
             (QJsonObject{{u"alg"_s, u"RS256"_s}, {u"typ"_s, u"JWT"_s}, {u"kid"_s, u"a1b2c3"_s}}));
    QCOMPARE(QJsonDocument::fromJson(fromUrl(parts[1])).object(),
             (QJsonObject{{u"iss"_s, u"reader@contacts-1.iam.gserviceaccount.com"_s},
                          {u"scope"_s, u"https://www.googleapis.com/auth/devstorage.read_only second"_s},
                          {u"aud"_s, u"https://oauth2.googleapis.com/token"_s},
                          {u"iat"_s, 1767323045},
                          {u"exp"_s, 1767326645}}));
    const QByteArray toSign = parts[0] + '.' + parts[1];
    QVERIFY(verifies(m_key.get(), toSign, fromUrl(parts[2])));
    QVERIFY(!verifies(m_key.get(), toSign + 'x', fromUrl(parts[2])));
}

void TestGoogleAssertion::assertion_withoutKeyId_hasNone()
{
    QJsonObject content = file(m_pem);
    content.remove(u"private_key_id");
    const auto account = ServiceAccount::parse(text(content));
    QVERIFY(account);
    const auto assertion = account->assertion({u"s"_s}, now);
    QVERIFY(assertion);
    QVERIFY(!fromUrl(assertion->reveal().split('.').first()).contains("kid"));
}

void TestGoogleAssertion::key_withEscapedLineBreaks_isRead()
{
    QByteArray escaped = m_pem;
    QVERIFY(ServiceAccount::parse(text(file(escaped.replace("\n", "\\n")))));
}

void TestGoogleAssertion::file_notAServiceAccounts_isRefused_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("says");
    const QString wrong = u"service_account_wrong_type"_s;
    QTest::newRow("empty") << ""_ba << u"service_account_not_json"_s << u"JSON"_s;
    QTest::newRow("a path") << "/home/CANARY/key.json"_ba << u"service_account_not_json"_s << u"JSON"_s;
    QTest::newRow("cut off") << R"({"type": "service_account", "private_key": "CANARY)"_ba
                             << u"service_account_not_json"_s << u"JSON"_s;
    QTest::newRow("a list") << R"(["CANARY"])"_ba << u"service_account_not_json"_s << u"JSON"_s;
    QTest::newRow("a user") << R"({"type": "authorized_user", "refresh_token": "CANARY"})"_ba << wrong
                            << u"signed-in user"_s;
    QTest::newRow("elsewhere") << R"({"type": "external_account", "audience": "CANARY"})"_ba << wrong
                               << u"kept elsewhere"_s;
    QTest::newRow("a client") << R"({"installed": {"client_secret": "CANARY"}})"_ba << wrong << u"OAuth client"_s;
    QTest::newRow("something else") << R"({"type": "CANARY"})"_ba << wrong << u"not the key"_s;
}

void TestGoogleAssertion::file_notAServiceAccounts_isRefused()
{
    QFETCH(const QByteArray, content);
    QFETCH(const QString, code);
    QFETCH(const QString, says);
    const auto account = ServiceAccount::parse(Secret(content));
    QVERIFY(!account);
    QCOMPARE(account.error().code, code);
    QCOMPARE(account.error().kind, ErrorKind::InvalidInput);
    QCOMPARE(account.error().fields.first().field, u"credentials.service_account_json"_s);
    QVERIFY2(account.error().message.contains(says), qPrintable(account.error().message));
    QVERIFY(!account.error().logLine().contains(u"CANARY"_s));
}

void TestGoogleAssertion::file_fieldMissing_isNamed_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QJsonValue>("value");
    QTest::newRow("no address") << u"client_email"_s << QJsonValue(QJsonValue::Undefined);
    QTest::newRow("an empty address") << u"client_email"_s << QJsonValue(u" "_s);
    QTest::newRow("no key") << u"private_key"_s << QJsonValue(QJsonValue::Undefined);
    QTest::newRow("a key of another type") << u"private_key"_s << QJsonValue(7);
}

void TestGoogleAssertion::file_fieldMissing_isNamed()
{
    QFETCH(const QString, field);
    QFETCH(const QJsonValue, value);
    QJsonObject content = file(m_pem);
    content[field] = value;
    const auto account = ServiceAccount::parse(text(content));
    IDS_VERIFY_ERROR(account, ErrorKind::InvalidInput, "service_account_field_missing");
    QVERIFY(account.error().message.contains(field));
}

void TestGoogleAssertion::file_tokenAddressElsewhere_isRefused_data()
{
    QTest::addColumn<QString>("address");
    for (const char *address :
         {"https://example.test/token", "http://oauth2.googleapis.com/token", "https://googleapis.com.example.test/",
          "https://u:p@oauth2.googleapis.com/token", "https://oauth2.googleapis.com:444/token", "", "not an address",
          "https://evilgoogleapis.com/token"})
        QTest::newRow(address) << QString::fromLatin1(address);
}

void TestGoogleAssertion::file_tokenAddressElsewhere_isRefused()
{
    QFETCH(const QString, address);
    QJsonObject content = file(m_pem);
    content[u"token_uri"_s] = address;
    IDS_VERIFY_ERROR(ServiceAccount::parse(text(content)), ErrorKind::InvalidInput, "service_account_token_address");
}

void TestGoogleAssertion::key_unreadable_isRefusedWithoutShowingIt_data()
{
    QTest::addColumn<QByteArray>("pem");
    const Key elliptic(EVP_EC_gen("P-256"), &EVP_PKEY_free);
    QTest::newRow("not PEM") << "CANARY"_ba;
    QTest::newRow("cut off") << m_pem.first(m_pem.size() / 2);
    QTest::newRow("damaged") << QByteArray(m_pem).replace(60, 8, "AAAAAAAA");
    QTest::newRow("no RSA key") << pemOf(elliptic.get());
    // Nobody is asked at a terminal.
    QTest::newRow("with a passphrase") << pemOf(m_key.get(), "CANARY");
}

void TestGoogleAssertion::key_unreadable_isRefusedWithoutShowingIt()
{
    QFETCH(const QByteArray, pem);
    const auto account = ServiceAccount::parse(text(file(pem)));
    IDS_VERIFY_ERROR(account, ErrorKind::InvalidInput, "service_account_key_unreadable");
    QVERIFY(!account.error().logLine().contains(u"CANARY"_s));
    QVERIFY(!account.error().logLine().contains(u"PRIVATE"_s));
}

void TestGoogleAssertion::tokenRequest_isAForm()
{
    QCOMPARE(ServiceAccount::tokenRequestBody(Secret("a.b-c_d")).reveal(),
             "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=a.b-c_d"_ba);
}

void TestGoogleAssertion::accessToken_answers_areRead()
{
    const auto token =
        AccessToken::parse(R"({"access_token": "ya29.x", "expires_in": 3599, "token_type": "Bearer"})", now);
    QVERIFY(token);
    QCOMPARE(token->token.reveal(), "ya29.x"_ba);
    QCOMPARE(token->expiry, now.addSecs(3599));
    for (const QByteArray &body :
         {"{}"_ba, "CANARY"_ba, R"({"access_token": ""})"_ba, R"({"access_token": "CANARY", "token_type": "mac"})"_ba,
          R"({"access_token": "CANARY", "expires_in": 0})"_ba}) {
        const auto other = AccessToken::parse(body, now);
        IDS_VERIFY_ERROR(other, ErrorKind::Source, "token_unreadable");
        QVERIFY(!other.error().logLine().contains(u"CANARY"_s));
    }
}

QTEST_GUILESS_MAIN(TestGoogleAssertion)
#include "tst_google_assertion.moc"
