// SPDX-License-Identifier: GPL-3.0-or-later
// Forms drawn from the schemas of all connectors: every field is there, values come out as they went in, and what is
// wrong is said at its field.
#include "connectors/connector_catalog.h"
#include "ui/pages/add_source/document_editor.h"
#include "ui/pages/add_source/schema_form.h"
#include "ui/theme/theme.h"
#include "ui/widgets/segments.h"

#include <QAbstractButton>
#include <QApplication>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace idstore;

namespace {

QJsonValue exampleOf(const FieldSpec &field)
{
    switch (field.kind()) {
    case FieldSpec::Kind::Number:
        return field.rules[QLatin1StringView("minimum")].toInteger(1);
    case FieldSpec::Kind::Choice:
        return field.rules[QLatin1StringView("enum")].toArray().last();
    case FieldSpec::Kind::Switch:
        return !field.rules[QLatin1StringView("default")].toBool();
    case FieldSpec::Kind::List:
        return QJsonArray{QStringLiteral("first, with a comma"), QStringLiteral("second")};
    case FieldSpec::Kind::Pairs:
        return QJsonObject{{QStringLiteral("X-Key"), QStringLiteral("a: b")}};
    case FieldSpec::Kind::Document:
    case FieldSpec::Kind::SecretDocument:
        return QStringLiteral("{\n  \"a\": 1\n}\n");
    case FieldSpec::Kind::Text:
    case FieldSpec::Kind::Secret:
        break;
    }
    return QString(QStringLiteral("value of ") % field.name);
}

QList<FieldSpec> shownFieldsOf(const FormSpec &form)
{
    QList<FieldSpec> fields = form.fields;
    fields.removeIf([](const FieldSpec &field) { return field.section() == QLatin1StringView("reading"); });
    return fields;
}

} // namespace

class TestSchemaForm : public QObject
{
    Q_OBJECT

    BuiltInConnectors m_connectors;
    Theme m_theme{ThemeVariant::Light, QApplication::font()};

    [[nodiscard]] const ConnectorDescriptor &csvUrl() const { return m_connectors.find(u"csv_url")->descriptor(); }
    static QString noteOf(const SchemaForm &form, const QString &field)
    {
        const auto *note = form.findChild<QLabel *>(field + QStringLiteral("Note"));
        return note ? note->text() : QString();
    }
    void addSchemas() const
    {
        QTest::addColumn<QJsonObject>("schema");
        for (const Connector *connector : m_connectors.all()) {
            const ConnectorDescriptor &descriptor = connector->descriptor();
            QTest::addRow("%s credentials", qPrintable(descriptor.id)) << descriptor.credentialsSchema;
            QTest::addRow("%s config", qPrintable(descriptor.id)) << descriptor.configSchema;
        }
    }

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void everyConnector_isDrawn_data() { addSchemas(); }
    void everyConnector_isDrawn()
    {
        QFETCH(QJsonObject, schema);
        SchemaForm form(m_theme, schema, QStringLiteral("x"), QStringLiteral("Title"), nullptr);
        const QList<FormSpec> ways = formsOf(schema);
        const auto *segments = form.findChild<Segments *>();
        QCOMPARE(segments != nullptr, ways.size() > 1);
        for (int way = 0; way < static_cast<int>(ways.size()); ++way) {
            if (segments)
                segments->findChildren<QAbstractButton *>().at(way)->click();
            const QList<FieldSpec> fields = shownFieldsOf(ways.at(way));
            QCOMPARE(form.shownFields().size(), fields.size());
            for (const FieldSpec &field : fields) {
                const auto *control = form.findChild<QWidget *>(field.name);
                QVERIFY2(control, qPrintable(field.name));
                QVERIFY2(!control->accessibleName().isEmpty(), qPrintable(field.name));
                QCOMPARE(noteOf(form, field.name), field.help());
            }
        }
    }

    void values_comeOutAsTheyWentIn_data() { addSchemas(); }
    void values_comeOutAsTheyWentIn()
    {
        QFETCH(QJsonObject, schema);
        const QList<FormSpec> ways = formsOf(schema);
        for (const FormSpec &way : ways) {
            QJsonObject values;
            const QList<FieldSpec> fields = shownFieldsOf(way);
            for (const FieldSpec &field : fields)
                values.insert(field.name, exampleOf(field));
            SchemaForm form(m_theme, schema, QStringLiteral("x"), {}, nullptr);
            form.setValues(values);
            QCOMPARE(form.values(), values);
            QVERIFY(!form.isTouched());
        }
    }

    void mistake_isSaidAtItsField_andGoesWhenItIsMended()
    {
        SchemaForm form(m_theme, csvUrl().configSchema, QStringLiteral("config"), {}, nullptr);
        auto *url = form.findChild<QLineEdit *>(QStringLiteral("url"));
        const QString help = noteOf(form, QStringLiteral("url"));
        QTest::keyClicks(url, QStringLiteral("example.com/people.csv"));
        QCOMPARE(form.problemCount(), 0); // nobody is interrupted at the first letter
        QTRY_COMPARE(form.problemCount(), 1);
        QVERIFY(noteOf(form, QStringLiteral("url")).contains(QStringLiteral("whole address")));
        QCOMPARE(url->accessibleDescription(), noteOf(form, QStringLiteral("url")));
        url->clear();
        QTest::keyClicks(url, QStringLiteral("https://example.com/people.csv"));
        QTRY_COMPARE(form.problemCount(), 0);
        QCOMPARE(noteOf(form, QStringLiteral("url")), help);
    }

