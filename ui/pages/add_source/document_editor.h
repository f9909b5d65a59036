// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/add_source/field_editor.h"

class QLabel;
class QPlainTextEdit;
class QStackedWidget;

namespace idstore {

/// A text of several lines that mostly comes from a file, such as a private key: pasted, or read from the file. A
/// secret one is shown only while a person wants to see it.
class DocumentEditor : public FieldEditor
{
    Q_OBJECT

public:
    /// A key file is no longer than this; bytes.
    static constexpr qint64 maxFileSize = 256 * 1024;

    DocumentEditor(const Theme &theme, const FieldSpec &spec, QWidget *parent);

    [[nodiscard]] QJsonValue value() const override;
    void setValue(const QJsonValue &value) override;
    void setMark(Mark mark) override;
    void setWords(const QString &name, const QString &description) override;
    void setStored(const QString &hint) override;
    /// Takes the file's text. False when it cannot be read or is too large.
    bool readFile(const QString &path);

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void chooseFile();
    void take(const QString &text);
    void setShown(bool shown);

    bool m_isSecret;
    QStackedWidget *m_stack;
    QPlainTextEdit *m_text;
    QWidget *m_hidden;
    QLabel *m_summary;
    QLabel *m_problem;
    bool m_isFilling = false;
};

} // namespace idstore
