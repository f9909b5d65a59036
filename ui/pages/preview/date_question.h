// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/services/source_service.h"

#include <QFrame>

class QButtonGroup;
class QLabel;

namespace idstore {

class Theme;

/// Asks how the dates of a column are written where they can be read in two ways: an example, the two days it can be,
/// and keeping it as text. Nothing is guessed, so none is chosen before a person has.
class DateQuestion : public QFrame
{
    Q_OBJECT

public:
    DateQuestion(const Theme &theme, QWidget *parent);

    /// Whether this column asks, or has been answered: it carries the note on ambiguous dates.
    [[nodiscard]] static bool concerns(const Column &column);
    void setColumn(const Column &column);
    [[nodiscard]] QString columnName() const { return m_column.name; }

Q_SIGNALS:
    void answered(const idstore::ColumnChange &change);

private:
    enum Answer { DayFirst, MonthFirst, KeepText, AnswerCount };
    void answer(int id);

    Column m_column;
    QLabel *m_title;
    QLabel *m_text;
    QButtonGroup *m_answers;
};

} // namespace idstore
