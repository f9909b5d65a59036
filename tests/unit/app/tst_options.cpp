// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/option_tables.h"
#include "app/options.h"
#include "tests/support/result_checks.h"

#include <QDir>
#include <QTest>

using namespace idstore;

namespace {

QProcessEnvironment environmentWith(const QString &name, const QString &value)
{
    QProcessEnvironment environment;
    environment.insert(name, value);
    return environment;
}

} // namespace

class TestOptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void arguments_none_openWindowWithDefaults();
    void arguments_serveWithOptions_areTaken();
    void arguments_optionBeforeCommand_isTaken();
    void arguments_import_filesAndName();
    void arguments_import_settingsAddUp();
    void arguments_export_outputAndFormat();
    void arguments_tokenCreate_scope();
    void arguments_afterTwoDashes_areWords();
    void help_anywhere_wins();
    void environment_mirrorsEveryStartOption();
    void environment_option_winsOverVariable();
    void environment_wrongValueOverridden_isNoMatter();
    void wrongUsage_namesTheProblem_data();
    void wrongUsage_namesTheProblem();
    void store_address_isNotRepeated();
    void byteSize_text_gives_data();
    void byteSize_text_gives();
    void tables_everyCommand_isInHelp();
};

void TestOptions::arguments_none_openWindowWithDefaults()
{
    const auto invocation = parseInvocation({}, {});
    IDS_VERIFY_OK(invocation);
    QVERIFY(invocation->face == Face::Window);
    QVERIFY(invocation->start.dataDirectory.endsWith(QStringLiteral("/identity-store")));
    QCOMPARE(invocation->start.tokenFile, invocation->start.dataDirectory + QStringLiteral("/token"));
    QCOMPARE(invocation->start.port, quint16(8765));
    QCOMPARE(invocation->start.uploadLimit, 2LL * 1024 * 1024 * 1024);
}

void TestOptions::arguments_serveWithOptions_areTaken()
{
    const auto invocation = parseInvocation(
        {QStringLiteral("serve"), QStringLiteral("--port"), QStringLiteral("0"), QStringLiteral("--data-dir=data"),
         QStringLiteral("--token-file"), QStringLiteral("/t/key"), QStringLiteral("--upload-limit"),
         QStringLiteral("500M"), QStringLiteral("--store=sqlite"), QStringLiteral("--secrets=vault"),
         QStringLiteral("--vault-passphrase-file=/t/phrase"), QStringLiteral("--proxy"), QStringLiteral("proxy:3128")},
        {});
    IDS_VERIFY_OK(invocation);
    QVERIFY(invocation->face == Face::Serve);
    QCOMPARE(invocation->start.port, quint16(0));
    QCOMPARE(invocation->start.dataDirectory, QDir::current().absoluteFilePath(QStringLiteral("data")));
    QCOMPARE(invocation->start.tokenFile, QStringLiteral("/t/key"));
    QCOMPARE(invocation->start.uploadLimit, 500LL * 1024 * 1024);
    QVERIFY(invocation->start.secrets == SecretsChoice::Vault);
    QCOMPARE(invocation->start.vaultPassphraseFile, QStringLiteral("/t/phrase"));
    QVERIFY(!invocation->start.vaultKeyInFile);
    QCOMPARE(invocation->start.proxy, QStringLiteral("http://proxy:3128"));
}

void TestOptions::arguments_optionBeforeCommand_isTaken()
{
    const auto invocation =
        parseInvocation({QStringLiteral("--data-dir"), QStringLiteral("/d"), QStringLiteral("list")}, {});
    IDS_VERIFY_OK(invocation);
    QVERIFY(invocation->command.kind == CommandKind::List);
    QCOMPARE(invocation->start.dataDirectory, QStringLiteral("/d"));
}

