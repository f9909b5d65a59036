// SPDX-License-Identifier: GPL-3.0-or-later
#include "remote_fixture.h"

#include <QJsonDocument>
#include <QLoggingCategory>
#include <QUrl>

#include <zlib.h>

namespace idstore {

namespace {

// What the program's own log says, debug lines included: there is one for the process.
QMutex messagesMutex;
QStringList messages;
QtMessageHandler nextHandler = nullptr;

void collect(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    {
        const QMutexLocker lock(&messagesMutex);
        messages.append(text);
    }
    if (type != QtDebugMsg)
        nextHandler(type, context, text);
}

} // namespace

RemoteFixture::RemoteFixture(QStringView sourceType)
    : m_connector(*m_connectors.find(sourceType))
{
    for (const char *name : {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
        qunsetenv(name);
    QLoggingCategory::setFilterRules(QStringLiteral("idstore.*=true"));
    const QMutexLocker lock(&messagesMutex);
    messages.clear();
    nextHandler = qInstallMessageHandler(collect);
}

RemoteFixture::~RemoteFixture()
{
    qInstallMessageHandler(nextHandler);
}

ReadRequest RemoteFixture::request(const QJsonObject &more)
{
    ReadRequest request;
    request.config = config;
    for (auto it = more.begin(); it != more.end(); ++it) {
        if (it.value().isNull())
            request.config.remove(it.key());
        else
            request.config.insert(it.key(), it.value());
    }
    if (!credentials.isEmpty())
        request.credentials = Secret(QJsonDocument(credentials).toJson());
    request.mode = RunMode::Incremental;
    request.scratchFolder = m_scratch.path();
    request.cancel = cancel;
    request.waiting = waiting;
    request.log = this;
    return request;
}

RemoteFixture::Outcome RemoteFixture::run(const QJsonObject &more, const QJsonObject &state)
{
    ReadRequest whole = request(more);
    whole.state = state;
    return read(whole);
}

RemoteFixture::Outcome RemoteFixture::preview(const QJsonObject &more)
{
    ReadRequest sample = request(more);
    sample.sampleRows = 100;
    return read(sample);
}

RemoteFixture::Outcome RemoteFixture::read(const ReadRequest &request) const
{
    Outcome outcome;
    const QList<FieldError> problems = m_connector.checkConfig(request.config);
    if (!problems.isEmpty()) {
        outcome.table.error = Error{.kind = ErrorKind::InvalidInput,
                                    .code = QStringLiteral("config_refused"),
                                    .message = problems.first().field,
                                    .remedy = problems.first().message,
                                    .cause = {},
                                    .fields = problems};
        return outcome;
    }
    auto reader = m_connector.open(request);
    if (!reader) {
        outcome.table.error = reader.error();
        return outcome;
    }
    outcome.unchanged = (*reader)->isUnchanged();
    outcome.state = (*reader)->state();
    if (outcome.unchanged)
        return outcome;
    for (const Column &column : (*reader)->columns())
        outcome.table.names.append(column.name);
    RowBatch batch;
    for (;;) {
        const auto more = (*reader)->read(batch);
        if (!more)
            outcome.table.error = more.error();
        if (!more || !*more)
            return outcome;
        addBatch(outcome.table, batch);
    }
}

QString RemoteFixture::refusal(const Outcome &outcome) const
{
    if (!outcome.table.error)
        return QStringLiteral("no error");
    const Error &error = *outcome.table.error;
    QStringList all = said() + QStringList{error.message, error.remedy, error.cause};
    for (const FieldError &field : error.fields)
        all.append(field.message);
    const QStringList leaked = leaks(all.join(u'\n'));
    if (!leaked.isEmpty())
        return QStringLiteral("leaks: ") + leaked.join(u' ');
    if (error.message.isEmpty() || error.remedy.isEmpty())
        return error.code + QStringLiteral(", without words");
    if (!leftNothingBehind())
        return error.code + QStringLiteral(", with files left behind");
    return error.code;
}

QString RemoteFixture::failedStep(const QJsonObject &more)
{
    const ConnectionReport report = m_connector.test(request(more));
    for (qsizetype i = 0; i < report.steps.size(); ++i) {
        const TestStep &step = report.steps[i];
        if (step.ok == std::optional(true))
            continue;
        const bool told = !step.detail.isEmpty() && !step.fix.isEmpty() && leaks(step.detail + step.fix).isEmpty();
        return told ? QString::number(i) : QString::number(i) + QStringLiteral(", badly told");
    }
    return report.columns.isEmpty() ? QStringLiteral("no columns") : QStringLiteral("ok");
}

QStringList RemoteFixture::log() const
{
    const QMutexLocker lock(&m_mutex);
    return m_log;
}

QStringList RemoteFixture::said() const
{
    const QMutexLocker lock(&messagesMutex);
    return log() + messages;
}

QStringList RemoteFixture::leaks(const QString &text) const
{
    QStringList found;
    for (auto it = credentials.begin(); it != credentials.end(); ++it) {
        const bool isName = it.key() == u"account_name" || it.key() == u"access_key_id" || it.key() == u"username";
        // Headers of one's own are an object of secrets.
        const QString secret =
            it.value().isObject() ? it.value().toObject().begin().value().toString() : it.value().toString();
        if (isName || secret.isEmpty())
            continue;
        QStringList forms{secret, QString::fromLatin1(QUrl::toPercentEncoding(secret)),
                          QString::fromLatin1(secret.toUtf8().toBase64())};
        // The part of an address or connection string that opens doors.
        for (const char *part : {"sig=", "AccountKey="}) {
            if (const qsizetype at = secret.indexOf(QLatin1StringView(part)); at >= 0)
                forms.append(secret.mid(at + static_cast<qsizetype>(qstrlen(part))));
        }
        for (const QString &form : forms) {
            if (text.contains(form))
                found.append(it.key());
        }
    }
    return found;
}

void RemoteFixture::write(RunLogLine::Level /*level*/, const QString &text)
{
    const QMutexLocker lock(&m_mutex);
    m_log.append(text);
}

QByteArray gzipped(const QByteArray &bytes)
{
    z_stream stream{};
    constexpr int gzipWindow = 15 + 16;
    constexpr int memory = 8;
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, gzipWindow, memory, Z_DEFAULT_STRATEGY) != Z_OK)
        return {};
    QByteArray packed(static_cast<qsizetype>(deflateBound(&stream, static_cast<uLong>(bytes.size()))),
                      Qt::Uninitialized);
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.constData()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef *>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.truncate(static_cast<qsizetype>(stream.total_out));
    deflateEnd(&stream);
    return packed;
}

QByteArray largeTable(qsizetype bytes, const QByteArray &name)
{
    QByteArray table = "id,name\n";
    for (int id = 1; table.size() < bytes; ++id)
        table += QByteArray::number(id) + ',' + name + '\n';
    return table;
}

} // namespace idstore
