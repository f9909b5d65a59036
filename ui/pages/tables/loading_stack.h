// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QStackedLayout;

namespace idstore {

class Theme;

/// Either content or a sentence that says why there is none: nothing yet, nothing found, still coming. Starts with an
/// empty sentence. GUI thread only; `theme` must outlive it.
class LoadingStack final : public QWidget
{
    Q_OBJECT

public:
    explicit LoadingStack(const Theme &theme, QWidget *parent = nullptr);

    /// Takes ownership.
    void setContent(QWidget *content);
    void showContent();
    void showSentence(const QString &sentence);

private:
    QStackedLayout *m_stack;
    QLabel *m_sentence;
    QWidget *m_content = nullptr;
};

} // namespace idstore
