// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/records/records_page.h"

#include "models/services/engine.h"
#include "ui/async/async_runner.h"
#include "ui/page_context.h"
#include "ui/pages/records/records_view.h"
#include "ui/widgets/labels.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace idstore {

RecordsPage::RecordsPage(PageContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_view(new RecordsView(context, this))
{
    auto *leading = new QWidget(this);
    auto *row = new QHBoxLayout(leading);
    row->setContentsMargins(context.theme.px(4), 0, 0, 0);
    row->setSpacing(context.theme.px(14));
    m_picker = new QComboBox(leading);
    m_picker->setAccessibleName(tr("Source"));
    m_picker->setMinimumWidth(context.theme.px(220));
    m_picker->setMaximumWidth(context.theme.px(360));
    m_picker->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    row->addWidget(makeLabel(context.theme, TextStyle::PageTitle, tr("Records"), leading));
    row->addWidget(m_picker, 1);
    m_view->setLeadingWidget(leading);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);

    connect(m_picker, &QComboBox::activated, this,
            [this](int index) { showSource(SourceId(m_picker->itemData(index).toLongLong())); });
    const auto &sources = context.engine.sources();
    connect(&sources, &SourceService::sourceAdded, this, &RecordsPage::loadSources);
    connect(&sources, &SourceService::sourceChanged, this, &RecordsPage::loadSources);
    connect(&sources, &SourceService::sourceRemoved, this, &RecordsPage::loadSources);
    loadSources();
}

void RecordsPage::showSource(SourceId id)
{
    m_wanted = id;
    const int index = m_picker->findData(id.number());
    if (index < 0)
        return; // fillPicker() shows it when the list has it
    m_picker->setCurrentIndex(index);
    m_view->showSource(id);
}

void RecordsPage::focusSearch()
{
    m_view->focusSearch();
}

void RecordsPage::loadSources()
{
    m_context.async.run(
        this, [&sources = m_context.engine.sources()] { return sources.list(TokenService::localUser()); },
        [this](const Result<QList<Source>> &sources) {
            // Without the list the page stays as it is; the next change of a source asks again.
            if (sources)
                fillPicker(*sources);
        });
}

void RecordsPage::fillPicker(const QList<Source> &sources)
{
    QList<Source> sorted = sources;
    std::sort(sorted.begin(), sorted.end(),
              [](const Source &left, const Source &right) { return left.name.localeAwareCompare(right.name) < 0; });
    // Runs change sources often; filling the list anew would close it under somebody's pointer.
    bool isSame = m_picker->count() == sorted.size();
    for (int i = 0; isSame && i < m_picker->count(); ++i)
        isSame = m_picker->itemText(i) == sorted.at(i).name && m_picker->itemData(i) == sorted.at(i).id.number();
    if (!isSame) {
        m_picker->clear();
        for (const Source &source : std::as_const(sorted))
            m_picker->addItem(source.name, source.id.number());
    }
    m_picker->setEnabled(!sorted.isEmpty());

    if (m_wanted.isNull() || m_picker->findData(m_wanted.number()) < 0) {
        const auto firstWithRows =
            std::find_if(sorted.begin(), sorted.end(), [](const Source &source) { return source.rowCount > 0; });
        m_wanted = firstWithRows != sorted.end() ? firstWithRows->id
                   : sorted.isEmpty()            ? SourceId()
                                                 : sorted.constFirst().id;
    }
    m_picker->setCurrentIndex(m_picker->findData(m_wanted.number()));
    if (m_view->source() != m_wanted)
        m_view->showSource(m_wanted);
}

} // namespace idstore
