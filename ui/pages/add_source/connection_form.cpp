// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/add_source/connection_form.h"

#include "ui/pages/add_source/form_spec.h"
#include "ui/pages/add_source/schema_form.h"
#include "ui/widgets/labels.h"

#include <QVBoxLayout>

namespace idstore {

namespace {

constexpr int betweenGroups = 24;

} // namespace

ConnectionForm::ConnectionForm(const Theme &theme, const Connector &connector, QWidget *parent)
    : QWidget(parent)
    , m_connector(connector)
    , m_config(new SchemaForm(theme, connector.descriptor().configSchema, QStringLiteral("config"),
                              connector.descriptor().category == ConnectorCategory::CloudFile ? tr("Where it is")
                                                                                              : tr("What to read"),
                              this))
    , m_credentials(new SchemaForm(theme, connector.descriptor().credentialsSchema, QStringLiteral("credentials"),
                                   tr("Sign-in"), this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme.px(betweenGroups));
    // Of files one knows the address first, of databases and applications who one is there.
    const bool isFile = connector.descriptor().category == ConnectorCategory::CloudFile;
    column->addWidget(isFile ? m_config : m_credentials);
    column->addWidget(isFile ? m_credentials : m_config);
    m_credentials->setVisible(!m_credentials->isEmpty());
    for (SchemaForm *form : {m_config, m_credentials}) {
        connect(form, &SchemaForm::edited, this, &ConnectionForm::edited);
        connect(form, &SchemaForm::problemsChanged, this, &ConnectionForm::problemsChanged);
    }
}

void ConnectionForm::setValues(const QJsonObject &config, const QJsonObject &credentialHints)
{
    m_config->setValues(config);
    m_credentials->setValues(credentialHints);
}

QJsonObject ConnectionForm::config() const
{
    return m_config->values();
}

QJsonObject ConnectionForm::credentials() const
{
    return m_credentials->values();
}

void ConnectionForm::enter(const QString &name, const QJsonValue &value)
{
    m_config->enter(name, value);
}

bool ConnectionForm::check()
{
    QList<FieldError> problems = m_config->problems() + m_credentials->problems();
    if (problems.isEmpty())
        problems = m_connector.checkConfig(config());
    showProblems(problems);
    return problems.isEmpty();
}

void ConnectionForm::showProblems(const QList<FieldError> &problems)
{
    m_config->showProblems(problems);
    m_credentials->showProblems(problems);
}

int ConnectionForm::problemCount() const
{
    return m_config->problemCount() + m_credentials->problemCount();
}

void ConnectionForm::focusFirst()
{
    const bool isFile = m_connector.descriptor().category == ConnectorCategory::CloudFile;
    (isFile ? m_config : m_credentials)->focusFirst();
}

void ConnectionForm::focusFirstProblem()
{
    const bool isFile = m_connector.descriptor().category == ConnectorCategory::CloudFile;
    SchemaForm *first = isFile ? m_config : m_credentials;
    (first->problemCount() > 0 ? first : isFile ? m_credentials : m_config)->focusFirstProblem();
}

bool ConnectionForm::isTouched() const
{
    return m_config->isTouched() || m_credentials->isTouched();
}

QList<std::pair<QString, QString>> ConnectionForm::whereToFind() const
{
    QList<std::pair<QString, QString>> places;
    const ConnectorDescriptor &descriptor = m_connector.descriptor();
    const QList<FormSpec> ways = formsOf(descriptor.configSchema) + formsOf(descriptor.credentialsSchema);
    for (const FormSpec &way : ways) {
        for (const FieldSpec &field : way.fields) {
            const std::pair place(field.title(), field.where());
            if (!field.where().isEmpty() && !places.contains(place))
                places.append(place);
        }
    }
    return places;
}

void ConnectionForm::forgetSecrets()
{
    m_credentials->forgetSecrets();
}

} // namespace idstore
