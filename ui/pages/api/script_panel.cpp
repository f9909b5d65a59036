// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/api/script_panel.h"

#include "models/services/engine.h"
#include "ui/async/async_runner.h"
#include "ui/page_context.h"
#include "ui/pages/api/api_scripts.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

#include <QButtonGroup>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QListWidget>
#include <QPainter>
#include <QPlainTextEdit>
#include <QShortcut>
#include <QStyledItemDelegate>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace idstore {

namespace {

constexpr int rowHeight = 30;

/// A title, and the request's method in small letters at the end of the line.
class ActionDelegate final : public QStyledItemDelegate
{
public:
    ActionDelegate(const Theme &theme, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
    {}

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {m_theme.px(120), m_theme.px(rowHeight)};
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const QRect ground = option.rect.adjusted(m_theme.px(8), 1, -m_theme.px(8), -1);
        const bool isSelected = option.state.testFlag(QStyle::State_Selected);
        if (isSelected || option.state.testFlag(QStyle::State_MouseOver)) {
            painter->setPen(option.state.testFlag(QStyle::State_HasFocus) ? QPen(m_theme.color(ColorRole::Focus), 2)
                                                                          : QPen(Qt::NoPen));
            painter->setBrush(m_theme.color(isSelected ? ColorRole::Selected : ColorRole::Hover));
            painter->drawRoundedRect(ground, m_theme.px(6), m_theme.px(6));
        }
        const QRect inner = ground.adjusted(m_theme.px(8), 0, -m_theme.px(8), 0);
        const auto leading = QStyle::visualAlignment(option.direction, Qt::AlignLeft);
        const auto trailing = QStyle::visualAlignment(option.direction, Qt::AlignRight);
        painter->setFont(m_theme.font(TextStyle::Body));
        painter->setPen(m_theme.color(ColorRole::Text));
        painter->drawText(inner, int(leading | Qt::AlignVCenter), index.data().toString());
        painter->setFont(m_theme.font(TextStyle::Mono));
        painter->setPen(m_theme.color(ColorRole::Muted));
        painter->drawText(inner, int(trailing | Qt::AlignVCenter), index.data(Qt::UserRole).toString());
        painter->restore();
    }

private:
    const Theme &m_theme;
};

} // namespace

ScriptPanel::ScriptPanel(PageContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_actions(new QListWidget(this))
{
    const Theme &theme = context.theme;
    setProperty("plane", QStringLiteral("sunken"));
    setAttribute(Qt::WA_StyledBackground);
    m_actions->setAccessibleName(tr("Actions"));
    m_actions->setItemDelegate(new ActionDelegate(theme, m_actions));
    m_actions->setStyleSheet(QStringLiteral("QListWidget { background: transparent; }"));
    m_actions->setMouseTracking(true);
    m_actions->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    const QList<ApiActionInfo> actions = apiActions();
    for (const ApiActionInfo &info : actions) {
        auto *item = new QListWidgetItem(info.title, m_actions); // the list owns it
        item->setData(Qt::UserRole, info.method);
    }
    m_actions->setFixedHeight(theme.px(rowHeight) * int(actions.size()) + 2);

    m_code = new QPlainTextEdit(this);
    m_code->setReadOnly(true);
    m_code->setTabChangesFocus(true);
    m_code->setProperty("code", true);
    m_code->setFont(theme.font(TextStyle::Mono));
    m_code->setAccessibleName(tr("Script"));
    m_code->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    m_note =
        makeText(theme, TextStyle::Small,
                 tr("The script reads the token from the token file; the code never holds it."), this, Tone::Muted);

    auto *heading = new QVBoxLayout;
    heading->setContentsMargins(theme.px(16), theme.px(16), theme.px(16), theme.px(6));
    heading->setSpacing(theme.px(2));
    heading->addWidget(makeLabel(theme, TextStyle::PanelTitle, tr("Copy as a script"), this));
    heading->addWidget(makeText(theme, TextStyle::Small,
                                tr("Every action in this window is also a request. Choose one, copy, paste."), this,
                                Tone::Muted));
    auto *lower = new QVBoxLayout;
    lower->setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(16));
    lower->setSpacing(theme.px(8));
    lower->addWidget(buildLanguages());
    m_sourceRow = new QWidget(this);
    auto *sourceLayout = new QHBoxLayout(m_sourceRow);
    sourceLayout->setContentsMargins(0, 0, 0, 0);
    auto *sourceLabel = makeLabel(theme, TextStyle::Body, tr("S&ource"), m_sourceRow, Tone::Muted);
    m_source = new QComboBox(m_sourceRow);
    m_source->setAccessibleName(tr("Source"));
    m_source->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    sourceLabel->setBuddy(m_source);
    sourceLayout->addWidget(sourceLabel);
    sourceLayout->addWidget(m_source, 1);
    lower->addWidget(m_sourceRow);
    auto *card = new QFrame(this);
    card->setProperty("plane", QStringLiteral("card"));
    auto *cardLayout = new QVBoxLayout(card);
    cardLayout->setContentsMargins(1, 1, 1, 1);
    cardLayout->addWidget(m_code);
    lower->addWidget(card, 1);
    lower->addWidget(m_note);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(heading);
    layout->addWidget(m_actions);
    layout->addSpacing(theme.px(8));
    layout->addWidget(makeLine(this));
    layout->addLayout(lower, 1);

    connect(m_actions, &QListWidget::currentRowChanged, this, &ScriptPanel::showScript);
    connect(m_source, &QComboBox::currentIndexChanged, this, &ScriptPanel::showScript);
    const auto &sources = context.engine.sources();
    connect(&sources, &SourceService::sourceAdded, this, &ScriptPanel::loadSources);
    connect(&sources, &SourceService::sourceChanged, this, &ScriptPanel::loadSources);
    connect(&sources, &SourceService::sourceRemoved, this, &ScriptPanel::loadSources);
    m_actions->setCurrentRow(0);
    loadSources();
}

