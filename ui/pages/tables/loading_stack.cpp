// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/tables/loading_stack.h"

#include "ui/widgets/labels.h"

#include <QStackedLayout>

namespace idstore {

LoadingStack::LoadingStack(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_stack(new QStackedLayout(this))
    , m_sentence(makeText(theme, TextStyle::Body, {}, this, Tone::Muted))
{
    m_sentence->setAlignment(Qt::AlignCenter);
    m_sentence->setMargin(theme.px(24));
    m_stack->addWidget(m_sentence);
}

void LoadingStack::setContent(QWidget *content)
{
    Q_ASSERT(!m_content);
    m_content = content;
    m_stack->addWidget(content);
}

void LoadingStack::showContent()
{
    m_stack->setCurrentWidget(m_content);
}

void LoadingStack::showSentence(const QString &sentence)
{
    m_sentence->setText(sentence);
    m_stack->setCurrentWidget(m_sentence);
}

} // namespace idstore
