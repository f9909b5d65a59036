// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ingest/connector.h"

#include <QAbstractButton>

namespace idstore {

class Theme;

/// There need be no sign-in, as with public addresses.
[[nodiscard]] bool isOpenToAll(const ConnectorDescriptor &descriptor);
/// What a card says below the connector's name: how one gets in, from the forms of its credentials.
[[nodiscard]] QString connectorNote(const ConnectorDescriptor &descriptor);

/// A connector in the gallery: tile, name, and a line about it. Checked: the one the panel speaks of.
class ConnectorCard : public QAbstractButton
{
    Q_OBJECT

public:
    ConnectorCard(const Theme &theme, const ConnectorDescriptor &descriptor, QWidget *parent);

    [[nodiscard]] const ConnectorDescriptor &descriptor() const { return m_descriptor; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// A double click.
    void opened();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;

private:
    const Theme &m_theme;
    const ConnectorDescriptor &m_descriptor; ///< the catalog outlives the window
    QString m_note;
};

} // namespace idstore
