// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/add_source/schema_form.h"

#include "models/domain/json_schema.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/segments.h"

#include <QGridLayout>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>

namespace idstore {

namespace {

using namespace std::chrono_literals;

constexpr auto pause = 700ms; // without a key, before what is typed is looked at
constexpr int betweenFields = 16;
constexpr int numberShare = 4; // of five parts of the width that a field beside a number takes

bool isKept(const QJsonValue &value)
{
    return value.toObject().value(QLatin1StringView("set")) == QJsonValue(true);
}

} // namespace

SchemaForm::SchemaForm(const Theme &theme, const QJsonObject &schema, const QString &path, const QString &title,
                       QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_path(path)
    , m_forms(formsOf(schema))
{
    for (FormSpec &form : m_forms)
        form.fields.removeIf([](const FieldSpec &field) { return field.section() == QLatin1StringView("reading"); });
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(m_theme.px(betweenFields));
    if (!title.isEmpty())
        column->addWidget(makeText(theme, TextStyle::Section, title, this));
    if (m_forms.size() > 1) {
        m_ways = new Segments(theme, title, this);
        for (const FormSpec &form : std::as_const(m_forms))
            m_ways->addSegment(form.title);
        column->addWidget(m_ways);
        connect(m_ways, &Segments::chosen, this, [this](int form) {
            m_touched = true;
            showForm(form);
            Q_EMIT edited();
            Q_EMIT problemsChanged();
        });
    }
    m_pause.setSingleShot(true);
    m_pause.setInterval(pause);
    connect(&m_pause, &QTimer::timeout, this, [this] {
        for (Row &row : m_rows) {
            if (row.spec.name == m_typedIn && !valueOf(row).isUndefined())
                check(row);
        }
    });
    showForm(0);
}

void SchemaForm::showForm(int form)
{
    for (const Row &row : m_rows) {
        const QJsonValue value = row.editor->value();
        if (!value.isUndefined())
            m_kept.insert(row.spec.name, value);
    }
    m_form = form;
    m_rows.clear();
    delete m_fields;
    m_fields = new QWidget(this);
    auto *column = new QVBoxLayout(m_fields);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(m_theme.px(betweenFields));
    m_moreFields = new QWidget(m_fields);
    auto *moreColumn = new QVBoxLayout(m_moreFields);
    moreColumn->setContentsMargins(0, 0, 0, 0);
    moreColumn->setSpacing(m_theme.px(betweenFields));
    m_rows.reserve(static_cast<std::size_t>(m_forms.at(form).fields.size()));
    for (const FieldSpec &spec : m_forms.at(form).fields) {
        Row &row = m_rows.emplace_back();
        row.spec = spec;
        const bool isMore = spec.section() == QLatin1StringView("more");
        buildRow(row, isMore ? m_moreFields : m_fields);
        const QJsonValue kept = m_kept.value(spec.name);
        row.isStored = spec.isSecret() && isKept(kept);
        if (row.isStored) {
            row.editor->setStored(kept.toObject().value(QLatin1StringView("hint")).toString());
            if (!spec.isRequired)
                addRemoval(row);
        } else if (!kept.isUndefined())
            row.editor->setValue(kept);
    }
    layOut();
    static_cast<QVBoxLayout *>(layout())->addWidget(m_fields);
    m_fields->show();
}

void SchemaForm::buildRow(Row &row, QWidget *parent)
{
    const QString name = row.spec.name;
    row.box = new QWidget(parent);
    auto *column = new QVBoxLayout(row.box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(m_theme.px(4));
    row.editor = makeFieldEditor(m_theme, row.spec, row.box);
    if (!row.editor->hasOwnTitle()) {
        auto *head = new QHBoxLayout;
        head->setSpacing(m_theme.px(6));
        row.label = makeLabel(m_theme, TextStyle::Strong, row.spec.title(), row.box);
        row.label->setBuddy(row.editor);
        head->addWidget(row.label);
        if (!row.spec.isRequired)
            head->addWidget(makeLabel(m_theme, TextStyle::Small, tr("optional"), row.box, Tone::Muted), 0,
                            Qt::AlignBottom);
        head->addStretch(1);
        column->addLayout(head);
    }
    column->addWidget(row.editor);
    auto *foot = new QHBoxLayout;
    foot->setSpacing(m_theme.px(6));
    row.icon = new IconLabel(m_theme, QStringLiteral("status-error"), 14, ColorRole::Danger, row.box);
    row.note = makeText(m_theme, TextStyle::Small, {}, row.box, Tone::Muted);
    row.note->setObjectName(QString(name % QLatin1StringView("Note")));
    foot->addWidget(row.icon, 0, Qt::AlignTop);
    foot->addWidget(row.note, 1);
    column->addLayout(foot);
    showNote(row, {});
    connect(row.editor, &FieldEditor::edited, this, [this, editor = row.editor] {
        Row *edited = rowOf(editor);
        m_touched = true;
        m_typedIn = edited->spec.name;
        m_pause.start();
        if (edited->isWrong || valueOf(*edited).isUndefined())
            check(*edited);
        else
            edited->editor->setMark(FieldEditor::Mark::None);
        Q_EMIT this->edited();
    });
    connect(row.editor, &FieldEditor::left, this, [this, editor = row.editor] {
        Row *left = rowOf(editor);
        // Walking through a form that is still empty is no mistake.
        if (!valueOf(*left).isUndefined())
            check(*left);
    });
}

void SchemaForm::addRemoval(Row &row)
{
    auto *remove = new Button(m_theme, ButtonRole::Link, tr("Remove it"), row.box);
    remove->setObjectName(QString(row.spec.name % QLatin1StringView("Remove")));
    const auto setWords = [remove, title = row.spec.title()](bool isRemoved) {
        remove->setText(isRemoved ? tr("Is removed when you save. Keep it") : tr("Remove it"));
        remove->setAccessibleName(isRemoved ? tr("%1: keep what is stored").arg(title)
                                            : tr("%1: remove what is stored").arg(title));
        remove->updateGeometry();
    };
    setWords(false);
    row.box->layout()->addWidget(remove);
    row.box->layout()->setAlignment(remove, Qt::AlignLeft);
    connect(remove, &QPushButton::clicked, this, [this, editor = row.editor, setWords] {
        Row *chosen = rowOf(editor);
        chosen->isRemoved = !chosen->isRemoved;
        chosen->editor->setEnabled(!chosen->isRemoved);
        setWords(chosen->isRemoved);
        m_touched = true;
        check(*chosen);
        Q_EMIT edited();
    });
}

void SchemaForm::layOut()
{
    QStringList hidden;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const bool isMore = m_rows[i].spec.section() == QLatin1StringView("more");
        auto *column = static_cast<QVBoxLayout *>((isMore ? m_moreFields : m_fields)->layout());
        if (isMore)
            hidden.append(m_rows[i].spec.title());
        // A number stands beside the field it belongs to, as a port beside its server.
        const bool hasNumber = !isMore && i + 1 < m_rows.size() && m_rows[i].spec.kind() == FieldSpec::Kind::Text &&
                               m_rows[i + 1].spec.kind() == FieldSpec::Kind::Number &&
                               m_rows[i + 1].spec.section().isEmpty();
        if (!hasNumber) {
            column->addWidget(m_rows[i].box);
            continue;
        }
        auto *pair = new QHBoxLayout;
        pair->setSpacing(m_theme.px(12));
        pair->addWidget(m_rows[i].box, numberShare, Qt::AlignTop);
        pair->addWidget(m_rows[i + 1].box, 1, Qt::AlignTop);
        column->addLayout(pair);
        ++i;
    }
    auto *column = static_cast<QVBoxLayout *>(m_fields->layout());
    m_more = new Button(m_theme, ButtonRole::Link, {}, m_fields, QStringLiteral("chevron-right"));
    m_more->setVisible(!hidden.isEmpty());
    const QString names = hidden.join(QStringLiteral(", "));
    m_more->setToolTip(names);
    m_more->setText(hidden.size() > 4 ? tr("More: %1 and others").arg(hidden.first(3).join(QStringLiteral(", ")))
                                      : tr("More: %1").arg(names));
    m_more->setAccessibleName(m_more->text());
    column->addWidget(m_more, 0, Qt::AlignLeft);
    column->addWidget(m_moreFields);
    connect(m_more, &QPushButton::clicked, this, [this] { setMoreOpen(!m_moreOpen); });
    setMoreOpen(m_moreOpen);
}

void SchemaForm::setMoreOpen(bool open)
{
    m_moreOpen = open;
    m_moreFields->setVisible(open);
    m_more->setIconName(open ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right"));
}

SchemaForm::Row *SchemaForm::rowOf(const QObject *editor)
{
    return &*std::ranges::find(m_rows, editor, &Row::editor);
}

QJsonValue SchemaForm::valueOf(const Row &row) const
{
    const QJsonValue value = row.editor->value();
    if (row.isRemoved)
        return QJsonValue(QJsonValue::Undefined);
    if (value.isUndefined() && row.isStored)
        return QJsonObject{{QStringLiteral("set"), true}};
    return value;
}

QJsonObject SchemaForm::values() const
{
    QJsonObject values;
    for (const Row &row : m_rows) {
        const QJsonValue value = valueOf(row);
        if (!value.isUndefined())
            values.insert(row.spec.name, value);
    }
    return values;
}

void SchemaForm::setValues(const QJsonObject &values)
{
    m_rows.clear();
    m_kept = values;
    const int form = formFor(m_forms, values);
    if (m_ways)
        m_ways->choose(form);
    showForm(form);
    m_touched = false;
}

void SchemaForm::enter(const QString &name, const QJsonValue &value)
{
    for (Row &row : m_rows) {
        if (row.spec.name != name)
            continue;
        row.editor->setValue(value);
        m_touched = true;
        check(row);
        Q_EMIT edited();
    }
}

QList<FieldError> SchemaForm::problems() const
{
    QJsonObject given = values();
    QList<FieldError> problems = validateJson(given, m_forms.at(m_form).schema, m_path);
    for (const Row &row : m_rows) {
        if (isKept(given.value(row.spec.name)))
            problems.removeIf([field = QString(m_path % u'.' % row.spec.name)](const FieldError &problem) {
                return problem.field == field;
            });
    }
    return problems;
}

QString SchemaForm::problemOf(const Row &row, const QList<FieldError> &problems) const
{
    const QString field = m_path % u'.' % row.spec.name;
    for (const FieldError &problem : problems) {
        if (problem.field == field || problem.field.startsWith(QString(field % u'[')) ||
            problem.field.startsWith(QString(field % u'.')))
            return row.spec.isRequired && valueOf(row).isUndefined() ? tr("Fill this in.") : problem.message;
    }
    return {};
}

void SchemaForm::check(Row &row)
{
    row.wasChecked = true;
    showNote(row, problemOf(row, problems()));
    Q_EMIT problemsChanged();
}

void SchemaForm::showNote(Row &row, const QString &problem)
{
    row.isWrong = !problem.isEmpty();
    row.icon->setVisible(row.isWrong);
    row.note->setText(row.isWrong ? problem : row.spec.help());
    row.note->setProperty("tone", row.isWrong ? QStringLiteral("danger") : QStringLiteral("muted"));
    row.note->style()->unpolish(row.note);
    row.note->style()->polish(row.note);
    row.note->setVisible(!row.note->text().isEmpty());
    const bool isGood = row.wasChecked && !row.isWrong && !row.editor->value().isUndefined();
    row.editor->setMark(row.isWrong ? FieldEditor::Mark::Wrong
                        : isGood    ? FieldEditor::Mark::Good
                                    : FieldEditor::Mark::None);
    row.editor->setWords(row.spec.title(), row.note->text());
}

void SchemaForm::showProblems(const QList<FieldError> &problems)
{
    for (Row &row : m_rows) {
        row.wasChecked = true;
        showNote(row, problemOf(row, problems));
        if (row.isWrong && row.spec.section() == QLatin1StringView("more"))
            setMoreOpen(true);
    }
    Q_EMIT problemsChanged();
}

int SchemaForm::problemCount() const
{
    return static_cast<int>(std::ranges::count_if(m_rows, &Row::isWrong));
}

void SchemaForm::focusFirst()
{
    if (!m_rows.empty())
        m_rows.front().editor->setFocus(Qt::OtherFocusReason);
}

void SchemaForm::focusFirstProblem()
{
    const auto wrong = std::ranges::find_if(m_rows, &Row::isWrong);
    if (wrong != m_rows.end())
        wrong->editor->setFocus(Qt::OtherFocusReason);
}

bool SchemaForm::isEmpty() const
{
    return m_forms.size() == 1 && m_rows.empty();
}

QList<FieldSpec> SchemaForm::shownFields() const
{
    QList<FieldSpec> fields;
    for (const Row &row : m_rows)
        fields.append(row.spec);
    return fields;
}

void SchemaForm::forgetSecrets()
{
    for (Row &row : m_rows) {
        if (row.spec.isSecret() && !row.isStored)
            row.editor->setValue(QJsonValue(QJsonValue::Undefined));
    }
    for (const FormSpec &form : std::as_const(m_forms)) {
        for (const FieldSpec &field : form.fields) {
            if (field.isSecret() && !isKept(m_kept.value(field.name)))
                m_kept.remove(field.name);
        }
    }
}

} // namespace idstore
