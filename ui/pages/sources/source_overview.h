// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/services/source_service.h"

#include <QScrollArea>

class QGridLayout;
class QLabel;
class QVBoxLayout;

namespace idstore {

class ColumnList;
class DateQuestion;
class ElidedLabel;
class FixCard;
class FlowLayout;
class IconLabel;
class ProgressLine;
class Theme;
struct SourceRow;

/// The first tab of the source panel: how many rows there are and what the last run made of them, what went wrong,
/// the file, the columns.
class SourceOverview : public QScrollArea
{
    Q_OBJECT

public:
    SourceOverview(const Theme &theme, QWidget *parent);

    void showRow(const SourceRow &row);

Q_SIGNALS:
    void runWanted();
    void columnChangeWanted(const idstore::ColumnChange &change);

private:
    QWidget *makeSection(QWidget *parent);
    void buildCounts(QWidget *parent);
    void buildFacts(QWidget *parent);
    void buildColumns(QWidget *parent);
    void showCounts(const SourceRow &row);
    void showError(const SourceRow &row);
    void showFacts(const SourceRow &row);
    void showColumns(const SourceRow &row);
    void setFact(int row, const QString &value);

    const Theme &m_theme;
    QLabel *m_count = nullptr;
    QLabel *m_countNote = nullptr;
    QWidget *m_tags = nullptr;
    QLabel *m_new = nullptr;
    QLabel *m_changed = nullptr;
    QLabel *m_same = nullptr;
    QLabel *m_rejected = nullptr;
    QWidget *m_sum = nullptr;
    IconLabel *m_sumIcon = nullptr;
    QLabel *m_sumText = nullptr;
    ProgressLine *m_progress = nullptr;
    QWidget *m_errorSection = nullptr;
    FixCard *m_error = nullptr;
    QGridLayout *m_facts = nullptr;
    QList<QLabel *> m_factNames;
    QList<ElidedLabel *> m_factValues;
    QWidget *m_columnsSection = nullptr;
    QLabel *m_columnCount = nullptr;
    ColumnList *m_columns = nullptr;
    QWidget *m_questionsSection = nullptr;
    QVBoxLayout *m_questions = nullptr;
    QLabel *m_notes = nullptr; ///< a paragraph a column that has something to know about
};

} // namespace idstore
