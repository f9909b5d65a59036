// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/add_source/connector_gallery.h"

#include "ui/pages/add_source/connector_card.h"
#include "ui/pages/add_source/form_spec.h"
#include "ui/text/format.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/chips.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/search_field.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QKeySequence>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace idstore {

namespace {

constexpr int panelWidth = 304;
constexpr int panelFrom = 1000; // width of the page
constexpr int cardGap = 8;
constexpr int cardWidth = 206;
constexpr int mostColumns = 4;
constexpr int allCategories = 100; // none of the enumeration; a group of buttons takes -1 for no number

QString categoryTitle(ConnectorCategory category)
{
    switch (category) {
    case ConnectorCategory::Database:
        return ConnectorGallery::tr("Databases");
    case ConnectorCategory::CloudFile:
        return ConnectorGallery::tr("Cloud files");
    case ConnectorCategory::SignIn:
        return ConnectorGallery::tr("Sign-in");
    case ConnectorCategory::Application:
        return ConnectorGallery::tr("Business apps");
    case ConnectorCategory::File:
        break;
    }
    return ConnectorGallery::tr("Files");
}

QString updatesOf(ConnectorCategory category)
{
    if (category == ConnectorCategory::CloudFile)
        return ConnectorGallery::tr("Each run looks whether the file has changed, and reads it only then");
    return ConnectorGallery::tr("Each run brings the rows up to date");
}

bool matches(const ConnectorDescriptor &descriptor, const QString &text)
{
    const QStringList words = text.split(u' ', Qt::SkipEmptyParts);
    return std::ranges::all_of(words, [&descriptor](const QString &word) {
        const auto has = [&word](const QString &in) { return in.contains(word, Qt::CaseInsensitive); };
        return has(descriptor.title) || has(descriptor.id) || has(descriptor.summary) ||
               has(categoryTitle(descriptor.category)) || std::ranges::any_of(descriptor.keywords, has);
    });
}

} // namespace

ConnectorGallery::ConnectorGallery(const Theme &theme, const ConnectorCatalog &connectors, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setAccessibleName(tr("Add a source"));
    m_count = static_cast<int>(std::ranges::count_if(
        connectors.all(), [](const Connector *connector) { return connector->descriptor().readable; }));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    buildHead();
    auto *body = new QHBoxLayout;
    body->setSpacing(0);
    column->addLayout(body, 1);
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_content = makePlane(QStringLiteral("surface"), scroll);
    auto *list = new QVBoxLayout(m_content);
    list->setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(20));
    list->setSpacing(theme.px(14));
    list->addWidget(makeFilters());
    m_upload = makeUpload();
    list->addWidget(m_upload);
    addSection(ConnectorCategory::Database, QStringLiteral("cat-databases"), tr("Databases and warehouses"),
               tr("Address and sign-in of a server"), connectors, list);
    addSection(ConnectorCategory::CloudFile, QStringLiteral("cat-cloud-files"), tr("Files and cloud storage"),
               tr("Tables wherever they are kept"), connectors, list);
    addSection(ConnectorCategory::SignIn, QStringLiteral("cat-sign-in"), tr("Sign in with your account"),
               tr("Opens your browser, no key needed"), connectors, list);
    addSection(ConnectorCategory::Application, QStringLiteral("cat-apps"), tr("Business apps"),
               tr("Needs a key from the app’s settings"), connectors, list);
    m_nothing = new EmptyState(theme, {}, tr("Export the data as a file, then add that."), m_content);
    m_nothing->setAction(tr("Upload a file instead"));
    m_nothing->hide();
    list->addWidget(m_nothing);
    list->addStretch(1);
    scroll->setWidget(m_content);
    body->addWidget(scroll, 1);
    m_panelLine = makeLine(this, Qt::Vertical);
    body->addWidget(m_panelLine);
    m_panel = makePanel();
    body->addWidget(m_panel);
    connect(m_nothing, &EmptyState::actionTriggered, this, &ConnectorGallery::fileWanted);
    connect(m_search, &QLineEdit::textChanged, this, &ConnectorGallery::applyFilter);
    connect(m_chips, &ChipBar::chosenChanged, this, &ConnectorGallery::applyFilter);
    m_search->installEventFilter(this);
    applyFilter();
}

