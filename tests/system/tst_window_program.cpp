// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/serve_process.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <memory>

using namespace idstore::test;

/// The program with its window, as a process, on a display that nobody sees.
class TestWindowProgram : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        QVERIFY(m_dir->isValid());
        m_data = m_dir->filePath(QStringLiteral("data"));
    }

    void window_open_servesTheApi();
    void window_secondStart_showsTheFirstAndEnds();
    void window_directoryOfAServe_isSaid();
    void window_unusableDirectory_isSaid();
    void window_stallProbe_writesFigures();
    void window_withoutDisplay_saysWhatToDo();

private:
    static constexpr int patience = 60'000; // ms

    void startWindow(QProcess &process, const QString &probe = {}) const
    {
        QProcessEnvironment environment = programEnvironment();
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        environment.insert(QStringLiteral("HOME"), m_dir->path());
        environment.insert(QStringLiteral("XDG_CONFIG_HOME"), m_dir->filePath(QStringLiteral("config")));
        if (!probe.isEmpty())
            environment.insert(QStringLiteral("IDENTITY_STORE_STALL_PROBE"), probe);
        process.setProcessEnvironment(environment);
        process.start(programPath(),
                      {QStringLiteral("--port"), QStringLiteral("0"), QStringLiteral("--data-dir"), m_data});
    }
    [[nodiscard]] QJsonObject instance() const
    {
        QFile file(QDir(m_data).filePath(QStringLiteral("instance.json")));
        return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
    }
    /// Waits for words on standard error while a message is shown.
    [[nodiscard]] static QByteArray waitForErrors(QProcess &process, const QByteArray &words)
    {
        QByteArray errors;
        while (!errors.contains(words) && process.waitForReadyRead(patience))
            errors += process.readAllStandardError();
        return errors + process.readAllStandardError();
    }
    [[nodiscard]] static int stop(QProcess &process)
    {
        process.terminate();
        return process.waitForFinished(patience) && process.exitStatus() == QProcess::NormalExit ? process.exitCode()
                                                                                                 : -1;
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_data;
};

void TestWindowProgram::window_open_servesTheApi()
{
    QProcess window;
    window.setReadChannel(QProcess::StandardError);
    startWindow(window);
    QTRY_VERIFY_WITH_TIMEOUT(!instance().isEmpty() || window.state() == QProcess::NotRunning, patience);
    QCOMPARE(instance().value(QLatin1StringView("kind")).toString(), QStringLiteral("window"));
    const EndedProgram list = runProgram({QStringLiteral("list"), QStringLiteral("--data-dir"), m_data});
    QVERIFY2(list.status == 0, list.errors.constData());
    QCOMPARE(stop(window), 0);
    QVERIFY(instance().isEmpty());
    QCOMPARE(window.readAllStandardOutput(), QByteArray());
}

void TestWindowProgram::window_secondStart_showsTheFirstAndEnds()
{
    QProcess first;
    startWindow(first);
    QTRY_VERIFY_WITH_TIMEOUT(!instance().isEmpty() || first.state() == QProcess::NotRunning, patience);
    const QJsonObject holder = instance();
    QProcess second;
    startWindow(second);
    QVERIFY(second.waitForFinished(patience));
    QCOMPARE(second.exitStatus(), QProcess::NormalExit);
    QCOMPARE(second.exitCode(), 0);
    QCOMPARE(instance(), holder);
    QCOMPARE(stop(first), 0);
}

void TestWindowProgram::window_directoryOfAServe_isSaid()
{
    ServeProcess serve(m_data);
    QVERIFY2(serve.start(), serve.errors().constData());
    QProcess window;
    window.setReadChannel(QProcess::StandardError);
    startWindow(window);
    const QByteArray errors = waitForErrors(window, "identity-store: ");
    QVERIFY2(errors.contains(serve.url().toString().toUtf8()), errors.constData());
    QCOMPARE(stop(window), 1);
    QCOMPARE(serve.api().get(QStringLiteral("/api/sources")).status, 200);
}

void TestWindowProgram::window_unusableDirectory_isSaid()
{
    QFile file(m_data);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    QProcess window;
    window.setReadChannel(QProcess::StandardError);
    startWindow(window);
    const QByteArray errors = waitForErrors(window, "identity-store: ");
    QVERIFY2(errors.contains(m_data.toUtf8()), errors.constData());
    QCOMPARE(stop(window), 1);
}

void TestWindowProgram::window_stallProbe_writesFigures()
{
    const QString path = m_dir->filePath(QStringLiteral("stalls.json"));
    QProcess window;
    startWindow(window, path);
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path) || window.state() == QProcess::NotRunning, patience);
    QCOMPARE(stop(window), 0);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject figures = QJsonDocument::fromJson(file.readAll()).object();
    QVERIFY(figures.value(QLatin1StringView("turns")).toInteger() > 10);
    QVERIFY(figures.value(QLatin1StringView("max_ms")).toDouble() > 0);
    QVERIFY(figures.contains(QLatin1StringView("over_50_ms")));
}

void TestWindowProgram::window_withoutDisplay_saysWhatToDo()
{
    const EndedProgram ended = runProgram({QStringLiteral("--data-dir"), m_data});
    QCOMPARE(ended.status, 1);
    QVERIFY2(ended.errors.contains("serve"), ended.errors.constData());
}

QTEST_GUILESS_MAIN(TestWindowProgram)
#include "tst_window_program.moc"
