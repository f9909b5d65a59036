// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ingest/source_reading.h"

#include <QHash>
#include <QWidget>

class QLabel;

namespace idstore {

class Button;
class FlowLayout;
class Theme;

/// The settings that a source is read with, side by side: each with its value, whether it was found out (and from what)
/// or set by the person, and the way back. Controls are made from the choices the reader offers; where it offers none,
/// from the type of the setting in the connector's config schema.
class ReadingSettings : public QWidget
{
    Q_OBJECT

public:
    /// `schema`: of the connector's config; titles and help come from there.
    ReadingSettings(const Theme &theme, QJsonObject schema, QWidget *parent);

    void setSettings(const QList<ReadingSetting> &settings);

Q_SIGNALS:
    /// A null value: find out.
    void settingWanted(const QString &name, const QJsonValue &value);

private:
    struct Field
    {
        QWidget *box = nullptr;
        QWidget *control = nullptr;
        QLabel *state = nullptr;
        Button *reset = nullptr;
        ReadingSetting shown;
    };

    [[nodiscard]] QJsonObject property(const QString &name) const;
    [[nodiscard]] bool isNumber(const QString &name) const;
    Field makeField(const ReadingSetting &setting);
    QWidget *makeControl(const ReadingSetting &setting, QWidget *parent);
    void showSetting(Field &field, const ReadingSetting &setting);
    void askForOther(const QString &name);

    const Theme &m_theme;
    QJsonObject m_schema;
    FlowLayout *m_flow;
    QHash<QString, Field> m_fields;
    QStringList m_order;
};

} // namespace idstore
