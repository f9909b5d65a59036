// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/schema/common_fields.h"
#include "connectors/sql/postgres_reader.h"
#include "connectors/sql/sql_names.h"
#include "connectors/sql/sql_steps.h"

#include <QCoreApplication>

namespace idstore::connectors::postgres_identity {

namespace {
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(PostgresIdentityConnector)
};

class PostgresIdentityConnector final : public Connector
{
public:
    explicit PostgresIdentityConnector(ConnectorDescriptor descriptor)
        : m_descriptor(std::move(descriptor))
    {}

    [[nodiscard]] const ConnectorDescriptor &descriptor() const override { return m_descriptor; }
    [[nodiscard]] QList<FieldError> checkConfig(const QJsonObject &config) const override
    {
        return Connector::checkConfig(config) + sql::nameProblems(config, sql::Dialect::PostgreSql);
    }
    [[nodiscard]] Result<std::unique_ptr<RecordReader>> open(const ReadRequest &request) const override
    {
        return sql::openPostgresReader(request);
    }
    [[nodiscard]] ConnectionReport test(const ReadRequest &request) const override
    {
        return sql::tryReading(open(request));
    }

private:
    ConnectorDescriptor m_descriptor;
};

} // namespace

std::unique_ptr<Connector> make()
{
    using namespace schema;
    return std::make_unique<PostgresIdentityConnector>(ConnectorDescriptor{
        .id = QStringLiteral("postgres_identity"),
        .title = Words::tr("PostgreSQL"),
        .summary = Words::tr("The rows of a table or view of a PostgreSQL database."),
        .category = ConnectorCategory::Database,
        .auth = AuthKind::Password,
        .credentialsSchema =
            databaseLogin(5432, QStringLiteral("postgresql://user:password@host/database"),
                          {text(QStringLiteral("client_certificate"), Words::tr("Client certificate"),
                                Words::tr("The PEM certificate to log in with, when the server asks for one."))
                               .asDocument()
                               .inSection(QStringLiteral("more")),
                           text(QStringLiteral("client_key"), Words::tr("Client key"),
                                Words::tr("The PEM private key of that certificate."))
                               .asDocument()
                               .inSection(QStringLiteral("more"))
                               .secret()}),
        .configSchema = object(
            Fields{
                text(QStringLiteral("database"), Words::tr("Database"), Words::tr("The name of the database."))
                    .required(),
                text(QStringLiteral("schema"), Words::tr("Schema"), Words::tr("The schema of the table."))
                    .byDefault(QStringLiteral("public")),
                text(QStringLiteral("table"), Words::tr("Table"), Words::tr("The table or view to read.")).required(),
                sslMode(),
                integer(QStringLiteral("statement_timeout_seconds"), Words::tr("Time limit"),
                        Words::tr("Seconds that reading may take on the server. No limit when left out."), 1)
                    .inSection(QStringLiteral("more"))} +
            networkFields()),
        .readable = true});
}

} // namespace idstore::connectors::postgres_identity