void ConnectorGallery::buildHead()
{
    auto *head = new QWidget(this);
    head->setFixedHeight(m_theme.px(56));
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(m_theme.px(20), 0, m_theme.px(16), 0);
    row->setSpacing(m_theme.px(6));
    auto *back = new Button(m_theme, ButtonRole::Link, tr("Sources"), head);
    row->addWidget(back);
    row->addWidget(new IconLabel(m_theme, QStringLiteral("chevron-right"), 14, ColorRole::Muted, head));
    row->addWidget(makeLabel(m_theme, TextStyle::PageTitle, tr("Add a source"), head));
    row->addStretch(1);
    QToolButton *close = makeIconButton(m_theme, QStringLiteral("close"), tr("Close (Esc)"), head);
    row->addWidget(close);
    layout()->addWidget(head);
    layout()->addWidget(makeLine(this));
    connect(back, &QPushButton::clicked, this, &ConnectorGallery::closed);
    connect(close, &QToolButton::clicked, this, &ConnectorGallery::closed);
}

QWidget *ConnectorGallery::makeFilters()
{
    auto *filters = new QWidget(m_content);
    auto *row = new QHBoxLayout(filters);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(m_theme.px(12));
    m_search = new SearchField(
        m_theme, m_count == 1 ? tr("Search 1 connector") : tr("Search %1 connectors").arg(formatCount(m_count)), {},
        filters);
    m_search->setMinimumWidth(m_theme.px(260));
    m_chips = new ChipBar(m_theme, tr("Filter by category"), filters);
    m_chips->addChip(allCategories, tr("All"));
    row->addWidget(m_search, 1);
    row->addWidget(m_chips, 2);
    return filters;
}

QWidget *ConnectorGallery::makeUpload()
{
    auto *card = new QFrame(m_content);
    card->setProperty("plane", QStringLiteral("drop"));
    auto *row = new QHBoxLayout(card);
    row->setContentsMargins(m_theme.px(16), m_theme.px(12), m_theme.px(16), m_theme.px(12));
    row->setSpacing(m_theme.px(12));
    auto *tile = new TileLabel(m_theme, 30, card);
    tile->setConnector(QString(QLatin1StringView(fileSourceType)), ConnectorCategory::File);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(0);
    texts->addWidget(makeLabel(m_theme, TextStyle::Strong, tr("Upload a file"), card));
    texts->addWidget(
        makeText(m_theme, TextStyle::Small,
                 tr("CSV, TSV, Excel (.xlsx .xlsm .xls .xlsb .ods). Drop it here or anywhere in the window."), card,
                 Tone::Muted));
    auto *choose = new Button(m_theme, ButtonRole::Standard, tr("Choose a file…"), card, QStringLiteral("folder"));
    choose->setHint(QKeySequence(QKeySequence::Open).toString(QKeySequence::NativeText).replace(u'+', u' '));
    row->addWidget(tile);
    row->addLayout(texts, 1);
    row->addWidget(choose);
    connect(choose, &QPushButton::clicked, this, &ConnectorGallery::fileWanted);
    return card;
}

void ConnectorGallery::addSection(ConnectorCategory category, const QString &icon, const QString &title,
                                  const QString &note, const ConnectorCatalog &connectors, QVBoxLayout *column)
{
    Section section{.category = category};
    for (const Connector *connector : connectors.all()) {
        const ConnectorDescriptor &descriptor = connector->descriptor();
        if (!descriptor.readable || descriptor.category != category)
            continue;
        if (!section.box)
            section.box = new QWidget(m_content);
        auto *card = new ConnectorCard(m_theme, descriptor, section.box);
        card->installEventFilter(this);
        connect(card, &QAbstractButton::clicked, this, [this, card] {
            select(card);
            if (!m_panel->isVisible())
                goOn();
        });
        connect(card, &ConnectorCard::opened, this, &ConnectorGallery::goOn);
        section.cards.push_back(card);
    }
    if (!section.box)
        return;
    auto *box = new QVBoxLayout(section.box);
    box->setContentsMargins(0, 0, 0, 0);
    box->setSpacing(m_theme.px(8));
    auto *head = new QHBoxLayout;
    head->setSpacing(m_theme.px(8));
    const ColorRole role = category == ConnectorCategory::Database    ? ColorRole::CatDatabases
                           : category == ConnectorCategory::CloudFile ? ColorRole::CatCloudFiles
                           : category == ConnectorCategory::SignIn    ? ColorRole::CatSignIn
                                                                      : ColorRole::CatApps;
    head->addWidget(new IconLabel(m_theme, icon, 16, role, section.box));
    head->addWidget(makeLabel(m_theme, TextStyle::Section, title, section.box));
    head->addWidget(makeLabel(m_theme, TextStyle::Small, note, section.box, Tone::Muted), 1);
    box->addLayout(head);
    section.grid = new QGridLayout;
    section.grid->setSpacing(m_theme.px(cardGap));
    box->addLayout(section.grid);
    column->addWidget(section.box);
    m_chips->addChip(static_cast<int>(category), categoryTitle(category))
        ->setCount(static_cast<int>(section.cards.size()));
    m_sections.push_back(std::move(section));
}

