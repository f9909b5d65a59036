// SPDX-License-Identifier: GPL-3.0-or-later
// One secret is planted in every secret field of every source type, and then looked for everywhere.
#include "tests/support/result_checks.h"
#include "tests/support/serve_process.h"

#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <csignal>

#include <sys/resource.h>
#include <unistd.h>

using namespace idstore;
using namespace Qt::StringLiterals;
using test::Reply;
using test::ServeProcess;

namespace {

/// What is looked for. Its characters look different in each encoding; what stands before and after it in a field does
/// not matter. The last ones of a field may be shown.
const QByteArray canary = "CaNaRy/4711+Zq=w%x";
const QString planted = QString::fromLatin1("head-" + canary + "-tail-of-a-secret");

struct Spelling
{
    const char *name;
    QByteArray bytes;
};

QList<Spelling> spellings()
{
    const auto utf16 = [](bool bigEndian) {
        QByteArray bytes;
        for (const char c : canary)
            bytes.append(bigEndian ? '\0' : c).append(bigEndian ? c : '\0');
        return bytes;
    };
    QList<Spelling> all{{"plain", canary},
                        {"percent-encoded", canary.toPercentEncoding()},
                        {"percent-encoded, lower", canary.toPercentEncoding().toLower()},
                        {"hex", canary.toHex()},
                        {"HEX", canary.toHex().toUpper()},
                        {"UTF-16LE", utf16(false)},
                        {"UTF-16BE", utf16(true)},
                        {"JSON", QByteArray(canary).replace("/", "\\/")}};
    // As it stands in base64 behind 0, 1 or 2 bytes of something else, without the digits that those share.
    for (int before = 0; before < 3; ++before) {
        for (const auto option : {QByteArray::Base64Encoding, QByteArray::Base64UrlEncoding}) {
            const QByteArray digits =
                QByteArray(QByteArray(before, 'x') + canary).toBase64(option | QByteArray::OmitTrailingEquals);
            const int shared = (before * 8 + 5) / 6;
            all.append({"base64", digits.mid(shared, digits.size() - shared - 2)});
        }
    }
    return all;
}

/// The name of the first spelling found; null when there is none.
const char *findCanary(const QByteArray &bytes)
{
    static const QList<Spelling> all = spellings();
    for (const Spelling &spelling : all) {
        if (bytes.contains(spelling.bytes))
            return spelling.name;
    }
    return nullptr;
}

/// The same in what strace writes with -xx: every byte as \xNN.
bool straceShowsCanary(const QByteArray &trace)
{
    static const QList<Spelling> all = spellings();
    return std::any_of(all.begin(), all.end(), [&](const Spelling &spelling) {
        QByteArray escaped;
        for (const char c : spelling.bytes)
            escaped += "\\x" + QByteArray(1, c).toHex();
        return trace.contains(escaped);
    });
}

QList<QJsonObject> formsOf(const QJsonObject &schema)
{
    QList<QJsonObject> forms;
    for (const QJsonValue &form : schema[u"oneOf"_s].toArray())
        forms.append(form.toObject());
    return forms.isEmpty() ? QList<QJsonObject>{schema} : forms;
}

/// A value that the schema takes and that leads nowhere but to a closed port of this computer.
QJsonValue harmlessValue(const QString &name, const QJsonObject &rules)
{
    if (name == u"url")
        return u"http://127.0.0.1:9/leads.csv"_s;
    if (name == u"endpoint" || name == u"base_url" || name == u"login_url" || name == u"instance_url")
        return u"https://127.0.0.1:9"_s;
    if (name == u"host")
        return u"127.0.0.1"_s;
    if (name == u"port")
        return 9;
    if (rules.contains(u"enum"_s))
        return rules[u"enum"_s].toArray().first();
    const QString type = rules[u"type"_s].toString();
    if (type == u"integer")
        return 1;
    if (type == u"boolean")
        return false;
    if (type == u"array")
        return QJsonArray{u"id"_s};
    return u"people"_s;
}

QJsonValue secretValue(const QString &name, const QJsonObject &rules)
{
    if (name == u"service_account_json")
        return QString(uR"({"type": "service_account", "client_email": "a@example.com", "private_key": ")"_s + planted +
                       uR"("})"_s);
    if (rules[u"type"_s].toString() == u"object")
        return QJsonObject{{u"X-Key"_s, planted}};
    return planted;
}

bool isSecret(const QJsonObject &rules)
{
    return rules[u"writeOnly"_s].toBool();
}

QJsonObject filledForm(const QJsonObject &form)
{
    QJsonObject filled;
    const QJsonObject properties = form[u"properties"_s].toObject();
    const QJsonArray required = form[u"required"_s].toArray();
    for (auto it = properties.begin(); it != properties.end(); ++it) {
        const QJsonObject rules = it.value().toObject();
        if (isSecret(rules))
            filled.insert(it.key(), secretValue(it.key(), rules));
        else if (required.contains(it.key()) || it.key() == u"endpoint" || it.key() == u"base_url")
            filled.insert(it.key(), harmlessValue(it.key(), rules));
    }
    return filled;
}