QWidget *ScriptPanel::buildLanguages()
{
    const Theme &theme = m_context.theme;
    auto *bar = new QWidget(this);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(theme.px(2));
    m_languages = new QButtonGroup(this);
    const auto add = [&](ScriptLanguage language, const QString &name) {
        auto *button = new QToolButton(bar);
        button->setText(name);
        button->setFont(theme.font(TextStyle::SmallStrong));
        button->setProperty("labelled", true);
        button->setCheckable(true);
        button->setFocusPolicy(Qt::TabFocus);
        m_languages->addButton(button, int(language));
        row->addWidget(button);
    };
    add(ScriptLanguage::Curl, QStringLiteral("curl"));
    add(ScriptLanguage::Python, QStringLiteral("Python"));
    add(ScriptLanguage::PowerShell, QStringLiteral("PowerShell"));
    m_languages->button(int(ScriptLanguage::Curl))->setChecked(true);
    connect(m_languages, &QButtonGroup::idToggled, this, [this](int, bool checked) {
        if (checked)
            showScript();
    });
    m_copy = new Button(theme, ButtonRole::Primary, tr("Copy"), bar, QStringLiteral("copy"), ButtonExtent::Small);
    m_copy->setAccessibleName(tr("Copy the script"));
    const QKeySequence keys(Qt::CTRL | Qt::SHIFT | Qt::Key_C);
    m_copy->setHint(keys.toString(QKeySequence::NativeText));
    auto *shortcut = new QShortcut(keys, this);
    shortcut->setContext(Qt::WindowShortcut);
    connect(shortcut, &QShortcut::activated, this, &ScriptPanel::copy);
    connect(m_copy, &QPushButton::clicked, this, &ScriptPanel::copy);
    row->addStretch(1);
    row->addWidget(m_copy);
    return bar;
}

void ScriptPanel::loadSources()
{
    m_context.async.run(
        this, [&sources = m_context.engine.sources()] { return sources.list(TokenService::localUser()); },
        [this](const Result<QList<Source>> &sources) {
            // Without the list the scripts keep the sources they have.
            if (!sources)
                return;
            // Runs change sources often; filling the list anew would close it under somebody's pointer.
            bool isSame = m_source->count() == sources->size();
            for (int i = 0; isSame && i < m_source->count(); ++i) {
                isSame = m_source->itemText(i) == sources->at(i).name &&
                         m_source->itemData(i) == sources->at(i).id.toString();
            }
            if (isSame)
                return;
            const QVariant chosen = m_source->currentData();
            {
                const QSignalBlocker blocker(m_source);
                m_source->clear();
                for (const Source &source : *sources)
                    m_source->addItem(source.name, source.id.toString());
                m_source->setCurrentIndex(std::max(0, m_source->findData(chosen)));
            }
            showScript();
        });
}

void ScriptPanel::showScript()
{
    const ApiActionInfo info = apiActions().value(m_actions->currentRow());
    m_sourceRow->setVisible(info.needsSource);
    const bool lacksSource = info.needsSource && m_source->count() == 0;
    const bool canCopy = !m_context.serverUrl.isEmpty() && !lacksSource;
    m_copy->setEnabled(canCopy);
    if (m_context.serverUrl.isEmpty()) {
        m_code->setPlainText(tr("Scripts cannot connect while the API does not run."));
        return;
    }
    if (lacksSource) {
        m_code->setPlainText(tr("Add a source first: this action is about one."));
        return;
    }
    m_code->setPlainText(apiScript(info.action, ScriptLanguage(m_languages->checkedId()),
                                   {m_context.serverUrl, m_context.tokenFile, m_source->currentData().toString()}));
}

void ScriptPanel::copy()
{
    if (m_copy->isEnabled())
        QGuiApplication::clipboard()->setText(m_code->toPlainText());
}

} // namespace idstore