void TestOptions::arguments_import_settingsAddUp()
{
    const auto invocation =
        parseInvocation({QStringLiteral("import"), QStringLiteral("a.csv"), QStringLiteral("--into"),
                         QStringLiteral("src_01"), QStringLiteral("--config"),
                         QStringLiteral("{\"quote\": \"'\", \"delimiter\": \"|\"}"), QStringLiteral("--delimiter"),
                         QStringLiteral(";"), QStringLiteral("--header-row=3"), QStringLiteral("--sheet=")},
                        {});
    IDS_VERIFY_OK(invocation);
    QCOMPARE(invocation->command.into, QStringLiteral("src_01"));
    QCOMPARE(invocation->command.config, (QJsonObject{{QStringLiteral("quote"), QStringLiteral("'")},
                                                      {QStringLiteral("delimiter"), QStringLiteral(";")},
                                                      {QStringLiteral("header_row"), 3},
                                                      {QStringLiteral("sheet"), QJsonValue::Null}}));
}

void TestOptions::arguments_import_filesAndName()
{
    const auto one = parseInvocation({QStringLiteral("import"), QStringLiteral("a.csv"), QStringLiteral("--name"),
                                      QStringLiteral("People"), QStringLiteral("--no-wait"), QStringLiteral("--json")},
                                     {});
    IDS_VERIFY_OK(one);
    QVERIFY(one->face == Face::Command);
    QVERIFY(one->command.kind == CommandKind::Import);
    QCOMPARE(one->command.arguments, QStringList{QStringLiteral("a.csv")});
    QCOMPARE(one->command.name, QStringLiteral("People"));
    QVERIFY(!one->command.wait);
    QVERIFY(one->command.json);

    const auto two = parseInvocation({QStringLiteral("import"), QStringLiteral("a"), QStringLiteral("b")}, {});
    IDS_VERIFY_OK(two);
    QCOMPARE(two->command.arguments.size(), 2);
    QVERIFY(two->command.wait);
}

void TestOptions::arguments_export_outputAndFormat()
{
    const auto file = parseInvocation({QStringLiteral("export"), QStringLiteral("src_01"), QStringLiteral("-o"),
                                       QStringLiteral("out"), QStringLiteral("--format"), QStringLiteral("ndjson")},
                                      {});
    IDS_VERIFY_OK(file);
    QCOMPARE(file->command.output, QStringLiteral("out"));
    QVERIFY(file->command.format == ExportFormat::Ndjson);

    const auto standard =
        parseInvocation({QStringLiteral("export"), QStringLiteral("src_01"), QStringLiteral("--output=-")}, {});
    IDS_VERIFY_OK(standard);
    QVERIFY(standard->command.output.isEmpty());
}

void TestOptions::arguments_tokenCreate_scope()
{
    const auto invocation = parseInvocation(
        {QStringLiteral("token"), QStringLiteral("create"), QStringLiteral("--scope"), QStringLiteral("read")}, {});
    IDS_VERIFY_OK(invocation);
    QVERIFY(invocation->command.kind == CommandKind::TokenCreate);
    QVERIFY(invocation->command.scope == TokenScope::Read);
}

void TestOptions::arguments_afterTwoDashes_areWords()
{
    const auto invocation =
        parseInvocation({QStringLiteral("import"), QStringLiteral("--"), QStringLiteral("--name")}, {});
    IDS_VERIFY_OK(invocation);
    QCOMPARE(invocation->command.arguments, QStringList{QStringLiteral("--name")});
}

void TestOptions::help_anywhere_wins()
{
    for (const QString &switchName : {QStringLiteral("--help"), QStringLiteral("-h")}) {
        const auto invocation = parseInvocation({QStringLiteral("serve"), switchName}, {});
        IDS_VERIFY_OK(invocation);
        QVERIFY(invocation->face == Face::Help);
    }
    const auto version = parseInvocation({QStringLiteral("--version")}, {});
    IDS_VERIFY_OK(version);
    QVERIFY(version->face == Face::Version);
}

