// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/services/source_service.h"

#include <QPointer>
#include <QWidget>

class QLabel;
class QScrollArea;
class QStackedLayout;
class QStandardItemModel;
class QTableView;
class QVBoxLayout;

namespace idstore {

class Button;
class DateQuestion;
class ElidedLabel;
class FixCard;
class IconLabel;
class PreviewDraft;
class PreviewTableModel;
class ReadingSettings;
class RecordDelegate;
class RecordHeader;
class Theme;

/// What was understood of a source before anything is stored: the settings it is read with, what a person should know
/// or decide, and the first rows, which follow every change. Shows one draft at a time and changes nothing but the
/// draft, so that a wizard can hold it as well as the review of files. GUI thread.
class PreviewPage : public QWidget
{
    Q_OBJECT

public:
    /// `schema`: of the connector's config.
    PreviewPage(const Theme &theme, const QJsonObject &schema, QWidget *parent);

    /// Null: nothing. The draft must live as long as it is shown.
    void setDraft(PreviewDraft *draft);

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void buildTop();
    void buildTable();
    void buildFooter();
    void refresh();
    void updateError();
    void updateQuestions();
    void updateNotes();
    void updateTable();
    void updateFooter();
    void fitColumns();
    void fitTop();
    void openTypeMenu(int column);
    void showRejected(bool rejected);
    QWidget *makeNote(const QString &icon, const QString &text, bool isWarning);

    const Theme &m_theme;
    QPointer<PreviewDraft> m_draft;
    QList<QMetaObject::Connection> m_following;

    QScrollArea *m_top = nullptr;
    ReadingSettings *m_settings = nullptr;
    Button *m_detect = nullptr;
    FixCard *m_error = nullptr;
    QVBoxLayout *m_questions = nullptr;
    QWidget *m_notes = nullptr;
    QStringList m_notesShown;
    QStackedLayout *m_stack = nullptr;
    QLabel *m_waiting = nullptr;
    QTableView *m_table = nullptr;
    RecordHeader *m_header = nullptr;
    PreviewTableModel *m_rows = nullptr;
    QTableView *m_rejected = nullptr;
    QStandardItemModel *m_rejections = nullptr;
    ElidedLabel *m_count = nullptr;
    IconLabel *m_rejectedIcon = nullptr;
    QLabel *m_rejectedCount = nullptr;
    Button *m_showRejected = nullptr;
};

} // namespace idstore
