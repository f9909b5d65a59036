// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/api/new_token_dialog.h"

#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QStyle>
#include <QVBoxLayout>

namespace idstore {

NewTokenDialog::NewTokenDialog(const Theme &theme, QWidget *parent)
    : QDialog(parent)
    , m_name(new QLineEdit(this))
    , m_problem(makeText(theme, TextStyle::Small, {}, this, Tone::Danger))
    , m_read(new QRadioButton(tr("&Read: see sources and their rows"), this))
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Cancel, this))
{
    setWindowTitle(tr("New token"));
    auto *label = makeLabel(theme, TextStyle::Strong, tr("&Name"), this);
    label->setBuddy(m_name);
    m_name->setPlaceholderText(tr("What will use it, for example “Nightly report”"));
    m_name->setAccessibleName(tr("Name"));
    m_problem->hide();
    auto *write = new QRadioButton(tr("Read and &write: also add, run and delete sources"), this);
    m_read->setChecked(true);
    QPushButton *create = m_buttons->addButton(tr("Create token"), QDialogButtonBox::AcceptRole);
    setButtonRole(*create, ButtonRole::Primary);
    create->setDefault(true);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16));
    layout->setSpacing(theme.px(8));
    layout->addWidget(label);
    layout->addWidget(m_name);
    layout->addWidget(m_problem);
    layout->addSpacing(theme.px(8));
    layout->addWidget(makeLabel(theme, TextStyle::Strong, tr("It may"), this));
    layout->addWidget(m_read);
    layout->addWidget(write);
    layout->addSpacing(theme.px(12));
    layout->addWidget(m_buttons);
    setMinimumWidth(theme.px(420));

    connect(m_buttons, &QDialogButtonBox::accepted, this, &NewTokenDialog::create);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void NewTokenDialog::create()
{
    m_buttons->setEnabled(false);
    Q_EMIT createRequested(m_name->text(), m_read->isChecked() ? TokenScope::Read : TokenScope::Write);
}

void NewTokenDialog::showProblem(const QString &sentence)
{
    m_buttons->setEnabled(true);
    m_problem->setText(sentence);
    m_problem->show();
    m_name->setProperty("invalid", true);
    m_name->setAccessibleDescription(sentence);
    m_name->style()->unpolish(m_name);
    m_name->style()->polish(m_name);
    m_name->setFocus(Qt::OtherFocusReason);
}

} // namespace idstore
