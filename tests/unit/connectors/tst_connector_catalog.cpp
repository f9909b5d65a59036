// SPDX-License-Identifier: GPL-3.0-or-later
// What every connector has to keep to, checked for all of them from what they say of themselves.
#include "connectors/connector_catalog.h"
#include "models/domain/json_schema.h"
#include "tests/support/result_checks.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace idstore;
using namespace Qt::StringLiterals;

namespace {

const QStringList promisedIds = {u"postgres_identity"_s,
                                 u"mysql_identity"_s,
                                 u"snowflake_identity"_s,
                                 u"bigquery_identity"_s,
                                 u"csv_url"_s,
                                 u"s3_csv"_s,
                                 u"gcs_csv"_s,
                                 u"azure_blob_csv"_s,
                                 u"google_sheets"_s,
                                 u"sftp_csv"_s,
                                 u"salesforce_contacts"_s,
                                 u"microsoft_contacts"_s,
                                 u"google_contacts"_s,
                                 u"hubspot_contacts"_s,
                                 u"airtable_records"_s,
                                 u"stripe_customers"_s,
                                 u"intercom_contacts"_s,
                                 u"pipedrive_persons"_s,
                                 u"zendesk_users"_s,
                                 u"shopify_customers"_s,
                                 u"klaviyo_profiles"_s,
                                 u"mailchimp_members"_s};

/// Names that give themselves away as secrets.
const QRegularExpression secretName(u"(password|secret$|secret_access_key|_token$|^api_key$|account_key|private_key|"
                                    "passphrase|client_key|connection_string|service_account_json|^headers$)"_s);

/// The forms of a schema: its branches, or itself.
QList<QJsonObject> forms(const QJsonObject &schema)
{
    QList<QJsonObject> list;
    const QJsonArray branches = schema[u"oneOf"_s].toArray();
    for (const QJsonValue &branch : branches)
        list.append(branch.toObject());
    if (list.isEmpty())
        list.append(schema);
    return list;
}

QStringList required(const QJsonObject &form)
{
    QStringList names;
    const QJsonArray array = form[u"required"_s].toArray();
    for (const QJsonValue &name : array)
        names.append(name.toString());
    return names;
}

QJsonValue exampleOf(const QString &name, const QJsonObject &rules)
{
    if (rules.contains(u"enum"_s))
        return rules[u"enum"_s].toArray().first();
    const QString type =
        rules[u"type"_s].isArray() ? rules[u"type"_s].toArray().first().toString() : rules[u"type"_s].toString();
    if (type == u"integer")
        return rules[u"minimum"_s].toInt(1);
    if (type == u"boolean")
        return true;
    if (type == u"array")
        return QJsonArray{u"x"_s};
    if (type == u"object")
        return QJsonObject{{u"x"_s, u"y"_s}};
    if (name == u"host_key_sha256")
        return QString(u"SHA256:"_s + QString(43, u'x'));
    const bool isAddress = name == u"url" || name == u"base_url" || name == u"endpoint";
    return isAddress ? u"https://example.org"_s : u"x"_s;
}

QJsonObject example(const QJsonObject &form, const QStringList &names)
{
    QJsonObject value;
    for (const QString &name : names)
        value.insert(name, exampleOf(name, form[u"properties"_s].toObject()[name].toObject()));
    return value;
}

QString shown(const QList<FieldError> &problems)
{
    QStringList lines;
    for (const FieldError &problem : problems)
        lines.append(problem.field + u": " + problem.message);
    return lines.join(u'\n');
}

bool names(const QList<FieldError> &problems, const QString &field)
{
    for (const FieldError &problem : problems) {
        const bool amongWays =
            problem.field == field.section(u'.', 0, 0) && problem.message.contains(field.section(u'.', 1));
        if (problem.field == field || amongWays)
            return true;
    }
    return false;
}

} // namespace

