// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/drop_overlay.h"

#include "ui/pages/sources/file_adder.h"
#include "ui/theme/theme.h"

#include <QDropEvent>
#include <QFileInfo>
#include <QPainter>

namespace idstore {

DropOverlay::DropOverlay(const Theme &theme, QWidget *window, QWidget *area)
    : QWidget(area)
    , m_theme(theme)
    , m_area(area)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    setAccessibleName(tr("Add the file"));
    hide();
    window->setAcceptDrops(true);
    window->installEventFilter(this);
    area->installEventFilter(this);
}

bool DropOverlay::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::DragEnter:
    case QEvent::DragMove: {
        auto *drag = static_cast<QDragMoveEvent *>(event);
        const QStringList paths = FileAdder::localFiles(drag->mimeData());
        if (paths.isEmpty())
            break;
        drag->setDropAction(Qt::CopyAction);
        drag->accept();
        if (event->type() == QEvent::DragEnter)
            offer(paths);
        return true;
    }
    case QEvent::DragLeave:
        hide();
        break;
    case QEvent::Drop: {
        hide();
        auto *drop = static_cast<QDropEvent *>(event);
        const QStringList paths = FileAdder::localFiles(drop->mimeData());
        if (paths.isEmpty())
            break;
        drop->setDropAction(Qt::CopyAction);
        drop->accept();
        Q_EMIT dropped(paths, static_cast<QWidget *>(watched)->mapToGlobal(drop->position().toPoint()));
        return true;
    }
    case QEvent::Resize:
        if (watched == m_area)
            setGeometry(m_area->rect());
        break;
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

void DropOverlay::offer(const QStringList &paths)
{
    m_text = paths.size() == 1 ? tr("Add %1").arg(QFileInfo(paths.first()).fileName())
                               : tr("Add %1 files").arg(paths.size());
    setGeometry(m_area->rect());
    show();
    raise();
    update();
}

void DropOverlay::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.color(ColorRole::Accent), 2));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), m_theme.px(8), m_theme.px(8));

    const QFont font = m_theme.font(TextStyle::Section);
    const int icon = m_theme.px(18);
    const QFontMetrics metrics(font);
    const QString text = metrics.elidedText(m_text, Qt::ElideMiddle, width() / 2);
    QRect box(0, 0, metrics.horizontalAdvance(text) + icon + m_theme.px(40), m_theme.px(44));
    box.moveCenter(rect().center());
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.color(ColorRole::Accent));
    painter.drawRoundedRect(box, m_theme.px(8), m_theme.px(8));
    const int left = box.left() + m_theme.px(16);
    m_theme.paintIcon(painter, QRectF(left, box.center().y() - icon / 2.0, icon, icon), QStringLiteral("upload-file"),
                      ColorRole::AccentText);
    painter.setFont(font);
    painter.setPen(m_theme.color(ColorRole::AccentText));
    painter.drawText(box.adjusted(icon + m_theme.px(24), 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, text);
}

} // namespace idstore
