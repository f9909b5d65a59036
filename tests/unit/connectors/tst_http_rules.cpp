// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/http/address_policy.h"
#include "connectors/http/retry_policy.h"
#include "connectors/http/url_rules.h"
#include "tests/support/result_checks.h"

#include <QTest>
#include <QTimeZone>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

using namespace idstore;
using namespace idstore::http;
using namespace std::chrono_literals;

class TestHttpRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void privateAddress_data()
    {
        QTest::addColumn<QByteArray>("address");
        QTest::addColumn<bool>("isPrivate");
        const auto row = [](const char *address, bool isPrivate) {
            QTest::newRow(address) << QByteArray(address) << isPrivate;
        };
        for (const char *address : {"127.0.0.1",
                                    "127.9.9.9",
                                    "0.0.0.0",
                                    "10.1.2.3",
                                    "172.16.0.1",
                                    "172.31.255.255",
                                    "192.168.1.1",
                                    "169.254.169.254",
                                    "100.64.0.1",
                                    "224.0.0.1",
                                    "255.255.255.255",
                                    "::1",
                                    "::",
                                    "fc00::1",
                                    "fd12:3456::1",
                                    "fe80::1",
                                    "ff02::1",
                                    "::ffff:10.0.0.1",
                                    "::ffff:127.0.0.1",
                                    "64:ff9b::a00:1",
                                    "2002:7f00:1::",
                                    "2001:db8::1"})
            row(address, true);
        for (const char *address : {"8.8.8.8", "172.32.0.1", "172.15.255.255", "192.167.1.1", "100.128.0.1", "11.0.0.1",
                                    "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::"})
            row(address, false);
    }

    void privateAddress()
    {
        QFETCH(QByteArray, address);
        QFETCH(bool, isPrivate);
        sockaddr_storage storage{};
        if (address.contains(':')) {
            auto &v6 = reinterpret_cast<sockaddr_in6 &>(storage);
            v6.sin6_family = AF_INET6;
            QCOMPARE(inet_pton(AF_INET6, address.constData(), &v6.sin6_addr), 1);
        } else {
            auto &v4 = reinterpret_cast<sockaddr_in &>(storage);
            v4.sin_family = AF_INET;
            QCOMPARE(inet_pton(AF_INET, address.constData(), &v4.sin_addr), 1);
        }
        QCOMPARE(isPrivateAddress(reinterpret_cast<sockaddr &>(storage)), isPrivate);
    }

    void retryAfter_secondsAndDates_areBothRead()
    {
        const QDateTime now(QDate(2026, 4, 13), QTime(8, 0), Qt::UTC);
        QCOMPARE(parseRetryAfter("120", now), std::optional<std::chrono::milliseconds>(120s));
        QCOMPARE(parseRetryAfter(" 0 ", now), std::optional<std::chrono::milliseconds>(0s));
        QCOMPARE(parseRetryAfter("Mon, 13 Apr 2026 08:01:30 GMT", now), std::optional<std::chrono::milliseconds>(90s));
        QCOMPARE(parseRetryAfter("Mon, 13 Apr 2026 07:00:00 GMT", now), std::optional<std::chrono::milliseconds>(0s));
        QCOMPARE(parseRetryAfter("-5", now), std::nullopt);
        QCOMPARE(parseRetryAfter("soon", now), std::nullopt);
        QCOMPARE(parseRetryAfter("", now), std::nullopt);
        QVERIFY(*parseRetryAfter("9223372036854775807", now) > 24h);
    }

    void delay_grows_withinItsBounds()
    {
        const RetryPolicy policy;
        QCOMPARE(policy.delay(1, 1.0), std::chrono::milliseconds(1s));
        QCOMPARE(policy.delay(3, 1.0), std::chrono::milliseconds(4s));
        QCOMPARE(policy.delay(3, 0.5), std::chrono::milliseconds(2s));
        QCOMPARE(policy.delay(40, 1.0), policy.longestDelay);
        QCOMPARE(policy.delay(5, 0.0), std::chrono::milliseconds(0));
    }

    void url_thatMayNotBeUsed_isRefusedByName()
    {
        const auto check = [](const char *url) {
            return checkUrl(QUrl(QString::fromUtf8(url)), PlainHttp::LoopbackOnly);
        };
        IDS_VERIFY_OK(check("https://example.com/a.csv"));
        IDS_VERIFY_OK(check("http://localhost:8080/a.csv"));
        IDS_VERIFY_OK(check("http://127.0.0.1/a.csv"));
        IDS_VERIFY_OK(check("http://[::1]/a.csv"));
        IDS_VERIFY_ERROR(check("http://example.com/a.csv"), ErrorKind::Source, "plain_http_refused");
        IDS_VERIFY_ERROR(check("ftp://example.com/a.csv"), ErrorKind::Source, "bad_url");
        IDS_VERIFY_ERROR(check("file:///etc/passwd"), ErrorKind::Source, "bad_url");
        IDS_VERIFY_ERROR(check("example.com"), ErrorKind::Source, "bad_url");
        IDS_VERIFY_ERROR(check("https://ada:pw@example.com/"), ErrorKind::Source, "url_has_password");
        IDS_VERIFY_OK(checkUrl(QUrl(QStringLiteral("http://example.com/")), PlainHttp::Anywhere));
    }

    void redirect_resolvesAndKeepsTls()
    {
        const QUrl from(QStringLiteral("https://example.com/a/b.csv"));
        const auto to = [&](const char *location) { return redirectTarget(from, location, PlainHttp::Anywhere); };
        QCOMPARE(*to("../c.csv?x=1"), QUrl(QStringLiteral("https://example.com/c.csv?x=1")));
        QCOMPARE(*to("//other.example/c"), QUrl(QStringLiteral("https://other.example/c")));
        IDS_VERIFY_ERROR(to("http://example.com/c"), ErrorKind::Source, "redirect_refused");
        IDS_VERIFY_ERROR(to("file:///etc/passwd"), ErrorKind::Source, "redirect_refused");
        IDS_VERIFY_ERROR(to(""), ErrorKind::Source, "redirect_refused");
    }

    void origin_isSchemeHostAndPort()
    {
        const auto same = [](const char *a, const char *b) {
            return sameOrigin(QUrl(QString::fromLatin1(a)), QUrl(QString::fromLatin1(b)));
        };
        QVERIFY(same("https://example.com/a", "https://EXAMPLE.com:443/b"));
        QVERIFY(!same("https://example.com", "http://example.com"));
        QVERIFY(!same("https://example.com", "https://example.com:8443"));
        QVERIFY(!same("https://example.com", "https://www.example.com"));
    }

    void shownAddress_holdsNoSecret()
    {
        const QUrl url(QStringLiteral("https://ada:pw@example.com/f.csv?sv=2024&sig=abc%2F1&X-Amz-Signature=ff&"
                                      "access_token=tt&page=2#frag"));
        const QString shown = redacted(url);
        for (const char *secret : {"pw", "abc", "=ff", "=tt", "ada", "frag"})
            QVERIFY2(!shown.contains(QLatin1StringView(secret)), qPrintable(shown));
        QVERIFY(shown.contains(QStringLiteral("page=2")));
        QVERIFY(shown.startsWith(QStringLiteral("https://example.com/f.csv?sv=2024")));
    }
};

QTEST_APPLESS_MAIN(TestHttpRules)
#include "tst_http_rules.moc"