void TestOptions::environment_mirrorsEveryStartOption()
{
    QProcessEnvironment environment;
    environment.insert(QStringLiteral("IDENTITY_STORE_DATA_DIR"), QStringLiteral("/from/env"));
    environment.insert(QStringLiteral("IDENTITY_STORE_PORT"), QStringLiteral("9000"));
    environment.insert(QStringLiteral("IDENTITY_STORE_STORE"), QStringLiteral("sqlite"));
    environment.insert(QStringLiteral("IDENTITY_STORE_TOKEN_FILE"), QStringLiteral("/from/token"));
    environment.insert(QStringLiteral("IDENTITY_STORE_UPLOAD_LIMIT"), QStringLiteral("7"));
    const auto invocation = parseInvocation({QStringLiteral("serve")}, environment);
    IDS_VERIFY_OK(invocation);
    QCOMPARE(invocation->start.dataDirectory, QStringLiteral("/from/env"));
    QCOMPARE(invocation->start.port, quint16(9000));
    QCOMPARE(invocation->start.tokenFile, QStringLiteral("/from/token"));
    QCOMPARE(invocation->start.uploadLimit, 7);
}

void TestOptions::environment_option_winsOverVariable()
{
    const auto invocation =
        parseInvocation({QStringLiteral("serve"), QStringLiteral("--port=1")},
                        environmentWith(QStringLiteral("IDENTITY_STORE_PORT"), QStringLiteral("9000")));
    IDS_VERIFY_OK(invocation);
    QCOMPARE(invocation->start.port, quint16(1));
}

void TestOptions::environment_wrongValueOverridden_isNoMatter()
{
    const auto environment = environmentWith(QStringLiteral("IDENTITY_STORE_PORT"), QStringLiteral("many"));
    IDS_VERIFY_ERROR(parseInvocation({QStringLiteral("serve")}, environment), ErrorKind::InvalidInput, "wrong_usage");
    IDS_VERIFY_OK(parseInvocation({QStringLiteral("serve"), QStringLiteral("--port=1")}, environment));
}

void TestOptions::wrongUsage_namesTheProblem_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("named");
    QTest::newRow("unknown option") << QStringLiteral("serve --prot 1") << QStringLiteral("--prot");
    QTest::newRow("unknown letter") << QStringLiteral("export src_01 -x") << QStringLiteral("-x");
    QTest::newRow("letter with two dashes") << QStringLiteral("export src_01 --o f") << QStringLiteral("--o");
    QTest::newRow("unknown command") << QStringLiteral("exprot") << QStringLiteral("exprot");
    QTest::newRow("unknown token command") << QStringLiteral("token make") << QStringLiteral("token make");
    QTest::newRow("value missing") << QStringLiteral("serve --port") << QStringLiteral("--port");
    QTest::newRow("value given to a switch") << QStringLiteral("list --json=1") << QStringLiteral("--json");
    QTest::newRow("port too large") << QStringLiteral("serve --port 65536") << QStringLiteral("65535");
    QTest::newRow("port negative") << QStringLiteral("serve --port=-1") << QStringLiteral("65535");
    QTest::newRow("secrets elsewhere") << QStringLiteral("serve --secrets cloud") << QStringLiteral("--secrets");
    QTest::newRow("proxy with a password")
        << QStringLiteral("serve --proxy http://a:b@proxy") << QStringLiteral("--proxy");
    QTest::newRow("upload limit zero") << QStringLiteral("serve --upload-limit 0") << QStringLiteral("--upload-limit");
    QTest::newRow("other store") << QStringLiteral("serve --store mysql") << QStringLiteral("sqlite");
    QTest::newRow("format") << QStringLiteral("export src_01 --format xml") << QStringLiteral("ndjson");
    QTest::newRow("scope") << QStringLiteral("token create --scope all") << QStringLiteral("read");
    QTest::newRow("import without files") << QStringLiteral("import") << QStringLiteral("import FILE");
    QTest::newRow("ingest two") << QStringLiteral("ingest src_01 src_02") << QStringLiteral("ingest ID");
    QTest::newRow("name for many files") << QStringLiteral("import a b --name x") << QStringLiteral("--name");
    QTest::newRow("into for many files") << QStringLiteral("import a b --into src_01") << QStringLiteral("--into");
    QTest::newRow("into and a name") << QStringLiteral("import a --into src_01 --name x") << QStringLiteral("--into");
    QTest::newRow("config that is no JSON") << QStringLiteral("import a --config x") << QStringLiteral("--config");
    QTest::newRow("header row") << QStringLiteral("import a --header-row x") << QStringLiteral("--header-row");
    QTest::newRow("option of another command") << QStringLiteral("list --full") << QStringLiteral("--full");
    QTest::newRow("command's option for the window") << QStringLiteral("--json") << QStringLiteral("--json");
}

