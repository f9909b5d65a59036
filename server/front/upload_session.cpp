// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/front/upload_session.h"

#include "models/services/source_rules.h"
#include "models/services/source_service.h"
#include "models/services/staged_upload.h"
#include "server/json/api_json.h"
#include "server/json/json_body.h"
#include "server/problem.h"

#include <QPointer>
#include <QStringDecoder>

#include <algorithm>

namespace idstore {

/// The part of an upload that tasks on the pool use, one at a time.
struct UploadSession::Disk
{
    explicit Disk(SourceService &sourceService)
        : sources(sourceService)
    {}

    [[nodiscard]] Result<void> open()
    {
        if (!upload) {
            IDS_TRY(staged, sources.stageUpload());
            upload = std::move(staged);
        }
        return {};
    }

    [[nodiscard]] Result<void> write(const QByteArray &block)
    {
        IDS_CHECK(open());
        return upload->write(block);
    }

    SourceService &sources;
    CancelToken abandoned;
    std::unique_ptr<StagedUpload> upload;
};

namespace {

/// The text of a form field, or nothing when it is not UTF-8.
std::optional<QString> utf8Text(const QByteArray &bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder.decode(bytes);
    return decoder.hasError() ? std::nullopt : std::optional(text);
}

} // namespace

UploadSession::UploadSession(SourceService &sources, QThreadPool &pool, QObject &home, UserId user,
                             std::optional<SourceId> into, const QByteArray &boundary, qint64 bodyLimit,
                             QObject *parent)
    : QObject(parent)
    , m_home(home)
    , m_user(user)
    , m_into(into)
    , m_parser(boundary, *this)
    , m_left(bodyLimit)
    , m_queue(std::make_shared<SerialQueue>(pool))
    , m_disk(std::make_shared<Disk>(sources))
{
    if (!m_into)
        return;
    // Nobody sends two gigabytes only to hear that there is no such source.
    runOnDisk([target = *m_into, user](Disk &disk) -> std::optional<HttpResponse> {
        const Result<void> replaceable = disk.sources.checkReplaceable(user, target);
        return replaceable ? std::nullopt : std::optional(problemOf(replaceable.error()));
    });
}

UploadSession::~UploadSession()
{
    m_disk->abandoned.cancel();
}

void UploadSession::consume(QByteArrayView formBytes)
{
    if (m_answer)
        return;
    m_left -= formBytes.size();
    if (m_left < 0)
        fail(uploadTooLarge(m_disk->sources.uploadLimit()));
    else if (!m_parser.feed(formBytes) && !m_answer)
        failMalformed(m_parser.error());
}

void UploadSession::finish()
{
    if (m_answer)
        return;
    if (!m_parser.finish()) {
        failMalformed(m_parser.error());
        return;
    }
    sendBlock();
    const QList<FieldError> problems = formProblems();
    if (!m_hasFile)
        fail(invalidInput(problems));
    else if (m_into)
        replace(*m_into, problems);
    else
        create(problems);
}

void UploadSession::failMalformed(const QString &detail)
{
    Error error;
    error.kind = ErrorKind::Malformed;
    error.code = QStringLiteral("malformed_form");
    error.message = detail;
    fail(error);
}

void UploadSession::fail(const Error &error)
{
    if (m_answer)
        return;
    m_disk->abandoned.cancel();
    m_answer = problemOf(error);
}

void UploadSession::partBegins(const HeaderParameters &disposition)
{
    const QByteArray name = disposition.parameters.value("name");
    const auto claim = [&](Part part, bool &seen) {
        m_part = seen ? Part::Unknown : part;
        if (seen)
            m_problems.append({QString::fromUtf8(name), ServerText::tr("Send this field once.")});
        seen = true;
    };
    if (name == "file") {
        claim(Part::File, m_hasFile);
        if (m_part == Part::File)
            m_fileName = dispositionFileName(disposition);
    } else if (name == "config") {
        claim(Part::Config, m_hasConfig);
    } else if (name == "name" && !m_into) {
        claim(Part::Name, m_hasName);
    } else if (name == "description" && !m_into) {
        claim(Part::Description, m_hasDescription);
    } else {
        m_part = Part::Unknown;
        const QString fields =
            m_into ? QStringLiteral("file, config") : QStringLiteral("file, name, description, config");
        m_problems.append(
            {QString::fromUtf8(name), ServerText::tr("The form has no such field; its fields are: %1.").arg(fields)});
    }
}

void UploadSession::partData(QByteArrayView data)
{
    if (m_part == Part::File) {
        appendToFile(data);
        return;
    }
    if (m_part == Part::None || m_part == Part::Unknown)
        return;
    QByteArray &text = m_part == Part::Name ? m_name : m_part == Part::Description ? m_description : m_config;
    if (m_name.size() + m_description.size() + m_config.size() + data.size() > maxFieldBytes) {
        Error error;
        error.kind = ErrorKind::TooLarge;
        error.code = QStringLiteral("form_fields_too_large");
        error.message = ServerText::tr("The texts of the form are larger than 32 KiB.");
        fail(error);
        return;
    }
    text.append(data);
}

void UploadSession::appendToFile(QByteArrayView data)
{
    while (!data.isEmpty() && !m_answer) {
        if (m_block.capacity() < blockBytes)
            m_block.reserve(blockBytes);
        const qsizetype taken = std::min(data.size(), blockBytes - m_block.size());
        m_block.append(data.first(taken));
        data = data.sliced(taken);
        if (m_block.size() == blockBytes)
            sendBlock();
    }
}

void UploadSession::sendBlock()
{
    if (m_block.isEmpty())
        return;
    runOnDisk([block = std::exchange(m_block, {})](Disk &disk) -> std::optional<HttpResponse> {
        const Result<void> written = disk.write(block);
        return written ? std::nullopt : std::optional(problemOf(written.error()));
    });
}

QList<FieldError> UploadSession::formProblems()
{
    QList<FieldError> problems = m_problems;
    if (!m_hasFile)
        problems.append({QStringLiteral("file"), ServerText::tr("The form holds no file. Send one in the field "
                                                                "“file”.")});
    // With a file it is the service that says what is wrong with a name.
    if (!m_hasFile && !m_into && m_name.trimmed().isEmpty())
        problems.append({QStringLiteral("name"), ServerText::tr("The source needs a name.")});
    if (!utf8Text(m_name))
        problems.append({QStringLiteral("name"), ServerText::tr("The name is not UTF-8 text.")});
    if (!utf8Text(m_description))
        problems.append({QStringLiteral("description"), ServerText::tr("The description is not UTF-8 text.")});
    return problems;
}

QJsonObject UploadSession::config(QList<FieldError> &problems) const
{
    if (m_config.trimmed().isEmpty())
        return {};
    const Result<QJsonObject> object = parseJsonBody(m_config);
    if (object)
        return *object;
    problems.append({QStringLiteral("config"),
                     ServerText::tr("Send a JSON object, such as {\"delimiter\": \";\"}, or leave it out.")});
    return {};
}

void UploadSession::replace(SourceId source, const QList<FieldError> &problems)
{
    ReplacementFile request{.originalName = m_fileName, .problems = problems};
    request.config = config(request.problems);
    runOnDisk([request, source, user = m_user](Disk &disk) -> std::optional<HttpResponse> {
        if (const Result<void> opened = disk.open(); !opened) // an empty file wrote no block
            return problemOf(opened.error());
        const Result<Source> replaced = disk.sources.replaceFile(user, source, request, std::move(disk.upload));
        return replaced ? jsonAnswer(200, sourceJson(*replaced, std::nullopt)) : problemOf(replaced.error());
    });
}

void UploadSession::create(const QList<FieldError> &problems)
{
    NewFileSource request{.name = utf8Text(m_name).value_or(QString()),
                          .description = utf8Text(m_description).value_or(QString()),
                          .originalName = m_fileName,
                          .problems = problems};
    request.config = config(request.problems);
    runOnDisk([request, user = m_user](Disk &disk) -> std::optional<HttpResponse> {
        if (const Result<void> opened = disk.open(); !opened) // an empty file wrote no block
            return problemOf(opened.error());
        const Result<Source> source = disk.sources.createFromFile(user, request, std::move(disk.upload));
        return source ? createdSource(*source) : problemOf(source.error());
    });
}

void UploadSession::runOnDisk(std::function<std::optional<HttpResponse>(Disk &)> work)
{
    ++m_underWay;
    const QPointer<UploadSession> self(this);
    m_queue->enqueue([self, disk = m_disk, home = &m_home, work = std::move(work)] {
        // What comes after an abandoned or failed block must not make a source of half a file.
        if (disk->abandoned.isCancelled())
            return;
        const std::optional<HttpResponse> outcome = work(*disk);
        if (outcome)
            disk->abandoned.cancel();
        const auto report = [self, outcome] {
            if (!self)
                return;
            --self->m_underWay;
            if (outcome && !self->m_answer)
                self->m_answer = outcome;
            Q_EMIT self->progressed();
        };
        QMetaObject::invokeMethod(home, report, Qt::QueuedConnection);
    });
}

} // namespace idstore
