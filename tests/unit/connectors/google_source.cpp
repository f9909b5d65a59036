// SPDX-License-Identifier: GPL-3.0-or-later
#include "google_source.h"

namespace idstore {

ReadRequest GoogleSource::request(const QJsonObject &config, const QJsonObject &credentials)
{
    m_fixture.config = config;
    m_fixture.credentials = credentials;
    return m_fixture.request();
}

ReadTable GoogleSource::read(const ReadRequest &request) const
{
    ReadTable table;
    auto reader = open(request);
    if (!reader) {
        table.error = reader.error();
        return table;
    }
    for (const Column &column : (*reader)->columns())
        table.names.append(column.name);
    RowBatch batch;
    for (;;) {
        const auto more = (*reader)->read(batch);
        if (!more) {
            table.error = more.error();
            return table;
        }
        if (!*more)
            return table;
        addBatch(table, batch);
    }
}

QByteArray GoogleSource::leak(const QList<QByteArray> &secrets, const std::optional<Error> &error,
                              const ConnectionReport &report) const
{
    QString said = m_fixture.said().join(u'\n');
    if (error) {
        said += error->detail() + error->logLine();
        for (const FieldError &field : error->fields)
            said += field.field + field.message;
    }
    for (const TestStep &step : report.steps)
        said += step.name + step.detail + step.fix;
    const QByteArray all = said.toUtf8();
    for (const QByteArray &secret : secrets) {
        const QList<QByteArray> lines = secret.split('\n');
        for (const QByteArray &line : lines) {
            if (!line.trimmed().isEmpty() && !line.startsWith("-----") && all.contains(line.trimmed()))
                return line;
        }
    }
    return {};
}

QString failedStepOf(const ConnectionReport &report)
{
    for (qsizetype i = 0; i < report.steps.size(); ++i) {
        const TestStep &step = report.steps[i];
        if (step.ok != std::optional(true))
            return QStringLiteral("%1: %2").arg(i).arg(step.fix);
    }
    return {};
}

} // namespace idstore
