// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/sources/source_overview.h"

#include "models/services/column_notes.h"
#include "ui/itemmodels/sources_model.h"
#include "ui/pages/preview/date_question.h"
#include "ui/pages/sources/column_list.h"
#include "ui/text/column_text.h"
#include "ui/text/format.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/progress_line.h"

#include <QGridLayout>
#include <QVBoxLayout>

#include <memory>

namespace idstore {

namespace {

constexpr int edge = 16;
constexpr int keyWidth = 108;
enum Fact : int { FileFact, SizeFact, TypeFact, AddedFact, LastRunFact, TookFact, FactCount };

} // namespace

SourceOverview::SourceOverview(const Theme &theme, QWidget *parent)
    : QScrollArea(parent)
    , m_theme(theme)
{
    setWidgetResizable(true);
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Overview"));
    QWidget *content = makePlane(QStringLiteral("sunken"), this);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    buildCounts(content);
    m_errorSection = makeSection(content);
    m_error = new FixCard(theme, Severity::Error, QString(), QString(), m_errorSection);
    m_error->setAction(tr("Run again"));
    connect(m_error, &FixCard::actionTriggered, this, &SourceOverview::runWanted);
    m_errorSection->layout()->addWidget(m_error);
    m_questionsSection = makeSection(content);
    m_questions = qobject_cast<QVBoxLayout *>(m_questionsSection->layout());
    buildFacts(content);
    buildColumns(content);
    column->addStretch();
    setWidget(content);
}

QWidget *SourceOverview::makeSection(QWidget *parent)
{
    auto *section = new QWidget(parent);
    auto *column = new QVBoxLayout(section);
    column->setContentsMargins(m_theme.px(edge), m_theme.px(12), m_theme.px(edge), m_theme.px(12));
    column->setSpacing(m_theme.px(8));
    if (parent->layout()->count() > 0)
        parent->layout()->addWidget(makeLine(parent));
    parent->layout()->addWidget(section);
    return section;
}

void SourceOverview::buildCounts(QWidget *parent)
{
    QWidget *section = makeSection(parent);
    auto *column = qobject_cast<QVBoxLayout *>(section->layout());
    m_count = makeLabel(m_theme, TextStyle::PageTitle, QString(), section);
    m_count->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_countNote = makeLabel(m_theme, TextStyle::Small, QString(), section, Tone::Muted);
    column->setSpacing(m_theme.px(1));
    column->addWidget(m_count);
    column->addWidget(m_countNote);
    m_progress = new ProgressLine(m_theme, section);
    column->addSpacing(m_theme.px(8));
    column->addWidget(m_progress);

    m_tags = new QWidget(section);
    auto *tags = new FlowLayout(m_tags, m_theme.px(10));
    m_new = makeTag(m_theme, QStringLiteral("new"), QString(), m_tags);
    m_changed = makeTag(m_theme, QStringLiteral("changed"), QString(), m_tags);
    m_same = makeTag(m_theme, QStringLiteral("same"), QString(), m_tags);
    m_rejected = makeTag(m_theme, QStringLiteral("removed"), QString(), m_tags);
    for (QLabel *tag : {m_new, m_changed, m_same, m_rejected})
        tags->addWidget(tag);
    QSizePolicy flow(QSizePolicy::Preferred, QSizePolicy::Fixed);
    flow.setHeightForWidth(true);
    m_tags->setSizePolicy(flow);
    column->addWidget(m_tags);

    m_sum = new QWidget(section);
    auto *sum = new QHBoxLayout(m_sum);
    sum->setContentsMargins(0, m_theme.px(8), 0, 0);
    sum->setSpacing(m_theme.px(4));
    m_sumIcon = new IconLabel(m_theme, QStringLiteral("check"), 14, ColorRole::Success, m_sum);
    m_sumText = makeText(m_theme, TextStyle::Small, QString(), m_sum, Tone::Muted);
    sum->addWidget(m_sumIcon, 0, Qt::AlignTop);
    sum->addWidget(m_sumText, 1);
    column->addWidget(m_sum);
}

void SourceOverview::buildFacts(QWidget *parent)
{
    QWidget *section = makeSection(parent);
    section->layout()->addWidget(makeLabel(m_theme, TextStyle::Section, tr("Source"), section));
    m_facts = new QGridLayout;
    m_facts->setHorizontalSpacing(m_theme.px(12));
    m_facts->setVerticalSpacing(m_theme.px(4));
    m_facts->setColumnMinimumWidth(0, m_theme.px(keyWidth));
    m_facts->setColumnStretch(1, 1);
    const QStringList names{tr("File"), tr("Size"), tr("Type"), tr("Added"), tr("Last run"), tr("Took")};
    for (int i = 0; i < FactCount; ++i) {
        m_factNames.append(makeLabel(m_theme, TextStyle::Body, names[i], section, Tone::Muted));
        m_factValues.append(new ElidedLabel(m_theme, TextStyle::Body, section));
        m_factValues.last()->setElideMode(Qt::ElideMiddle);
        m_facts->addWidget(m_factNames[i], i, 0, Qt::AlignTop);
        m_facts->addWidget(m_factValues[i], i, 1);
    }
    qobject_cast<QVBoxLayout *>(section->layout())->addLayout(m_facts);
}

void SourceOverview::buildColumns(QWidget *parent)
{
    m_columnsSection = makeSection(parent);
    auto *column = qobject_cast<QVBoxLayout *>(m_columnsSection->layout());
    column->setContentsMargins(0, m_theme.px(12), 0, 0);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(m_theme.px(edge), 0, m_theme.px(edge), 0);
    head->addWidget(makeLabel(m_theme, TextStyle::Section, tr("Columns"), m_columnsSection));
    m_columnCount = makeLabel(m_theme, TextStyle::Body, QString(), m_columnsSection, Tone::Muted);
    head->addWidget(m_columnCount);
    head->addStretch();
    head->addWidget(makeLabel(m_theme, TextStyle::Small, tr("filled"), m_columnsSection, Tone::Muted));
    column->addLayout(head);
    column->setSpacing(m_theme.px(4));
    m_columns = new ColumnList(m_theme, m_columnsSection);
    connect(m_columns, &ColumnList::changeWanted, this, &SourceOverview::columnChangeWanted);
    column->addWidget(m_columns);
    m_notes = makeText(m_theme, TextStyle::Small, QString(), m_columnsSection, Tone::Muted);
    m_notes->setTextFormat(Qt::RichText);
    m_notes->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_notes->setContentsMargins(m_theme.px(edge), m_theme.px(8), m_theme.px(edge), m_theme.px(12));
    column->addWidget(m_notes);
}

void SourceOverview::showRow(const SourceRow &row)
{
    showCounts(row);
    showError(row);
    showFacts(row);
    showColumns(row);
}

void SourceOverview::showColumns(const SourceRow &row)
{
    const Columns &columns = row.source.columns;
    m_columnsSection->setVisible(!columns.isEmpty());
    m_columnCount->setText(formatCount(columns.size()));
    m_columns->setColumns(columns, row.source.rowCount);

    Columns asking = columns;
    asking.removeIf([](const Column &column) { return !needsDateOrder(column); });
    while (m_questions->count() > asking.size()) {
        const std::unique_ptr<QLayoutItem> answered(m_questions->takeAt(m_questions->count() - 1));
        answered->widget()->hide();
        answered->widget()->deleteLater();
    }
    for (int i = 0; i < static_cast<int>(asking.size()); ++i) {
        if (i == m_questions->count()) {
            auto *question = new DateQuestion(m_theme, m_questionsSection);
            m_questions->addWidget(question);
            connect(question, &DateQuestion::answered, this, &SourceOverview::columnChangeWanted);
        }
        qobject_cast<DateQuestion *>(m_questions->itemAt(i)->widget())->setColumn(asking.at(i));
    }
    m_questionsSection->setVisible(!asking.isEmpty());

    QString notes;
    for (const Column &column : columns) {
        const QStringList sentences = needsDateOrder(column) ? QStringList() : columnNoteSentences(column);
        if (!sentences.isEmpty())
            notes += QStringLiteral("<p style=\"margin-top:4px; margin-bottom:0\"><b>%1</b> %2</p>")
                         .arg(column.name.toHtmlEscaped(), sentences.join(u' ').toHtmlEscaped());
    }
    if (notes != m_notes->text())
        m_notes->setText(notes);
    m_notes->setVisible(!notes.isEmpty());
}

void SourceOverview::showCounts(const SourceRow &row)
{
    const Source &source = row.source;
    const bool running = row.progress.has_value();
    m_count->setText(source.generation == 0 ? QStringLiteral("—") : formatCount(source.rowCount));
    m_progress->setVisible(running);
    if (running)
        m_progress->setProgress(*row.progress);

    const bool counted = source.lastRun && source.lastRun->status == RunStatus::Completed;
    m_tags->setVisible(counted);
    m_sum->setVisible(counted && source.lastRun->counts.addUp());
    if (running) {
        m_countNote->setText(
            (source.generation == 0 ? tr("no rows yet; %1 read so far") : tr("rows kept; %1 read so far"))
                .arg(formatCount(row.progress->rows)));
        return;
    }
    if (!counted) {
        m_countNote->setText(source.generation == 0 ? tr("no rows yet") : tr("rows kept from an earlier run"));
        return;
    }
    const RunCounts &counts = source.lastRun->counts;
    m_countNote->setText(tr("rows · last run took in %1").arg(formatCount(counts.ingested())));
    m_new->setText(tr("%1 new").arg(formatCount(counts.added)));
    m_changed->setText(tr("%1 changed").arg(formatCount(counts.changed)));
    m_same->setText(tr("%1 same").arg(formatCount(counts.unchanged)));
    m_rejected->setText(tr("%1 rejected").arg(formatCount(counts.rejected)));
    m_changed->setVisible(counts.changed > 0);
    m_same->setVisible(counts.unchanged > 0);
    m_rejected->setVisible(counts.rejected > 0);
    QStringList parts;
    for (const auto &[count, tag] : {std::pair(counts.added, m_new), std::pair(counts.changed, m_changed),
                                     std::pair(counts.unchanged, m_same), std::pair(counts.rejected, m_rejected)}) {
        if (count > 0)
            parts.append(tag->text());
    }
    m_sumText->setText(
        tr("Adds up: %1 read = %2")
            .arg(formatCount(counts.read), parts.isEmpty() ? formatCount(0) : parts.join(QStringLiteral(" + "))));
}

void SourceOverview::showError(const SourceRow &row)
{
    const bool broken = row.source.status == SourceStatus::Error && row.source.error && !row.progress;
    m_errorSection->setVisible(broken);
    if (!broken)
        return;
    const QString kept =
        row.source.generation == 0 ? QString() : tr("The rows of the last good run are kept unchanged.");
    m_error->setText(row.source.error->message, QString(row.source.error->remedy % u' ' % kept).trimmed());
}

void SourceOverview::showFacts(const SourceRow &row)
{
    const Source &source = row.source;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    setFact(FileFact, source.file ? source.file->originalName : QString());
    setFact(SizeFact, source.file ? formatBytes(source.file->size) : QString());
    setFact(TypeFact, source.file ? QString() : row.typeName);
    setFact(AddedFact, formatMoment(source.createdAt, now));
    m_factValues[AddedFact]->setToolTip(formatExactMoment(source.createdAt));
    const bool ran = source.lastRun && source.lastRun->finishedAt.isValid();
    setFact(LastRunFact, ran ? formatMoment(source.lastRun->finishedAt, now) : QString());
    setFact(TookFact, ran ? formatDuration(source.lastRun->startedAt.msecsTo(source.lastRun->finishedAt)) : QString());
    if (ran)
        m_factValues[LastRunFact]->setToolTip(formatExactMoment(source.lastRun->finishedAt));
}

void SourceOverview::setFact(int row, const QString &value)
{
    m_factNames[row]->setVisible(!value.isEmpty());
    m_factValues[row]->setVisible(!value.isEmpty());
    m_factValues[row]->setFullText(value);
}

} // namespace idstore
