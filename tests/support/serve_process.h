// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/client/http_client.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStringList>
#include <QTemporaryFile>
#include <QUrl>

#include <functional>

namespace idstore::test {

/// How a run of the program ended, and all it said.
struct EndedProgram
{
    int status = -1; ///< exit status; -1: did not end in time, or was killed
    QByteArray output;
    QByteArray errors;
};

/// The program as built, told to keep to itself: no settings, display or data directory of whoever runs the tests.
[[nodiscard]] QString programPath();
[[nodiscard]] QProcessEnvironment programEnvironment();
/// Runs it to its end.
[[nodiscard]] EndedProgram runProgram(const QStringList &arguments);

/// One answer of the REST API. Status 0: none came, and `failure` says why.
struct Reply
{
    int status = 0;
    QByteArray body;
    QString failure;

    [[nodiscard]] QJsonObject object() const { return QJsonDocument::fromJson(body).object(); }
    [[nodiscard]] QJsonArray array() const { return QJsonDocument::fromJson(body).array(); }
    [[nodiscard]] QString text(const char *name) const { return object().value(QLatin1StringView(name)).toString(); }
};

/// A client of the REST API with the token that a token file holds.
class ApiCaller
{
public:
    ApiCaller() = default;
    ApiCaller(QUrl base, QByteArray token);

    [[nodiscard]] Reply get(const QString &path) const;
    [[nodiscard]] Reply post(const QString &path, const QJsonObject &body = {}) const;
    [[nodiscard]] Reply patch(const QString &path, const QJsonObject &body) const;
    [[nodiscard]] Reply remove(const QString &path) const;
    /// Uploads the file at `path` as a new source called `name`.
    [[nodiscard]] Reply upload(const QString &path, const QString &name) const;

    /// Starts a full load and returns the run's id; "" when it was refused.
    [[nodiscard]] QString startFullLoad(const QString &source) const;
    /// Waits for the end of a run and returns it.
    [[nodiscard]] QJsonObject waitForRun(const QString &run) const;

private:
    [[nodiscard]] Reply send(client::HttpRequest request) const;
    [[nodiscard]] Reply sendJson(const QByteArray &method, const QString &path, const QJsonObject &body) const;

    QUrl m_base;
    QByteArray m_token;
};

/// `identity-store serve --port 0` on a data directory, as a process of its own. Killed when it is still running at
/// the end of the test.
class ServeProcess
{
public:
    explicit ServeProcess(const QString &dataDirectory, const QStringList &arguments = {});
    ~ServeProcess();

    /// Runs in the child before the program does; set before start().
    void setChildModifier(const std::function<void()> &modifier);
    /// Of the child; set before start().
    void setEnvironment(const QString &name, const QString &value);
    /// Goes before the program on its command line; set before start().
    void setWrapper(const QStringList &wrapper);

    /// Starts and waits for the ready line. False when the process ended instead; see errors().
    [[nodiscard]] bool start();
    /// Asks it to stop by `signal` and waits; returns the exit status, -1 when it was killed or did not end.
    [[nodiscard]] int stop(int signal);
    /// kill -9, and waits until it is gone.
    void kill();
    void sendSignal(int signal) const;

    [[nodiscard]] const ApiCaller &api() const { return m_api; }
    [[nodiscard]] QUrl url() const { return m_url; }
    [[nodiscard]] QString tokenFile() const { return m_tokenFile; }
    [[nodiscard]] QByteArray token() const { return m_token; }
    [[nodiscard]] qint64 processId() const { return m_process.processId(); }
    /// All of standard output and error so far.
    [[nodiscard]] QByteArray output();
    [[nodiscard]] QByteArray errors();

private:
    [[nodiscard]] int waitForEnd();

    QProcess m_process;
    QStringList m_arguments;
    QStringList m_wrapper;
    QByteArray m_output;
    QTemporaryFile m_errors; ///< and no pipe: nobody empties one while a test waits for an answer
    QUrl m_url;
    QString m_tokenFile;
    QByteArray m_token;
    ApiCaller m_api;
};

/// Every file below the folders that hold rows and uploads, by its path within the data directory, sorted.
[[nodiscard]] QStringList storedFiles(const QString &dataDirectory);

} // namespace idstore::test
