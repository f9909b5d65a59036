// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/front/serial_queue.h"
#include "server/http/http_message.h"
#include "server/http/multipart_parser.h"

#include "models/base/error.h"
#include "models/base/ids.h"

#include <QJsonObject>
#include <QObject>
#include <QThreadPool>

#include <memory>
#include <optional>

namespace idstore {

class SourceService;

/// One upload: takes the bytes of a form apart, has the file's blocks written on the uploads' pool, a bounded number
/// under way at a time, and makes a source of them in the end, or the
/// file of a source that is there. Destroying it before that leaves nothing behind.
/// API thread.
///
///     form bytes -> MultipartParser -> blocks of 512 KiB -> (pool) StagedUpload -> createFromFile | replaceFile ->
///     answer()
class UploadSession : public QObject, private MultipartParser::Sink
{
    Q_OBJECT

public:
    static constexpr qsizetype blockBytes = 512 * 1024;
    static constexpr int maxBlocksUnderWay = 4;
    static constexpr qsizetype maxFieldBytes = 32 * 1024; ///< of all texts of the form

    /// `into`: the source whose file is replaced; nothing: a new one is made. `sources`, `pool` and `home` must outlive
    /// the pool's tasks; `home` lives in the API thread.
    UploadSession(SourceService &sources, QThreadPool &pool, QObject &home, UserId user, std::optional<SourceId> into,
                  const QByteArray &boundary, qint64 bodyLimit, QObject *parent = nullptr);
    ~UploadSession() override;

    /// False while enough blocks are under way: wait for progressed().
    [[nodiscard]] bool wantsMore() const { return m_underWay < maxBlocksUnderWay && !m_answer; }
    void consume(QByteArrayView formBytes);
    /// The form has come in whole.
    void finish();
    /// The framing of the body broke.
    void failMalformed(const QString &detail);

    /// Set once the outcome is known, which may be long before the form's end.
    [[nodiscard]] const std::optional<HttpResponse> &answer() const { return m_answer; }

Q_SIGNALS:
    /// A block is on disk, or the outcome is known.
    void progressed();

private:
    enum class Part { None, File, Name, Description, Config, Unknown };
    struct Disk;

    void partBegins(const HeaderParameters &disposition) override;
    void partData(QByteArrayView data) override;
    void partEnds() override { m_part = Part::None; }

    void appendToFile(QByteArrayView data);
    void sendBlock();
    void create(const QList<FieldError> &problems);
    void replace(SourceId source, const QList<FieldError> &problems);
    void fail(const Error &error);
    /// Runs `work` on the pool and then `done` here, unless the session has gone by then.
    void runOnDisk(std::function<std::optional<HttpResponse>(Disk &)> work);
    [[nodiscard]] QList<FieldError> formProblems();
    /// The field `config`, read as JSON.
    [[nodiscard]] QJsonObject config(QList<FieldError> &problems) const;

    QObject &m_home;
    UserId m_user;
    std::optional<SourceId> m_into;
    MultipartParser m_parser;
    qint64 m_left; ///< bytes the form may still have
    std::shared_ptr<SerialQueue> m_queue;
    std::shared_ptr<Disk> m_disk;

    Part m_part = Part::None;
    bool m_hasFile = false;
    bool m_hasName = false;
    bool m_hasDescription = false;
    bool m_hasConfig = false;
    QString m_fileName;
    QByteArray m_name;
    QByteArray m_description;
    QByteArray m_config;
    QList<FieldError> m_problems;

    QByteArray m_block;
    int m_underWay = 0;
    std::optional<HttpResponse> m_answer;
};

} // namespace idstore
