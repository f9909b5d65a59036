// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/tables/page_head.h"

#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace idstore {

QHBoxLayout *addPageHead(QVBoxLayout &page, const Theme &theme, const QString &title, QWidget *parent)
{
    auto *head = new QWidget(parent);
    head->setMinimumHeight(theme.px(56));
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(theme.px(20), theme.px(12), theme.px(16), theme.px(10));
    row->setSpacing(theme.px(8));
    row->addWidget(makeLabel(theme, TextStyle::PageTitle, title, head));
    row->addStretch(1);
    page.addWidget(head);
    return row;
}

} // namespace idstore
