// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/ingestion_run.h"
#include "models/domain/progress.h"
#include "models/domain/source.h"

#include <QPoint>
#include <QSize>
#include <QString>
#include <QWidget>

#include <optional>

class QPainter;

namespace idstore {

class Theme;

/// The states a pill can show: a shape and a word first, a colour second.
enum class PillKind { Pending, Ingesting, Ready, Error, SignIn, Waiting, Cancelled };

struct Pill
{
    PillKind kind = PillKind::Pending;
    QString text; ///< the word, translated

    bool operator==(const Pill &) const = default;
};

/// The pill of a source; `progress` is that of its run, if one is under way.
[[nodiscard]] Pill pillOf(const Source &source, const std::optional<Progress> &progress = {});
[[nodiscard]] Pill pillOf(RunStatus status);

[[nodiscard]] QSize pillSize(const Theme &theme, const Pill &pill);
void paintPill(QPainter &painter, QPoint topLeft, const Theme &theme, const Pill &pill);

/// The same as a widget.
class StatusPill : public QWidget
{
    Q_OBJECT

public:
    explicit StatusPill(const Theme &theme, QWidget *parent = nullptr);

    void setPill(const Pill &pill);
    [[nodiscard]] const Pill &pill() const { return m_pill; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    Pill m_pill;
};

} // namespace idstore
