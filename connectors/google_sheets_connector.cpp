// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/cloud/google_workbook.h"
#include "connectors/files/workbook/workbook_reader.h"
#include "connectors/remote/connection_steps.h"
#include "connectors/remote/remote_tables.h"
#include "connectors/schema/common_fields.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace idstore::connectors::google_sheets {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(GoogleSheetsConnector)
};

const QString digestKey = QStringLiteral("digest");
const QString configKey = QStringLiteral("config");
/// What a test reads at most.
constexpr qint64 testRows = 20;
/// Rows above the table, such as a title, that a sample has to reach past.
constexpr qint64 rowsAbove = 20;

QString configDigest(const QJsonObject &config)
{
    const QByteArray json = QJsonDocument(config).toJson(QJsonDocument::Compact);
    return QString::fromLatin1(QCryptographicHash::hash(json, QCryptographicHash::Sha256).toHex());
}

Error invalidAddress()
{
    const QString message = Words::tr("This is neither the ID nor the address of a spreadsheet of Google Sheets.");
    const QString remedy = Words::tr("Open the spreadsheet and copy the address of the page, or the part of it between "
                                     "/d/ and /edit. The address of a page published to the web does not do.");
    return {.kind = ErrorKind::InvalidInput,
            .code = QStringLiteral("spreadsheet_id_malformed"),
            .message = message,
            .remedy = remedy,
            .cause = {},
            .fields = {{QStringLiteral("config.spreadsheet_id"), remedy}}};
}

Error signInNotAvailable()
{
    return {.kind = ErrorKind::Source,
            .code = QStringLiteral("oauth_not_available"),
            .message = Words::tr("This version cannot sign in to Google in the browser yet."),
            .remedy = Words::tr("Use a service account: enter its JSON key, and share the spreadsheet with its e-mail "
                                "address."),
            .cause = {},
            .fields = {}};
}

/// The rows of a sheet, and what the next run has to know of them.
class SheetReader final : public RecordReader
{
public:
    SheetReader(std::unique_ptr<WorkbookReader> reader, QJsonObject state, bool unchanged)
        : m_reader(std::move(reader))
        , m_state(std::move(state))
        , m_unchanged(unchanged)
    {}

    [[nodiscard]] const Columns &columns() const override { return m_reader->columns(); }
    Result<bool> read(RowBatch &batch) override { return m_unchanged ? Result<bool>(false) : m_reader->read(batch); }
    [[nodiscard]] SourceReading reading() const override { return m_reader->reading(); }
    [[nodiscard]] bool isUnchanged() const override { return m_unchanged; }
    [[nodiscard]] QJsonObject state() const override { return m_state; }
    [[nodiscard]] std::optional<qint64> totalRows() const override { return m_reader->totalRows(); }
    [[nodiscard]] EstimateBasis estimateBasis() const override { return m_reader->estimateBasis(); }

private:
    std::unique_ptr<WorkbookReader> m_reader;
    QJsonObject m_state;
    bool m_unchanged;
};

class GoogleSheetsConnector final : public Connector
{
public:
    explicit GoogleSheetsConnector(ConnectorDescriptor descriptor)
        : m_descriptor(std::move(descriptor))
    {}

    [[nodiscard]] const ConnectorDescriptor &descriptor() const override { return m_descriptor; }
    [[nodiscard]] QList<FieldError> checkConfig(const QJsonObject &config) const override;
    [[nodiscard]] Result<std::unique_ptr<RecordReader>> open(const ReadRequest &request) const override;
    [[nodiscard]] ConnectionReport test(const ReadRequest &request) const override;

private:
    ConnectorDescriptor m_descriptor;
};

Result<std::unique_ptr<cloud::SheetsApi>> openApi(const ReadRequest &request, const QString &spreadsheetId)
{
    const QJsonObject credentials = QJsonDocument::fromJson(request.credentials.reveal()).object();
    if (credentials.contains(QLatin1StringView("oauth_grant")))
        return signInNotAvailable();
    const http::ClientSettings settings = clientSettings(request);
    IDS_TRY(access, cloud::GoogleAccess::fromCredentials(credentials, {QLatin1StringView(cloud::SheetsApi::scope)},
                                                         cloud::SheetsApi::baseUrl(request.config), settings,
                                                         clientWatcher(request)));
    return std::make_unique<cloud::SheetsApi>(request, settings, spreadsheetId, std::move(access));
}

