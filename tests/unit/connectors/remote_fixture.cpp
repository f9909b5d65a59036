// SPDX-License-Identifier: GPL-3.0-or-later
#include "remote_fixture.h"

#include <QJsonDocument>
#include <QLoggingCategory>

namespace idstore {

namespace {

std::mutex programLogMutex;
QString programLog;

void keepMessage(QtMsgType, const QMessageLogContext &, const QString &text)
{
    const std::lock_guard lock(programLogMutex);
    programLog += text + u'\n';
}

QtMessageHandler previousHandler = nullptr;

} // namespace

void KeptLog::write(RunLogLine::Level, const QString &text)
{
    const std::lock_guard lock(m_mutex);
    m_text += text + u'\n';
}

QString KeptLog::text() const
{
    const std::lock_guard lock(m_mutex);
    return m_text;
}

void KeptLog::clear()
{
    const std::lock_guard lock(m_mutex);
    m_text.clear();
}

RemoteFixture::RemoteFixture(QStringView connector)
    : m_connector(*m_connectors.find(connector))
{
    for (const char *name : {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
        qunsetenv(name);
    QLoggingCategory::setFilterRules(QStringLiteral("idstore.*=true"));
    previousHandler = qInstallMessageHandler(keepMessage);
}

RemoteFixture::~RemoteFixture()
{
    qInstallMessageHandler(previousHandler);
    QLoggingCategory::setFilterRules({});
    const std::lock_guard lock(programLogMutex);
    programLog.clear();
}

ReadRequest RemoteFixture::request(const QJsonObject &config, const QJsonObject &credentials)
{
    ReadRequest request;
    request.config = config;
    if (!credentials.isEmpty())
        request.credentials = Secret(QJsonDocument(credentials).toJson());
    request.mode = RunMode::Incremental;
    request.scratchFolder = m_scratch.path();
    request.log = &log;
    return request;
}

Result<std::unique_ptr<RecordReader>> RemoteFixture::open(const ReadRequest &request) const
{
    return m_connector.open(request);
}

ReadTable RemoteFixture::read(const ReadRequest &request) const
{
    ReadTable table;
    auto reader = m_connector.open(request);
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

QByteArray RemoteFixture::leak(const QList<QByteArray> &secrets, const std::optional<Error> &error,
                               const ConnectionReport &report) const
{
    QString said = log.text();
    if (error) {
        said += error->detail() + error->logLine();
        for (const FieldError &field : error->fields)
            said += field.field + field.message;
    }
    for (const TestStep &step : report.steps)
        said += step.name + step.detail + step.fix;
    {
        const std::lock_guard lock(programLogMutex);
        said += programLog;
    }
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
