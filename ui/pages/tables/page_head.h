// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QHBoxLayout;
class QVBoxLayout;
class QWidget;

namespace idstore {

class Theme;

/// Puts a page's head on top of its layout: the title, then whatever is added to the row returned, which already
/// holds a stretch behind the title.
QHBoxLayout *addPageHead(QVBoxLayout &page, const Theme &theme, const QString &title, QWidget *parent);

} // namespace idstore