QWidget *ConnectorGallery::makePanel()
{
    QWidget *panel = makePlane(QStringLiteral("sunken"), this);
    panel->setFixedWidth(m_theme.px(panelWidth));
    auto *column = new QVBoxLayout(panel);
    column->setContentsMargins(m_theme.px(20), m_theme.px(20), m_theme.px(20), m_theme.px(20));
    column->setSpacing(m_theme.px(12));
    auto *head = new QHBoxLayout;
    head->setSpacing(m_theme.px(12));
    m_tile = new TileLabel(m_theme, 40, panel);
    auto *names = new QVBoxLayout;
    names->setSpacing(0);
    m_title = makeText(m_theme, TextStyle::PanelTitle, {}, panel);
    m_category = makeText(m_theme, TextStyle::Small, {}, panel, Tone::Muted);
    names->addWidget(m_title);
    names->addWidget(m_category);
    head->addWidget(m_tile);
    head->addLayout(names, 1);
    column->addLayout(head);
    m_summary = makeText(m_theme, TextStyle::Body, {}, panel, Tone::Muted);
    column->addWidget(m_summary);
    auto *facts = new QGridLayout;
    facts->setHorizontalSpacing(m_theme.px(12));
    facts->setVerticalSpacing(m_theme.px(8));
    facts->setColumnStretch(1, 1);
    facts->setColumnMinimumWidth(0, m_theme.px(84));
    m_need = makeText(m_theme, TextStyle::Body, {}, panel);
    m_updates = makeText(m_theme, TextStyle::Body, {}, panel);
    facts->addWidget(makeLabel(m_theme, TextStyle::Body, tr("You need"), panel, Tone::Muted), 0, 0, Qt::AlignTop);
    facts->addWidget(m_need, 0, 1);
    facts->addWidget(makeLabel(m_theme, TextStyle::Body, tr("Updates"), panel, Tone::Muted), 1, 0, Qt::AlignTop);
    facts->addWidget(m_updates, 1, 1);
    column->addLayout(facts);
    m_connect = new Button(m_theme, ButtonRole::Primary, {}, panel, {}, ButtonExtent::Large);
    m_connect->setObjectName(QStringLiteral("connectChosen"));
    column->addWidget(m_connect, 0, Qt::AlignLeading);
    column->addWidget(makeText(m_theme, TextStyle::Small, tr("Enter connects · arrow keys move"), panel, Tone::Muted));
    column->addStretch(1);
    connect(m_connect, &QPushButton::clicked, this, &ConnectorGallery::goOn);
    return panel;
}

void ConnectorGallery::reset()
{
    m_search->clear();
    m_chips->choose(allCategories);
    applyFilter();
    focusSearch();
}

void ConnectorGallery::focusSearch()
{
    m_search->setFocus(Qt::OtherFocusReason);
}

std::vector<ConnectorCard *> ConnectorGallery::shownCards() const
{
    std::vector<ConnectorCard *> cards;
    for (const Section &section : m_sections)
        std::ranges::copy_if(section.cards, std::back_inserter(cards),
                             [](const ConnectorCard *card) { return !card->isHidden(); });
    return cards;
}

void ConnectorGallery::applyFilter()
{
    const QString text = m_search->text().trimmed();
    const int category = m_chips->chosen();
    for (const Section &section : m_sections) {
        const bool isChosen = category == allCategories || category == static_cast<int>(section.category);
        bool hasCards = false;
        for (ConnectorCard *card : section.cards) {
            const bool isShown = isChosen && matches(card->descriptor(), text);
            card->setVisible(isShown);
            hasCards = hasCards || isShown;
        }
        section.box->setVisible(hasCards);
    }
    const std::vector<ConnectorCard *> shown = shownCards();
    m_upload->setVisible(text.isEmpty() && category == allCategories);
    m_nothing->setVisible(shown.empty());
    m_nothing->setText(tr("Nothing for “%1”").arg(text), tr("Export the data as a file, then add that."));
    if (!m_selected || m_selected->isHidden())
        select(shown.empty() ? nullptr : shown.front());
    m_columns = 0;
    arrange();
}

