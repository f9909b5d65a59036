// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/api/api_scripts.h"

#include <QProcess>
#include <QTest>

using namespace idstore;

namespace {

ScriptTarget target(const QString &tokenFile = QStringLiteral("/data/token"))
{
    return {QUrl(QStringLiteral("http://127.0.0.1:8765")), tokenFile, QStringLiteral("src_02")};
}

} // namespace

class TestApiScripts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void curl_startIngestion_isOneCommand();
    void everyScript_namesItsAddressAndReadsTheTokenFile();
    void pathWithQuotes_staysOneWord();
    void shellScript_isValidForTheShell();
};

void TestApiScripts::curl_startIngestion_isOneCommand()
{
    QCOMPARE(apiScript(ApiAction::StartIngestion, ScriptLanguage::Curl, target()),
             QStringLiteral("export IDENTITY_STORE_TOKEN=\"$(cat '/data/token')\"\n"
                            "\n"
                            "curl --fail-with-body --request POST \\\n"
                            "  --header \"Authorization: Bearer $IDENTITY_STORE_TOKEN\" \\\n"
                            "  'http://127.0.0.1:8765/api/sources/src_02/ingest'"));
}

void TestApiScripts::everyScript_namesItsAddressAndReadsTheTokenFile()
{
    const QList<ApiActionInfo> actions = apiActions();
    QCOMPARE(actions.size(), 9);
    for (const ApiActionInfo &info : actions) {
        for (const ScriptLanguage language :
             {ScriptLanguage::Curl, ScriptLanguage::Python, ScriptLanguage::PowerShell}) {
            const QString script = apiScript(info.action, language, target());
            const QString path = info.needsSource ? info.path.arg(QStringLiteral("src_02")) : info.path;
            const QString url = QStringLiteral("http://127.0.0.1:8765") + path;
            QVERIFY2(script.contains(url), qPrintable(script));
            QVERIFY2(script.contains(QLatin1StringView("/data/token")), qPrintable(script));
            QVERIFY2(script.contains(QLatin1StringView("Bearer")), qPrintable(script));
            QVERIFY2(script.contains(info.method, Qt::CaseInsensitive), qPrintable(script));
        }
    }
}

void TestApiScripts::pathWithQuotes_staysOneWord()
{
    const ScriptTarget odd = target(QStringLiteral("/Ada's \"data\"/token"));
    QVERIFY(apiScript(ApiAction::ListSources, ScriptLanguage::Curl, odd)
                .contains(QLatin1StringView("'/Ada'\\''s \"data\"/token'")));
    QVERIFY(apiScript(ApiAction::ListSources, ScriptLanguage::PowerShell, odd)
                .contains(QLatin1StringView("'/Ada''s \"data\"/token'")));
    QVERIFY(apiScript(ApiAction::ListSources, ScriptLanguage::Python, odd)
                .contains(QLatin1StringView("\"/Ada's \\\"data\\\"/token\"")));
}

void TestApiScripts::shellScript_isValidForTheShell()
{
    for (const ApiActionInfo &info : apiActions()) {
        QProcess shell;
        shell.start(QStringLiteral("/bin/sh"), {QStringLiteral("-n")});
        QVERIFY(shell.waitForStarted());
        shell.write(apiScript(info.action, ScriptLanguage::Curl, target(QStringLiteral("/Ada's/token"))).toUtf8());
        shell.closeWriteChannel();
        QVERIFY(shell.waitForFinished());
        QVERIFY2(shell.exitCode() == 0, shell.readAllStandardError().constData());
    }
}

QTEST_MAIN(TestApiScripts)
#include "tst_api_scripts.moc"
