// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/preview/date_question.h"

#include "models/domain/column_choices.h"
#include "models/services/column_notes.h"
#include "ui/text/column_text.h"
#include "ui/text/format.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/labels.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace idstore {

DateQuestion::DateQuestion(const Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_title(makeText(theme, TextStyle::Section, {}, this))
    , m_text(makeText(theme, TextStyle::Small, {}, this, Tone::Muted))
    , m_answers(new QButtonGroup(this))
{
    setProperty("plane", QStringLiteral("fix"));
    setProperty("severity", QStringLiteral("warning"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(theme.px(14), theme.px(10), theme.px(14), theme.px(10));
    row->setSpacing(theme.px(10));
    row->addWidget(new IconLabel(theme, QStringLiteral("help"), 16, ColorRole::Warning, this), 0, Qt::AlignTop);
    auto *column = new QVBoxLayout;
    column->setSpacing(theme.px(2));
    column->addWidget(m_title);
    column->addWidget(m_text);
    column->addSpacing(theme.px(4));
    auto *answers = new QWidget(this);
    auto *flow = new FlowLayout(answers, theme.px(6));
    for (int id = 0; id < AnswerCount; ++id) {
        auto *button = new Button(theme, ButtonRole::Standard, {}, answers, {}, ButtonExtent::Small);
        button->setCheckable(true);
        m_answers->addButton(button, id);
        flow->addWidget(button);
    }
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    answers->setSizePolicy(policy);
    column->addWidget(answers);
    row->addLayout(column, 1);
    connect(m_answers, &QButtonGroup::idClicked, this, &DateQuestion::answer);
}

bool DateQuestion::concerns(const Column &column)
{
    return std::ranges::any_of(column.notes,
                               [](const ColumnNote &note) { return note.code == QLatin1StringView("ambiguous_date"); });
}

void DateQuestion::setColumn(const Column &column)
{
    m_column = column;
    const DateReadings readings = dateReadings(column);
    const bool isClear = !readings.dayFirst.isEmpty() && !readings.monthFirst.isEmpty();
    m_title->setText(
        isClear ? tr("%1 in “%2”: is it %3 or %4?")
                      .arg(readings.example, column.name, readings.dayFirst, readings.monthFirst)
                : tr("%1 in “%2”: which comes first, the day or the month?").arg(readings.example, column.name));
    qint64 count = 0;
    for (const ColumnNote &note : column.notes)
        count = note.code == QLatin1StringView("ambiguous_date") ? note.count : count;
    m_text->setText(tr("%1 of %2 dates can be read both ways. Nothing is guessed: until you decide, they are not "
                       "compared as dates. The values stay as they are.")
                        .arg(formatCount(count), formatCount(column.filled)));
    const QStringList texts{
        isClear ? tr("Day first: %1").arg(readings.dayFirst) : tr("Day first"),
        isClear ? tr("Month first: %1").arg(readings.monthFirst) : tr("Month first"),
        tr("Keep as text"),
    };
    int chosen = -1;
    if (isTemporal(column.type) && column.dateOrder == DateOrder::DayFirst)
        chosen = DayFirst;
    else if (isTemporal(column.type) && column.dateOrder == DateOrder::MonthFirst)
        chosen = MonthFirst;
    else if (column.chosen && column.type == ColumnType::Text)
        chosen = KeepText;
    m_answers->setExclusive(false);
    for (int id = 0; id < AnswerCount; ++id) {
        QAbstractButton *button = m_answers->button(id);
        button->setText(texts[id]);
        button->setAccessibleName(tr("%1: %2", "a column and an answer").arg(column.name, texts[id]));
        button->setChecked(id == chosen);
        button->updateGeometry();
    }
    m_answers->setExclusive(chosen >= 0);
    setAccessibleName(QString(m_title->text() % u' ' % m_text->text()));
}

void DateQuestion::answer(int id)
{
    ColumnChange change{.name = m_column.name, .choice = ColumnChange::Choice::Chosen};
    if (id != KeepText) {
        change.type = isTemporal(m_column.inferred)    ? m_column.inferred
                      : dateReadings(m_column).hasTime ? ColumnType::Timestamp
                                                       : ColumnType::Date;
        change.dateOrder = id == DayFirst ? DateOrder::DayFirst : DateOrder::MonthFirst;
    }
    Q_EMIT answered(change);
}

} // namespace idstore
