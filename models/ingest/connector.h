// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/cancel_token.h"
#include "models/base/result.h"
#include "models/base/secret.h"
#include "models/domain/source.h"
#include "models/ingest/record_reader.h"
#include "models/ingest/row_parser.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <algorithm>
#include <functional>
#include <memory>
#include <vector>

namespace idstore {

class RunLog;

enum class ConnectorCategory { File, Database, CloudFile, SignIn, Application };
enum class AuthKind { None, Password, AccessKey, ServiceAccount, OAuth, Token };

/// "file", "database", "cloud_file", "sign_in", "application".
[[nodiscard]] QString toString(ConnectorCategory category);
/// "none", "password", "access_key", "service_account", "oauth", "token".
[[nodiscard]] QString toString(AuthKind kind);

/// What is known of a connector without connecting: feeds the gallery, the forms, the REST API and the docs.
struct ConnectorDescriptor
{
    QString id; ///< the source_type
    QString title; ///< the system's name
    QString summary; ///< one sentence: what it brings
    QStringList keywords = {}; ///< other words that people search it by; translated
    ConnectorCategory category = ConnectorCategory::File;
    AuthKind auth = AuthKind::None;
    /// JSON Schema (2020-12 subset of models/domain/json_schema.h); secret properties carry "writeOnly": true. What
    /// forms need beyond that stands in keywords of our own, see connectors/schema/schema_fields.h.
    QJsonObject credentialsSchema;
    QJsonObject configSchema;
    bool readable = false; ///< this build can read it; the gallery shows only such connectors
};

struct ConnectionReport;

/// Everything a connector needs to read.
struct ReadRequest
{
    QJsonObject config;
    Secret credentials; ///< a JSON object; empty: none
    std::optional<StoredFile> file;
    /// How to read incrementally: `after` is already moved back by the overlap and is read inclusively, in the order of
    /// the cursor and then the key; without it everything is read.
    Cursor cursor;
    QStringList keyColumns = {}; ///< what tells rows apart; may be empty
    RunMode mode = RunMode::Full;
    CancelToken cancel;
    /// About how many rows will be read, as for a preview: the reader need not look at more of the source to find its
    /// table. Nothing: all of them.
    std::optional<qint64> sampleRows;
    RunLog *log = nullptr; ///< not owned; may be null; outlives the reader
    QString proxy; ///< the way out over HTTP, as of models/domain/proxy_setting.h; empty: as the system says
    QString scratchFolder; ///< for files of passing use; on the disk that the data is kept on
    /// What RecordReader::state() said at the end of the last good run; empty when there was none or its rows are gone.
    QJsonObject state;
    /// Called, from the reader's thread, when the reader waits for its source until a time (UTC), and with a null time
    /// when it goes on. May be empty.
    std::function<void(const QDateTime &until)> waiting;
    /// Connector::test() calls it, from its thread, with what the report will say as far as it has come. May be empty.
    std::function<void(const ConnectionReport &soFar)> testing;
};

/// One step of a connection test.
struct TestStep
{
    QString name; ///< "Reach the server"; translated
    std::optional<bool> ok; ///< nothing: not reached, since a step before failed
    QString detail; ///< what was seen, or what went wrong
    QString fix; ///< what to do about it; empty when ok
    /// Settings of the config that would make this step succeed, for a person to agree to: an SSH server's host key
    /// ({"host_key_sha256": "SHA256:…"}). Mostly empty.
    QJsonObject suggestion = {};
    QString cause = {}; ///< technical detail of a failure, such as what the server answered; never a secret
};

/// What a connection test found.
struct ConnectionReport
{
    QList<TestStep> steps;
    Columns columns; ///< of the first rows, when it got that far

    [[nodiscard]] bool ok() const
    {
        return std::ranges::all_of(steps, [](const TestStep &step) { return step.ok.value_or(false); });
    }
};

/// One system that sources are read from. Immutable and thread-safe.
class Connector
{
public:
    virtual ~Connector() = default;
    [[nodiscard]] virtual const ConnectorDescriptor &descriptor() const = 0;
    /// What is wrong with a source's config, each problem named by its field ("config.delimiter"). By default what the
    /// schema says; connectors with further rules add theirs. Cheap; any thread.
    [[nodiscard]] virtual QList<FieldError> checkConfig(const QJsonObject &config) const;
    /// The columns that tell rows apart according to the config: by default what `key` names, one text or a list. For a
    /// connector to which `key` means something else (the object in a bucket) that is none. Cheap; any thread.
    [[nodiscard]] virtual QStringList keyColumns(const QJsonObject &config) const;
    /// Opens a reader: finds the source and its columns. May block; called on an ingestion thread.
    [[nodiscard]] virtual Result<std::unique_ptr<RecordReader>> open(const ReadRequest &request) const = 0;
    /// Tries the way to the source step by step, reading next to nothing. By default: opens it and reads a first row.
    [[nodiscard]] virtual ConnectionReport test(const ReadRequest &request) const;
    /// Reads rows of text as open()'s reader would; null where rows are not lines of text, as in workbooks and APIs.
    /// May block; errors as of open().
    [[nodiscard]] virtual Result<std::unique_ptr<RowParser>> openRowParser(const ReadRequest & /*request*/) const
    {
        return std::unique_ptr<RowParser>();
    }
};

/// The one list of connectors, supplied by the application to the services. Immutable and thread-safe.
class ConnectorCatalog
{
public:
    virtual ~ConnectorCatalog() = default;
    /// The connectors a source can be created with through the REST API, in the gallery's order; uploads excluded.
    [[nodiscard]] virtual const std::vector<const Connector *> &all() const = 0;
    /// One of all(), or the connector of uploaded files (fileSourceType), or null.
    [[nodiscard]] virtual const Connector *find(QStringView sourceType) const = 0;
    /// Looks at the first bytes of an uploaded file: InvalidInput (field "file") with what it is and what to do
    /// when it is not a table we read: empty, an image, an archive, binary data. Cheap; any thread.
    [[nodiscard]] virtual Result<void> checkUpload(const QString &path, const QString &originalName) const = 0;
};

} // namespace idstore
