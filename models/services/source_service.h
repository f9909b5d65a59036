// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/cancel_token.h"
#include "models/base/result.h"
#include "models/domain/source.h"

#include <QObject>

#include <memory>

namespace idstore {

class ConnectorCatalog;
class StagedUpload;
struct EngineParts;

struct NewFileSource
{
    QString name;
    QString description = {};
    QString originalName = {}; ///< file name as sent; folders are stripped
    QJsonObject config = {}; ///< how to read it; what is not set is found out
    /// As a preview showed them, with types chosen by a person, which the first run keeps. Empty: none was chosen.
    Columns columns = {};
    QList<FieldError> problems = {}; ///< what the face found wrong already; reported along with the rest
};

/// A file that takes the place of a source's file.
struct ReplacementFile
{
    QString originalName; ///< file name as sent; folders are stripped
    QJsonObject config = {}; ///< on top of the source's own; a null value: find out again
    QList<FieldError> problems = {}; ///< what the face found wrong already; reported along with the rest
};

/// The body of POST /api/sources, still as JSON: the rules are the service's.
struct NewConnectedSource
{
    QString name;
    QString description = {};
    QString sourceType;
    QJsonObject credentials = {};
    QJsonObject config = {};
    QString cursorColumn = {};
    QString cursorType = {};
    std::optional<QString> cursorAfter = {};
    std::optional<qint64> cursorOverlap = {}; ///< nothing: the usual one of the type
    QStringList keyColumns = {};
    /// As a preview showed them, with types chosen by a person, which the first run keeps. Empty: none was chosen.
    Columns columns = {};
    QList<FieldError> problems = {}; ///< what the face found wrong already; reported along with the rest
};

/// What to change about one column. Values stay as they are, nothing is read again.
struct ColumnChange
{
    enum class Choice {
        Keep, ///< the type stays what it is; with a dateOrder it becomes a person's choice
        Inferred, ///< back to what the values say
        Chosen, ///< `type`
    };

    QString name;
    Choice choice = Choice::Keep;
    ColumnType type = ColumnType::Text; ///< for Choice::Chosen
    std::optional<DateOrder> dateOrder = {}; ///< for dates and timestamps
};

/// What to change; nothing stays as it is. Only what is set changes.
struct SourcePatch
{
    std::optional<QString> name;
    std::optional<QString> description;
    std::optional<QJsonObject> config; ///< on top of the source's own; a null value takes a setting away
    /// All of them anew; a secret written as it is answered, {"set": true}, stays what it is.
    std::optional<QJsonObject> credentials;
    // Another key or cursor begins without a mark, unless one is given: the next run reads all.
    std::optional<QStringList> keyColumns = {};
    std::optional<QString> cursorColumn = {}; ///< empty: no cursor any more
    std::optional<QString> cursorType = {};
    std::optional<QString> cursorAfter = {};
    std::optional<qint64> cursorOverlap = {};
    QList<ColumnChange> columns = {}; ///< those named change, the others stay
    QList<FieldError> problems = {}; ///< what the face found wrong already; reported along with the rest
};

/// Sources: what there is, adding, changing, deleting. Thread-safe; calls may touch the disk, so the window calls it
/// off its own thread. A user sees their own sources only; anybody else's is NotFound.
class SourceService : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype maxNameLength = 200;
    static constexpr qsizetype maxDescriptionLength = 4000;

    explicit SourceService(EngineParts &parts);

    [[nodiscard]] const ConnectorCatalog &connectors() const;
    /// Bytes.
    [[nodiscard]] qint64 uploadLimit() const;

    /// Oldest first.
    [[nodiscard]] Result<QList<Source>> list(UserId user);
    [[nodiscard]] Result<Source> get(UserId user, SourceId id);

    /// A place for an upload's bytes.
    [[nodiscard]] Result<std::unique_ptr<StagedUpload>> stageUpload() const;
    /// InvalidInput for a missing name or a file that is not a table; nothing remains of it then.
    [[nodiscard]] Result<Source> createFromFile(UserId user, const NewFileSource &request,
                                                std::unique_ptr<StagedUpload> upload);
    /// The same for a file on this computer, which is copied while the call blocks. Without a name the source is called
    /// after the file, made unique among the user's sources.
    [[nodiscard]] Result<Source> createFromLocalFile(UserId user, const QString &path,
                                                     const NewFileSource &request = {}, const CancelToken &cancel = {});

    /// Whether replaceFile() could work now: NotFound, Conflict ("already_ingesting") while the source is being
    /// ingested, Conflict ("not_a_file_source") for a source that is read from another system.
    [[nodiscard]] Result<void> checkReplaceable(UserId user, SourceId id);
    /// Gives a file source another file: the next run reads it. Name, settings, columns, rows and history stay. The
    /// file of before is kept until the new one is safe on the disk. Errors: those of checkReplaceable(), InvalidInput
    /// for a file that is not a table or a config that makes no sense; nothing has changed then.
    [[nodiscard]] Result<Source> replaceFile(UserId user, SourceId id, const ReplacementFile &request,
                                             std::unique_ptr<StagedUpload> upload);
    /// The same with a file on this computer, which is copied while the call blocks.
    [[nodiscard]] Result<Source> replaceWithLocalFile(UserId user, SourceId id, const QString &path,
                                                      const QJsonObject &config = {}, const CancelToken &cancel = {});
    /// Validated against the connector's schemas; every wrong field is named at once.
    [[nodiscard]] Result<Source> createConnected(UserId user, const NewConnectedSource &request);

    [[nodiscard]] Result<Source> update(UserId user, SourceId id, const SourcePatch &patch);
    /// Deletes the source and its data; Conflict while it is being ingested.
    [[nodiscard]] Result<void> remove(UserId user, SourceId id);

Q_SIGNALS:
    // Emitted from the calling thread, after the change is committed.
    void sourceAdded(idstore::SourceId id);
    void sourceChanged(idstore::SourceId id);
    void sourceRemoved(idstore::SourceId id);

private:
    friend class IngestionService; // announces sourceChanged when a run starts and ends

    [[nodiscard]] Result<Source> replaceable(UserId user, SourceId id) const;
    [[nodiscard]] Result<std::unique_ptr<StagedUpload>> stageLocalFile(const QString &path,
                                                                       const CancelToken &cancel) const;
    /// Whether the upload can become a source's file; its bytes are on the disk then. `problems` are reported along.
    [[nodiscard]] Result<void> checkUpload(StagedUpload &upload, const QString &originalName, const QJsonObject &config,
                                           QList<FieldError> problems) const;

    EngineParts &m_parts;
};

} // namespace idstore
