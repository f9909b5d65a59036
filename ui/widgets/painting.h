// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ingest/connector.h"

#include <QRectF>
#include <QString>

#include <optional>

class QPainter;

namespace idstore {

class Theme;

/// Pieces that widgets and delegates paint alike.

/// The 6 px bar, centred in `rect`. `waiting`: in the colour of waiting.
void paintProgressBar(QPainter &painter, const QRectF &rect, const Theme &theme, double fraction, bool waiting = false);

/// An open ring; `turn` in 0..1 is where it stands in its revolution.
void paintSpinner(QPainter &painter, const QRectF &rect, const Theme &theme, double turn);

/// A connector's tile: its letters on its category's ground. `sourceType` as in Source.
void paintTile(QPainter &painter, const QRectF &rect, const Theme &theme, const QString &sourceType,
               ConnectorCategory category);

} // namespace idstore
