// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/api/api_client.h"

#include <QJsonObject>
#include <QString>

namespace idstore::test {

/// Holds answers against the API's own description (OpenAPI 3.1).
class SchemaCheck
{
public:
    explicit SchemaCheck(QJsonObject description)
        : m_description(std::move(description))
    {}

    /// What the answer to this request has that its description does not allow; empty when they agree.
    [[nodiscard]] QString problem(const QByteArray &method, const QByteArray &target, const ApiAnswer &answer) const;

private:
    [[nodiscard]] QJsonObject operation(const QByteArray &method, const QByteArray &target) const;
    [[nodiscard]] QJsonValue resolved(const QJsonValue &schema) const;

    QJsonObject m_description;
};

} // namespace idstore::test
