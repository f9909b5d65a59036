// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/add_source/choose_step.h"

#include "models/services/source_service.h"
#include "ui/pages/preview/preview_draft.h"
#include "ui/text/format.h"
#include "ui/widgets/labels.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>

namespace idstore {

namespace {

constexpr qsizetype shownNames = 40;

const QString sheetSetting = QStringLiteral("sheet");

} // namespace

ChooseStep::ChooseStep(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_name(new QLineEdit(this))
    , m_nameIcon(new IconLabel(theme, QStringLiteral("status-error"), 14, ColorRole::Danger, this))
    , m_nameNote(makeText(theme, TextStyle::Small, {}, this))
    , m_description(new QLineEdit(this))
    , m_sheetBox(new QWidget(this))
    , m_sheet(new QComboBox(m_sheetBox))
    , m_columns(makeText(theme, TextStyle::Section, {}, this))
    , m_columnNames(makeText(theme, TextStyle::Body, {}, this, Tone::Muted))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme.px(4));
    const auto addLabel = [&](const QString &text, QWidget *field, QVBoxLayout *to) {
        QLabel *label = makeLabel(theme, TextStyle::Strong, text, this);
        label->setBuddy(field);
        field->setAccessibleName(text);
        field->setFont(theme.font(TextStyle::Body));
        to->addWidget(label);
        to->addWidget(field);
    };
    m_name->setObjectName(QStringLiteral("sourceName"));
    m_name->setMaxLength(static_cast<int>(SourceService::maxNameLength));
    addLabel(tr("Name"), m_name, column);
    auto *note = new QHBoxLayout;
    note->setSpacing(theme.px(6));
    note->addWidget(m_nameIcon, 0, Qt::AlignTop);
    note->addWidget(m_nameNote, 1);
    column->addLayout(note);
    column->addSpacing(theme.px(12));
    m_description->setMaxLength(static_cast<int>(SourceService::maxDescriptionLength));
    addLabel(tr("Description (optional)"), m_description, column);
    column->addSpacing(theme.px(12));
    auto *sheetColumn = new QVBoxLayout(m_sheetBox);
    sheetColumn->setContentsMargins(0, 0, 0, theme.px(12));
    sheetColumn->setSpacing(theme.px(4));
    addLabel(tr("Sheet"), m_sheet, sheetColumn);
    m_sheetBox->hide();
    column->addWidget(m_sheetBox);
    column->addWidget(m_columns);
    column->addWidget(m_columnNames);
    column->addStretch(1);
    showNameProblem({});
    connect(m_name, &QLineEdit::textEdited, this, [this] {
        m_touched = m_isOwnName = true;
        showNameProblem({});
        Q_EMIT edited();
    });
    connect(m_description, &QLineEdit::textEdited, this, [this] { m_touched = true; });
}

void ChooseStep::suggestName(const QString &name)
{
    if (!m_isOwnName)
        m_name->setText(name);
}

QString ChooseStep::name() const
{
    return m_name->text().trimmed();
}

QString ChooseStep::description() const
{
    return m_description->text().trimmed();
}

void ChooseStep::showNameProblem(const QString &problem)
{
    const bool isWrong = !problem.isEmpty();
    m_nameIcon->setVisible(isWrong);
    m_nameNote->setText(isWrong ? problem : tr("How this source is called here and in scripts."));
    m_nameNote->setProperty("tone", isWrong ? QStringLiteral("danger") : QStringLiteral("muted"));
    m_name->setProperty("invalid", isWrong);
    for (QWidget *widget : {static_cast<QWidget *>(m_nameNote), static_cast<QWidget *>(m_name)}) {
        widget->style()->unpolish(widget);
        widget->style()->polish(widget);
    }
    m_name->setAccessibleDescription(m_nameNote->text());
}

void ChooseStep::setColumns(const Columns &columns)
{
    QStringList names;
    for (const Column &column : columns.first(std::min(shownNames, columns.size())))
        names.append(column.name);
    if (columns.size() > shownNames)
        names.append(tr("and %1 more").arg(formatCount(columns.size() - shownNames)));
    m_columns->setText(columns.size() == 1 ? tr("1 column was found")
                                           : tr("%1 columns were found").arg(formatCount(columns.size())));
    m_columnNames->setText(names.join(QStringLiteral(" · ")));
    m_columns->setVisible(!columns.isEmpty());
    m_columnNames->setVisible(!columns.isEmpty());
}

void ChooseStep::follow(PreviewDraft *draft)
{
    const auto update = [this, draft] {
        if (draft->isLoading() || !draft->preview())
            return;
        setColumns(draft->columns());
        const QList<ReadingSetting> settings = draft->shownSettings();
        const auto sheet = std::ranges::find(settings, sheetSetting, &ReadingSetting::name);
        const bool hasSheets = sheet != settings.end() && sheet->choices.size() > 1;
        m_sheetBox->setVisible(hasSheets);
        if (!hasSheets)
            return;
        m_sheet->clear();
        for (const ReadingChoice &choice : sheet->choices) {
            m_sheet->addItem(choice.label, choice.value);
            if (choice.value == sheet->value)
                m_sheet->setCurrentIndex(m_sheet->count() - 1);
        }
    };
    connect(draft, &PreviewDraft::changed, this, update);
    m_sheet->disconnect(this);
    connect(m_sheet, &QComboBox::activated, draft,
            [this, draft] { draft->setSetting(sheetSetting, m_sheet->currentData().toJsonValue()); });
    update();
}

void ChooseStep::focusName()
{
    m_name->setFocus(Qt::OtherFocusReason);
    m_name->selectAll();
}

} // namespace idstore
