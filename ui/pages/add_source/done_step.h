// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"

#include <QTimer>
#include <QWidget>

class QLabel;

namespace idstore {

class FixCard;
class IconLabel;
class ProgressLine;
struct PageContext;

/// The end of the wizard: the source is there, and its first run goes on or has ended. GUI thread.
class DoneStep : public QWidget
{
    Q_OBJECT

public:
    DoneStep(PageContext &context, QWidget *parent);

    void follow(SourceId source, const QString &name);
    [[nodiscard]] SourceId source() const { return m_source; }

Q_SIGNALS:
    void anotherWanted();

private:
    void showProgress();
    void showEnd(RunId run);

    PageContext &m_context;
    SourceId m_source;
    QString m_name;
    QTimer m_tick;
    IconLabel *m_icon;
    QLabel *m_title;
    QLabel *m_text;
    ProgressLine *m_progress;
    FixCard *m_problem;
};

} // namespace idstore
