// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/add_source/form_spec.h"

#include <QJsonValue>
#include <QWidget>

namespace idstore {

class Theme;

/// The control of one field of a form: takes and gives its JSON value. Says nothing about whether the value is right;
/// that is the form's business. GUI thread.
class FieldEditor : public QWidget
{
    Q_OBJECT

public:
    enum class Mark { None, Good, Wrong };

    using QWidget::QWidget;

    /// Undefined when nothing is entered.
    [[nodiscard]] virtual QJsonValue value() const = 0;
    virtual void setValue(const QJsonValue &value) = 0;
    virtual void setMark(Mark mark) = 0;
    /// What a screen reader says: name, and help or what is wrong.
    virtual void setWords(const QString &name, const QString &description) = 0;
    /// A value is stored that cannot be shown; `hint`: "…9f2c" or empty.
    virtual void setStored(const QString & /*hint*/) {}
    /// It says its title itself, as check boxes do.
    [[nodiscard]] virtual bool hasOwnTitle() const { return false; }

Q_SIGNALS:
    /// Something was entered or taken out by a person.
    void edited();
    /// The person went elsewhere, or put a whole value in at once.
    void left();
};

[[nodiscard]] FieldEditor *makeFieldEditor(const Theme &theme, const FieldSpec &spec, QWidget *parent);

} // namespace idstore
