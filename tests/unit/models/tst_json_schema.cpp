// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/json_schema.h"

#include <QJsonDocument>
#include <QTest>

using namespace idstore;
using namespace Qt::StringLiterals;

namespace {

QJsonObject object(const QByteArray &json)
{
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        qFatal("%s", qPrintable(error.errorString()));
    return document.object();
}

/// "path: message" of every problem, a line each.
QString problems(const QByteArray &value, const QJsonObject &schema)
{
    QStringList lines;
    for (const FieldError &problem : validateJson(object(value), schema, u"credentials"_s))
        lines.append(problem.field + u": " + problem.message);
    return lines.join(u'\n');
}

QJsonObject login()
{
    return object(R"({"type": "object", "oneOf": [
        {"type": "object", "properties": {"connection_string": {"type": "string", "writeOnly": true}},
         "required": ["connection_string"], "additionalProperties": false},
        {"type": "object", "properties": {"host": {"type": "string"}, "port": {"type": "integer", "minimum": 1},
         "user": {"type": "string"}, "password": {"type": "string", "writeOnly": true}},
         "required": ["host", "user", "password"], "additionalProperties": false}]})");
}

} // namespace

class TestJsonSchema : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void value_breakingARule_isNamed_data();
    void value_breakingARule_isNamed();
    void problems_allAtOnce_areReported();
    void unknownProperty_isNamedWithTheKnownOnes();
    void oneOf_eitherForm_isAccepted();
    void oneOf_nothingGiven_namesTheWays();
    void oneOf_partGiven_reportsThatForm();
    void oneOf_commonPartGiven_namesTheWays();
    void oneOf_bothFormsGiven_isRefused();
    void oneOf_severalFormsFitting_isRefused();
    void anyOf_severalFormsFitting_isAccepted();
    void secretProperties_ofAllForms_areFound();
};

void TestJsonSchema::value_breakingARule_isNamed_data()
{
    QTest::addColumn<QByteArray>("rule");
    QTest::addColumn<QByteArray>("good");
    QTest::addColumn<QByteArray>("bad");
    const auto row = [](const char *rule, const char *good, const char *bad) {
        QTest::newRow(rule) << QByteArray(rule) << QByteArray(good) << QByteArray(bad);
    };
    row(R"({"type": "string"})", R"("x")", "1");
    row(R"({"type": "integer"})", "3", "3.5");
    row(R"({"type": "number"})", "3.5", R"("3.5")");
    row(R"({"type": "boolean"})", "true", "1");
    row(R"({"type": "array", "items": {"type": "string"}})", R"(["a"])", "[1]");
    row(R"({"type": "array", "minItems": 1})", "[1]", "[]");
    row(R"({"type": ["string", "array"]})", "[]", "{}");
    row(R"({"enum": ["us", "eu"]})", R"("eu")", R"("au")");
    row(R"({"const": 5})", "5", "6");
    row(R"({"pattern": "^a+$"})", R"("aa")", R"("ab")");
    row(R"({"minLength": 1})", R"("a")", R"("")");
    row(R"({"maxLength": 2})", R"("ab")", R"("abc")");
    row(R"({"minimum": 1, "maximum": 10})", "10", "11");
    row(R"({"minimum": 1})", "1", "0");
}

void TestJsonSchema::value_breakingARule_isNamed()
{
    QFETCH(QByteArray, rule);
    QFETCH(QByteArray, good);
    QFETCH(QByteArray, bad);
    const QJsonObject schema = object("{\"type\": \"object\", \"properties\": {\"field\": " + rule + "}}");
    QCOMPARE(problems("{\"field\": " + good + "}", schema), QString());
    const QString problem = problems("{\"field\": " + bad + "}", schema);
    QVERIFY2(problem.startsWith(u"credentials.field"_s), qPrintable(problem));
    QCOMPARE(problem.count(u'\n'), 0);
}

