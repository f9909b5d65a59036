// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/column.h"
#include "models/domain/record_query.h"

#include <QFrame>

class QComboBox;
class QLabel;
class QLineEdit;

namespace idstore {

class Button;
class Theme;

/// Asks how to filter by one column: an operator that suits its type, and the values it needs. Floats below the
/// column's header; Enter applies, Esc closes. Deletes itself when it closes.
class FilterEditor : public QFrame
{
    Q_OBJECT

public:
    /// `filter`: the one to change, or what to begin with.
    FilterEditor(const Theme &theme, const Column &column, const ColumnFilter &filter, QWidget *parent);

Q_SIGNALS:
    void applied(const idstore::ColumnFilter &filter);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    [[nodiscard]] FilterOperator chosenOperator() const;
    void showFields();
    void apply();
    /// Why the values are of no use; empty when they are fine.
    [[nodiscard]] QString problem() const;

    Column m_column;
    QComboBox *m_operator;
    QLineEdit *m_value;
    QLabel *m_and;
    QLineEdit *m_upper;
    QLabel *m_problem;
    Button *m_apply;
};

} // namespace idstore
