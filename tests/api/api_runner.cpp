// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/api/api_runner.h"

#include "connectors/connector_catalog.h"

#include <QDir>
#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>

namespace idstore::test {

namespace {

constexpr qint64 uploadLimit = 2'000'000;
const QByteArray boundary = QByteArrayLiteral("----test-boundary");

QString shown(const ApiAnswer &answer)
{
    return QStringLiteral("%1 %2").arg(answer.status).arg(QString::fromUtf8(answer.body.left(2000)));
}

QJsonValue parsedJson(const QString &text)
{
    // Scalars are no documents in Qt 6.4.
    return QJsonDocument::fromJson('[' + text.toUtf8() + ']').array().first();
}

} // namespace

ApiRunner::ApiRunner()
    : m_base(std::make_unique<BuiltInConnectors>())
    , m_catalog(std::make_unique<BlockingCatalog>(*m_base))
    , m_fixture(std::make_unique<EngineFixture>(*m_catalog))
{
    m_fixture->options().uploadLimit = uploadLimit;
    m_fixture->reopen();
    TokenService &tokens = m_fixture->engine().tokens();
    const auto issue = [&](TokenScope scope, const QString &user) {
        auto issued = tokens.create(EngineFixture::user(), QStringLiteral("test"), scope, user);
        return issued ? QString::fromUtf8(issued->value.reveal()) : QString();
    };
    m_variables.insert(QStringLiteral("write"), issue(TokenScope::Write, {}));
    m_variables.insert(QStringLiteral("read"), issue(TokenScope::Read, {}));
    m_variables.insert(QStringLiteral("other"), issue(TokenScope::Write, QStringLiteral("Somebody Else")));
    m_variables.insert(QStringLiteral("wrong"), QStringLiteral("ids_w_000000000000000000000000"));

    m_server = std::make_unique<ApiServer>(m_fixture->engine());
    ApiServerOptions options;
    options.port = 0;
    const Result<QUrl> url = m_server->start(options);
    if (!url)
        qFatal("%s", qPrintable(url.error().logLine()));
    m_client = std::make_unique<ApiClient>(static_cast<quint16>(url->port()));
    m_variables.insert(QStringLiteral("port"), QString::number(url->port()));
}

ApiRunner::~ApiRunner()
{
    m_catalog->latch().release();
    m_server->stop();
}

QString ApiRunner::run(const ApiCase &apiCase)
{
    Pending description;
    description.method = "GET";
    description.target = "/api/openapi.json";
    description.headers = {{"Host", "localhost"},
                           {"Authorization", "Bearer " + m_variables.value(QStringLiteral("write")).toLatin1()}};
    const std::optional<ApiAnswer> answer = ask(description);
    if (!answer || answer->status != 200)
        return QStringLiteral("the description cannot be had");
    m_schemas = std::make_unique<SchemaCheck>(QJsonDocument::fromJson(answer->body).object());

    for (const ApiStep &each : apiCase.steps) {
        const QString problem = step(each);
        if (!problem.isEmpty())
            return QStringLiteral("line %1 (%2 %3): %4").arg(QString::number(each.line), each.word, each.rest, problem);
    }
    return m_pending ? QStringLiteral("a request was begun and not sent") : QString();
}

QString ApiRunner::step(const ApiStep &apiStep)
{
    const QString rest = substituted(apiStep.rest);
    if (apiStep.word == QStringLiteral("expect"))
        return expect(rest);
    if (apiStep.word == QStringLiteral("save")) {
        m_variables.insert(rest.section(u' ', 0, 0), valueAt(rest.section(u' ', 1)).toVariant().toString());
        return {};
    }
    if (apiStep.word == QStringLiteral("request") || apiStep.word == QStringLiteral("raw") || m_pending)
        return compose(apiStep.word, rest);
    return arrange(apiStep.word, rest);
}

QString ApiRunner::arrange(const QString &word, const QString &rest)
{
    if (word == QStringLiteral("upload"))
        return addUpload(rest);
    if (word == QStringLiteral("connected"))
        return addConnected(rest);
    if (word == QStringLiteral("until"))
        return waitUntil(rest);
    if (word == QStringLiteral("drop")) {
        m_client->drop();
        return {};
    }
    if (word == QStringLiteral("hold")) {
        m_catalog->latch().hold();
        return {};
    }
    if (word == QStringLiteral("release")) {
        m_catalog->latch().release();
        return {};
    }
    if (word == QStringLiteral("ingest")) {
        const auto run = m_fixture->ingest(SourceId::parse(rest).value_or(SourceId()));
        return run ? QString() : run.error().logLine();
    }
    return QStringLiteral("no such step");
}

QString ApiRunner::addUpload(const QString &rest)
{
    const QString name = rest.section(QStringLiteral(": "), 0, 0);
    const QString content = rest.section(QStringLiteral(": "), 1).section(QStringLiteral(" -> "), 0, 0);
    const auto source = m_fixture->addFile(name, unescaped(content));
    if (!source)
        return source.error().logLine();
    m_variables.insert(rest.section(QStringLiteral(" -> "), 1), source->id.toString());
    return {};
}

QString ApiRunner::addConnected(const QString &rest)
{
    NewConnectedSource request;
    request.name = rest.section(QStringLiteral(" -> "), 0, 0);
    request.sourceType = QStringLiteral("mailchimp_members");
    request.credentials = QJsonObject{{QStringLiteral("api_key"), QStringLiteral("canary-key-9f2c-us21")}};
    request.config = QJsonObject{{QStringLiteral("list_id"), QStringLiteral("people")}};
    const auto source = m_fixture->engine().sources().createConnected(EngineFixture::user(), request);
    if (!source)
        return source.error().logLine();
    m_variables.insert(rest.section(QStringLiteral(" -> "), 1), source->id.toString());
    return {};
}

QString ApiRunner::waitUntil(const QString &rest)
{
    if (rest == QStringLiteral("held"))
        return m_catalog->latch().waitUntilReached() ? QString() : QStringLiteral("no reader came");
    const SourceId id = SourceId::parse(rest.section(u' ', 1)).value_or(SourceId());
    const QString status = rest.section(u' ', 0, 0);
    const auto reached = [&] {
        const auto source = m_fixture->engine().sources().get(EngineFixture::user(), id);
        return source && toString(source->status) == status;
    };
    return QTest::qWaitFor(reached, ApiClient::patience) ? QString() : QStringLiteral("it never came to that");
}

QString ApiRunner::compose(const QString &word, const QString &rest)
{
    if (word == QStringLiteral("request")) {
        m_pending.emplace();
        m_pending->method = rest.section(u' ', 0, 0).toUtf8();
        m_pending->target = rest.section(u' ', 1).toUtf8();
        setHeader("Host", "127.0.0.1:" + m_variables.value(QStringLiteral("port")).toLatin1());
        setHeader("Authorization", "Bearer " + m_variables.value(QStringLiteral("write")).toLatin1());
    } else if (word == QStringLiteral("raw")) {
        if (!m_pending)
            m_pending.emplace();
        m_pending->raw += unescaped(rest);
    } else if (word == QStringLiteral("as")) {
        if (rest == QStringLiteral("nobody"))
            setHeader("Authorization", {});
        else
            setHeader("Authorization", "Bearer " + m_variables.value(rest).toLatin1());
    } else if (word == QStringLiteral("header")) {
        setHeader(rest.section(u':', 0, 0).toUtf8(), rest.section(u':', 1).trimmed().toUtf8());
    } else if (word == QStringLiteral("without")) {
        setHeader(rest.toUtf8(), {});
    } else if (word == QStringLiteral("json")) {
        m_pending->body = rest.toUtf8();
        m_pending->contentType = "application/json";
    } else if (word == QStringLiteral("body")) {
        m_pending->body = unescaped(rest);
    } else if (word == QStringLiteral("field")) {
        addPart(QStringLiteral("name=\"%1\"").arg(rest.section(u':', 0, 0)), rest.section(u':', 1).trimmed());
    } else if (word == QStringLiteral("file")) {
        const QString names = rest.section(u':', 0, 0);
        const QString fileName = names.contains(u'=') ? names.section(u'=', 1) : QStringLiteral("data.csv");
        addPart(QStringLiteral("name=\"%1\"; filename=\"%2\"").arg(names.section(u'=', 0, 0), fileName),
                rest.section(u':', 1).trimmed());
    } else if (word == QStringLiteral("fill")) {
        const QByteArray padding(rest.toLongLong(), 'a');
        if (!m_pending->raw.isEmpty())
            m_pending->raw += padding;
        else if (m_pending->form.isEmpty())
            m_pending->body += padding;
        else
            m_pending->form.insert(m_pending->form.size() - 2, padding);
    } else if (word == QStringLiteral("chunked")) {
        m_pending->chunked = true;
    } else if (word == QStringLiteral("declare")) {
        m_pending->declared = rest.toUtf8();
    } else if (word == QStringLiteral("send") || word == QStringLiteral("drop")) {
        const bool sent = m_client->send(bytesOf(*m_pending));
        if (word == QStringLiteral("drop"))
            m_client->drop();
        m_pending.reset();
        return sent ? QString() : QStringLiteral("it could not be sent");
    } else {
        return QStringLiteral("no such step in a request");
    }
    return {};
}

void ApiRunner::setHeader(const QByteArray &name, const QByteArray &value)
{
    m_pending->headers.removeIf([&](const auto &each) { return each.first.toLower() == name.toLower(); });
    if (!value.isNull())
        m_pending->headers.append({name, value});
}

void ApiRunner::addPart(const QString &header, const QString &content)
{
    m_pending->contentType = "multipart/form-data; boundary=" + boundary;
    m_pending->form += "--" + boundary + "\r\nContent-Disposition: form-data; " + header.toUtf8() + "\r\n\r\n" +
                       unescaped(content) + "\r\n";
}

QByteArray ApiRunner::bytesOf(const Pending &pending) const
{
    if (!pending.raw.isEmpty())
        return pending.raw;
    QByteArray bytes = pending.method + ' ' + pending.target + " HTTP/1.1\r\n";
    bool hasType = false;
    for (const auto &[name, value] : pending.headers) {
        bytes += name + ": " + value + "\r\n";
        hasType = hasType || name.toLower() == "content-type";
    }
    const QByteArray body = pending.form.isEmpty() ? pending.body : pending.form + "--" + boundary + "--\r\n";
    if (!hasType && !pending.contentType.isEmpty())
        bytes += "Content-Type: " + pending.contentType + "\r\n";
    if (pending.declared)
        return bytes + "Content-Length: " + *pending.declared + "\r\n\r\n";
    if (!pending.chunked) {
        if (!body.isEmpty() || pending.method == "POST")
            bytes += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
        return bytes + "\r\n" + body;
    }
    bytes += "Transfer-Encoding: chunked\r\n\r\n";
    constexpr qsizetype chunk = 1000;
    for (qsizetype at = 0; at < body.size(); at += chunk) {
        const QByteArray piece = body.mid(at, chunk);
        bytes += QByteArray::number(piece.size(), 16) + "\r\n" + piece + "\r\n";
    }
    return bytes + "0\r\n\r\n";
}

std::optional<ApiAnswer> ApiRunner::ask(const Pending &pending)
{
    const bool mayBeCutShort = m_client->send(bytesOf(pending)); // an early refusal may come while sending
    Q_UNUSED(mayBeCutShort)
    return m_client->receive(pending.method == "HEAD");
}

QString ApiRunner::expect(const QString &rest)
{
    const QString what = rest.section(u' ', 0, 0);
    const QString more = rest.section(u' ', 1);
    bool isStatus = false;
    const int status = what.toInt(&isStatus);
    if (isStatus)
        return expectStatus(status);
    if (what == QStringLiteral("json"))
        return expectJson(more);
    if (what == QStringLiteral("header") || rest.startsWith(QStringLiteral("no header")))
        return expectHeader(rest);
    if (what == QStringLiteral("body"))
        return m_answer.body.contains(unescaped(more)) ? QString() : shown(m_answer);
    if (rest.startsWith(QStringLiteral("no body")))
        return m_answer.body.contains(unescaped(rest.section(u' ', 2))) ? shown(m_answer) : QString();
    if (what == QStringLiteral("error")) {
        const QJsonArray errors = valueAt(QStringLiteral("errors")).toArray();
        for (const QJsonValue &error : errors) {
            if (error[QStringLiteral("field")] == more)
                return {};
        }
        return shown(m_answer);
    }
    if (what == QStringLiteral("open"))
        return m_answer.header("Connection") == "close" ? QStringLiteral("the server closes") : QString();
    if (what == QStringLiteral("closed"))
        return m_client->waitForClose() ? QString() : QStringLiteral("still open");
    return expectCount(what, more.toInt());
}

QString ApiRunner::expectStatus(int status)
{
    if (m_pending) {
        const bool mustStayConnected = m_client->isConnected();
        m_sent = *std::exchange(m_pending, std::nullopt);
        const std::optional<ApiAnswer> answer = ask(m_sent);
        if (!answer)
            return mustStayConnected ? QStringLiteral("no answer on the connection kept open")
                                     : QStringLiteral("no answer");
        m_answer = *answer;
    } else {
        // A further answer to what was sent before: pipelined requests.
        const std::optional<ApiAnswer> answer = m_client->receive();
        if (!answer)
            return QStringLiteral("no further answer");
        m_answer = *answer;
    }
    if (m_answer.status != status)
        return shown(m_answer);
    if (status == 100)
        return {};
    if (m_answer.header("Cache-Control") != "no-store" || m_answer.header("X-Content-Type-Options") != "nosniff")
        return QStringLiteral("the security headers are missing");
    const bool isOfUnknownRequest = !m_sent.raw.isEmpty() && status < 400;
    return isOfUnknownRequest ? QString() : m_schemas->problem(m_sent.method, m_sent.target, m_answer);
}

QString ApiRunner::expectHeader(const QString &rest) const
{
    if (rest.startsWith(QStringLiteral("no header"))) {
        const QByteArray value = m_answer.header(rest.section(u' ', 2).toUtf8());
        return value.isEmpty() ? QString() : QStringLiteral("it is ") + QString::fromUtf8(value);
    }
    const QString field = rest.section(u' ', 1);
    const QByteArray expected = field.section(u':', 1).trimmed().toUtf8();
    const QByteArray value = m_answer.header(field.section(u':', 0, 0).toUtf8());
    return value == expected ? QString() : QStringLiteral("it is ") + QString::fromUtf8(value);
}

QString ApiRunner::expectJson(const QString &rest) const
{
    const QJsonValue expected = parsedJson(rest.section(u' ', 1));
    const QJsonValue value = valueAt(rest.section(u' ', 0, 0));
    return value == expected ? QString() : shown(m_answer);
}

QString ApiRunner::expectCount(const QString &what, int count)
{
    if (what == QStringLiteral("sources")) {
        const auto sources = m_fixture->engine().sources().list(EngineFixture::user());
        return sources && sources->size() == count ? QString() : QStringLiteral("there is another number of them");
    }
    if (what == QStringLiteral("staged")) {
        // Unfinished uploads are nameless, so they show among this process's open files.
        const auto staged = [&] {
            int found = 0;
            const QFileInfoList open = QDir(QStringLiteral("/proc/self/fd"))
                                           .entryInfoList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System);
            for (const QFileInfo &file : open) {
                const QString target = file.symLinkTarget();
                if (target.startsWith(m_fixture->dataDirectory()) && target.endsWith(QStringLiteral(" (deleted)")))
                    ++found;
            }
            QDirIterator named(m_fixture->dataDirectory(), {QStringLiteral("upload-*")}, QDir::Files,
                               QDirIterator::Subdirectories);
            while (named.hasNext()) {
                named.next();
                ++found;
            }
            return found;
        };
        return QTest::qWaitFor([&] { return staged() == count; }, ApiClient::patience)
                   ? QString()
                   : QStringLiteral("there are %1").arg(staged());
    }
    return QStringLiteral("no such expectation");
}

QJsonValue ApiRunner::valueAt(const QString &path) const
{
    const QJsonDocument document = QJsonDocument::fromJson(m_answer.body);
    QJsonValue value = document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
    const bool counts = path.startsWith(u'#');
    const QStringList names = (counts ? path.mid(1) : path).split(u'.', Qt::SkipEmptyParts);
    for (const QString &name : names)
        value = value.isArray() ? value.toArray().at(name.toInt()) : value.toObject().value(name);
    return counts ? QJsonValue(value.toArray().size()) : value;
}

QString ApiRunner::substituted(QString text) const
{
    for (auto it = m_variables.begin(); it != m_variables.end(); ++it)
        text.replace(u'{' + it.key() + u'}', it.value());
    return text;
}

} // namespace idstore::test
