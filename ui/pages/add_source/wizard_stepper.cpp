// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/add_source/wizard_stepper.h"

#include "ui/text/format.h"
#include "ui/widgets/labels.h"

#include <QAbstractButton>
#include <QPainter>
#include <QStyle>
#include <QVBoxLayout>

namespace idstore {

namespace {

constexpr int stepHeight = 38;
constexpr int ringSide = 20;
constexpr int stepperWidth = 196;
constexpr int textGap = 10;

class StepButton final : public QAbstractButton
{
public:
    enum class State { Done, Current, Later };

    StepButton(const Theme &theme, int number, bool isLast, const QString &text, QWidget *parent)
        : QAbstractButton(parent)
        , m_theme(theme)
        , m_number(number)
        , m_isLast(isLast)
    {
        setText(text);
        QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
        policy.setHeightForWidth(true);
        setSizePolicy(policy);
        setAttribute(Qt::WA_Hover);
    }

    void setState(State state, bool canBeChosen)
    {
        m_state = state;
        setEnabled(canBeChosen);
        setFocusPolicy(canBeChosen ? Qt::TabFocus : Qt::NoFocus);
        setCursor(canBeChosen ? Qt::PointingHandCursor : Qt::ArrowCursor);
        const QString word = state == State::Done      ? tr("done")
                             : state == State::Current ? tr("current step")
                                                       : tr("later");
        setAccessibleName(
            tr("%1. %2, %3", "number, name and state of a step").arg(formatCount(m_number), text(), word));
        updateGeometry();
        update();
    }

    [[nodiscard]] QSize sizeHint() const override { return {m_theme.px(stepperWidth - 40), heightForWidth(width())}; }
    [[nodiscard]] int heightForWidth(int width) const override
    {
        const int space = std::max(width, m_theme.px(stepperWidth - 40)) - m_theme.px(ringSide + textGap);
        const int text = QFontMetrics(m_theme.font(TextStyle::Strong))
                             .boundingRect(QRect(0, 0, space, 1000), Qt::TextWordWrap, this->text())
                             .height();
        return std::max(m_theme.px(stepHeight), text + m_theme.px(18));
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const auto place = [this](const QRect &area) { return QStyle::visualRect(layoutDirection(), rect(), area); };
        const int side = m_theme.px(ringSide);
        const QRect ring = place(QRect(1, 1, side - 2, side - 2));
        if (!m_isLast) {
            painter.setPen(m_theme.color(ColorRole::ControlBorder));
            const int x = ring.center().x();
            painter.drawLine(x, side + m_theme.px(3), x, height() - m_theme.px(3));
        }
        const bool isCurrent = m_state == State::Current;
        const bool isDone = m_state == State::Done;
        painter.setPen(QPen(m_theme.color(isCurrent ? ColorRole::Accent
                                          : isDone  ? ColorRole::Success
                                                    : ColorRole::BorderStrong),
                            1.2));
        painter.setBrush(isCurrent ? QBrush(m_theme.color(ColorRole::Accent)) : QBrush(Qt::NoBrush));
        painter.drawEllipse(ring);
        if (isDone) {
            const int inset = m_theme.px(3);
            m_theme.paintIcon(painter, ring.adjusted(inset, inset, -inset, -inset), QStringLiteral("check"),
                              ColorRole::Success);
        } else {
            painter.setFont(m_theme.font(TextStyle::CaptionStrong));
            painter.setPen(m_theme.color(isCurrent ? ColorRole::AccentText : ColorRole::Muted));
            painter.drawText(ring, Qt::AlignCenter, formatCount(m_number));
        }
        QFont font = m_theme.font(isCurrent ? TextStyle::Section : TextStyle::Body);
        font.setUnderline(isEnabled() && underMouse());
        painter.setFont(font);
        painter.setPen(m_theme.color(m_state == State::Later ? ColorRole::Muted : ColorRole::Text));
        const int left = side + m_theme.px(textGap);
        const QFontMetrics metrics(font);
        const int top = std::max(0, (side - metrics.height()) / 2);
        painter.drawText(place(QRect(left, top, width() - left, height() - top)),
                         Qt::AlignTop | Qt::AlignLeading | Qt::TextWordWrap, text());
    }

private:
    const Theme &m_theme;
    int m_number;
    bool m_isLast;
    State m_state = State::Later;
};

} // namespace

WizardStepper::WizardStepper(const Theme &theme, const QStringList &steps, const QString &note, QWidget *parent)
    : QWidget(parent)
{
    setProperty("plane", QStringLiteral("sunken"));
    setAttribute(Qt::WA_StyledBackground);
    setAccessibleName(tr("Steps"));
    setFixedWidth(theme.px(stepperWidth));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(theme.px(20), theme.px(20), theme.px(16), theme.px(20));
    column->setSpacing(0);
    for (int i = 0; i < static_cast<int>(steps.size()); ++i) {
        auto *step = new StepButton(theme, i + 1, i + 1 == steps.size(), steps.at(i), this);
        connect(step, &QAbstractButton::clicked, this, [this, i] { Q_EMIT chosen(i); });
        m_steps.push_back(step);
        column->addWidget(step);
    }
    column->addSpacing(theme.px(20));
    column->addWidget(makeText(theme, TextStyle::Small, note, this, Tone::Muted));
    column->addStretch(1);
}

void WizardStepper::setCurrent(int current, bool canGoBack)
{
    for (int i = 0; i < static_cast<int>(m_steps.size()); ++i) {
        auto *step = static_cast<StepButton *>(m_steps[static_cast<std::size_t>(i)]);
        step->setState(i < current    ? StepButton::State::Done
                       : i == current ? StepButton::State::Current
                                      : StepButton::State::Later,
                       canGoBack && i < current);
    }
}

} // namespace idstore
