// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/request_gate.h"
#include "server/route_table.h"

#include <QTest>

using namespace idstore;

class TestRouteTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void match_fixedWord_goesBeforePlaceholder();
    void match_head_isAnsweredByGet();
    void match_otherMethod_listsTheAllowedOnes();
    void match_nothingThere_allowsNothing_data();
    void match_nothingThere_allowsNothing();
    void authority_checked_data();
    void authority_checked();

private:
    [[nodiscard]] static RouteTable table();
};

RouteTable TestRouteTable::table()
{
    const JsonHandler handler = [](const HttpRequest &) -> Result<HttpResponse> { return HttpResponse(); };
    RouteTable routes;
    routes.add({.method = "GET", .pattern = QStringLiteral("/api/sources/{id}"), .handler = handler});
    routes.add({.method = "POST", .pattern = QStringLiteral("/api/sources/upload"), .handler = handler});
    routes.add({.method = "DELETE", .pattern = QStringLiteral("/api/sources/{id}"), .handler = handler});
    return routes;
}

void TestRouteTable::match_fixedWord_goesBeforePlaceholder()
{
    const RouteTable routes = table();
    const RouteMatch upload =
        routes.match("POST", {QStringLiteral("api"), QStringLiteral("sources"), QStringLiteral("upload")});
    QVERIFY(upload.route);
    QCOMPARE(upload.route->pattern, QStringLiteral("/api/sources/upload"));
    const RouteMatch one =
        routes.match("DELETE", {QStringLiteral("api"), QStringLiteral("sources"), QStringLiteral("x y")});
    QVERIFY(one.route);
    QCOMPARE(one.arguments, (QList<QString>{QStringLiteral("x y")}));
}

void TestRouteTable::match_head_isAnsweredByGet()
{
    const RouteTable routes = table();
    const RouteMatch match =
        routes.match("HEAD", {QStringLiteral("api"), QStringLiteral("sources"), QStringLiteral("a")});
    QVERIFY(match.route);
    QCOMPARE(match.route->method, QByteArray("GET"));
}

void TestRouteTable::match_otherMethod_listsTheAllowedOnes()
{
    const RouteTable routes = table();
    const RouteMatch match =
        routes.match("PUT", {QStringLiteral("api"), QStringLiteral("sources"), QStringLiteral("a")});
    QVERIFY(!match.route);
    QCOMPARE(match.allowed, (QList<QByteArray>{"DELETE", "GET", "HEAD", "OPTIONS"}));
}

void TestRouteTable::match_nothingThere_allowsNothing_data()
{
    QTest::addColumn<QList<QString>>("segments");
    QTest::newRow("root") << QList<QString>{QString()};
    QTest::newRow("trailing slash") << QList<QString>{QStringLiteral("api"), QStringLiteral("sources"), QString()};
    QTest::newRow("deeper") << QList<QString>{QStringLiteral("api"), QStringLiteral("sources"), QStringLiteral("a"),
                                              QStringLiteral("b")};
}

void TestRouteTable::match_nothingThere_allowsNothing()
{
    QFETCH(QList<QString>, segments);
    const RouteMatch match = table().match("GET", segments);
    QVERIFY(!match.route);
    QVERIFY(match.allowed.isEmpty());
}

void TestRouteTable::authority_checked_data()
{
    QTest::addColumn<QByteArray>("authority");
    QTest::addColumn<bool>("loopback");
    const auto row = [](const char *authority, bool loopback) {
        QTest::newRow(authority) << QByteArray(authority) << loopback;
    };
    row("127.0.0.1", true);
    row("127.0.0.1:8765", true);
    row("LOCALHOST:1", true);
    row("[::1]", true);
    row("[::1]:80", true);
    row("localhost.", false);
    row("localhost.evil.example", false);
    row("evil.example", false);
    row("evil.example:8765", false);
    row("127.0.0.1@evil.example", false);
    row("127.0.0.1:8765@evil.example", false);
    row("127.0.0.1:", false);
    row("127.0.0.1:99999999", false);
    row("127.0.0.2", false);
    row("::1", false);
    row("", false);
}

void TestRouteTable::authority_checked()
{
    QFETCH(QByteArray, authority);
    QTEST(isLoopbackAuthority(authority), "loopback");
}

QTEST_GUILESS_MAIN(TestRouteTable)
#include "tst_route_table.moc"
