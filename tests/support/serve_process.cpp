// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/serve_process.h"

#include "app/client/multipart_body.h"

#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>
#include <QThread>

#include <csignal>
#include <utility>

namespace idstore::test {

namespace {

constexpr int patience = 60'000; // ms
constexpr unsigned long pollPause = 10; // ms

} // namespace

QString programPath()
{
    return QStringLiteral(IDSTORE_PROGRAM);
}

QProcessEnvironment programEnvironment()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const QStringList names = environment.keys();
    for (const QString &name : names) {
        if (name.startsWith(QStringLiteral("IDENTITY_STORE_")))
            environment.remove(name);
    }
    // Whatever needs a display without having asked for a window fails here.
    for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "QT_LOGGING_RULES"})
        environment.remove(QLatin1StringView(name));
    // Nor the keychain of that person; a test that wants one brings its own.
    environment.insert(QStringLiteral("IDENTITY_STORE_SECRETS"), QStringLiteral("vault"));
    environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), QStringLiteral("disabled:"));
    return environment;
}

EndedProgram runProgram(const QStringList &arguments)
{
    QProcess process;
    process.setProcessEnvironment(programEnvironment());
    process.start(programPath(), arguments);
    EndedProgram ended;
    if (process.waitForFinished(patience) && process.exitStatus() == QProcess::NormalExit)
        ended.status = process.exitCode();
    else
        process.kill();
    process.waitForFinished(patience);
    ended.output = process.readAllStandardOutput();
    ended.errors = process.readAllStandardError();
    return ended;
}

ApiCaller::ApiCaller(QUrl base, QByteArray token)
    : m_base(std::move(base))
    , m_token(std::move(token))
{}

Reply ApiCaller::send(client::HttpRequest request) const
{
    request.authorizer = http::bearer(Secret(m_token));
    const auto answer = client::HttpClient(m_base, {}).send(request);
    if (!answer)
        return {0, {}, answer.error().logLine()};
    return {answer->status, answer->body, {}};
}

Reply ApiCaller::get(const QString &path) const
{
    client::HttpRequest request;
    request.target = path.toLatin1();
    return send(request);
}

Reply ApiCaller::remove(const QString &path) const
{
    client::HttpRequest request;
    request.method = "DELETE";
    request.target = path.toLatin1();
    return send(request);
}

Reply ApiCaller::post(const QString &path, const QJsonObject &body) const
{
    return sendJson("POST", path, body);
}

Reply ApiCaller::patch(const QString &path, const QJsonObject &body) const
{
    return sendJson("PATCH", path, body);
}

Reply ApiCaller::sendJson(const QByteArray &method, const QString &path, const QJsonObject &body) const
{
    class Bytes final : public client::HttpBody
    {
    public:
        explicit Bytes(QByteArray bytes)
            : m_bytes(std::move(bytes))
        {}
        [[nodiscard]] qint64 size() const override { return m_bytes.size(); }
        [[nodiscard]] Result<QByteArray> next() override { return m_bytes; }

    private:
        QByteArray m_bytes;
    };
    Bytes bytes(QJsonDocument(body).toJson(QJsonDocument::Compact));
    client::HttpRequest request;
    request.method = method;
    request.target = path.toLatin1();
    request.fields.emplaceBack("Content-Type", "application/json");
    request.body = &bytes;
    return send(request);
}

Reply ApiCaller::upload(const QString &path, const QString &name) const
{
    const auto body = client::MultipartBody::forFile(path, {{"name", name}});
    if (!body)
        return {0, {}, body.error().logLine()};
    client::HttpRequest request;
    request.method = "POST";
    request.target = "/api/sources/upload";
    request.fields.emplaceBack("Content-Type", (*body)->contentType());
    request.body = body->get();
    return send(request);
}

QString ApiCaller::startFullLoad(const QString &source) const
{
    const Reply reply =
        post(QStringLiteral("/api/sources/%1/ingest").arg(source), {{QStringLiteral("mode"), QStringLiteral("full")}});
    return reply.status == 202 ? reply.text("run_id") : QString();
}

QJsonObject ApiCaller::waitForRun(const QString &run) const
{
    QElapsedTimer waited;
    waited.start();
    for (;;) {
        const QJsonObject now = get(QStringLiteral("/api/runs/") + run).object();
        if (now.value(QLatin1StringView("status")).toString() != QStringLiteral("running") ||
            waited.hasExpired(patience)) {
            return now;
        }
        QThread::msleep(pollPause);
    }
}

ServeProcess::ServeProcess(const QString &dataDirectory, const QStringList &arguments)
    : m_arguments(QStringList{QStringLiteral("serve"), QStringLiteral("--port"), QStringLiteral("0"),
                              QStringLiteral("--data-dir"), dataDirectory} +
                  arguments)
{
    m_process.setProcessEnvironment(programEnvironment());
}

ServeProcess::~ServeProcess()
{
    kill();
}

void ServeProcess::setChildModifier(const std::function<void()> &modifier)
{
    m_process.setChildProcessModifier(modifier);
}

void ServeProcess::setEnvironment(const QString &name, const QString &value)
{
    QProcessEnvironment environment = m_process.processEnvironment();
    environment.insert(name, value);
    m_process.setProcessEnvironment(environment);
}

void ServeProcess::setWrapper(const QStringList &wrapper)
{
    m_wrapper = wrapper;
}

bool ServeProcess::start()
{
    QStringList line = m_wrapper + QStringList{programPath()} + m_arguments;
    const QString first = line.takeFirst();
    m_output.clear();
    if (!m_errors.open() || !m_errors.resize(0))
        return false;
    m_process.setStandardErrorFile(m_errors.fileName());
    m_process.start(first, line);
    while (!m_output.contains('\n')) {
        if (!m_process.waitForReadyRead(patience)) {
            m_process.waitForFinished(patience);
            return false;
        }
        m_output += m_process.readAllStandardOutput();
    }
    const QJsonObject ready = QJsonDocument::fromJson(m_output).object();
    m_url = QUrl(ready.value(QLatin1StringView("url")).toString());
    m_tokenFile = ready.value(QLatin1StringView("token_file")).toString();
    QFile file(m_tokenFile);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    m_token = file.readAll().trimmed();
    m_api = ApiCaller(m_url, m_token);
    return true;
}

int ServeProcess::stop(int signal)
{
    sendSignal(signal);
    return waitForEnd();
}

int ServeProcess::waitForEnd()
{
    if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(patience))
        return -1;
    return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
}

void ServeProcess::kill()
{
    m_process.kill();
    m_process.waitForFinished(patience);
}

void ServeProcess::sendSignal(int signal) const
{
    if (m_process.processId() > 0)
        ::kill(static_cast<pid_t>(m_process.processId()), signal);
}

QByteArray ServeProcess::output()
{
    m_output += m_process.readAllStandardOutput();
    return m_output;
}

QByteArray ServeProcess::errors()
{
    QFile file(m_errors.fileName());
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QStringList storedFiles(const QString &dataDirectory)
{
    QStringList names;
    for (const char *folder : {"datasets", "uploads"}) {
        QDirIterator files(QDir(dataDirectory).filePath(QLatin1StringView(folder)), QDir::Files | QDir::Hidden,
                           QDirIterator::Subdirectories);
        while (files.hasNext())
            names.append(QDir(dataDirectory).relativeFilePath(files.next()));
    }
    names.sort();
    return names;
}

} // namespace idstore::test
