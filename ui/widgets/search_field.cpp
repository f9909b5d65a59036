// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/search_field.h"

#include "ui/theme/theme.h"

#include <QAction>
#include <QKeyEvent>
#include <QPainter>
#include <QStyle>
#include <QToolButton>

namespace idstore {

namespace {

constexpr int preferredWidth = 212;

} // namespace

SearchField::SearchField(const Theme &theme, const QString &prompt, const QString &hint, QWidget *parent)
    : QLineEdit(parent)
    , m_theme(theme)
    , m_hint(hint)
{
    setPlaceholderText(prompt);
    setAccessibleName(prompt);
    setFont(theme.font(TextStyle::Body));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto *magnifier = new QAction(theme.icon(QStringLiteral("search"), ColorRole::Muted), QString(), this);
    magnifier->setEnabled(true);
    addAction(magnifier, QLineEdit::LeadingPosition);
    auto *clear = new QAction(theme.icon(QStringLiteral("close"), ColorRole::Muted), tr("Clear"), this);
    addAction(clear, QLineEdit::TrailingPosition);
    clear->setVisible(false);
    connect(clear, &QAction::triggered, this, &QLineEdit::clear);
    connect(this, &QLineEdit::textChanged, clear, [clear](const QString &text) { clear->setVisible(!text.isEmpty()); });
    connect(magnifier, &QAction::triggered, this, [this] { setFocus(Qt::OtherFocusReason); });
    for (QToolButton *button : findChildren<QToolButton *>()) {
        const bool isClear = button->defaultAction() == clear;
        button->setAccessibleName(isClear ? tr("Clear") : tr("Search"));
        button->setFocusPolicy(Qt::NoFocus);
    }
}

QSize SearchField::sizeHint() const
{
    return {m_theme.px(preferredWidth), m_theme.controlHeight()};
}

void SearchField::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    if (m_hint.isEmpty() || !text().isEmpty() || hasFocus())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QFont font = m_theme.font(TextStyle::Caption);
    const QFontMetrics metrics(font);
    const QSize size(metrics.horizontalAdvance(m_hint) + m_theme.px(8), metrics.height() + 3);
    const QRect keys = QStyle::alignedRect(layoutDirection(), Qt::AlignRight | Qt::AlignVCenter, size,
                                           rect().adjusted(m_theme.px(10), 0, -m_theme.px(10), 0));
    painter.setPen(m_theme.color(ColorRole::Border));
    painter.setBrush(m_theme.color(ColorRole::Sunken));
    painter.drawRoundedRect(QRectF(keys).adjusted(0.5, 0.5, -0.5, -0.5), m_theme.px(4), m_theme.px(4));
    painter.setPen(m_theme.color(ColorRole::Muted));
    painter.setFont(font);
    painter.drawText(keys, Qt::AlignCenter, m_hint);
}

void SearchField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        event->accept();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

} // namespace idstore
