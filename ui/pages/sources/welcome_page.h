// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

class QBoxLayout;

namespace idstore {

class Button;
class ConnectorCatalog;
class Theme;

/// The first run: the big choices and the sample. Offers only what this build can do.
class WelcomePage : public QScrollArea
{
    Q_OBJECT

public:
    WelcomePage(const Theme &theme, const ConnectorCatalog &connectors, QWidget *parent);

    /// While the sample is being made its link rests.
    void setSampleEnabled(bool enabled);

Q_SIGNALS:
    void fileWanted();
    void connectorWanted();
    void sampleWanted();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeCard(const QString &icon, const QString &title, const QString &text, Button *button,
                      const QString &note);

    const Theme &m_theme;
    QBoxLayout *m_cards;
    QBoxLayout *m_sampleRow;
    Button *m_choose;
    Button *m_sample;
};

} // namespace idstore
