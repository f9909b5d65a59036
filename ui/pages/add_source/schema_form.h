// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/error.h"
#include "ui/pages/add_source/field_editor.h"

#include <QTimer>
#include <QWidget>

#include <vector>

class QGridLayout;
class QLabel;
class QVBoxLayout;

namespace idstore {

class Button;
class IconLabel;
class Segments;
class Theme;

/// A form drawn from a JSON Schema: its ways as a choice, its fields with label, help and what is wrong with them, the
/// seldom ones behind a fold. A field is checked when a person leaves it or stops typing, never at the first letter.
/// What is typed is kept when another way is chosen. GUI thread.
class SchemaForm : public QWidget
{
    Q_OBJECT

public:
    /// `path`: what problems call the object, "config". `title`: above the fields; may be empty.
    SchemaForm(const Theme &theme, const QJsonObject &schema, const QString &path, const QString &title,
               QWidget *parent);

    /// Shows what is stored: values, and for secrets {"set": true, "hint": "…9f2c"}.
    void setValues(const QJsonObject &values);
    /// What is entered, fields left empty left out. A stored secret that nobody touched is {"set": true}.
    [[nodiscard]] QJsonObject values() const;
    /// One value, as if a person had entered it.
    void enter(const QString &name, const QJsonValue &value);
    /// What the schema says of the values; stored secrets count as given.
    [[nodiscard]] QList<FieldError> problems() const;
    /// Shows each at its field, all others as good; those of other objects and of hidden fields are left alone.
    void showProblems(const QList<FieldError> &problems);
    /// The fields that say something is wrong now.
    [[nodiscard]] int problemCount() const;
    void focusFirst();
    void focusFirstProblem();
    /// Something was entered by a person.
    [[nodiscard]] bool isTouched() const { return m_touched; }
    [[nodiscard]] bool isEmpty() const;
    [[nodiscard]] QList<FieldSpec> shownFields() const;
    /// Secrets that were typed are forgotten.
    void forgetSecrets();

Q_SIGNALS:
    void edited();
    void problemsChanged();

private:
    struct Row
    {
        FieldSpec spec;
        QWidget *box = nullptr;
        QLabel *label = nullptr;
        FieldEditor *editor = nullptr;
        IconLabel *icon = nullptr;
        QLabel *note = nullptr;
        bool isStored = false;
        bool isRemoved = false; ///< it is stored, and will not be once this is saved
        bool isWrong = false;
        bool wasChecked = false;
    };

    void showForm(int form);
    void buildRow(Row &row, QWidget *parent);
    void addRemoval(Row &row);
    void layOut();
    void showNote(Row &row, const QString &problem);
    void check(Row &row);
    void setMoreOpen(bool open);
    [[nodiscard]] QJsonValue valueOf(const Row &row) const;
    [[nodiscard]] QString problemOf(const Row &row, const QList<FieldError> &problems) const;
    [[nodiscard]] Row *rowOf(const QObject *editor);

    const Theme &m_theme;
    QString m_path;
    QList<FormSpec> m_forms;
    int m_form = 0;
    QJsonObject m_kept; ///< of all ways, by name
    std::vector<Row> m_rows; ///< of the way in use
    Segments *m_ways = nullptr;
    QWidget *m_fields = nullptr;
    QWidget *m_moreFields = nullptr;
    Button *m_more = nullptr;
    QTimer m_pause;
    QString m_typedIn;
    bool m_touched = false;
    bool m_moreOpen = false;
};

} // namespace idstore
