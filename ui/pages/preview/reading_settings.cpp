// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/preview/reading_settings.h"

#include "ui/widgets/buttons.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/labels.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QLineEdit>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>

namespace idstore {

namespace {

constexpr int fieldWidth = 116;
constexpr int widestField = 180;

// The values of these are all among the choices.
bool isClosed(const QString &name)
{
    return name == QLatin1StringView("sheet") || name == QLatin1StringView("encoding") ||
           name == QLatin1StringView("escape");
}

} // namespace

ReadingSettings::ReadingSettings(const Theme &theme, QJsonObject schema, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_schema(std::move(schema))
    , m_flow(new FlowLayout(this, theme.px(12)))
{
    setAccessibleName(tr("How the file is read"));
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

QJsonObject ReadingSettings::property(const QString &name) const
{
    return m_schema.value(QLatin1StringView("properties")).toObject().value(name).toObject();
}

bool ReadingSettings::isNumber(const QString &name) const
{
    return property(name).value(QLatin1StringView("type")).toString() == QLatin1StringView("integer");
}

void ReadingSettings::setSettings(const QList<ReadingSetting> &settings)
{
    QStringList order;
    for (const ReadingSetting &setting : settings)
        order.append(setting.name);
    if (order != m_order) {
        for (const Field &field : std::as_const(m_fields)) {
            field.box->hide();
            field.box->deleteLater();
        }
        m_fields.clear();
        m_order = order;
        for (const ReadingSetting &setting : settings)
            m_fields.insert(setting.name, makeField(setting));
    }
    for (const ReadingSetting &setting : settings) {
        Field &field = m_fields[setting.name];
        if (setting != field.shown)
            showSetting(field, setting);
    }
}

ReadingSettings::Field ReadingSettings::makeField(const ReadingSetting &setting)
{
    Field field;
    field.box = new QWidget(this);
    auto *column = new QVBoxLayout(field.box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(m_theme.px(4));
    const QJsonObject schema = property(setting.name);
    const QString title = schema.value(QLatin1StringView("title")).toString(setting.name);
    QLabel *label = makeLabel(m_theme, TextStyle::SmallStrong, title, field.box);
    field.control = makeControl(setting, field.box);
    field.control->setObjectName(setting.name);
    field.control->setAccessibleName(title);
    field.control->setToolTip(schema.value(QLatin1StringView("description")).toString());
    field.control->setMinimumWidth(m_theme.px(fieldWidth));
    label->setBuddy(field.control);
    column->addWidget(label);
    column->addWidget(field.control);
    auto *row = new QHBoxLayout;
    row->setSpacing(m_theme.px(6));
    field.state = makeLabel(m_theme, TextStyle::Caption, {}, field.box, Tone::Muted);
    field.reset = new Button(m_theme, ButtonRole::Link, tr("Find out"), field.box, {}, ButtonExtent::Small);
    field.reset->setAccessibleName(tr("Find out %1").arg(title));
    field.state->setMinimumHeight(m_theme.px(20)); // the height of the link, which comes and goes
    row->addWidget(field.state);
    row->addWidget(field.reset);
    row->addStretch();
    column->addLayout(row);
    connect(field.reset, &QPushButton::clicked, this,
            [this, name = setting.name] { Q_EMIT settingWanted(name, QJsonValue()); });
    field.shown.name = QString(); // nothing is shown yet
    m_flow->addWidget(field.box);
    field.box->show();
    return field;
}

QWidget *ReadingSettings::makeControl(const ReadingSetting &setting, QWidget *parent)
{
    const QString name = setting.name;
    if (!setting.choices.isEmpty()) {
        auto *combo = new QComboBox(parent);
        combo->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        combo->setMaximumWidth(m_theme.px(widestField));
        connect(combo, &QComboBox::activated, this, [this, name, combo](int index) {
            const QVariant value = combo->itemData(index);
            if (value.isValid())
                Q_EMIT settingWanted(name, value.toJsonValue());
            else
                askForOther(name);
        });
        return combo;
    }
    if (isNumber(name)) {
        auto *spin = new QSpinBox(parent);
        spin->setRange(property(name).value(QLatin1StringView("minimum")).toInt(), std::numeric_limits<int>::max());
        spin->setKeyboardTracking(false);
        spin->setButtonSymbols(QAbstractSpinBox::NoButtons);
        connect(spin, &QSpinBox::valueChanged, this, [this, name](int value) { Q_EMIT settingWanted(name, value); });
        return spin;
    }
    auto *edit = new QLineEdit(parent);
    connect(edit, &QLineEdit::editingFinished, this, [this, name, edit] {
        const QString text = edit->text().trimmed();
        const QJsonValue shown = m_fields.value(name).shown.value;
        if (text != shown.toString())
            Q_EMIT settingWanted(name, text.isEmpty() ? QJsonValue() : QJsonValue(text));
    });
    return edit;
}

void ReadingSettings::showSetting(Field &field, const ReadingSetting &setting)
{
    field.shown = setting;
    const QSignalBlocker blocker(field.control);
    if (auto *combo = qobject_cast<QComboBox *>(field.control)) {
        combo->clear();
        for (const ReadingChoice &choice : setting.choices)
            combo->addItem(choice.label, choice.value.toVariant());
        int index = -1;
        for (int i = 0; i < static_cast<int>(setting.choices.size()); ++i) {
            combo->setItemData(i, QVariant::fromValue(setting.choices.at(i).value));
            if (setting.choices.at(i).value == setting.value)
                index = i;
        }
        if (index < 0 && !setting.value.isNull()) {
            index = combo->count();
            combo->addItem(setting.value.toVariant().toString(), QVariant::fromValue(setting.value));
        }
        if (!isClosed(setting.name))
            combo->addItem(tr("Other…")); // without data: asks
        combo->setCurrentIndex(index);
        combo->view()->setMinimumWidth(combo->view()->sizeHintForColumn(0) + m_theme.px(24));
    } else if (auto *spin = qobject_cast<QSpinBox *>(field.control)) {
        spin->setValue(setting.value.toInt());
    } else if (auto *edit = qobject_cast<QLineEdit *>(field.control)) {
        edit->setText(setting.value.toString());
        edit->setPlaceholderText(tr("all"));
    }
    const QString found = setting.reason.isEmpty() ? tr("Found out") : tr("Found out: %1").arg(setting.reason);
    field.state->setText(setting.chosen ? tr("Set by you") : tr("Found out"));
    field.state->setToolTip(setting.chosen ? QString() : found);
    field.control->setAccessibleDescription(setting.chosen ? tr("Set by you") : found);
    field.reset->setVisible(setting.chosen);
}

void ReadingSettings::askForOther(const QString &name)
{
    Field &field = m_fields[name];
    const QJsonObject schema = property(name);
    auto *dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(schema.value(QLatin1StringView("title")).toString());
    dialog->setLabelText(schema.value(QLatin1StringView("description")).toString());
    // Until there is an answer the value of before stands.
    const ReadingSetting shown = field.shown;
    showSetting(field, shown);
    if (isNumber(name)) {
        dialog->setInputMode(QInputDialog::IntInput);
        dialog->setIntRange(schema.value(QLatin1StringView("minimum")).toInt(), std::numeric_limits<int>::max());
        dialog->setIntValue(shown.value.toInt());
        connect(dialog, &QInputDialog::intValueSelected, this,
                [this, name](int value) { Q_EMIT settingWanted(name, value); });
    } else {
        connect(dialog, &QInputDialog::textValueSelected, this, [this, name](const QString &text) {
            if (!text.isEmpty())
                Q_EMIT settingWanted(name, text);
        });
    }
    dialog->open();
}

} // namespace idstore