void ConnectorGallery::arrange()
{
    const bool hasPanel = width() >= m_theme.px(panelFrom) && m_selected;
    m_panel->setVisible(hasPanel);
    m_panelLine->setVisible(hasPanel);
    const int space = width() - (hasPanel ? m_panel->width() : 0) - m_theme.px(60);
    const int columns = std::clamp((space + m_theme.px(cardGap)) / m_theme.px(cardWidth), 1, mostColumns);
    if (columns == m_columns)
        return;
    m_columns = columns;
    for (const Section &section : m_sections) {
        int place = 0;
        for (ConnectorCard *card : section.cards) {
            section.grid->removeWidget(card);
            if (card->isHidden())
                continue;
            section.grid->addWidget(card, place / columns, place % columns);
            ++place;
        }
        for (int i = 0; i < mostColumns; ++i)
            section.grid->setColumnStretch(i, i < columns ? 1 : 0);
    }
}

void ConnectorGallery::select(ConnectorCard *card)
{
    if (m_selected)
        m_selected->setChecked(false);
    m_selected = card;
    if (!card)
        return;
    card->setChecked(true);
    const ConnectorDescriptor &descriptor = card->descriptor();
    m_tile->setConnector(descriptor.id, descriptor.category);
    m_title->setText(descriptor.title);
    m_category->setText(categoryTitle(descriptor.category));
    m_summary->setText(descriptor.summary);
    m_updates->setText(updatesOf(descriptor.category));
    QStringList ways;
    const QList<FormSpec> forms = formsOf(descriptor.credentialsSchema);
    for (const FormSpec &form : forms)
        ways.append(form.title);
    ways.removeAll(QString());
    const QString choice = ways.join(QStringLiteral(", "));
    m_need->setText(isOpenToAll(descriptor) ? ways.isEmpty() ? tr("Nothing but the address")
                                                             : tr("The address, and only if it asks: %1").arg(choice)
                    : ways.size() > 1 ? tr("One of: %1").arg(choice)
                                            : connectorNote(descriptor));
    m_connect->setText(tr("Connect %1").arg(descriptor.title));
    m_connect->setAccessibleName(m_connect->text());
    m_connect->updateGeometry();
}

void ConnectorGallery::goOn()
{
    if (m_selected)
        Q_EMIT connectorChosen(m_selected->descriptor().id);
}

void ConnectorGallery::moveSelection(int key)
{
    const std::vector<ConnectorCard *> cards = shownCards();
    const auto at = std::ranges::find(cards, m_selected);
    if (at == cards.end())
        return;
    // By place on the screen, since every category starts a row of its own.
    const QPoint from = m_selected->mapTo(this, m_selected->rect().center());
    ConnectorCard *best = nullptr;
    int bestDistance = 0;
    for (ConnectorCard *card : cards) {
        const QPoint to = card->mapTo(this, card->rect().center()) - from;
        const bool isBeside = to.y() == 0;
        const bool fits = (key == Qt::Key_Left && isBeside && to.x() < 0) ||
                          (key == Qt::Key_Right && isBeside && to.x() > 0) || (key == Qt::Key_Up && to.y() < 0) ||
                          (key == Qt::Key_Down && to.y() > 0);
        const int distance = 8 * std::abs(to.y()) + std::abs(to.x());
        if (fits && (!best || distance < bestDistance)) {
            best = card;
            bestDistance = distance;
        }
    }
    if (!best)
        return;
    select(best);
    if (qobject_cast<ConnectorCard *>(focusWidget()))
        best->setFocus(Qt::TabFocusReason);
}

bool ConnectorGallery::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusIn) {
        if (auto *card = qobject_cast<ConnectorCard *>(watched))
            select(card);
    }
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent *>(event)->key();
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        goOn();
        return true;
    }
    const bool isSideways = key == Qt::Key_Left || key == Qt::Key_Right;
    const bool isInField = watched == m_search && !m_search->text().isEmpty();
    if (key == Qt::Key_Up || key == Qt::Key_Down || (isSideways && !isInField)) {
        moveSelection(key);
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void ConnectorGallery::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT closed();
    else
        QWidget::keyPressEvent(event);
}

void ConnectorGallery::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

} // namespace idstore