bool hasSecret(const QJsonObject &form)
{
    const QJsonObject properties = form[u"properties"_s].toObject();
    return std::any_of(properties.begin(), properties.end(),
                       [](const QJsonValue &rules) { return isSecret(rules.toObject()); });
}

} // namespace

class TestCanary : public QObject
{
    Q_OBJECT

    /// Everything that the API has answered, one after another.
    QByteArray m_answers;
    int m_planted = 0;

    Reply keep(Reply reply)
    {
        m_answers += reply.body + '\n' + reply.failure.toUtf8() + '\n';
        return reply;
    }

    /// Takes one source of each form of each type through its life: made, changed, tested, looked at, run.
    void useEverySourceType(const ServeProcess &process)
    {
        m_answers.clear();
        m_planted = 0;
        const auto &api = process.api();
        const QJsonArray connectors = api.get(u"/api/connectors"_s).array();
        QVERIFY(connectors.size() > 20);
        QStringList sources;
        for (const QJsonValue &value : connectors) {
            const QJsonObject connector = value.toObject();
            const QString type = connector[u"source_type"_s].toString();
            const QJsonObject config = filledForm(formsOf(connector[u"config_schema"_s].toObject()).first());
            for (const QJsonObject &form : formsOf(connector[u"credentials_schema"_s].toObject())) {
                if (!hasSecret(form))
                    continue;
                const QJsonObject credentials = filledForm(form);
                const QJsonObject source{{u"name"_s, type},
                                         {u"source_type"_s, type},
                                         {u"credentials"_s, credentials},
                                         {u"config"_s, config}};
                const Reply made = keep(api.post(u"/api/sources"_s, source));
                QVERIFY2(made.status == 201, qPrintable(type + u": "_s + QString::fromUtf8(made.body)));
                ++m_planted;
                const QString id = made.text("id");
                sources.append(id);
                const QString path = u"/api/sources/"_s + id;
                QCOMPARE(keep(api.patch(path, {{u"credentials"_s, credentials}})).status, 200);
                // Secrets in places where none belong are refused without being repeated.
                for (const QJsonObject &wrong :
                     {QJsonObject{{u"credentials"_s, QJsonObject{{u"nonsense"_s, planted}}}},
                      QJsonObject{{u"credentials"_s, planted}},
                      QJsonObject{{u"config"_s, QJsonObject{{u"port"_s, planted}, {u"header_row"_s, planted}}}}})
                    QCOMPARE(keep(api.patch(path, wrong)).status, 422);
                keep(api.post(path + u"/test"_s));
                keep(api.post(u"/api/connectors/"_s + type + u"/test"_s,
                              {{u"credentials"_s, credentials}, {u"config"_s, config}}));
                for (const char *answer : {"", "/preview", "/records", "/history", "/rejects", "/export?format=csv"})
                    keep(api.get(path + QLatin1StringView(answer)));
                keep(api.post(path + u"/preview"_s));
                runShortly(process, id);
            }
        }
        keep(api.get(u"/api/sources"_s));
        keep(api.get(u"/api/openapi.json"_s));
        QCOMPARE(api.remove(u"/api/sources/"_s + sources.first()).status, 204);
        keep(api.get(u"/api/sources/"_s + sources.first()));
        QVERIFY(m_planted > 25);
    }

    /// A run against a port where nobody listens: to its end, or to where it would wait before trying again.
    void runShortly(const ServeProcess &process, const QString &source)
    {
        const auto &api = process.api();
        const QString run = keep(api.post(u"/api/sources/%1/ingest"_s.arg(source))).text("run_id");
        QElapsedTimer waited;
        waited.start();
        while (!run.isEmpty() && api.get(u"/api/runs/"_s + run).text("status") == u"running") {
            if (waited.hasExpired(500))
                keep(api.post(u"/api/sources/%1/cancel"_s.arg(source)));
            QThread::msleep(10);
        }
        keep(api.get(u"/api/runs/"_s + run));
        keep(api.get(u"/api/runs/%1/log"_s.arg(run)));
    }

    static QString fileWithCanary(const QString &folder)
    {
        QDirIterator files(folder, QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (!file.open(QIODevice::ReadOnly))
                continue;
            if (const char *spelling = findCanary(file.readAll()))
                return file.fileName() + u": "_s + QLatin1StringView(spelling);
        }
        return {};
    }

private Q_SLOTS:
    void search_findsEachSpelling()
    {
        QVERIFY(findCanary("x" + planted.toUtf8()));
        for (const QByteArray &before : {QByteArray(), QByteArray("a"), QByteArray("ab"), QByteArray("user:")})
            QVERIFY(findCanary(QByteArray(before + planted.toUtf8()).toBase64()));
        QVERIFY(findCanary(planted.toUtf8().toHex()));
        QVERIFY(findCanary(planted.toUtf8().toPercentEncoding()));
        QVERIFY(findCanary(QByteArray(reinterpret_cast<const char *>(planted.utf16()), planted.size() * 2)));
        QVERIFY(!findCanary("-tail-of-a-secret"));
    }

