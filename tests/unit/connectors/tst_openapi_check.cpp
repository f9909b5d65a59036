// SPDX-License-Identifier: GPL-3.0-or-later
// What the tests' servers hold requests to must itself find what is wrong.
#include "tests/support/openapi/openapi_check.h"

#include <QJsonDocument>
#include <QTest>

using namespace idstore::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray document = R"({
"servers": [{"url": "/v2"}],
"paths": {
 "/people": {
  "parameters": [{"$ref": "#/components/parameters/Version"}],
  "get": {"operationId": "list", "parameters": [
    {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 100}},
    {"name": "state", "in": "query", "required": true, "schema": {"type": "string", "enum": ["new", "old"]}},
    {"name": "ids", "in": "query", "schema": {"type": "array", "items": {"type": "integer"}}},
    {"name": "fields", "in": "query", "explode": false, "schema": {"type": "array", "items": {"type": "string", "enum": ["a", "b"]}}},
    {"name": "created", "in": "query", "style": "deepObject", "schema": {"type": "object"}},
    {"name": "deep", "in": "query", "schema": {"type": "boolean"}}],
   "responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Page"}}}},
                 "default": {"content": {"application/json": {"schema": {"type": "object", "required": ["error"]}}}}}},
  "post": {"operationId": "find", "requestBody": {"required": true, "content": {
     "application/json": {"schema": {"type": "object", "required": ["query"], "additionalProperties": false,
        "properties": {"query": {"type": "string"}, "most": {"type": "integer", "nullable": true}}}},
     "application/x-www-form-urlencoded": {"schema": {"type": "object", "required": ["query"],
        "properties": {"query": {"type": "string"}, "most": {"type": "integer"}}}}}},
   "responses": {"200": {}}}},
 "/people/me": {"get": {"operationId": "me", "responses": {}}},
 "/people/{id}": {"get": {"operationId": "one", "parameters": [
    {"name": "id", "in": "path", "required": true, "schema": {"type": "integer"}}], "responses": {}}}},
"components": {
 "parameters": {"Version": {"name": "X-Version", "in": "header", "required": true, "schema": {"type": "string", "pattern": "^[0-9]{4}$"}}},
 "schemas": {"Page": {"type": "object", "required": ["items"], "properties": {
    "items": {"type": "array", "items": {"anyOf": [{"type": "string"}, {"$ref": "#/components/schemas/Person"}]}}}},
  "Person": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string", "format": "int64"}}}}}})";

PeerRequest request(const QByteArray &method, const QByteArray &target, const QByteArray &body = {},
                    const QByteArray &type = {})
{
    PeerRequest request{method, target, {{"x-version", "2026"}}, body};
    if (!type.isEmpty())
        request.headers.append({"Content-Type", type});
    return request;
}

} // namespace

class TestOpenApiCheck : public QObject
{
    Q_OBJECT

    OpenApiCheck m_check{QJsonDocument::fromJson(document).object()};

private Q_SLOTS:
    void request_asDescribed_fits_data();
    void request_asDescribed_fits();
    void request_otherwise_isNamed_data();
    void request_otherwise_isNamed();
    void header_missingOrWrong_isNamed();
    void answer_isHeldToItsSchema();
    void vendors_areThere();
};

void TestOpenApiCheck::request_asDescribed_fits_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QString>("operation");
    QTest::newRow("least") << QByteArray("/v2/people?state=new") << u"list"_s;
    QTest::newRow("all") << QByteArray(
                                "/v2/people?state=old&limit=5&ids=1&ids=2&fields=a,b&created%5Bgte%5D=3&deep=true")
                         << u"list"_s;
    QTest::newRow("variable") << QByteArray("/v2/people/42") << u"one"_s;
    QTest::newRow("written out before variable") << QByteArray("/v2/people/me") << u"me"_s;
}

void TestOpenApiCheck::request_asDescribed_fits()
{
    QFETCH(QByteArray, target);
    QFETCH(QString, operation);
    const auto checked = m_check.check(request("GET", target));
    QCOMPARE(checked.problems, QStringList());
    QCOMPARE(checked.operation, operation);
}

