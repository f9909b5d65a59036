// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/source.h"

#include <QWidget>

class QComboBox;

namespace idstore {

class RecordsView;
struct PageContext;

/// The page of the rail: choose a source, see its rows. GUI thread only; `context` must outlive it.
class RecordsPage final : public QWidget
{
    Q_OBJECT

public:
    explicit RecordsPage(PageContext &context, QWidget *parent = nullptr);

    void showSource(idstore::SourceId id);

public Q_SLOTS:
    void focusSearch();

private:
    void loadSources();
    void fillPicker(const QList<Source> &sources);

    PageContext &m_context;
    RecordsView *m_view;
    QComboBox *m_picker;
    SourceId m_wanted; ///< shown as soon as the list of sources holds it
};

} // namespace idstore