    void secret_isInNoAnswerLogOrFile()
    {
        QTemporaryDir folder;
        const QString data = folder.filePath(u"data"_s);
        ServeProcess process(data);
        process.setEnvironment(u"QT_LOGGING_RULES"_s, u"idstore.*.debug=true"_s);
        QVERIFY2(process.start(), process.errors().constData());
        useEverySourceType(process);
        if (QTest::currentTestFailed())
            return;
        QVERIFY2(!findCanary(m_answers), findCanary(m_answers));
        QCOMPARE(fileWithCanary(data), QString());
        QCOMPARE(process.stop(SIGTERM), 0);
        QVERIFY2(!findCanary(process.output() + process.errors()), process.errors().constData());
        QCOMPARE(fileWithCanary(data), QString());
        QFile control(data + u"/control"_s);
        QVERIFY(control.open(QIODevice::WriteOnly) && control.write(planted.toUtf8().toBase64()) > 0);
        control.close();
        QVERIFY(fileWithCanary(data).contains(u"control"_s));
        // Not all of this was for nothing: the credentials are there, encrypted.
        QCOMPARE(QDir(data + u"/vault"_s).entryList({u"*.vault"_s}, QDir::Files).size(), m_planted - 1);
    }

    void crash_leavesNoSecretBehind()
    {
        QTemporaryDir folder;
        const QString data = folder.filePath(u"data"_s);
        ServeProcess process(data);
        const QByteArray home = folder.path().toLocal8Bit();
        process.setChildModifier([&home] {
            const rlimit unlimited{RLIM_INFINITY, RLIM_INFINITY};
            ::setrlimit(RLIMIT_CORE, &unlimited);
            [[maybe_unused]] const int moved = ::chdir(home.constData());
        });
        QVERIFY2(process.start(), process.errors().constData());
        QFile limits(u"/proc/%1/limits"_s.arg(process.processId()));
        QVERIFY(limits.open(QIODevice::ReadOnly));
        const QByteArray all = limits.readAll();
        const qsizetype line = all.indexOf("Max core file size");
        QVERIFY2(line >= 0 && all.mid(line, 40).simplified().startsWith("Max core file size 0"), all.constData());
        const QJsonObject source{{u"name"_s, u"s"_s},
                                 {u"source_type"_s, u"stripe_customers"_s},
                                 {u"credentials"_s, QJsonObject{{u"api_key"_s, planted}}}};
        QCOMPARE(process.api().post(u"/api/sources"_s, source).status, 201);
        QCOMPARE(process.stop(SIGABRT), -1);
        QVERIFY(!findCanary(process.output() + process.errors()));
        QCOMPARE(fileWithCanary(folder.path()), QString());
    }

    void systemCalls_writeTheSecretNowhere()
    {
        const QString strace = QStandardPaths::findExecutable(u"strace"_s);
        QVERIFY2(!strace.isEmpty(), "strace is missing: install the package strace");
        QTemporaryDir folder;
        const QString data = folder.filePath(u"data"_s);
        const QString trace = folder.filePath(u"trace"_s);
        ServeProcess process(data);
        process.setWrapper({strace, u"-f"_s, u"-qq"_s, u"-xx"_s, u"-s"_s, u"1000000"_s, u"-o"_s, trace, u"-e"_s,
                            u"trace=write,pwrite64,writev,pwritev,pwritev2,sendto,sendmsg,sendmmsg"_s});
        QVERIFY2(process.start(), process.errors().constData());
        useEverySourceType(process);
        if (QTest::currentTestFailed())
            return;
        QFile instance(data + u"/instance.json"_s);
        QVERIFY(instance.open(QIODevice::ReadOnly));
        const QJsonObject held = QJsonDocument::fromJson(instance.readAll()).object();
        ::kill(static_cast<pid_t>(held[u"pid"_s].toInteger()), SIGTERM);
        QCOMPARE(process.stop(0), 0);
        QFile file(trace);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray calls = file.readAll();
        // The trace holds what was written: the magic number of the vault's files, and answers of the API.
        QVERIFY(calls.contains("\\x49\\x44\\x53\\x56\\x31"));
        QVERIFY(calls.contains("\\x48\\x54\\x54\\x50"));
        QVERIFY2(!straceShowsCanary(calls), "a system call carries the secret");
    }
};

QTEST_GUILESS_MAIN(TestCanary)
#include "tst_canary.moc"