    void missingField_isAskedFor()
    {
        SchemaForm form(m_theme, csvUrl().configSchema, QStringLiteral("config"), {}, nullptr);
        form.showProblems(form.problems());
        QCOMPARE(form.problemCount(), 1);
        QCOMPARE(noteOf(form, QStringLiteral("url")), QStringLiteral("Fill this in."));
    }

    void mistakeBehindTheFold_opensIt()
    {
        SchemaForm form(m_theme, csvUrl().configSchema, QStringLiteral("config"), {}, nullptr);
        form.show();
        auto *base = form.findChild<QLineEdit *>(QStringLiteral("base_url"));
        QVERIFY(!base->isVisible());
        form.enter(QStringLiteral("base_url"), QStringLiteral("gateway"));
        form.showProblems(form.problems());
        QVERIFY(base->isVisible());
    }

    void storedSecret_isKept_unlessTypedOver()
    {
        SchemaForm form(m_theme, csvUrl().credentialsSchema, QStringLiteral("credentials"), {}, nullptr);
        const QJsonObject hint{{QStringLiteral("set"), true}, {QStringLiteral("hint"), QStringLiteral("…9f2c")}};
        form.setValues({{QStringLiteral("username"), QStringLiteral("ada")}, {QStringLiteral("password"), hint}});
        auto *password = form.findChild<QLineEdit *>(QStringLiteral("password"));
        QCOMPARE(password->echoMode(), QLineEdit::Password);
        QVERIFY(password->text().isEmpty());
        QVERIFY(password->placeholderText().contains(QStringLiteral("9f2c")));
        QCOMPARE(form.values()[QLatin1StringView("password")], QJsonValue(QJsonObject{{QStringLiteral("set"), true}}));
        QVERIFY(form.problems().isEmpty());
        QTest::keyClicks(password, QStringLiteral(" another "));
        QCOMPARE(form.values()[QLatin1StringView("password")], QJsonValue(QStringLiteral(" another ")));
        form.forgetSecrets();
        QCOMPARE(form.values()[QLatin1StringView("username")], QJsonValue(QStringLiteral("ada")));
    }

    void storedSecret_thatIsOptional_canBeRemoved()
    {
        SchemaForm form(m_theme, csvUrl().credentialsSchema, QStringLiteral("credentials"), {}, nullptr);
        const QJsonObject hint{{QStringLiteral("set"), true}};
        form.setValues({{QStringLiteral("username"), QStringLiteral("ada")}, {QStringLiteral("password"), hint}});
        auto *remove = form.findChild<QPushButton *>(QStringLiteral("passwordRemove"));
        QVERIFY(remove);
        remove->click();
        QVERIFY(form.isTouched());
        QVERIFY(!form.values().contains(QStringLiteral("password")));
        QVERIFY(form.problems().isEmpty());
        remove->click();
        QCOMPARE(form.values()[QLatin1StringView("password")], QJsonValue(hint));
    }

    void anotherWay_keepsWhatBothHave()
    {
        const ConnectorDescriptor &sftp = m_connectors.find(u"sftp_csv")->descriptor();
        SchemaForm form(m_theme, sftp.credentialsSchema, QStringLiteral("credentials"), {}, nullptr);
        QTest::keyClicks(form.findChild<QLineEdit *>(QStringLiteral("username")), QStringLiteral("ada"));
        const auto ways = form.findChild<Segments *>()->findChildren<QAbstractButton *>();
        ways.at(1)->click();
        QCOMPARE(form.findChild<QLineEdit *>(QStringLiteral("username"))->text(), QStringLiteral("ada"));
        QVERIFY(form.findChild<QWidget *>(QStringLiteral("private_key")));
        QVERIFY(!form.findChild<QWidget *>(QStringLiteral("password")));
    }

    void keyFile_isRead_andATooLargeOneIsNot()
    {
        const ConnectorDescriptor &gcs = m_connectors.find(u"bigquery_identity")->descriptor();
        SchemaForm form(m_theme, gcs.credentialsSchema, QStringLiteral("credentials"), {}, nullptr);
        auto *editor = form.findChild<DocumentEditor *>();
        QTemporaryDir folder;
        const auto write = [&folder](const QString &name, const QByteArray &content) {
            QFile file(folder.filePath(name));
            return file.open(QIODevice::WriteOnly) && file.write(content) == content.size() ? file.fileName()
                                                                                            : QString();
        };
        QVERIFY(!editor->readFile(write(QStringLiteral("big.json"), QByteArray(DocumentEditor::maxFileSize + 1, 'x'))));
        QVERIFY(form.values().isEmpty());
        QVERIFY(editor->readFile(write(QStringLiteral("key.json"), "{\"type\": \"service_account\"}\n")));
        QCOMPARE(form.values()[QLatin1StringView("service_account_json")],
                 QJsonValue(QStringLiteral("{\"type\": \"service_account\"}\n")));
    }
};

QTEST_MAIN(TestSchemaForm)
#include "tst_schema_form.moc"