class TestConnectorCatalog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ids_areExactlyThePromised();
    void find_knowsAllAndTheFile();
    void descriptor_saysWhatItIs_data() { eachConnector(); }
    void descriptor_saysWhatItIs();
    void schemas_areWellFormed_data() { eachConnector(); }
    void schemas_areWellFormed();
    void secrets_areMarked_data() { eachConnector(); }
    void secrets_areMarked();
    void forms_acceptTheirExamples_data() { eachConnector(); }
    void forms_acceptTheirExamples();
    void forms_refuseUnknownFields_data() { eachConnector(); }
    void forms_refuseUnknownFields();
    void forms_nameMissingFields_data() { eachConnector(); }
    void forms_nameMissingFields();
    void commonConfig_isAccepted_data() { eachConnector(); }
    void commonConfig_isAccepted();
    void open_notReadable_saysSo_data() { eachConnector(); }
    void open_notReadable_saysSo();
    void s3Config_keyOrPrefix_isToldApart();
    void s3KeyColumns_objectKey_isNoColumn();
    void postgresCredentials_certificate_goesWithBothForms();
    void baseUrl_plainHttpElsewhere_isRefused();

private:
    static void eachConnector();
    [[nodiscard]] const ConnectorDescriptor &described() const
    {
        return m_catalog.find(QString::fromLatin1(QTest::currentDataTag()))->descriptor();
    }
    /// Credentials and config, each with the path the services use.
    [[nodiscard]] QList<std::pair<QString, QJsonObject>> schemas() const
    {
        return {{u"credentials"_s, described().credentialsSchema}, {u"config"_s, described().configSchema}};
    }

    BuiltInConnectors m_catalog;
};

void TestConnectorCatalog::eachConnector()
{
    QTest::addColumn<int>("unused");
    for (const QString &id : promisedIds)
        QTest::newRow(qPrintable(id)) << 0;
    QTest::newRow(fileSourceType) << 0;
}

void TestConnectorCatalog::ids_areExactlyThePromised()
{
    QStringList ids;
    for (const Connector *connector : m_catalog.all())
        ids.append(connector->descriptor().id);
    QCOMPARE(ids, promisedIds);
}

void TestConnectorCatalog::find_knowsAllAndTheFile()
{
    for (const Connector *connector : m_catalog.all())
        QCOMPARE(m_catalog.find(connector->descriptor().id), connector);
    QVERIFY(m_catalog.find(QString::fromLatin1(fileSourceType))->descriptor().readable);
    QVERIFY(!m_catalog.find(u"fax"));
}

