// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ingest/connector.h"
#include "models/services/connection_service.h"

#include <QWidget>

class QVBoxLayout;

namespace idstore {

class SchemaForm;
class Theme;

/// Everything a connector asks for to be reached: its credentials and its config, each in a form of its own. GUI
/// thread; the connector outlives it.
class ConnectionForm : public QWidget
{
    Q_OBJECT

public:
    ConnectionForm(const Theme &theme, const Connector &connector, QWidget *parent);

    /// What is stored of a source: its config, and its credentials as hints.
    void setValues(const QJsonObject &config, const QJsonObject &credentialHints);
    [[nodiscard]] QJsonObject config() const;
    [[nodiscard]] QJsonObject credentials() const;
    /// A setting of the config, as if a person had entered it.
    void enter(const QString &name, const QJsonValue &value);
    /// Checks all fields and shows what is wrong; true when nothing is.
    bool check();
    /// What a service found wrong.
    void showProblems(const QList<FieldError> &problems);
    [[nodiscard]] int problemCount() const;
    void focusFirst();
    void focusFirstProblem();
    [[nodiscard]] bool isTouched() const;
    /// Where the values are found, of all ways: title of the field, and a sentence.
    [[nodiscard]] QList<std::pair<QString, QString>> whereToFind() const;
    void forgetSecrets();

Q_SIGNALS:
    void edited();
    void problemsChanged();

private:
    const Connector &m_connector;
    SchemaForm *m_config;
    SchemaForm *m_credentials;
};

} // namespace idstore
