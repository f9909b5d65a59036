// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/records/filter_editor.h"

#include "models/domain/typed_value.h"
#include "ui/text/column_text.h"
#include "ui/text/filter_text.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

#include <QComboBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QVBoxLayout>

namespace idstore {

namespace {

constexpr int editorWidth = 280;

// An example of what the column's type reads.
QString promptOf(ColumnType type)
{
    switch (type) {
    case ColumnType::Integer:
        return QStringLiteral("42");
    case ColumnType::Number:
        return QStringLiteral("3.5");
    case ColumnType::Boolean:
        return QStringLiteral("yes");
    case ColumnType::Date:
        return QStringLiteral("2026-04-13");
    case ColumnType::Timestamp:
        return QStringLiteral("2026-04-13 14:05");
    case ColumnType::Text:
        break;
    }
    return {};
}

} // namespace

FilterEditor::FilterEditor(const Theme &theme, const Column &column, const ColumnFilter &filter, QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_column(column)
    , m_operator(new QComboBox(this))
    , m_value(new QLineEdit(filter.value, this))
    , m_and(makeLabel(theme, TextStyle::Small, tr("and"), this, Tone::Muted))
    , m_upper(new QLineEdit(filter.upper, this))
    , m_problem(makeText(theme, TextStyle::Small, {}, this, Tone::Danger))
    , m_apply(new Button(theme, ButtonRole::Primary, tr("Filter"), this, {}, ButtonExtent::Small))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setProperty("plane", QStringLiteral("popover"));
    setAccessibleName(tr("Filter by %1").arg(column.name));
    setMinimumWidth(theme.px(editorWidth));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme.px(12), theme.px(12), theme.px(12), theme.px(12));
    layout->setSpacing(theme.px(8));
    auto *title = new ElidedLabel(theme, TextStyle::Section, this);
    title->setFullText(column.name);
    layout->addWidget(title);
    m_operator->setAccessibleName(tr("Condition"));
    const QList<FilterOperator> operators = filterOperators(column.type);
    for (const FilterOperator each : operators)
        m_operator->addItem(filterOperatorName(each, column.type), static_cast<int>(each));
    m_operator->setCurrentIndex(static_cast<int>(std::max<qsizetype>(0, operators.indexOf(filter.filterOperator))));
    m_value->setAccessibleName(tr("Value"));
    m_upper->setAccessibleName(tr("Upper value"));
    m_value->setPlaceholderText(promptOf(column.type));
    m_upper->setPlaceholderText(promptOf(column.type));
    layout->addWidget(m_operator);
    layout->addWidget(m_value);
    layout->addWidget(m_and);
    layout->addWidget(m_upper);
    layout->addWidget(m_problem);
    layout->addWidget(m_apply, 0, Qt::AlignTrailing);
    m_problem->hide();
    connect(m_operator, &QComboBox::currentIndexChanged, this, &FilterEditor::showFields);
    connect(m_apply, &QPushButton::clicked, this, &FilterEditor::apply);
    showFields();
}

FilterOperator FilterEditor::chosenOperator() const
{
    return static_cast<FilterOperator>(m_operator->currentData().toInt());
}

void FilterEditor::showFields()
{
    const int values = filterValueCount(chosenOperator());
    m_value->setVisible(values > 0);
    m_and->setVisible(values > 1);
    m_upper->setVisible(values > 1);
    m_problem->hide();
    adjustSize();
}

QString FilterEditor::problem() const
{
    const FilterOperator chosen = chosenOperator();
    const int values = filterValueCount(chosen);
    const bool isTextual = chosen == FilterOperator::Contains || chosen == FilterOperator::StartsWith ||
                           chosen == FilterOperator::Equals || chosen == FilterOperator::NotEquals;
    for (const QLineEdit *edit : {m_value, m_upper}) {
        if ((edit == m_value && values < 1) || (edit == m_upper && values < 2))
            continue;
        const QString text = edit->text().trimmed();
        if (text.isEmpty() && chosen != FilterOperator::Equals && chosen != FilterOperator::NotEquals)
            return tr("Type a value to compare with.");
        if (!isTextual && !isReadable(text.toUtf8().toStdString(), m_column.type, m_column.dateOrder))
            return tr("“%1” cannot be read as the column's type (%2). Write it like %3.")
                .arg(text, columnReadingName(m_column), promptOf(m_column.type));
    }
    return {};
}

void FilterEditor::apply()
{
    const QString wrong = problem();
    if (!wrong.isEmpty()) {
        m_problem->setText(wrong);
        m_problem->show();
        adjustSize();
        m_value->setFocus(Qt::OtherFocusReason);
        return;
    }
    const int values = filterValueCount(chosenOperator());
    ColumnFilter filter;
    filter.column = m_column.name;
    filter.filterOperator = chosenOperator();
    filter.value = values > 0 ? m_value->text() : QString();
    filter.upper = values > 1 ? m_upper->text() : QString();
    Q_EMIT applied(filter);
    close();
}

void FilterEditor::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        apply();
    else
        QFrame::keyPressEvent(event); // Esc closes a popup
}

void FilterEditor::showEvent(QShowEvent *event)
{
    QFrame::showEvent(event);
    (m_value->isVisibleTo(this) ? static_cast<QWidget *>(m_value) : m_operator)->setFocus(Qt::PopupFocusReason);
}

} // namespace idstore
