// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/services/token_service.h"

#include <QDialog>

class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QRadioButton;

namespace idstore {

class Theme;

/// Asks for the name and the scope of a new token. Shown with open(); the rules are the service's, whose answer
/// showProblem() puts below the name.
class NewTokenDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit NewTokenDialog(const Theme &theme, QWidget *parent = nullptr);

    void showProblem(const QString &sentence);

Q_SIGNALS:
    void createRequested(const QString &name, idstore::TokenScope scope);

private:
    void create();

    QLineEdit *m_name;
    QLabel *m_problem;
    QRadioButton *m_read;
    QDialogButtonBox *m_buttons;
};

} // namespace idstore
