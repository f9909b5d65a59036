// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/settings/settings_page.h"

#include "models/domain/proxy_setting.h"
#include "models/services/engine.h"
#include "ui/async/async_runner.h"
#include "ui/page_context.h"
#include "ui/pages/settings/appearance_picture.h"
#include "ui/pages/tables/page_head.h"
#include "ui/preferences.h"
#include "ui/text/format.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

#include <QButtonGroup>
#include <QDesktopServices>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QRadioButton>
#include <QScrollArea>
#include <QStorageInfo>
#include <QUrl>
#include <QVBoxLayout>

namespace idstore {

namespace {

constexpr int labelWidth = 200;
constexpr int widest = 820;

} // namespace

SettingsPage::SettingsPage(PageContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
{
    const Theme &theme = context.theme;
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    QHBoxLayout *head = addPageHead(*layout, theme, tr("Settings"), this);
    head->addWidget(new IconLabel(theme, QStringLiteral("check"), 14, ColorRole::Muted, this));
    head->addWidget(makeLabel(theme, TextStyle::Small, tr("Changes are kept at once"), this, Tone::Muted));
    layout->addWidget(makeLine(this));

    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    QWidget *content = makePlane(QStringLiteral("surface"), scroll);
    auto *outer = new QHBoxLayout(content);
    outer->setContentsMargins(theme.px(32), theme.px(24), theme.px(32), theme.px(24));
    auto *inner = new QWidget(content);
    inner->setMaximumWidth(theme.px(widest));
    auto *column = new QVBoxLayout(inner);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme.px(16));
    addSection(*column, tr("General"), true);
    addSetting(*column, tr("Appearance"), buildAppearance());
    addSection(*column, tr("Storage"));
    addSetting(*column, tr("Data folder"), buildDataFolder());
    addSection(*column, tr("Network"));
    addSetting(*column, tr("Proxy"), buildProxy());
    addSection(*column, tr("About"));
    addSetting(*column, tr("Identity Store"), buildAbout());
    column->addStretch(1);
    outer->addWidget(inner, 1);
    outer->addStretch(0);
    scroll->setWidget(content);
    layout->addWidget(scroll, 1);
}

void SettingsPage::addSection(QVBoxLayout &column, const QString &title, bool isFirst)
{
    if (!isFirst) {
        column.addSpacing(m_context.theme.px(4));
        column.addWidget(makeLine(this));
        column.addSpacing(m_context.theme.px(4));
    }
    column.addWidget(makeLabel(m_context.theme, TextStyle::PanelTitle, title, this));
}

void SettingsPage::addSetting(QVBoxLayout &column, const QString &label, QWidget *control)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(m_context.theme.px(8));
    auto *name = makeText(m_context.theme, TextStyle::Strong, label, this);
    name->setFixedWidth(m_context.theme.px(labelWidth));
    name->setContentsMargins(0, m_context.theme.px(4), 0, 0);
    row->addWidget(name, 0, Qt::AlignTop);
    row->addWidget(control, 1);
    column.addLayout(row);
}

QWidget *SettingsPage::buildAppearance()
{
    const Theme &theme = m_context.theme;
    auto *panel = new QWidget(this);
    auto *group = new QButtonGroup(panel);
    auto *row = new QHBoxLayout;
    row->setSpacing(theme.px(16));
    const auto add = [&](ThemeChoice choice, const QString &name) {
        auto *column = new QVBoxLayout;
        column->setSpacing(theme.px(8));
        auto *picture = new AppearancePicture(theme, choice, panel);
        auto *button = new QRadioButton(name, panel);
        button->setChecked(m_context.themes.choice() == choice);
        picture->setChosen(button->isChecked());
        connect(button, &QRadioButton::toggled, picture, &AppearancePicture::setChosen);
        connect(picture, &AppearancePicture::clicked, button, [button] { button->setChecked(true); });
        group->addButton(button, int(choice));
        column->addWidget(picture);
        column->addWidget(button);
        row->addLayout(column);
    };
    add(ThemeChoice::System, tr("&System"));
    add(ThemeChoice::Light, tr("&Light"));
    add(ThemeChoice::Dark, tr("&Dark"));
    add(ThemeChoice::HighContrast, tr("&High contrast"));
    row->addStretch(1);
    connect(group, &QButtonGroup::idToggled, this, [this](int id, bool checked) {
        if (!checked)
            return;
        m_context.preferences.setThemeChoice(ThemeChoice(id));
        m_context.themes.setChoice(ThemeChoice(id));
    });
    auto *layout = new QVBoxLayout(panel);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme.px(6));
    layout->addLayout(row);
    layout->addWidget(
        makeText(theme, TextStyle::Small, tr("Larger text follows the computer’s own settings."), panel, Tone::Muted));
    return panel;
}

