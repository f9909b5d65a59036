// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/preview/preview_page.h"

#include "models/services/column_notes.h"
#include "ui/itemmodels/preview_table_model.h"
#include "ui/pages/preview/column_type_menu.h"
#include "ui/pages/preview/date_question.h"
#include "ui/pages/preview/preview_draft.h"
#include "ui/pages/preview/reading_settings.h"
#include "ui/pages/records/record_delegate.h"
#include "ui/pages/records/record_header.h"
#include "ui/pages/tables/table_delegate.h"
#include "ui/text/column_text.h"
#include "ui/text/format.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedLayout>
#include <QStandardItemModel>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <memory>

namespace idstore {

namespace {

constexpr int edge = 20;
constexpr int rowPixels = 30;
constexpr int narrowestColumn = 72;
constexpr int widestColumn = 260;
constexpr int sampledRows = 60;
constexpr double topShare = 0.5; // of the page, at most, for what stands above the table

} // namespace

PreviewPage::PreviewPage(const Theme &theme, const QJsonObject &schema, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_settings(new ReadingSettings(theme, schema, this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    buildTop();
    buildTable();
    buildFooter();
}

void PreviewPage::buildTop()
{
    m_top = new QScrollArea(this);
    m_top->setWidgetResizable(true);
    m_top->setFrameShape(QFrame::NoFrame);
    m_top->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_top->setFocusPolicy(Qt::NoFocus);
    QWidget *content = makePlane(QStringLiteral("surface"), m_top);
    // As high as its width asks for: the least height of wrapping texts is that of their narrowest form.
    content->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Ignored);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(m_theme.px(edge), m_theme.px(12), m_theme.px(edge), m_theme.px(12));
    column->setSpacing(m_theme.px(8));
    auto *row = new QHBoxLayout;
    m_detect = new Button(m_theme, ButtonRole::Quiet, tr("Find out again"), content, QStringLiteral("retry"),
                          ButtonExtent::Small);
    m_detect->setToolTip(tr("Forget what was set here and find out everything from the file"));
    row->addWidget(m_settings, 1);
    row->addWidget(m_detect, 0, Qt::AlignTop);
    column->addLayout(row);
    m_error = new FixCard(m_theme, Severity::Error, {}, {}, content);
    column->addWidget(m_error);
    m_questions = new QVBoxLayout;
    m_questions->setSpacing(m_theme.px(8));
    column->addLayout(m_questions);
    m_notes = new QWidget(content);
    auto *notes = new QVBoxLayout(m_notes);
    notes->setContentsMargins(0, 0, 0, 0);
    notes->setSpacing(m_theme.px(4));
    column->addWidget(m_notes);
    column->addStretch();
    m_top->setWidget(content);
    content->installEventFilter(this);
    layout()->addWidget(m_top);
    layout()->addWidget(makeLine(this));
    connect(m_settings, &ReadingSettings::settingWanted, this, [this](const QString &name, const QJsonValue &value) {
        if (m_draft)
            m_draft->setSetting(name, value);
    });
    connect(m_detect, &QPushButton::clicked, this, [this] {
        if (m_draft)
            m_draft->resetSettings();
    });
    connect(m_error, &FixCard::actionTriggered, this, [this] {
        if (m_draft && m_draft->isChanged())
            m_draft->resetSettings();
        else if (m_draft)
            m_draft->load();
    });
}

void PreviewPage::buildTable()
{
    auto *middle = new QWidget(this);
    m_stack = new QStackedLayout(middle);
    m_waiting = makeText(m_theme, TextStyle::Body, {}, middle, Tone::Muted);
    m_waiting->setAlignment(Qt::AlignCenter);
    m_table = new QTableView(middle);
    m_rows = new PreviewTableModel(this);
    m_header = new RecordHeader(m_theme, m_table);
    m_header->setHasMenus(true);
    m_table->setHorizontalHeader(m_header);
    m_table->setModel(m_rows);
    m_table->setItemDelegate(new RecordDelegate(m_theme, this));
    m_table->setAccessibleName(tr("First rows"));
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setCornerButtonEnabled(false);
    m_table->setTabKeyNavigation(false);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setMinimumSectionSize(m_theme.px(rowPixels));
    m_table->verticalHeader()->setDefaultSectionSize(m_theme.px(rowPixels));
    m_table->verticalHeader()->setHighlightSections(false);
    m_table->verticalHeader()->setAccessibleName(tr("Lines"));
    m_table->installEventFilter(this);
    connect(m_header, &RecordHeader::menuWanted, this, &PreviewPage::openTypeMenu);
    connect(m_header, &QHeaderView::sectionClicked, this, &PreviewPage::openTypeMenu);

    m_rejections = new QStandardItemModel(0, 3, this);
    m_rejected = new QTableView(middle);
    m_rejected->setModel(m_rejections);
    setUpTable(*m_rejected, m_theme, rowPixels);
    auto *delegate = new TableDelegate(m_theme, m_rejected);
    delegate->setColumnStyle(0, TextStyle::Body, ColorRole::Muted);
    delegate->setColumnStyle(2, TextStyle::Mono, ColorRole::Text);
    m_rejected->setItemDelegate(delegate);
    m_rejected->setAccessibleName(tr("Rows to be set aside"));
    m_stack->addWidget(m_waiting);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_rejected);
    qobject_cast<QVBoxLayout *>(layout())->addWidget(middle, 1);
}

void PreviewPage::buildFooter()
{
    QWidget *footer = makePlane(QStringLiteral("footer"), this);
    footer->setMinimumHeight(m_theme.px(30));
    auto *row = new QHBoxLayout(footer);
    row->setContentsMargins(m_theme.px(edge), m_theme.px(4), m_theme.px(edge), m_theme.px(4));
    row->setSpacing(m_theme.px(6));
    m_count = new ElidedLabel(m_theme, TextStyle::Small, footer, Tone::Muted);
    m_rejectedIcon = new IconLabel(m_theme, QStringLiteral("status-warning"), 14, ColorRole::Warning, footer);
    m_rejectedCount = makeLabel(m_theme, TextStyle::Small, {}, footer, Tone::Muted);
    m_showRejected = new Button(m_theme, ButtonRole::Link, {}, footer, {}, ButtonExtent::Small);
    row->addWidget(m_count, 1);
    row->addWidget(m_rejectedIcon);
    row->addWidget(m_rejectedCount);
    row->addWidget(m_showRejected);
    layout()->addWidget(footer);
    connect(m_showRejected, &QPushButton::clicked, this,
            [this] { showRejected(m_stack->currentWidget() != m_rejected); });
}

void PreviewPage::setDraft(PreviewDraft *draft)
{
    for (const QMetaObject::Connection &connection : std::as_const(m_following))
        disconnect(connection);
    m_following.clear();
    m_draft = draft;
    m_rows->setRows({}, {});
    if (draft)
        m_following.append(connect(draft, &PreviewDraft::changed, this, &PreviewPage::refresh));
    m_stack->setCurrentWidget(m_waiting);
    refresh();
}

void PreviewPage::refresh()
{
    if (!m_draft)
        return;
    m_settings->setSettings(m_draft->shownSettings());
    m_settings->setVisible(!m_draft->shownSettings().isEmpty());
    m_detect->setVisible(m_draft->hasChosenSettings());
    updateError();
    updateQuestions();
    updateNotes();
    updateTable();
    updateFooter();
    fitTop();
}

void PreviewPage::updateError()
{
    const std::optional<Error> &error = m_draft->error();
    m_error->setVisible(error.has_value());
    if (!error)
        return;
    QStringList details{error->remedy};
    for (const FieldError &field : error->fields) {
        if (!details.contains(field.message) && field.message != error->message && field.message != error->detail())
            details.append(field.message);
    }
    details.removeAll(QString());
    m_error->setText(error->message, details.join(u'\n'));
    m_error->setAction(m_draft->hasChosenSettings() ? tr("Find out everything again") : tr("Try again"));
}

void PreviewPage::updateQuestions()
{
    Columns asking = m_draft->columns();
    asking.removeIf(
        [this](const Column &column) { return !DateQuestion::concerns(column) || !m_draft->canChoose(column.name); });
    while (m_questions->count() > asking.size()) {
        const std::unique_ptr<QLayoutItem> extra(m_questions->takeAt(m_questions->count() - 1));
        extra->widget()->hide();
        extra->widget()->deleteLater();
    }
    for (int i = 0; i < static_cast<int>(asking.size()); ++i) {
        if (i == m_questions->count()) {
            auto *question = new DateQuestion(m_theme, m_top->widget());
            m_questions->addWidget(question);
            connect(question, &DateQuestion::answered, this, [this](const ColumnChange &change) {
                if (m_draft)
                    m_draft->changeColumn(change);
            });
        }
        qobject_cast<DateQuestion *>(m_questions->itemAt(i)->widget())->setColumn(asking.at(i));
    }
}

QWidget *PreviewPage::makeNote(const QString &icon, const QString &text, bool isWarning)
{
    auto *note = new QWidget(m_notes);
    auto *row = new QHBoxLayout(note);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(m_theme.px(6));
    row->addWidget(new IconLabel(m_theme, icon, 14, isWarning ? ColorRole::Warning : ColorRole::Muted, note), 0,
                   Qt::AlignTop);
    row->addWidget(makeText(m_theme, TextStyle::Small, text, note, isWarning ? Tone::Normal : Tone::Muted), 1);
    return note;
}

void PreviewPage::updateNotes()
{
    QStringList warnings;
    QStringList remarks = m_draft->preview() ? m_draft->preview()->reading.remarks : QStringList();
    const Columns columns = m_draft->columns();
    for (const Column &column : columns) {
        if (DateQuestion::concerns(column) && m_draft->canChoose(column.name))
            continue; // the question says it
        const QList<ColumnNote> notes = currentNotes(column);
        for (const ColumnNote &note : notes) {
            QStringList &lines = needsAttention(note) ? warnings : remarks;
            lines.append(tr("%1: %2", "a column and a sentence about it").arg(column.name, noteMessage(column, note)));
        }
    }
    const QStringList shown = QStringList(warnings) << QString() << remarks;
    if (shown == m_notesShown)
        return;
    m_notesShown = shown;
    while (QLayoutItem *item = m_notes->layout()->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (const QString &warning : std::as_const(warnings))
        m_notes->layout()->addWidget(makeNote(QStringLiteral("status-warning"), warning, true));
    for (const QString &remark : std::as_const(remarks))
        m_notes->layout()->addWidget(makeNote(QStringLiteral("status-info"), remark, false));
    m_notes->setVisible(!warnings.isEmpty() || !remarks.isEmpty());
}

void PreviewPage::updateTable()
{
    const std::optional<SourcePreview> &preview = m_draft->preview();
    const bool isCurrent = preview && !m_draft->isLoading() && !m_draft->error();
    // The rows of before stay, dimmed, until the new ones are there.
    m_table->setEnabled(isCurrent);
    if (!preview || m_draft->error()) {
        m_waiting->setText(m_draft->error() ? QString() : tr("Looking at the file…"));
        m_stack->setCurrentWidget(m_waiting);
        return;
    }
    const Columns columns = m_draft->columns();
    if (isCurrent) {
        m_rows->setRows(columns, preview->rows);
        fitColumns();
        m_rejections->removeRows(0, m_rejections->rowCount());
        m_rejections->setHorizontalHeaderLabels({tr("Line"), tr("Why"), tr("Text in the file")});
        for (const Rejection &rejection : preview->rejections) {
            QList<QStandardItem *> items;
            for (const QString &text : {rejection.line > 0 ? formatCount(rejection.line) : QString(), rejection.reason,
                                        rejection.raw.left(1000).simplified()}) {
                items.append(new QStandardItem(text));
                items.last()->setToolTip(text.toHtmlEscaped());
                items.last()->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
            }
            m_rejections->appendRow(items);
        }
        m_rejected->setColumnWidth(0, m_theme.px(90));
        m_rejected->setColumnWidth(1, m_theme.px(420));
    } else {
        m_rows->setColumns(columns);
    }
    const bool canShowRejected = m_rejections->rowCount() > 0;
    if (m_stack->currentWidget() == m_waiting || !canShowRejected)
        m_stack->setCurrentWidget(m_table);
}

void PreviewPage::updateFooter()
{
    const std::optional<SourcePreview> &preview = m_draft->preview();
    const bool isShown = preview && !m_draft->error();
    const qint64 rejected = isShown ? preview->rowsRejected : 0;
    for (QWidget *widget : std::initializer_list<QWidget *>{m_rejectedIcon, m_rejectedCount, m_showRejected})
        widget->setVisible(rejected > 0);
    if (!isShown) {
        m_count->setFullText({});
        return;
    }
    const QString shown = formatCount(preview->rows.size());
    if (preview->complete && preview->rowsSampled == 1)
        m_count->setFullText(tr("One row, read exactly as it will be stored"));
    else if (preview->complete && preview->rowsSampled == preview->rows.size())
        m_count->setFullText(tr("All %1 rows, read exactly as they will be stored").arg(shown));
    else if (preview->complete)
        m_count->setFullText(tr("First %1 of %2 rows, read exactly as they will be stored")
                                 .arg(shown, formatCount(preview->rowsSampled)));
    else
        m_count->setFullText(tr("First %1 rows, read exactly as they will be stored. %2 rows were looked at.")
                                 .arg(shown, formatCount(preview->rowsSampled)));
    m_rejectedCount->setText(preview->complete ? tr("%1 will be set aside").arg(formatCount(rejected))
                                               : tr("%1 so far will be set aside").arg(formatCount(rejected)));
    showRejected(m_stack->currentWidget() == m_rejected);
}

void PreviewPage::showRejected(bool rejected)
{
    if (m_stack->currentWidget() != m_waiting)
        m_stack->setCurrentWidget(rejected ? m_rejected : m_table);
    m_showRejected->setText(rejected ? tr("Show the rows") : tr("Show them"));
    m_showRejected->setAccessibleName(rejected ? tr("Show the first rows") : tr("Show the rows to be set aside"));
    m_showRejected->updateGeometry();
}

void PreviewPage::fitColumns()
{
    const QFontMetrics metrics(m_theme.font(TextStyle::Body));
    const int padding = m_theme.px(28);
    const int last = std::min(m_rows->rowCount(), sampledRows);
    for (int column = 0; column < m_rows->columnCount(); ++column) {
        int width = m_header->sectionSizeHint(column);
        for (int row = 0; row < last; ++row)
            width = std::max(width, metrics.horizontalAdvance(m_rows->index(row, column).data().toString().left(60)) +
                                        padding);
        m_table->setColumnWidth(column, std::clamp(width, m_theme.px(narrowestColumn), m_theme.px(widestColumn)));
    }
}

void PreviewPage::fitTop()
{
    QWidget *content = m_top->widget();
    const int space = std::max(1, width() - m_top->verticalScrollBar()->sizeHint().width());
    const int wanted = content->layout()->hasHeightForWidth() ? content->layout()->totalHeightForWidth(space)
                                                              : content->sizeHint().height();
    m_top->setFixedHeight(std::min(wanted, static_cast<int>(height() * topShare)));
}

void PreviewPage::openTypeMenu(int section)
{
    if (!m_draft || section < 0 || section >= m_rows->columns().size())
        return;
    const Column column = m_rows->columns().at(section);
    QMenu *menu = makeColumnTypeMenu(m_theme, column, this, [draft = m_draft](const ColumnChange &change) {
        if (draft)
            draft->changeColumn(change);
    });
    if (!m_draft->canChoose(column.name)) {
        menu->clear();
        menu->addAction(tr("The type of a new column can be chosen once it has been read."))->setEnabled(false);
    }
    menu->popup(m_header->menuPosition(section));
}

void PreviewPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitTop();
}

bool PreviewPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_table && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Down && key->modifiers() == Qt::AltModifier) {
            openTypeMenu(m_table->currentIndex().isValid() ? m_table->currentIndex().column() : 0);
            return true;
        }
    } else if (watched == m_top->widget() && event->type() == QEvent::LayoutRequest) {
        fitTop();
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace idstore
