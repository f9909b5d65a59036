// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>
#include <QString>

namespace idstore {

class Theme;

/// A field to search with: a magnifier in front, its shortcut as a hint while it is empty, a cross to clear it.
/// Esc clears. The shortcut itself belongs to the window's menu.
class SearchField : public QLineEdit
{
    Q_OBJECT

public:
    /// `prompt` is the placeholder and the accessible name; `hint` e.g. "Ctrl F", may be empty.
    SearchField(const Theme &theme, const QString &prompt, const QString &hint, QWidget *parent);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    const Theme &m_theme;
    QString m_hint;
};

} // namespace idstore
