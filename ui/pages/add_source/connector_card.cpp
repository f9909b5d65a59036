// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/add_source/connector_card.h"

#include "ui/pages/add_source/form_spec.h"
#include "ui/theme/theme.h"
#include "ui/widgets/painting.h"

#include <QMouseEvent>
#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace idstore {

namespace {

constexpr int cardHeight = 54;
constexpr int narrowestCard = 176;
constexpr int tileSide = 30;
constexpr int padding = 12;

} // namespace

bool isOpenToAll(const ConnectorDescriptor &descriptor)
{
    const FormSpec form = formsOf(descriptor.credentialsSchema).first();
    return std::ranges::none_of(form.fields, &FieldSpec::isRequired);
}

QString connectorNote(const ConnectorDescriptor &descriptor)
{
    if (isOpenToAll(descriptor))
        return ConnectorCard::tr("Sign-in only if needed");
    const QList<FormSpec> forms = formsOf(descriptor.credentialsSchema);
    if (forms.size() > 2)
        return ConnectorCard::tr("%1 and other ways").arg(forms.first().title);
    QStringList ways;
    for (const FormSpec &form : forms)
        ways.append(form.title);
    ways.removeAll(QString());
    if (!ways.isEmpty())
        return ways.join(QStringLiteral(" · "));
    return forms.first().fields.first().title();
}

ConnectorCard::ConnectorCard(const Theme &theme, const ConnectorDescriptor &descriptor, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
    , m_descriptor(descriptor)
    , m_note(connectorNote(descriptor))
{
    setText(descriptor.title);
    setObjectName(descriptor.id);
    setAccessibleName(descriptor.title);
    setAccessibleDescription(descriptor.summary);
    setToolTip(descriptor.summary);
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize ConnectorCard::sizeHint() const
{
    const int lines = QFontMetrics(m_theme.font(TextStyle::Strong)).height() +
                      QFontMetrics(m_theme.font(TextStyle::Small)).height() + 2 * m_theme.px(10);
    return {m_theme.px(206), std::max(m_theme.px(cardHeight), lines)};
}

QSize ConnectorCard::minimumSizeHint() const
{
    return {m_theme.px(narrowestCard), sizeHint().height()};
}

void ConnectorCard::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        Q_EMIT opened();
}

void ConnectorCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const qreal radius = m_theme.px(8);
    painter.setPen(m_theme.color(isChecked() ? ColorRole::Accent : ColorRole::Border));
    painter.setBrush(m_theme.color(isChecked()    ? ColorRole::Selected
                                   : underMouse() ? ColorRole::Hover
                                                  : ColorRole::Surface));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    const auto place = [this](const QRect &area) { return QStyle::visualRect(layoutDirection(), rect(), area); };
    const int side = m_theme.px(tileSide);
    const int edge = m_theme.px(padding);
    paintTile(painter, place(QRect(edge, (height() - side) / 2, side, side)), m_theme, m_descriptor.id,
              m_descriptor.category);
    const int left = edge + side + m_theme.px(10);
    const int width = this->width() - left - m_theme.px(8);
    const QFontMetrics strong(m_theme.font(TextStyle::Strong));
    const QFontMetrics small(m_theme.font(TextStyle::Small));
    const int top = (height() - strong.height() - small.height()) / 2;
    const auto line = [&](const QFontMetrics &metrics, const QString &text, int y) {
        painter.drawText(place(QRect(left, y, width, metrics.height())), Qt::AlignVCenter | Qt::AlignLeading,
                         metrics.elidedText(text, Qt::ElideRight, width));
    };
    painter.setFont(m_theme.font(TextStyle::Strong));
    painter.setPen(m_theme.color(ColorRole::Text));
    line(strong, m_descriptor.title, top);
    painter.setFont(m_theme.font(TextStyle::Small));
    painter.setPen(m_theme.color(ColorRole::Muted));
    line(small, m_note, top + strong.height());
}

} // namespace idstore
