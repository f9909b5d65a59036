// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/source.h"

#include <QWidget>

class QButtonGroup;
class QComboBox;
class QLabel;
class QListWidget;
class QPlainTextEdit;

namespace idstore {

class Button;
struct PageContext;

/// "Copy as a script": every action of the window as a request in three languages. GUI thread only; `context` must
/// outlive it.
class ScriptPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit ScriptPanel(PageContext &context, QWidget *parent = nullptr);

public Q_SLOTS:
    void copy();

private:
    QWidget *buildLanguages();
    void loadSources();
    void showScript();

    PageContext &m_context;
    QListWidget *m_actions;
    QButtonGroup *m_languages = nullptr;
    QWidget *m_sourceRow = nullptr;
    QComboBox *m_source = nullptr;
    QPlainTextEdit *m_code = nullptr;
    QLabel *m_note = nullptr;
    Button *m_copy = nullptr;
};

} // namespace idstore
