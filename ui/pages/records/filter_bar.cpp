// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/records/filter_bar.h"

#include "ui/text/filter_text.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/labels.h"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace idstore {

namespace {

constexpr int side = 10;
constexpr int gap = 4;
constexpr int crossSize = 14;
constexpr int widest = 320;

/// A filter with a cross to take it away.
class FilterChip final : public QAbstractButton
{
public:
    FilterChip(const Theme &theme, QString column, QString condition, QWidget *parent)
        : QAbstractButton(parent)
        , m_theme(theme)
        , m_column(std::move(column))
        , m_condition(std::move(condition))
    {
        const QString whole = m_column % u' ' % m_condition;
        setText(whole);
        setAccessibleName(whole);
        setAccessibleDescription(FilterBar::tr("Space changes the filter, Del takes it away"));
        setToolTip(whole.toHtmlEscaped());
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
        setMouseTracking(true);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    }

    std::function<void()> remove;

    [[nodiscard]] QSize sizeHint() const override
    {
        const int text = QFontMetrics(m_theme.font(TextStyle::Small)).horizontalAdvance(m_column) +
                         QFontMetrics(m_theme.font(TextStyle::SmallStrong)).horizontalAdvance(m_condition) +
                         2 * m_theme.px(gap) + 2;
        return {std::min(text + m_theme.px(2 * side + gap + crossSize), m_theme.px(widest)),
                m_theme.smallControlHeight()};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(m_theme.color(ColorRole::ControlBorder));
        painter.setBrush(underMouse() ? QBrush(m_theme.color(ColorRole::Hover)) : QBrush(Qt::NoBrush));
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), height() / 2.0, height() / 2.0);
        const auto place = [this](int left, int width) {
            return QStyle::visualRect(layoutDirection(), rect(), QRect(left, 0, width, height()));
        };
        const int end = width() - m_theme.px(side + crossSize + gap);
        int left = m_theme.px(side);
        const auto draw = [&](const QString &text, TextStyle style, ColorRole role) {
            painter.setFont(m_theme.font(style));
            painter.setPen(m_theme.color(role));
            const QFontMetrics metrics = painter.fontMetrics();
            const QString shown = metrics.elidedText(text, Qt::ElideRight, std::max(0, end - left));
            const int extent = metrics.horizontalAdvance(shown) + 1;
            painter.drawText(place(left, extent), int(Qt::AlignVCenter | Qt::AlignLeft | Qt::TextDontClip), shown);
            left += extent + m_theme.px(gap);
        };
        draw(m_column, TextStyle::Small, ColorRole::Muted);
        draw(m_condition, TextStyle::SmallStrong, ColorRole::Text);
        m_theme.paintIcon(painter, cross(), QStringLiteral("close"), ColorRole::Muted);
    }
    void mouseReleaseEvent(QMouseEvent *event) override
    {
        const QPoint position = event->position().toPoint();
        if (event->button() == Qt::LeftButton && cross().adjusted(-4, -6, 6, 6).contains(position))
            remove();
        else
            QAbstractButton::mouseReleaseEvent(event);
    }
    void keyPressEvent(QKeyEvent *event) override
    {
        if (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace)
            remove();
        else
            QAbstractButton::keyPressEvent(event);
    }

private:
    [[nodiscard]] QRect cross() const
    {
        const int extent = m_theme.px(crossSize);
        const QRect square(width() - m_theme.px(side) - extent, (height() - extent) / 2, extent, extent);
        return QStyle::visualRect(layoutDirection(), rect(), square);
    }

    const Theme &m_theme;
    QString m_column;
    QString m_condition;
};

} // namespace

FilterBar::FilterBar(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_chips(new QWidget(this))
{
    setAccessibleName(tr("Filters"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(theme.px(16), 0, theme.px(16), theme.px(8));
    row->setSpacing(theme.px(8));
    row->addWidget(new IconLabel(theme, QStringLiteral("filter"), 16, ColorRole::Muted, this));
    m_flow = new FlowLayout(m_chips, theme.px(6));
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    m_chips->setSizePolicy(policy);
    row->addWidget(m_chips, 1);
    hide();
}

void FilterBar::setFilters(const QList<ColumnFilter> &filters, const Columns &columns)
{
    while (QLayoutItem *item = m_flow->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (int i = 0; i < static_cast<int>(filters.size()); ++i) {
        const ColumnFilter &filter = filters.at(i);
        const auto column = std::ranges::find(columns, filter.column, &Column::name);
        const ColumnType type = column == columns.end() ? ColumnType::Text : column->type;
        auto *chip = new FilterChip(m_theme, filter.column, filterCondition(filter, type), m_chips);
        chip->remove = [this, i] { Q_EMIT removeWanted(i); };
        connect(chip, &QAbstractButton::clicked, this, [this, i] { Q_EMIT editWanted(i); });
        m_flow->addWidget(chip);
        chip->show();
    }
    setVisible(!filters.isEmpty());
}

} // namespace idstore
