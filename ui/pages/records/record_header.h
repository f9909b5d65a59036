// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHeaderView>

namespace idstore {

class Theme;

/// Column headers of two lines: the name, and below it the type in a person's words.
class RecordHeader final : public QHeaderView
{
    Q_OBJECT

public:
    RecordHeader(const Theme &theme, QWidget *parent);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintSection(QPainter *painter, const QRect &rect, int section) const override;
    [[nodiscard]] QSize sectionSizeFromContents(int section) const override;

private:
    const Theme &m_theme;
};

} // namespace idstore