QList<FieldError> GoogleSheetsConnector::checkConfig(const QJsonObject &config) const
{
    QList<FieldError> problems = Connector::checkConfig(config);
    if (!problems.isEmpty())
        return problems;
    if (!cloud::spreadsheetAddress(config[QLatin1StringView("spreadsheet_id")].toString()))
        problems = invalidAddress().fields;
    if (const auto options = TableFileOptions::fromConfig(config); !options)
        problems += options.error().fields;
    return problems;
}

Result<std::unique_ptr<RecordReader>> GoogleSheetsConnector::open(const ReadRequest &request) const
{
    const auto address = cloud::spreadsheetAddress(request.config[QLatin1StringView("spreadsheet_id")].toString());
    if (!address)
        return invalidAddress();
    IDS_TRY(options, TableFileOptions::fromConfig(request.config));
    IDS_TRY(api, openApi(request, address->id));

    const QString config = configDigest(request.config);
    const bool mayBeUnchanged =
        request.mode != RunMode::Full && !request.sampleRows && request.state[configKey].toString() == config;
    cloud::GoogleWorkbook::Options reading{.range = options.range,
                                           .scratchFolder = request.scratchFolder,
                                           .knownDigest = {},
                                           .sampleRows = request.sampleRows,
                                           .log = request.log};
    if (mayBeUnchanged)
        reading.knownDigest = QByteArray::fromHex(request.state[digestKey].toString().toLatin1());
    if (reading.sampleRows)
        *reading.sampleRows += options.skipRows + options.headerRow.value_or(0) + rowsAbove;
    IDS_TRY(workbook, cloud::GoogleWorkbook::open(std::move(api), reading));
    // A link leads to a tab; who names another means that one.
    if (address->sheetId && !options.sheet)
        options.sheet =
            workbook->sheetWithId(*address->sheetId).value_or(QStringLiteral("gid=%1").arg(*address->sheetId));

    const cloud::GoogleWorkbook &cells = *workbook; // which the reader owns from here on
    IDS_TRY(reader, WorkbookReader::open(std::move(workbook), options, request.cancel, request.log,
                                         request.sampleRows.value_or(WorkbookReader::allRows)));
    const QByteArray digest = cells.digest();
    const bool unchanged = mayBeUnchanged && digest == reading.knownDigest;
    const QJsonObject state{{digestKey, QString::fromLatin1(digest.toHex())}, {configKey, config}};
    return std::unique_ptr<RecordReader>(std::make_unique<SheetReader>(std::move(reader), state, unchanged));
}

ConnectionReport GoogleSheetsConnector::test(const ReadRequest &request) const
{
    ReadRequest sample{.config = request.config,
                       .credentials = request.credentials.clone(),
                       .file = {},
                       .cursor = {},
                       .mode = RunMode::Full,
                       .cancel = request.cancel,
                       .sampleRows = testRows,
                       .log = request.log,
                       .proxy = request.proxy,
                       .scratchFolder = request.scratchFolder,
                       .state = {},
                       .waiting = request.waiting,
                       .testing = {}};
    auto reader = open(sample);
    if (!reader)
        return remoteReport(reader.error());
    RowBatch batch;
    if (const auto more = (*reader)->read(batch); !more)
        return remoteReport(more.error());
    return remoteReport((*reader)->columns());
}

} // namespace

std::unique_ptr<Connector> make()
{
    using namespace schema;
    return std::make_unique<GoogleSheetsConnector>(ConnectorDescriptor{
        .id = QStringLiteral("google_sheets"),
        .title = Words::tr("Google Sheets"),
        .summary = Words::tr("The rows of a sheet of a Google Sheets document."),
        .category = ConnectorCategory::CloudFile,
        .auth = AuthKind::ServiceAccount,
        .credentialsSchema = oneOf({{Words::tr("Service account"), {serviceAccount()}}, signInForm()}),
        .configSchema = object(Fields{text(QStringLiteral("spreadsheet_id"), Words::tr("Spreadsheet"),
                                           Words::tr("The address of the spreadsheet, or its ID: the long part of the "
                                                     "address between /d/ and /edit. Share the spreadsheet with the "
                                                     "e-mail address of the service account."))
                                          .required()} +
                               tableFileFields() + restFields()),
        .readable = true});
}

} // namespace idstore::connectors::google_sheets