void TestJsonSchema::problems_allAtOnce_areReported()
{
    const QJsonObject schema = object(R"({"type": "object", "required": ["a", "b"], "additionalProperties": false,
        "properties": {"a": {"type": "string"}, "b": {"type": "string"}, "c": {"type": "integer"}}})");
    const auto found = validateJson(object(R"({"c": "x", "d": 1})"), schema, u"config"_s);
    QStringList fields;
    for (const FieldError &problem : found)
        fields.append(problem.field);
    fields.sort();
    QCOMPARE(fields, (QStringList{u"config.a"_s, u"config.b"_s, u"config.c"_s, u"config.d"_s}));
}

void TestJsonSchema::unknownProperty_isNamedWithTheKnownOnes()
{
    const QJsonObject schema = object(R"({"type": "object", "additionalProperties": false,
        "properties": {"table": {"type": "string"}, "schema": {"type": "string"}}})");
    const QString problem = problems(R"({"tabel": "x"})", schema);
    QVERIFY2(problem.startsWith(u"credentials.tabel: "_s) && problem.contains(u"schema, table"_s), qPrintable(problem));
}

void TestJsonSchema::oneOf_eitherForm_isAccepted()
{
    QCOMPARE(problems(R"({"connection_string": "x"})", login()), QString());
    QCOMPARE(problems(R"({"host": "h", "user": "u", "password": "p"})", login()), QString());
}

void TestJsonSchema::oneOf_nothingGiven_namesTheWays()
{
    QCOMPARE(problems("{}", login()), u"credentials: Fill in one of these: connection_string; host, user, password."_s);
}

void TestJsonSchema::oneOf_partGiven_reportsThatForm()
{
    const QString missing = problems(R"({"host": "h", "port": 0})", login());
    QVERIFY2(missing.contains(u"credentials.user: "_s) && missing.contains(u"credentials.password: "_s) &&
                 missing.contains(u"credentials.port: "_s) && !missing.contains(u"connection_string"_s),
             qPrintable(missing));
    const QString unknown = problems(R"({"connection_string": "x", "hots": "h"})", login());
    QVERIFY2(unknown.startsWith(u"credentials.hots: "_s), qPrintable(unknown));
}

void TestJsonSchema::oneOf_commonPartGiven_namesTheWays()
{
    const QJsonObject schema = object(R"({"oneOf": [
        {"type": "object", "properties": {"bucket": {"type": "string"}, "key": {"type": "string"}}, "required": ["bucket", "key"], "additionalProperties": false},
        {"type": "object", "properties": {"bucket": {"type": "string"}, "prefix": {"type": "string"}}, "required": ["bucket", "prefix"], "additionalProperties": false}]})");
    QCOMPARE(problems(R"({"bucket": "b"})", schema), u"credentials: Fill in one of these: key; prefix."_s);
    const QString wrong = problems(R"({"bucket": 5})", schema);
    QVERIFY2(wrong.contains(u"credentials.bucket: "_s) && wrong.contains(u"key; prefix"_s), qPrintable(wrong));
}

void TestJsonSchema::oneOf_bothFormsGiven_isRefused()
{
    const QString problem =
        problems(R"({"connection_string": "x", "host": "h", "user": "u", "password": "p"})", login());
    QVERIFY2(problem.startsWith(u"credentials.connection_string: "_s), qPrintable(problem));
}

void TestJsonSchema::oneOf_severalFormsFitting_isRefused()
{
    const QJsonObject schema = object(R"({"oneOf": [{"type": "object"}, {"type": "object"}]})");
    QVERIFY(problems("{}", schema).startsWith(u"credentials: "_s));
}

void TestJsonSchema::anyOf_severalFormsFitting_isAccepted()
{
    const QJsonObject schema = object(R"({"anyOf": [{"type": "object"}, {"type": "object"}, {"type": "string"}]})");
    QCOMPARE(problems("{}", schema), QString());
}

void TestJsonSchema::secretProperties_ofAllForms_areFound()
{
    QCOMPARE(secretProperties(login()), (QStringList{u"connection_string"_s, u"password"_s}));
}

QTEST_GUILESS_MAIN(TestJsonSchema)
#include "tst_json_schema.moc"
