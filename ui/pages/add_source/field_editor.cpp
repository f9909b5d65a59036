// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/add_source/field_editor.h"

#include "ui/pages/add_source/document_editor.h"
#include "ui/theme/theme.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QStyle>
#include <QToolButton>

namespace idstore {

namespace {

template <typename Widget>
void fill(FieldEditor *editor, Widget *control)
{
    auto *row = new QHBoxLayout(editor);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(control);
    editor->setFocusProxy(control);
}

/// Text, a secret in one line, or a number.
class LineEditor final : public FieldEditor
{
public:
    LineEditor(const Theme &theme, const FieldSpec &spec, QWidget *parent)
        : FieldEditor(parent)
        , m_kind(spec.kind())
        , m_theme(theme)
        , m_line(new QLineEdit(this))
    {
        fill(this, m_line);
        m_line->setObjectName(spec.name);
        m_line->setFont(theme.font(TextStyle::Body));
        const QJsonValue standard = spec.rules[QLatin1StringView("default")];
        if (!standard.isUndefined())
            m_line->setPlaceholderText(standard.toVariant().toString());
        if (m_kind == FieldSpec::Kind::Secret)
            addEye();
        m_good =
            m_line->addAction(theme.icon(QStringLiteral("check"), ColorRole::Success), QLineEdit::TrailingPosition);
        m_good->setVisible(false);
        const QList<QToolButton *> buttons = m_line->findChildren<QToolButton *>();
        for (QToolButton *button : buttons) {
            if (button->defaultAction() != m_good)
                continue;
            button->setFocusPolicy(Qt::NoFocus);
            button->setAccessibleName(tr("Checked"));
        }
        connect(m_line, &QLineEdit::textEdited, this, [this](const QString &text) {
            const bool isAtOnce = text.size() > m_before.size() + 1;
            m_before = text;
            Q_EMIT edited();
            if (isAtOnce)
                Q_EMIT left();
        });
        connect(m_line, &QLineEdit::editingFinished, this, &FieldEditor::left);
    }

    [[nodiscard]] QJsonValue value() const override
    {
        // A space may be part of a password; elsewhere it came along when copying.
        const QString text = m_kind == FieldSpec::Kind::Secret ? m_line->text() : m_line->text().trimmed();
        if (text.isEmpty())
            return QJsonValue(QJsonValue::Undefined);
        bool isNumber = false;
        const qint64 number = text.toLongLong(&isNumber);
        return m_kind == FieldSpec::Kind::Number && isNumber ? QJsonValue(number) : QJsonValue(text);
    }

    void setValue(const QJsonValue &value) override
    {
        m_line->setText(value.isDouble() ? QString::number(value.toInteger()) : value.toString());
        m_before = m_line->text();
    }

    void setMark(Mark mark) override
    {
        m_good->setVisible(mark == Mark::Good && m_kind != FieldSpec::Kind::Secret);
        m_line->setProperty("invalid", mark == Mark::Wrong);
        m_line->style()->unpolish(m_line);
        m_line->style()->polish(m_line);
    }

    void setWords(const QString &name, const QString &description) override
    {
        m_line->setAccessibleName(name);
        m_line->setAccessibleDescription(description);
    }

    void setStored(const QString &hint) override
    {
        m_line->setPlaceholderText(
            hint.isEmpty() ? tr("Set. Leave empty to keep it.")
                           : tr("Set, ends in %1. Leave empty to keep it.").arg(QString(hint).remove(u'…')));
    }

private:
    void addEye()
    {
        m_line->setEchoMode(QLineEdit::Password);
        m_line->setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
        QAction *eye =
            m_line->addAction(m_theme.icon(QStringLiteral("eye"), ColorRole::Muted), QLineEdit::TrailingPosition);
        eye->setText(tr("Show"));
        const QList<QToolButton *> buttons = m_line->findChildren<QToolButton *>();
        for (QToolButton *button : buttons) {
            button->setAccessibleName(tr("Show"));
            button->setFocusPolicy(Qt::TabFocus);
        }
        connect(eye, &QAction::triggered, this, [this, eye] {
            const bool isShown = m_line->echoMode() == QLineEdit::Normal;
            m_line->setEchoMode(isShown ? QLineEdit::Password : QLineEdit::Normal);
            eye->setText(isShown ? tr("Show") : tr("Hide"));
            eye->setIcon(m_theme.icon(isShown ? QStringLiteral("eye") : QStringLiteral("eye-off"), ColorRole::Muted));
        });
    }

    FieldSpec::Kind m_kind;
    const Theme &m_theme;
    QLineEdit *m_line;
    QAction *m_good = nullptr;
    QString m_before;
};

class ChoiceEditor final : public FieldEditor
{
public:
    ChoiceEditor(const Theme &theme, const FieldSpec &spec, QWidget *parent)
        : FieldEditor(parent)
        , m_box(new QComboBox(this))
    {
        fill(this, m_box);
        m_box->setObjectName(spec.name);
        m_box->setFont(theme.font(TextStyle::Body));
        const QJsonValue standard = spec.rules[QLatin1StringView("default")];
        m_box->addItem(standard.isUndefined() ? tr("As usual")
                                              : tr("As usual (%1)").arg(standard.toVariant().toString()));
        const QJsonArray values = spec.rules[QLatin1StringView("enum")].toArray();
        for (const QJsonValue &each : values)
            m_box->addItem(each.toVariant().toString(), each);
        connect(m_box, &QComboBox::activated, this, [this] {
            Q_EMIT edited();
            Q_EMIT left();
        });
    }

