// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/api_server.h"
#include "tests/api/api_case.h"
#include "tests/api/api_client.h"
#include "tests/api/schema_check.h"
#include "tests/support/blocking_connector.h"
#include "tests/support/engine_fixture.h"

#include <QHash>
#include <QJsonValue>

#include <optional>

namespace idstore::test {

/// Runs one case against a server of its own, over an engine in a folder of its own. Steps:
///
///     upload NAME: CONTENT -> {var}       a source made from a file (through the API)
///     connected NAME -> {var}             a source of a type that cannot be read yet
///     ingest {id}                         starts a run and waits for its end
///     hold | release                      readers wait behind their first batch | go on
///     until held                          waits until a reader waits
///     until STATUS {id}                   waits until the source has this status
///     request METHOD TARGET               begins a request, with a write token
///     as write|read|other|wrong|nobody    whose token it carries (other: another user's)
///     header NAME: VALUE | without NAME   adds or replaces, leaves out
///     json TEXT | body TEXT               a body; json sets the Content-Type
///     field NAME: TEXT | file NAME: TEXT  parts of a form; file with the name data.csv, or as in file NAME=FILE: TEXT
///     fill BYTES                          pads the form's file, the body or the raw bytes with that many more
///     chunked | declare BYTES             how the body is sent: in chunks | with this length and not at all
///     raw TEXT                            bytes to send instead of a request; lines are joined
///     send                                sends what was begun, without waiting for an answer
///     drop                                the same, and breaks the connection
///     expect STATUS                       sends what was begun; the answer must agree with the API's description
///     expect header NAME: VALUE | no header NAME | body TEXT | no body TEXT
///     expect json PATH VALUE              "a.0.b", or "#a" for a count; VALUE is JSON
///     expect error FIELD                  a 422 names this field
///     expect open | closed                whether the connection can be used again
///     expect sources N | staged N         sources of the user; unfinished uploads on disk
///     save VAR PATH                       keeps a value of the JSON answer for {VAR}
class ApiRunner
{
public:
    ApiRunner();
    ~ApiRunner();

    /// What went wrong, with its line; empty when the case holds.
    [[nodiscard]] QString run(const ApiCase &apiCase);

private:
    struct Pending
    {
        QByteArray method;
        QByteArray target;
        QList<std::pair<QByteArray, QByteArray>> headers;
        QByteArray body;
        QByteArray contentType;
        QByteArray form;
        qint64 fill = 0;
        std::optional<QByteArray> declared;
        bool chunked = false;
        QByteArray raw;
    };

    [[nodiscard]] QString step(const ApiStep &apiStep);
    [[nodiscard]] QString arrange(const QString &word, const QString &rest);
    [[nodiscard]] QString compose(const QString &word, const QString &rest);
    [[nodiscard]] QString expect(const QString &rest);
    [[nodiscard]] QString expectStatus(int status);
    [[nodiscard]] QString expectJson(const QString &rest) const;
    [[nodiscard]] QString expectHeader(const QString &rest) const;
    [[nodiscard]] QString expectCount(const QString &what, int count);
    [[nodiscard]] QString waitUntil(const QString &rest);
    [[nodiscard]] QString addUpload(const QString &rest);
    [[nodiscard]] QString addConnected(const QString &rest);

    [[nodiscard]] QByteArray bytesOf(const Pending &pending) const;
    [[nodiscard]] std::optional<ApiAnswer> ask(const Pending &pending);
    [[nodiscard]] QJsonValue valueAt(const QString &path) const;
    [[nodiscard]] QString substituted(QString text) const;
    void setHeader(const QByteArray &name, const QByteArray &value);
    void addPart(const QString &header, const QString &content);

    std::unique_ptr<ConnectorCatalog> m_base;
    std::unique_ptr<BlockingCatalog> m_catalog;
    std::unique_ptr<EngineFixture> m_fixture;
    std::unique_ptr<ApiServer> m_server;
    std::unique_ptr<ApiClient> m_client;
    std::unique_ptr<SchemaCheck> m_schemas;
    QHash<QString, QString> m_variables;
    std::optional<Pending> m_pending;
    Pending m_sent;
    ApiAnswer m_answer;
};

} // namespace idstore::test
