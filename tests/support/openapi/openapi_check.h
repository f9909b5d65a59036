// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/http_peer.h"
#include "tests/support/openapi/schema_check.h"

#include <QMap>

#include <optional>

namespace idstore::test {

/// Holds requests, and the answers that a test's server makes up, to an OpenAPI description of a vendor's interface:
/// path and method, parameters in path, query and header fields (required, unknown, repeated, of the wrong type; styles
/// form and deepObject), and bodies as JSON or as a form. Immutable; any thread.
class OpenApiCheck
{
public:
    /// From tests/support/openapi/vendors/<name>.openapi.json; ends the test program when it is not there.
    [[nodiscard]] static OpenApiCheck ofVendor(const QString &name);
    explicit OpenApiCheck(const QJsonObject &document);

    struct Request
    {
        QString operation; ///< operationId, or "GET /path"; empty: there is none for this method and path
        QMap<QString, QString> path; ///< decoded
        QList<std::pair<QString, QString>> query; ///< decoded, in their order
        QStringList problems; ///< empty: as described

        [[nodiscard]] bool has(const QString &name) const;
        /// The first of that name; empty when there is none.
        [[nodiscard]] QString value(const QString &name) const;
    };
    [[nodiscard]] Request check(const PeerRequest &request) const;

    /// What is wrong with a JSON answer to that operation.
    [[nodiscard]] QStringList checkAnswer(const QString &operation, int status, const QByteArray &json) const;

private:
    struct Operation
    {
        QString id;
        QByteArray method;
        QList<QByteArray> segments; ///< of the path below the server; "{name}" stands for any
        QList<QJsonObject> parameters;
        QJsonObject body; ///< requestBody
        QJsonObject responses;
    };
    void addOperation(const QByteArray &method, const QString &path, const QJsonObject &item, const QString &prefix);
    [[nodiscard]] const Operation *find(const PeerRequest &request, const QList<QByteArray> &segments,
                                        QString &problem) const;
    void checkPath(const Operation &operation, const QList<QByteArray> &segments, Request &checked) const;
    void checkQuery(const Operation &operation, Request &checked) const;
    void checkFields(const Operation &operation, const PeerRequest &request, Request &checked) const;
    void checkBody(const Operation &operation, const PeerRequest &request, Request &checked) const;

    SchemaCheck m_schemas;
    QList<Operation> m_operations;
};

/// Names and values of a query or a form, decoded; a plus sign is a space.
[[nodiscard]] QList<std::pair<QString, QString>> formItems(const QByteArray &encoded);

} // namespace idstore::test