void TestOptions::wrongUsage_namesTheProblem()
{
    QFETCH(const QString, line);
    QFETCH(const QString, named);
    const auto invocation = parseInvocation(line.split(u' '), {});
    IDS_VERIFY_ERROR(invocation, ErrorKind::InvalidInput, "wrong_usage");
    QVERIFY2(invocation.error().message.contains(named), qPrintable(invocation.error().message));
}

void TestOptions::store_address_isNotRepeated()
{
    const auto invocation = parseInvocation(
        {QStringLiteral("serve"), QStringLiteral("--store"), QStringLiteral("postgresql://u:hunter2@host/db")}, {});
    IDS_VERIFY_ERROR(invocation, ErrorKind::InvalidInput, "wrong_usage");
    QVERIFY(invocation.error().message.contains(QStringLiteral("come later")));
    QVERIFY(!invocation.error().detail().contains(QStringLiteral("hunter2")));
}

void TestOptions::byteSize_text_gives_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("bytes"); // 0: refused
    QTest::newRow("plain") << QStringLiteral("1048576") << qint64(1048576);
    QTest::newRow("kilo") << QStringLiteral("3k") << qint64(3072);
    QTest::newRow("mega") << QStringLiteral("500M") << qint64(524288000);
    QTest::newRow("giga") << QStringLiteral("2G") << qint64(2147483648);
    QTest::newRow("tera") << QStringLiteral("1T") << qint64(1099511627776);
    QTest::newRow("empty") << QString() << qint64(0);
    QTest::newRow("unit alone") << QStringLiteral("M") << qint64(0);
    QTest::newRow("zero") << QStringLiteral("0") << qint64(0);
    QTest::newRow("negative") << QStringLiteral("-5") << qint64(0);
    QTest::newRow("fraction") << QStringLiteral("1.5G") << qint64(0);
    QTest::newRow("words") << QStringLiteral("2 GB") << qint64(0);
    QTest::newRow("overflow") << QStringLiteral("9999999999T") << qint64(0);
    QTest::newRow("overflowing digits") << QStringLiteral("99999999999999999999") << qint64(0);
}

void TestOptions::byteSize_text_gives()
{
    QFETCH(const QString, text);
    QFETCH(const qint64, bytes);
    QCOMPARE(parseByteSize(text).value_or(0), bytes);
}

void TestOptions::tables_everyCommand_isInHelp()
{
    const QString help = helpText();
    for (const CommandSpec &command : commandTable())
        QVERIFY2(help.contains(QStringLiteral("\n  ") + QLatin1StringView(command.name)), command.name);
    for (const OptionSpec &option : optionTable()) {
        QVERIFY2(help.contains(QStringLiteral("--") + QLatin1StringView(option.name)), option.name);
        QVERIFY2(help.contains(QLatin1StringView(option.environment)), option.environment);
    }
}

QTEST_GUILESS_MAIN(TestOptions)
#include "tst_options.moc"
