// SPDX-License-Identifier: GPL-3.0-or-later
// The one style sheet of the window. Rules name tokens as @name and lengths as #n (scaled); what needs more than a
// style sheet can say (pills, rows, chips, headers) is painted by the widgets from the same tokens.
#include "ui/theme/theme.h"

#include <QRegularExpression>

namespace idstore {

namespace {

const char *const rules = R"(
QMainWindow, QDialog { background: @window; }
QToolTip { background: @raised; color: @text; border: 1px solid @border-strong; padding: #4px #6px; }

QMenuBar { background: @window; color: @text; border: none; padding: #2px 0; }
QMenuBar::item { padding: #4px #9px; border-radius: #4px; background: transparent; }
QMenuBar::item:selected { background: @selected; }
QMenu { background: @raised; color: @text; border: 1px solid @border-strong; padding: #4px; }
QMenu::item { padding: #5px #24px #5px #10px; border-radius: #4px; min-width: #140px; }
QMenu::icon { padding-left: #8px; }
QMenu::item:selected { background: @selected; color: @text; }
QMenu::item:disabled { color: @disabled; background: transparent; }
QMenu::separator { height: 1px; background: @border; margin: #4px #6px; }
QMenu::indicator { width: #16px; height: #16px; margin-left: #6px; }
QMenu::indicator:checked { image: url(:/idstore/theme/check-@variant.svg); }

QPushButton { background: @raised; color: @text; border: 1px solid @control-border; border-radius: #6px;
    min-height: #28px; padding: 0 #12px; }
QPushButton:hover { background: @hover; }
QPushButton:pressed { background: @selected; }
QPushButton:checked { background: @selected; border-color: @accent; }
QPushButton:disabled { color: @disabled; border-color: @border; }
QPushButton[role="primary"] { background: @accent; border-color: @accent; color: @accent-text; }
QPushButton[role="primary"]:hover, QPushButton[role="primary"]:pressed { background: @accent-hover;
    border-color: @accent-hover; }
QPushButton[role="primary"]:disabled { background: @selected-idle; border-color: @border; color: @disabled; }
QPushButton[role="danger"] { color: @danger; }
QPushButton[role="danger"]:disabled { color: @disabled; }
QPushButton[role="destroy"] { background: @danger-fill; border-color: @danger-fill; color: @accent-text; }
QPushButton[role="quiet"] { background: transparent; border-color: transparent; }
QPushButton[role="quiet"]:hover { background: @hover; }
QPushButton[role="link"] { background: transparent; border: none; color: @link; padding: 0; min-height: #20px;
    text-align: left; }
QPushButton[role="link"]:hover { text-decoration: underline; }
QPushButton[extent="small"] { min-height: #24px; padding: 0 #9px; }
QPushButton[extent="large"] { min-height: #32px; padding: 0 #16px; }

QToolButton { background: transparent; border: 1px solid transparent; border-radius: #6px; color: @muted;
    min-width: #24px; min-height: #24px; padding: 0; }
QToolButton:hover { background: @hover; }
QToolButton:pressed, QToolButton:checked { background: @selected; color: @text; }
QToolButton[labelled="true"] { padding: 0 #8px; }
QToolButton::menu-indicator { image: none; width: 0; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDateTimeEdit { background: @surface; color: @text;
    border: 1px solid @border-strong; border-radius: #6px; padding: 0 #8px; selection-background-color: @accent;
    selection-color: @accent-text; }
QLineEdit, QSpinBox, QDateTimeEdit { min-height: #28px; }
QPlainTextEdit, QTextEdit { padding: #4px #6px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus { border: 2px solid @focus; padding: 0 #7px; }
QPlainTextEdit:focus, QTextEdit:focus { padding: #3px #5px; }
QLineEdit[invalid="true"] { border: 2px solid @danger; padding: 0 #7px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QSpinBox:disabled { color: @disabled; border-color: @border; }
QLineEdit:read-only { background: @sunken; border-color: @border; }
QLineEdit QToolButton { border: none; background: transparent; min-width: 0; min-height: 0; }
QPlainTextEdit[code="true"], QTextEdit[code="true"] { background: @code-bg; border-color: @border; }

QComboBox { background: @surface; color: @text; border: 1px solid @border-strong; border-radius: #6px;
    min-height: #28px; padding: 0 #10px; }
QComboBox:focus { border: 2px solid @focus; padding: 0 #9px; }
QComboBox:disabled { color: @disabled; border-color: @border; }
QComboBox::drop-down { border: none; width: #24px; }
QComboBox::down-arrow { image: url(:/idstore/theme/chevron-down-@variant.svg); width: #14px; height: #14px; }
QComboBox QAbstractItemView { background: @raised; color: @text; border: 1px solid @border-strong;
    selection-background-color: @selected; selection-color: @text; outline: none; padding: #4px; }

QCheckBox, QRadioButton { spacing: #8px; color: @text; }
QCheckBox:disabled, QRadioButton:disabled { color: @disabled; }
QCheckBox::indicator { width: #14px; height: #14px; border: 1px solid @border-strong; border-radius: #4px;
    background: @surface; }
QCheckBox::indicator:checked { background: @accent; border-color: @accent;
    image: url(:/idstore/theme/tick-@variant.svg); }
QCheckBox::indicator:disabled { border-color: @border; }
QRadioButton::indicator { width: #14px; height: #14px; border: 1px solid @border-strong; border-radius: #8px;
    background: @surface; }
QRadioButton::indicator:checked { border: #5px solid @accent; width: #6px; height: #6px; border-radius: #8px; }

QTabBar { background: transparent; border: none; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: @muted; border: none; border-bottom: 2px solid transparent;
    padding: 0 #8px; min-height: #32px; margin-right: #2px; }
QTabBar::tab:hover, QTabBar::tab:selected { color: @text; }
QTabBar::tab:selected { border-bottom-color: @accent; }
QTabBar::tab:focus { background: @hover; }

QAbstractItemView { background: @surface; color: @text; border: none; outline: none; gridline-color: @border;
    selection-background-color: @selected; selection-color: @text; }
QAbstractScrollArea { border: none; }
QPlainTextEdit[field="true"] { border: 1px solid @border-strong; }
QPlainTextEdit[field="true"]:focus { border: 2px solid @focus; }
QPlainTextEdit[field="true"][invalid="true"] { border: 2px solid @danger; padding: #3px #5px; }
QAbstractScrollArea::corner { background: transparent; }
QHeaderView { background: @sunken; border: none; }
QHeaderView::section { background: @sunken; color: @muted; border: none; border-bottom: 1px solid @border;
    padding: 0 #10px; min-height: #29px; }
QTableView QTableCornerButton::section { background: @sunken; border: none; border-bottom: 1px solid @border; }

QScrollBar:vertical { background: transparent; width: #12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: #12px; margin: 0; }
QScrollBar::handle { background: @control-border; border-radius: #3px; margin: #3px; }
QScrollBar::handle:hover { background: @border-strong; }
QScrollBar::handle:vertical { min-height: #32px; }
QScrollBar::handle:horizontal { min-width: #32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QSplitter::handle { background: @border; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }

QLabel { background: transparent; }
QLabel[tone="muted"] { color: @muted; }
QLabel[tone="danger"] { color: @danger; }
QLabel[tone="success"] { color: @success; }
QLabel[tone="warning"] { color: @warning; }
QLabel[tag] { border-radius: #4px; padding: #2px #6px; background: @pill-pending-bg; color: @pill-pending-fg; }
QLabel[tag="new"] { background: @diff-new; color: @success; }
QLabel[tag="changed"] { background: @diff-changed; color: @pill-ingesting-fg; }
QLabel[tag="removed"] { background: @diff-removed; color: @danger; }

QWidget[plane="window"] { background: @window; }
QWidget[plane="surface"] { background: @surface; }
QWidget[plane="sunken"] { background: @sunken; }
QWidget[plane="over"] { background: @sunken; border-left: 1px solid @border; }
QWidget[plane="line"] { background: @border; }
QFrame[plane="page"] { background: @surface; border: none; border-left: 1px solid @border;
    border-top: 1px solid @border; border-top-left-radius: #8px; }
QFrame[plane="card"] { background: @surface; border: 1px solid @control-border; border-radius: #8px; }
QFrame[plane="group"] { background: @surface; border: 1px solid @border; border-radius: #8px; }
QFrame[plane="drop"] { background: @sunken; border: 1px dashed @border-strong; border-radius: #8px; }
QFrame[plane="popover"] { background: @raised; border: 1px solid @border-strong; border-radius: #8px; }
QFrame[plane="fix"] { background: @sunken; border: 1px solid @border; border-left: 3px solid @danger;
    border-radius: #6px; }
QFrame[plane="fix"][severity="warning"] { border-left-color: @warning; }
QFrame[plane="fix"][severity="info"] { border-left-color: @info; }
QFrame[banner] { border-radius: #6px; border: 1px solid transparent; }
QFrame[banner="info"] { background: @info-soft; border-color: @info-edge; }
QFrame[banner="success"] { background: @success-soft; border-color: @success-edge; }
QFrame[banner="warning"] { background: @warning-soft; border-color: @warning-edge; }
QFrame[banner="error"] { background: @danger-soft; border-color: @danger-edge; }
QWidget[plane="footer"] { background: @sunken; border-top: 1px solid @border; }
)";

QLatin1StringView variantName(ThemeVariant variant)
{
    switch (variant) {
    case ThemeVariant::Light:
        return QLatin1StringView("light");
    case ThemeVariant::Dark:
        return QLatin1StringView("dark");
    case ThemeVariant::HighContrast:
        break;
    }
    return QLatin1StringView("hc");
}

} // namespace

QString Theme::styleSheet() const
{
    QString sheet = QLatin1StringView(rules);
    sheet.replace(QLatin1StringView("@variant"), variantName(m_variant));
    // Banners are outlined in their own colour where the ground cannot tell them apart.
    for (const auto &[edge, role] : {std::pair(QLatin1StringView("@info-edge"), ColorRole::Info),
                                     std::pair(QLatin1StringView("@success-edge"), ColorRole::Success),
                                     std::pair(QLatin1StringView("@warning-edge"), ColorRole::Warning),
                                     std::pair(QLatin1StringView("@danger-edge"), ColorRole::Danger)})
        sheet.replace(edge, isHighContrast() ? color(role).name() : QStringLiteral("transparent"));

    static const QRegularExpression mark(QStringLiteral("@([a-z-]+)|#(\\d+)px"));
    QString result;
    qsizetype done = 0;
    auto matches = mark.globalMatch(sheet);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        result += QStringView(sheet).mid(done, match.capturedStart() - done);
        done = match.capturedEnd();
        if (match.hasCaptured(2)) {
            result += QString::number(px(match.capturedView(2).toInt())) % QLatin1StringView("px");
            continue;
        }
        for (std::size_t i = 0; i < colorRoleCount; ++i) {
            if (match.capturedView(1) == QLatin1StringView(colorRoleNames[i]))
                result += m_colors[i].name();
        }
    }
    result += QStringView(sheet).mid(done);
    return result;
}

} // namespace idstore
