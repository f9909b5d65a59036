// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/column.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;

namespace idstore {

class IconLabel;
class PreviewDraft;
class Theme;

/// What the new source is called, and which of what is there it reads: the sheet of a workbook, and the columns that
/// come with it. GUI thread.
class ChooseStep : public QWidget
{
    Q_OBJECT

public:
    ChooseStep(const Theme &theme, QWidget *parent);

    /// A name nobody has typed; taken only while the person has not written one.
    void suggestName(const QString &name);
    [[nodiscard]] QString name() const;
    [[nodiscard]] QString description() const;
    /// Says what is wrong with the name; empty: nothing.
    void showNameProblem(const QString &problem);
    void setColumns(const Columns &columns);
    /// Offers the sheets that the draft has found.
    void follow(PreviewDraft *draft);
    void focusName();
    [[nodiscard]] bool isTouched() const { return m_touched; }

Q_SIGNALS:
    void edited();

private:
    const Theme &m_theme;
    QLineEdit *m_name;
    IconLabel *m_nameIcon;
    QLabel *m_nameNote;
    QLineEdit *m_description;
    QWidget *m_sheetBox;
    QComboBox *m_sheet;
    QLabel *m_columns;
    QLabel *m_columnNames;
    bool m_touched = false;
    bool m_isOwnName = false;
};

} // namespace idstore