void TestConnectorCatalog::descriptor_saysWhatItIs()
{
    const ConnectorDescriptor &descriptor = described();
    QCOMPARE(descriptor.id, QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY(!descriptor.title.isEmpty());
    QVERIFY(descriptor.summary.endsWith(u'.') && descriptor.summary.count(u'.') == 1);
    QVERIFY(!toString(descriptor.category).isEmpty());
    QVERIFY(!toString(descriptor.auth).isEmpty());
}

void TestConnectorCatalog::schemas_areWellFormed()
{
    static const QSet<QString> types = {u"object"_s, u"string"_s, u"integer"_s, u"number"_s, u"boolean"_s, u"array"_s};
    static const QSet<QString> fieldRules = {
        u"type"_s,     u"title"_s,     u"description"_s, u"writeOnly"_s, u"default"_s,   u"enum"_s,
        u"pattern"_s,  u"minLength"_s, u"maxLength"_s,   u"minimum"_s,   u"maximum"_s,   u"items"_s,
        u"minItems"_s, u"x-message"_s, u"x-where"_s,     u"x-section"_s, u"x-document"_s};
    for (const auto &[path, schema] : schemas()) {
        QCOMPARE(schema[u"type"_s].toString(), u"object"_s);
        for (const QJsonObject &form : forms(schema)) {
            QCOMPARE(form[u"additionalProperties"_s], QJsonValue(false));
            QVERIFY(!schema.contains(u"oneOf"_s) || !form[u"title"_s].toString().isEmpty());
            const QJsonObject properties = form[u"properties"_s].toObject();
            for (const QString &name : required(form))
                QVERIFY2(properties.contains(name), qPrintable(name));
            for (auto it = properties.begin(); it != properties.end(); ++it) {
                const QJsonObject rules = it.value().toObject();
                const QByteArray where = (path + u'.' + it.key()).toUtf8();
                QVERIFY2(!rules[u"title"_s].toString().isEmpty(), where.constData());
                QVERIFY2(rules[u"description"_s].toString().size() > 10, where.constData());
                for (const QString &rule : rules.keys())
                    QVERIFY2(fieldRules.contains(rule), qPrintable(rule));
                const QJsonArray list =
                    rules[u"type"_s].isArray() ? rules[u"type"_s].toArray() : QJsonArray{rules[u"type"_s]};
                for (const QJsonValue &type : list)
                    QVERIFY2(types.contains(type.toString()), where.constData());
                QVERIFY2(QRegularExpression(rules[u"pattern"_s].toString()).isValid(), where.constData());
                if (rules.contains(u"default"_s))
                    QCOMPARE(shown(validateJson(rules[u"default"_s], rules, it.key())), QString());
            }
        }
    }
}

void TestConnectorCatalog::secrets_areMarked()
{
    for (const QJsonObject &form : forms(described().credentialsSchema)) {
        const QJsonObject properties = form[u"properties"_s].toObject();
        for (auto it = properties.begin(); it != properties.end(); ++it)
            QVERIFY2(it.value().toObject()[u"writeOnly"_s].toBool() == secretName.match(it.key()).hasMatch(),
                     qPrintable(it.key()));
    }
    QCOMPARE(secretProperties(described().configSchema), QStringList());
    for (const QJsonObject &form : forms(described().configSchema)) {
        for (const QString &name : form[u"properties"_s].toObject().keys())
            QVERIFY2(!secretName.match(name).hasMatch(), qPrintable(name));
    }
}

void TestConnectorCatalog::forms_acceptTheirExamples()
{
    for (const auto &[path, schema] : schemas()) {
        for (const QJsonObject &form : forms(schema)) {
            QCOMPARE(shown(validateJson(example(form, required(form)), schema, path)), QString());
            const QJsonObject full = example(form, form[u"properties"_s].toObject().keys());
            QCOMPARE(shown(validateJson(full, schema, path)), QString());
        }
    }
}

void TestConnectorCatalog::forms_refuseUnknownFields()
{
    for (const auto &[path, schema] : schemas()) {
        for (const QJsonObject &form : forms(schema)) {
            QJsonObject value = example(form, required(form));
            value.insert(u"no_such_field"_s, 1);
            const auto problems = validateJson(value, schema, path);
            QVERIFY2(names(problems, path + u".no_such_field"_s), qPrintable(shown(problems)));
        }
    }
}

void TestConnectorCatalog::forms_nameMissingFields()
{
    for (const auto &[path, schema] : schemas()) {
        for (const QJsonObject &form : forms(schema)) {
            for (const QString &missing : required(form)) {
                QJsonObject value = example(form, required(form));
                value.remove(missing);
                const auto problems = validateJson(value, schema, path);
                // Without it, it may be another form that is complete.
                bool completesAnother = false;
                for (const QJsonObject &other : forms(schema))
                    completesAnother = completesAnother || validateJson(value, other, path).isEmpty();
                QVERIFY2(completesAnother || names(problems, path + u'.' + missing),
                         qPrintable(missing + u" missing: "_s + shown(problems)));
            }
        }
    }
}

void TestConnectorCatalog::commonConfig_isAccepted()
{
    static const QSet<QString> overNetworkOnly = {u"postgres_identity"_s, u"mysql_identity"_s, u"sftp_csv"_s};
    const ConnectorDescriptor &descriptor = described();
    QStringList common = {u"key"_s, u"columns"_s};
    const bool isFile = descriptor.id == QLatin1StringView(fileSourceType);
    if (!isFile)
        common += {u"ca_file"_s, u"timeout_seconds"_s};
    if (!isFile && !overNetworkOnly.contains(descriptor.id))
        common += u"base_url"_s;
    if (isFile || descriptor.id.endsWith(u"_csv") || descriptor.id == u"csv_url" || descriptor.id == u"google_sheets")
        common += {u"encoding"_s,   u"delimiter"_s, u"quote"_s, u"escape"_s,
                   u"header_row"_s, u"skip_rows"_s, u"sheet"_s, u"range"_s};
    for (const QJsonObject &form : forms(descriptor.configSchema)) {
        for (const QString &name : common)
            QVERIFY2(form[u"properties"_s].toObject().contains(name), qPrintable(name));
    }
}

void TestConnectorCatalog::open_notReadable_saysSo()
{
    if (described().readable)
        return;
    const auto opened = m_catalog.find(described().id)->open(ReadRequest{});
    IDS_VERIFY_ERROR(opened, ErrorKind::Source, "connector_not_available");
    QVERIFY(opened.error().message.contains(described().title));
    QVERIFY(!opened.error().remedy.isEmpty());
}

void TestConnectorCatalog::s3Config_keyOrPrefix_isToldApart()
{
    const QJsonObject &schema = m_catalog.find(u"s3_csv")->descriptor().configSchema;
    QJsonObject config = {{u"bucket"_s, u"b"_s}, {u"region"_s, u"eu-central-1"_s}};
    QVERIFY(shown(validateJson(config, schema, u"config"_s)).contains(u"key; prefix"_s));
    config.insert(u"key"_s, u"people.csv"_s);
    QCOMPARE(shown(validateJson(config, schema, u"config"_s)), QString());
    config.insert(u"prefix"_s, u"people/"_s);
    QCOMPARE(shown(validateJson(config, schema, u"config"_s)), QString());
    config.insert(u"key"_s, QJsonArray{u"id"_s, u"country"_s});
    QCOMPARE(shown(validateJson(config, schema, u"config"_s)), QString());
}

void TestConnectorCatalog::s3KeyColumns_objectKey_isNoColumn()
{
    const Connector *s3 = m_catalog.find(u"s3_csv");
    QCOMPARE(s3->keyColumns({{u"key"_s, u"people.csv"_s}}), QStringList());
    QCOMPARE(s3->keyColumns({{u"prefix"_s, QString()}, {u"key"_s, QJsonArray{u"id"_s, u"country"_s}}}),
             QStringList({u"id"_s, u"country"_s}));
    QCOMPARE(m_catalog.find(u"csv_url")->keyColumns({{u"key"_s, u"id, country"_s}}),
             QStringList({u"id"_s, u"country"_s}));
}

void TestConnectorCatalog::postgresCredentials_certificate_goesWithBothForms()
{
    const QJsonObject &schema = m_catalog.find(u"postgres_identity")->descriptor().credentialsSchema;
    QJsonObject credentials = {
        {u"connection_string"_s, u"postgresql://h/d"_s}, {u"client_certificate"_s, u"c"_s}, {u"client_key"_s, u"k"_s}};
    QCOMPARE(shown(validateJson(credentials, schema, u"credentials"_s)), QString());
    credentials = {{u"host"_s, u"h"_s},
                   {u"user"_s, u"u"_s},
                   {u"password"_s, u"p"_s},
                   {u"client_certificate"_s, u"c"_s},
                   {u"client_key"_s, u"k"_s}};
    QCOMPARE(shown(validateJson(credentials, schema, u"credentials"_s)), QString());
}

void TestConnectorCatalog::baseUrl_plainHttpElsewhere_isRefused()
{
    const QJsonObject &schema = m_catalog.find(u"hubspot_contacts")->descriptor().configSchema;
    for (const QString &good :
         {u"https://proxy.example.org:8443"_s, u"http://127.0.0.1:8080"_s, u"http://localhost"_s, u"http://[::1]:1/"_s})
        QCOMPARE(shown(validateJson(QJsonObject{{u"base_url"_s, good}}, schema, u"config"_s)), QString());
    for (const QString &bad :
         {u"http://example.org"_s, u"ftp://localhost"_s, u"https://a/b"_s, u"http://localhost.example.org"_s})
        QVERIFY2(!validateJson(QJsonObject{{u"base_url"_s, bad}}, schema, u"config"_s).isEmpty(), qPrintable(bad));
}

QTEST_GUILESS_MAIN(TestConnectorCatalog)
#include "tst_connector_catalog.moc"