void TestOpenApiCheck::request_otherwise_isNamed_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("problem");
    const auto get = [](const char *name, const QByteArray &target, const QString &problem) {
        QTest::newRow(name) << QByteArray("GET") << target << QByteArray() << QByteArray() << problem;
    };
    get("path", "/v2/persons", u"GET /v2/persons: no such path"_s);
    get("without the server's path", "/people?state=new", u"GET /people: no such path"_s);
    get("required", "/v2/people", u"state: missing from the query"_s);
    get("choice", "/v2/people?state=odd", u"state: \"odd\" is none of the choices"_s);
    get("unknown", "/v2/people?state=new&page=2", u"page: not known in the query"_s);
    get("type", "/v2/people?state=new&limit=many", u"limit: “many” is no integer"_s);
    get("fraction", "/v2/people?state=new&limit=1.5", u"limit: 1.5 is no integer"_s);
    get("bound", "/v2/people?state=new&limit=101", u"limit: 101 breaks maximum"_s);
    get("twice", "/v2/people?state=new&limit=1&limit=2", u"limit: more than once in the query"_s);
    get("item", "/v2/people?state=new&ids=x", u"ids: “x” is no integer"_s);
    get("item of a list", "/v2/people?state=new&fields=a,c", u"fields: \"c\" is none of the choices"_s);
    get("boolean", "/v2/people?state=new&deep=1", u"deep: “1” is no boolean"_s);
    get("path type", "/v2/people/x", u"id: “x” is no integer"_s);
    const auto post = [](const char *name, const QByteArray &type, const QByteArray &body, const QString &problem) {
        QTest::newRow(name) << QByteArray("POST") << QByteArray("/v2/people") << type << body << problem;
    };
    QTest::newRow("method") << QByteArray("DELETE") << QByteArray("/v2/people") << QByteArray() << QByteArray()
                            << u"DELETE /v2/people: no such method"_s;
    post("no body", {}, {}, u"body: missing"_s);
    post("body's type", "text/plain", "x", u"body: not described as “text/plain”"_s);
    post("body's field", "application/json", R"({"query": 5})", u"body.query: 5 is no string"_s);
    post("body's missing field", "application/json", R"({"most": null})", u"body.query: missing"_s);
    post("body's unknown field", "application/json", R"({"query": "a", "x": 1})", u"body.x: unknown"_s);
    post("form's field", "application/x-www-form-urlencoded", "query=a+b&most=x", u"body.most: “x” is no integer"_s);
    post("form's missing field", "application/x-www-form-urlencoded", "most=1", u"body.query: missing"_s);
}

void TestOpenApiCheck::request_otherwise_isNamed()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(QString, problem);
    QCOMPARE(m_check.check(request(method, target, body, type)).problems, QStringList{problem});
}

void TestOpenApiCheck::header_missingOrWrong_isNamed()
{
    PeerRequest without = request("GET", "/v2/people?state=new");
    without.headers.clear();
    QCOMPARE(m_check.check(without).problems, QStringList{u"X-Version: missing header field"_s});
    without.headers = {{"X-Version", "latest"}};
    QCOMPARE(m_check.check(without).problems, QStringList{u"X-Version: \"latest\" does not match ^[0-9]{4}$"_s});
}

void TestOpenApiCheck::answer_isHeldToItsSchema()
{
    QCOMPARE(m_check.checkAnswer(u"list"_s, 200, R"({"items": ["a", {"id": "7"}]})"), QStringList());
    QCOMPARE(m_check.checkAnswer(u"list"_s, 200, R"({"items": [{"id": 7}]})"),
             QStringList{u"answer.items[0]: fits none of anyOf"_s});
    QCOMPARE(m_check.checkAnswer(u"list"_s, 200, "{}"), QStringList{u"answer.items: missing"_s});
    QCOMPARE(m_check.checkAnswer(u"list"_s, 404, "{}"), QStringList{u"answer.error: missing"_s});
    QCOMPARE(m_check.checkAnswer(u"list"_s, 200, "{").size(), 1);
}

void TestOpenApiCheck::vendors_areThere()
{
    const auto storage =
        OpenApiCheck::ofVendor(u"google-storage"_s).check({"GET", "/storage/v1/b/b/o/a%2Fb.csv?alt=media", {}, {}});
    QCOMPARE(storage.problems, QStringList());
    QCOMPARE(storage.path[u"object"_s], u"a/b.csv"_s);
    const auto sheets = OpenApiCheck::ofVendor(u"google-sheets"_s)
                            .check({"GET", "/v4/spreadsheets/x/values/A%21A1?valueRenderOption=SHOUTED", {}, {}});
    QCOMPARE(sheets.problems, QStringList{u"valueRenderOption: \"SHOUTED\" is none of the choices"_s});
}

QTEST_GUILESS_MAIN(TestOpenApiCheck)
#include "tst_openapi_check.moc"
