// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/sources/welcome_page.h"

#include "models/ingest/connector.h"
#include "ui/text/format.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

#include <QBoxLayout>
#include <QPainter>

#include <algorithm>

namespace idstore {

namespace {

constexpr int cardWidth = 316;
constexpr int textWidth = 520;

// The icon on its soft square at the top of a card.
class CardIcon : public QWidget
{
public:
    CardIcon(const Theme &theme, QString icon, QWidget *parent)
        : QWidget(parent)
        , m_theme(theme)
        , m_icon(std::move(icon))
    {
        setFixedSize(theme.px(44), theme.px(44));
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.color(ColorRole::AccentSoft));
        painter.drawRoundedRect(rect(), m_theme.px(10), m_theme.px(10));
        const int side = m_theme.px(24);
        m_theme.paintIcon(painter, QRectF((width() - side) / 2.0, (height() - side) / 2.0, side, side), m_icon,
                          ColorRole::Link);
    }

private:
    const Theme &m_theme;
    QString m_icon;
};

} // namespace

WelcomePage::WelcomePage(const Theme &theme, const ConnectorCatalog &connectors, QWidget *parent)
    : QScrollArea(parent)
    , m_theme(theme)
    , m_cards(new QBoxLayout(QBoxLayout::LeftToRight))
    , m_sampleRow(new QBoxLayout(QBoxLayout::LeftToRight))
    , m_choose(new Button(theme, ButtonRole::Primary, tr("Choose a file…"), nullptr, QStringLiteral("folder"),
                          ButtonExtent::Large))
    , m_sample(new Button(theme, ButtonRole::Link, tr("Open sample data"), nullptr))
{
    setWidgetResizable(true);
    setFrameShape(NoFrame);
    setFocusPolicy(Qt::NoFocus);
    QWidget *content = makePlane(QStringLiteral("surface"), this);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(theme.px(24), theme.px(24), theme.px(24), theme.px(48));
    column->setSpacing(0);
    column->addStretch();

    QLabel *title = makeText(theme, TextStyle::Welcome, tr("Bring your contacts together"), content);
    title->setAlignment(Qt::AlignHCenter);
    column->addWidget(title);
    column->addSpacing(theme.px(6));
    QLabel *sentence = makeText(theme, TextStyle::Body,
                                tr("Identity Store reads people and accounts from your files and apps and keeps them "
                                   "on this computer. Values stay exactly as they arrived."),
                                content, Tone::Muted);
    sentence->setAlignment(Qt::AlignHCenter);
    sentence->setFixedWidth(theme.px(textWidth));
    // Between stretches and not aligned, so that the height follows the wrapped text.
    auto *sentenceRow = new QHBoxLayout;
    sentenceRow->addStretch();
    sentenceRow->addWidget(sentence);
    sentenceRow->addStretch();
    column->addLayout(sentenceRow);
    column->addSpacing(theme.px(28));

    m_cards->setSpacing(theme.px(16));
    m_cards->addStretch();
    m_cards->addWidget(makeCard(QStringLiteral("upload-file"), tr("Upload a file"),
                                tr("Spreadsheets (.xlsx, .xls, .ods), CSV and other text tables. Separators, dates "
                                   "and letters are recognised; rows that do not fit are set aside, not lost."),
                                m_choose, tr("or drop one anywhere in this window")));
    const auto readable = std::ranges::count_if(
        connectors.all(), [](const Connector *connector) { return connector->descriptor().readable; });
    if (readable > 0) {
        auto *connectApp =
            new Button(theme, ButtonRole::Standard, tr("See all %1 connectors").arg(formatCount(readable)), nullptr,
                       QStringLiteral("arrow-right"), ButtonExtent::Large);
        connect(connectApp, &QPushButton::clicked, this, &WelcomePage::connectorWanted);
        m_cards->addWidget(makeCard(QStringLiteral("plug"), tr("Connect an app"),
                                    tr("Databases, cloud files, and business apps. We show where each key is and "
                                       "test it."),
                                    connectApp, QString()));
    }
    m_cards->addStretch();
    column->addLayout(m_cards);
    column->addSpacing(theme.px(28));

    m_sampleRow->setSpacing(theme.px(8));
    m_sampleRow->addStretch();
    m_sampleRow->addWidget(makeLabel(theme, TextStyle::Body, tr("Just looking?"), content, Tone::Muted));
    m_sampleRow->addWidget(m_sample);
    QLabel *note =
        makeLabel(theme, TextStyle::Body, tr("2,000 invented people in three sources; remove it with one click."),
                  content, Tone::Muted);
    m_sampleRow->addWidget(note);
    m_sampleRow->addStretch();
    column->addLayout(m_sampleRow);
    column->addStretch();
    setWidget(content);
    setFocusProxy(m_choose);
    connect(m_choose, &QPushButton::clicked, this, &WelcomePage::fileWanted);
    connect(m_sample, &QPushButton::clicked, this, &WelcomePage::sampleWanted);
}

void WelcomePage::setSampleEnabled(bool enabled)
{
    m_sample->setEnabled(enabled);
}

QWidget *WelcomePage::makeCard(const QString &icon, const QString &title, const QString &text, Button *button,
                               const QString &note)
{
    auto *card = new QFrame;
    card->setProperty("plane", QStringLiteral("card"));
    card->setFixedWidth(m_theme.px(cardWidth));
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(m_theme.px(24), m_theme.px(24), m_theme.px(24), m_theme.px(24));
    column->setSpacing(m_theme.px(8));
    column->addWidget(new CardIcon(m_theme, icon, card));
    column->addSpacing(m_theme.px(8));
    column->addWidget(makeText(m_theme, TextStyle::PanelTitle, title, card));
    QLabel *body = makeText(m_theme, TextStyle::Body, text, card, Tone::Muted);
    body->setMinimumHeight(m_theme.px(54));
    body->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    column->addWidget(body, 1);
    column->addSpacing(m_theme.px(8));
    button->setParent(card);
    column->addWidget(button);
    column->addWidget(makeText(m_theme, TextStyle::Small, note, card, Tone::Muted));
    return card;
}

void WelcomePage::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    const bool stacked = width() < m_theme.px(2 * cardWidth + 16 + 48);
    for (QBoxLayout *box : {m_cards, m_sampleRow}) {
        box->setDirection(stacked ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
        for (int i = 0; i < box->count(); ++i) {
            if (QWidget *item = box->itemAt(i)->widget())
                box->setAlignment(item, stacked ? Qt::AlignHCenter : Qt::Alignment());
        }
    }
}

} // namespace idstore