QWidget *SettingsPage::buildDataFolder()
{
    const Theme &theme = m_context.theme;
    auto *panel = new QWidget(this);
    auto *path = new QLineEdit(m_context.engine.dataDirectory(), panel);
    path->setReadOnly(true);
    path->setAccessibleName(tr("Data folder"));
    path->setToolTip(m_context.engine.dataDirectory().toHtmlEscaped());
    path->setCursorPosition(0);
    auto *open = new Button(theme, ButtonRole::Standard, tr("Open folder"), panel, QStringLiteral("folder"));
    connect(open, &QPushButton::clicked, this,
            [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(m_context.engine.dataDirectory())); });
    auto *row = new QHBoxLayout;
    row->setSpacing(theme.px(8));
    row->addWidget(path, 1);
    row->addWidget(open);
    m_space = makeText(theme, TextStyle::Small, {}, panel, Tone::Muted);
    auto *layout = new QVBoxLayout(panel);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme.px(6));
    layout->addLayout(row);
    layout->addWidget(m_space);
    return panel;
}

QWidget *SettingsPage::buildProxy()
{
    const Theme &theme = m_context.theme;
    const SettingsService &settings = m_context.engine.settings();
    const QString proxy = settings.proxy();
    auto *panel = new QWidget(this);
    auto *layout = new QVBoxLayout(panel);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme.px(6));
    auto *system = new QRadioButton(tr("As this computer is &set"), panel);
    auto *none = new QRadioButton(tr("&No proxy"), panel);
    auto *other = new QRadioButton(tr("&This one:"), panel);
    system->setObjectName(QStringLiteral("proxySystem"));
    none->setObjectName(QStringLiteral("proxyNone"));
    other->setObjectName(QStringLiteral("proxyOther"));
    auto *address = new QLineEdit(panel);
    address->setObjectName(QStringLiteral("proxyAddress"));
    address->setAccessibleName(tr("Address of the proxy"));
    address->setPlaceholderText(QStringLiteral("http://proxy.example.org:3128"));
    const bool isAddress = !proxy.isEmpty() && proxy != directProxy();
    (isAddress ? other : proxy.isEmpty() ? system : none)->setChecked(true);
    if (isAddress)
        address->setText(proxy);
    address->setEnabled(isAddress);
    auto *row = new QHBoxLayout;
    row->setSpacing(theme.px(8));
    row->addWidget(other);
    row->addWidget(address, 1);
    layout->addWidget(system);
    layout->addWidget(none);
    layout->addLayout(row);
    m_proxyNote = makeText(theme, TextStyle::Small, {}, panel, Tone::Muted);
    m_proxyNote->setObjectName(QStringLiteral("proxyNote"));
    layout->addWidget(m_proxyNote);
    if (settings.isProxyFixed()) {
        for (QWidget *control : {static_cast<QWidget *>(system), static_cast<QWidget *>(none),
                                 static_cast<QWidget *>(other), static_cast<QWidget *>(address)})
            control->setEnabled(false);
        m_proxyNote->setText(tr("Said when the program was started (--proxy)."));
        return panel;
    }
    m_proxyNote->setText(tr("Sources on the web are reached through it. SFTP servers are reached directly."));
    connect(system, &QRadioButton::clicked, this, [this] { keepProxy({}); });
    connect(none, &QRadioButton::clicked, this, [this] { keepProxy(directProxy()); });
    connect(other, &QRadioButton::toggled, address, &QLineEdit::setEnabled);
    connect(other, &QRadioButton::clicked, address, [address] { address->setFocus(Qt::OtherFocusReason); });
    connect(address, &QLineEdit::editingFinished, this, [this, address, other] {
        if (other->isChecked() && !address->text().trimmed().isEmpty())
            keepProxy(address->text());
    });
    return panel;
}

void SettingsPage::keepProxy(const QString &proxy)
{
    m_context.async.run(
        this, [&settings = m_context.engine.settings(), proxy] { return settings.setProxy(proxy); },
        [this](const Result<void> &kept) {
            m_proxyNote->setText(kept ? tr("Kept. It holds for what starts from now on.") : kept.error().detail());
        });
}

QWidget *SettingsPage::buildAbout()
{
    const Theme &theme = m_context.theme;
    auto *panel = new QWidget(this);
    auto *layout = new QVBoxLayout(panel);
    layout->setContentsMargins(0, theme.px(4), 0, 0);
    layout->setSpacing(theme.px(4));
    const auto add = [&](const QString &text, Tone tone) {
        QLabel *label = makeText(theme, TextStyle::Body, text, panel, tone);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        layout->addWidget(label);
    };
    add(tr("Version %1").arg(QStringLiteral(IDSTORE_VERSION)), Tone::Normal);
    add(tr("Qt %1").arg(QString::fromLatin1(qVersion())), Tone::Muted);
    add(tr("Free software under the GNU General Public License, version 3 or later (GPL-3.0-or-later)."), Tone::Muted);
    return panel;
}

void SettingsPage::measureFolder()
{
    struct Space
    {
        qint64 used = 0;
        qint64 available = -1;
    };
    m_context.async.run(
        this,
        [&engine = m_context.engine] {
            const QStorageInfo storage(engine.dataDirectory());
            return Space{engine.bytesOnDisk(), storage.isValid() ? storage.bytesAvailable() : -1};
        },
        [this](const Space &space) {
            m_space->setText(space.available < 0
                                 ? tr("%1 used.").arg(formatBytes(space.used))
                                 : tr("%1 used, %2 free.").arg(formatBytes(space.used), formatBytes(space.available)));
        });
}

void SettingsPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    measureFolder();
}

} // namespace idstore