    [[nodiscard]] QJsonValue value() const override
    {
        return m_box->currentIndex() > 0 ? m_box->currentData().toJsonValue() : QJsonValue(QJsonValue::Undefined);
    }
    void setValue(const QJsonValue &value) override
    {
        m_box->setCurrentIndex(0);
        for (int i = 1; i < m_box->count(); ++i) {
            if (m_box->itemData(i).toJsonValue() == value)
                m_box->setCurrentIndex(i);
        }
    }
    void setMark(Mark) override {}
    void setWords(const QString &name, const QString &description) override
    {
        m_box->setAccessibleName(name);
        m_box->setAccessibleDescription(description);
    }

private:
    QComboBox *m_box;
};

class SwitchEditor final : public FieldEditor
{
public:
    SwitchEditor(const Theme &theme, const FieldSpec &spec, QWidget *parent)
        : FieldEditor(parent)
        , m_isOnByDefault(spec.rules[QLatin1StringView("default")].toBool())
        , m_box(new QCheckBox(spec.title(), this))
    {
        fill(this, m_box);
        m_box->setObjectName(spec.name);
        m_box->setFont(theme.font(TextStyle::Strong));
        m_box->setChecked(m_isOnByDefault);
        connect(m_box, &QCheckBox::clicked, this, [this] {
            Q_EMIT edited();
            Q_EMIT left();
        });
    }

    [[nodiscard]] QJsonValue value() const override
    {
        return m_box->isChecked() == m_isOnByDefault ? QJsonValue(QJsonValue::Undefined)
                                                     : QJsonValue(m_box->isChecked());
    }
    void setValue(const QJsonValue &value) override { m_box->setChecked(value.toBool(m_isOnByDefault)); }
    void setMark(Mark) override {}
    void setWords(const QString &name, const QString &description) override
    {
        m_box->setAccessibleName(name);
        m_box->setAccessibleDescription(description);
    }
    [[nodiscard]] bool hasOwnTitle() const override { return true; }

private:
    bool m_isOnByDefault;
    QCheckBox *m_box;
};

/// A list of texts, or names and texts, one a line.
class LinesEditor final : public FieldEditor
{
public:
    LinesEditor(const Theme &theme, const FieldSpec &spec, QWidget *parent)
        : FieldEditor(parent)
        , m_kind(spec.kind())
        , m_text(new QPlainTextEdit(this))
    {
        fill(this, m_text);
        m_text->setObjectName(spec.name);
        m_text->setFont(theme.font(TextStyle::Body));
        m_text->setProperty("field", true);
        m_text->setTabChangesFocus(true);
        m_text->setFixedHeight(theme.px(64));
        m_text->setPlaceholderText(m_kind == FieldSpec::Kind::Pairs ? tr("Name: value, one a line") : tr("One a line"));
        connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
            if (!m_isFilling)
                Q_EMIT edited();
        });
    }

    [[nodiscard]] QJsonValue value() const override
    {
        const QStringList lines = m_text->toPlainText().split(u'\n', Qt::SkipEmptyParts);
        QJsonArray list;
        QJsonObject pairs;
        for (const QString &line : lines) {
            if (line.trimmed().isEmpty())
                continue;
            list.append(line.trimmed());
            pairs.insert(line.section(u':', 0, 0).trimmed(), line.section(u':', 1).trimmed());
        }
        if (list.isEmpty())
            return QJsonValue(QJsonValue::Undefined);
        return m_kind == FieldSpec::Kind::Pairs ? QJsonValue(pairs) : QJsonValue(list);
    }
    void setValue(const QJsonValue &value) override
    {
        QStringList lines;
        const QJsonArray list = value.isString() ? QJsonArray{value} : value.toArray();
        for (const QJsonValue &line : list)
            lines.append(line.toString());
        const QJsonObject pairs = value.toObject();
        for (auto it = pairs.begin(); it != pairs.end(); ++it)
            lines.append(QStringLiteral("%1: %2").arg(it.key(), it.value().toString()));
        m_isFilling = true;
        m_text->setPlainText(lines.join(u'\n'));
        m_isFilling = false;
    }
    void setMark(Mark mark) override
    {
        m_text->setProperty("invalid", mark == Mark::Wrong);
        m_text->style()->unpolish(m_text);
        m_text->style()->polish(m_text);
    }
    void setWords(const QString &name, const QString &description) override
    {
        m_text->setAccessibleName(name);
        m_text->setAccessibleDescription(description);
    }
    void setStored(const QString &) override { m_text->setPlaceholderText(tr("Set. Leave empty to keep it.")); }

private:
    FieldSpec::Kind m_kind;
    QPlainTextEdit *m_text;
    bool m_isFilling = false;
};

} // namespace

FieldEditor *makeFieldEditor(const Theme &theme, const FieldSpec &spec, QWidget *parent)
{
    switch (spec.kind()) {
    case FieldSpec::Kind::Choice:
        return new ChoiceEditor(theme, spec, parent);
    case FieldSpec::Kind::Switch:
        return new SwitchEditor(theme, spec, parent);
    case FieldSpec::Kind::List:
    case FieldSpec::Kind::Pairs:
        return new LinesEditor(theme, spec, parent);
    case FieldSpec::Kind::Document:
    case FieldSpec::Kind::SecretDocument:
        return new DocumentEditor(theme, spec, parent);
    case FieldSpec::Kind::Text:
    case FieldSpec::Kind::Secret:
    case FieldSpec::Kind::Number:
        break;
    }
    return new LineEditor(theme, spec, parent);
}

} // namespace idstore
