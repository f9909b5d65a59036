// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/preview/preview_draft.h"

#include "models/domain/column_choices.h"
#include "models/services/source_rules.h"
#include "ui/async/async_runner.h"

#include <algorithm>
#include <chrono>

namespace idstore {

using namespace std::chrono_literals;

PreviewDraft::PreviewDraft(AsyncRunner &async, Loader loader, QObject *parent)
    : QObject(parent)
    , m_async(async)
    , m_loader(std::move(loader))
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(200ms);
    connect(&m_soon, &QTimer::timeout, this, &PreviewDraft::start);
}

PreviewDraft::~PreviewDraft()
{
    m_cancel.cancel();
}

void PreviewDraft::load()
{
    m_loading = true;
    start();
    Q_EMIT changed();
}

void PreviewDraft::setHeldColumns(const Columns &columns)
{
    m_held = columns;
}

void PreviewDraft::setSetting(const QString &name, const QJsonValue &value)
{
    if (m_settings.contains(name) && m_settings.value(name) == value)
        return;
    m_settings.insert(name, value);
    loadSoon();
}

void PreviewDraft::resetSettings()
{
    const QList<ReadingSetting> settings = shownSettings();
    for (const ReadingSetting &setting : settings) {
        if (setting.chosen)
            m_settings.insert(setting.name, QJsonValue());
    }
    loadSoon();
}

void PreviewDraft::changeColumn(const ColumnChange &change)
{
    m_changes.removeIf([&change](const ColumnChange &before) { return before.name == change.name; });
    m_changes.append(change);
    Q_EMIT changed();
}

bool PreviewDraft::hasChosenSettings() const
{
    const QList<ReadingSetting> settings = shownSettings();
    return std::ranges::any_of(settings, &ReadingSetting::chosen);
}

QList<ReadingSetting> PreviewDraft::shownSettings() const
{
    QList<ReadingSetting> settings = m_preview ? m_preview->reading.settings : QList<ReadingSetting>();
    for (ReadingSetting &setting : settings) {
        const auto own = m_settings.constFind(setting.name);
        if (own == m_settings.constEnd())
            continue;
        setting.chosen = !own->isNull();
        if (setting.chosen)
            setting.value = *own;
    }
    return settings;
}

QList<ColumnChange> PreviewDraft::columnChanges() const
{
    // A column may be gone under other settings; its choice waits until it is back.
    QList<ColumnChange> changes = m_changes;
    const Columns columns = m_preview ? m_preview->columns : Columns();
    changes.removeIf([&columns](const ColumnChange &change) {
        return std::ranges::find(columns, change.name, &Column::name) == columns.end();
    });
    return changes;
}

Columns PreviewDraft::columns() const
{
    if (!m_preview)
        return {};
    Columns columns = m_preview->columns;
    if (m_held)
        columns = withChoices(std::move(columns), *m_held);
    // The names are those of the columns and orders are given to dates alone: nothing is left to complain about.
    [[maybe_unused]] const QList<FieldError> problems = applyColumnChanges(columnChanges(), columns);
    return columns;
}

bool PreviewDraft::canChoose(const QString &column) const
{
    return !m_held || std::ranges::find(*m_held, column, &Column::name) != m_held->end();
}

void PreviewDraft::loadSoon()
{
    // What is under way answers a question that nobody asks any more.
    m_cancel.cancel();
    ++m_round;
    m_loading = true;
    m_soon.start();
    Q_EMIT changed();
}

void PreviewDraft::start()
{
    m_soon.stop();
    m_cancel.cancel();
    m_cancel = CancelToken();
    PreviewRequest request;
    request.config = m_settings;
    request.rows = shownRows;
    m_async.run(
        this, [loader = m_loader, request, cancel = m_cancel] { return loader(request, cancel); },
        [this, round = ++m_round](Result<SourcePreview> result) {
            if (round == m_round)
                arrived(std::move(result));
        });
}

void PreviewDraft::arrived(Result<SourcePreview> result)
{
    m_loading = false;
    if (result) {
        m_preview = *std::move(result);
        m_error.reset();
    } else {
        m_error = std::move(result).error();
    }
    Q_EMIT changed();
}

} // namespace idstore
