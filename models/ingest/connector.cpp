// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/connector.h"

#include "models/domain/json_schema.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace idstore {

QList<FieldError> Connector::checkConfig(const QJsonObject &config) const
{
    return validateJson(config, descriptor().configSchema, QStringLiteral("config"));
}

QStringList Connector::keyColumns(const QJsonObject &config) const
{
    const QJsonValue key = config[QLatin1StringView("key")];
    QStringList names;
    if (key.isString())
        names = key.toString().split(u',', Qt::SkipEmptyParts);
    const QJsonArray listed = key.toArray();
    for (const QJsonValue &name : listed)
        names.append(name.toString());
    for (QString &name : names)
        name = name.trimmed();
    return names;
}

ConnectionReport Connector::test(const ReadRequest &request) const
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("ConnectionTest", text); };
    ConnectionReport report;
    TestStep connect{tr("Connect"), std::nullopt, {}, {}, {}};
    TestStep read{tr("Read one row"), std::nullopt, {}, {}, {}};
    const auto fail = [](TestStep &step, const Error &error) {
        step.ok = false;
        step.detail = error.message;
        step.fix = error.remedy;
        step.cause = error.cause;
    };
    auto reader = open(request);
    if (!reader) {
        fail(connect, reader.error());
    } else {
        connect.ok = true;
        report.columns = (*reader)->columns();
        RowBatch batch;
        const auto more = (*reader)->read(batch);
        if (more)
            read.ok = true;
        else
            fail(read, more.error());
    }
    report.steps = {connect, read};
    return report;
}

} // namespace idstore
