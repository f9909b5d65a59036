// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/rejects/rejection_editor.h"

#include "models/services/engine.h"
#include "ui/async/async_runner.h"
#include "ui/itemmodels/correction_cells_model.h"
#include "ui/page_context.h"
#include "ui/pages/rejects/row_text.h"
#include "ui/pages/tables/table_delegate.h"
#include "ui/text/format.h"
#include "ui/theme/theme_controller.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QScopedValueRollback>
#include <QShortcut>
#include <QTableView>
#include <QVBoxLayout>

#include <chrono>

namespace idstore {

using namespace std::chrono_literals;

namespace {

constexpr int rowHeight = 28;

} // namespace

RejectionEditor::RejectionEditor(PageContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_cells(new CorrectionCellsModel(this))
{
    setProperty("plane", QStringLiteral("sunken"));
    setAttribute(Qt::WA_StyledBackground);
    setAccessibleName(tr("Correction of a rejected row"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(context.theme.px(16), context.theme.px(10), context.theme.px(16), context.theme.px(12));
    column->setSpacing(context.theme.px(8));
    buildHead();
    buildText();
    buildCells();
    buildButtons();

    m_checkDelay.setSingleShot(true);
    m_checkDelay.setInterval(250ms);
    connect(&m_checkDelay, &QTimer::timeout, this, &RejectionEditor::checkNow);
    connect(m_text, &QPlainTextEdit::textChanged, this, &RejectionEditor::textEdited);
    connect(m_cells, &CorrectionCellsModel::edited, this, &RejectionEditor::cellsEdited);
    // Marks in the text keep the colours they were made with.
    connect(&m_context.themes, &ThemeController::changed, this, &RejectionEditor::checkNow);
    const auto addShortcut = [this](const QKeySequence &keys, auto slot) {
        auto *shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, slot);
    };
    addShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return), &RejectionEditor::save);
    addShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Return), &RejectionEditor::retryRow);
    setRow({});
}

void RejectionEditor::buildHead()
{
    m_title = makeLabel(m_context.theme, TextStyle::Section, {}, this);
    m_draftTag = makeTag(m_context.theme, QStringLiteral("removed"), tr("does not fit yet"), this);
    m_readyTag = makeTag(m_context.theme, QStringLiteral("new"), tr("corrected"), this);
    m_reason = makeText(m_context.theme, TextStyle::Body, {}, this, Tone::Muted);
    m_error = new Banner(m_context.theme, Severity::Error, {}, {}, this);
    m_error->setClosable(true);
    connect(m_error, &Banner::closed, m_error, &QWidget::hide);
    auto *head = new QHBoxLayout;
    head->addWidget(m_title);
    head->addWidget(m_draftTag);
    head->addWidget(m_readyTag);
    head->addStretch(1);
    auto *column = static_cast<QVBoxLayout *>(layout());
    column->addLayout(head);
    column->addWidget(m_reason);
    column->addWidget(m_error);
}

void RejectionEditor::buildText()
{
    m_textPart = new QWidget(this);
    auto *title = makeLabel(m_context.theme, TextStyle::SmallStrong, tr("Text in the file, edit it here"), m_textPart);
    m_undo = new Button(m_context.theme, ButtonRole::Link, tr("Undo"), m_textPart, {}, ButtonExtent::Small);
    m_undo->setToolTip(tr("Back to what was saved last, or to the text in the file"));
    m_undo->setAccessibleName(tr("Undo the edits of this row"));
    connect(m_undo, &QPushButton::clicked, this, &RejectionEditor::undo);
    m_text = new QPlainTextEdit(m_textPart);
    m_text->setTabChangesFocus(true);
    m_text->setFont(m_context.theme.font(TextStyle::Mono));
    m_text->setAccessibleName(tr("Text in the file"));
    m_text->setFixedHeight(m_context.theme.px(72));
    auto *head = new QHBoxLayout;
    head->addWidget(title, 1);
    head->addWidget(m_undo);
    auto *column = new QVBoxLayout(m_textPart);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(m_context.theme.px(4));
    column->addLayout(head);
    column->addWidget(m_text);
    m_verdict = new Banner(m_context.theme, Severity::Info, {}, {}, this);
    layout()->addWidget(m_textPart);
    layout()->addWidget(m_verdict);
}

void RejectionEditor::buildCells()
{
    m_table = new QTableView(this);
    setUpTable(*m_table, m_context.theme, rowHeight);
    m_table->setModel(m_cells);
    auto *delegate = new TableDelegate(m_context.theme, m_table);
    delegate->setColumnStyle(CorrectionCellsModel::NameColumn, TextStyle::Body, ColorRole::Muted);
    m_table->setItemDelegate(delegate);
    m_table->setSelectionBehavior(QAbstractItemView::SelectItems);
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                             QAbstractItemView::AnyKeyPressed | QAbstractItemView::SelectedClicked);
    m_table->setAccessibleName(tr("Cells of the row"));
    m_table->setToolTip(tr("Double-click a cell, or press F2, to correct it by itself"));
    m_table->setColumnWidth(CorrectionCellsModel::NameColumn, m_context.theme.px(140));
    m_table->setMinimumHeight(m_context.theme.px(rowHeight * 3));
    static_cast<QVBoxLayout *>(layout())->addWidget(m_table, 1);
}

void RejectionEditor::buildButtons()
{
    auto *bar = new QWidget(this);
    auto *row = new FlowLayout(bar, m_context.theme.px(8));
    row->setContentsMargins(0, 0, 0, 0);
    m_save = new Button(m_context.theme, ButtonRole::Primary, tr("Save correction"), bar, {}, ButtonExtent::Small);
    m_save->setToolTip(tr("Keeps the correction (Ctrl+Enter); nothing is stored yet"));
    m_retryRow = new Button(m_context.theme, ButtonRole::Standard, tr("Retry this row"), bar, QStringLiteral("retry"),
                            ButtonExtent::Small);
    m_retryRow->setToolTip(tr("Stores this row as corrected (Ctrl+Shift+Enter)"));
    m_retryAll =
        new Button(m_context.theme, ButtonRole::Standard, tr("Retry all corrected rows"), bar, {}, ButtonExtent::Small);
    m_forget = new Button(m_context.theme, ButtonRole::Quiet, tr("Forget"), bar, QStringLiteral("delete"),
                          ButtonExtent::Small);
    m_forget->setAccessibleName(tr("Forget the correction of this row"));
    m_forget->setToolTip(tr("Takes the saved correction away; the row stays set aside"));
    for (Button *button : {m_save, m_retryRow, m_retryAll, m_forget})
        row->addWidget(button);
    connect(m_save, &QPushButton::clicked, this, &RejectionEditor::save);
    connect(m_retryRow, &QPushButton::clicked, this, &RejectionEditor::retryRow);
    connect(m_retryAll, &QPushButton::clicked, this, &RejectionEditor::retryAll);
    connect(m_forget, &QPushButton::clicked, this, &RejectionEditor::forget);
    layout()->addWidget(bar);
}

void RejectionEditor::setSource(const Source &source)
{
    if (source.id != m_source.id) {
        setRow({});
        m_takesText = true;
        m_text->setReadOnly(false);
    }
    m_source = source;
    m_cells->setColumns(source.columns);
    updateButtons();
}

void RejectionEditor::setRow(const std::optional<RejectedRow> &row)
{
    const bool isSame = row && m_row && row->id == m_row->id && row->raw == m_row->raw;
    if (isSame && (m_isDirty || row == m_row)) {
        m_row = row;
        updateButtons();
        return;
    }
    if (!isSame) {
        saveDraft();
        m_error->hide();
    }
    m_row = row;
    setEnabled(m_row.has_value());
    presentSaved();
}

void RejectionEditor::setOpenCorrections(qint64 count)
{
    m_openCorrections = count;
    m_retryAll->setText(count > 0 ? tr("Retry all corrected rows (%1)").arg(formatCount(count))
                                  : tr("Retry all corrected rows"));
    updateButtons();
}

void RejectionEditor::presentSaved()
{
    const QScopedValueRollback guard(m_isPresenting, true);
    ++m_epoch;
    m_checkDelay.stop();
    m_isDirty = false;
    m_fits = false;
    m_title->setText(!m_row            ? QString()
                     : m_row->line > 0 ? tr("Line %1").arg(formatCount(m_row->line))
                                       : tr("A row without a line number"));
    const bool isCut = m_row && !m_row->raw.isEmpty() && !m_row->hasWholeRaw();
    m_reason->setText(
        !m_row ? QString()
        : isCut
            ? tr("%1 Only the beginning of the text is kept: put in the whole row, or its cells.").arg(m_row->reason)
            : m_row->reason);
    const auto correction = m_row ? m_row->correction : std::nullopt;
    m_draftTag->setVisible(correction && !correction->fits());
    m_readyTag->setVisible(correction && correction->fits());
    m_textPart->setVisible(!m_row || !m_row->raw.isEmpty());
    const bool byCells = (correction && correction->correction.cells) || (m_row && m_row->raw.isEmpty());
    m_mode = byCells || !m_takesText ? Mode::Cells : Mode::Text;
    const QString raw = m_row ? m_row->raw : QString();
    m_text->setPlainText(correction ? correction->correction.raw.value_or(raw) : raw);
    m_text->setExtraSelections({});
    QList<std::optional<QString>> cells;
    if (correction && correction->correction.cells) {
        for (const Column &column : std::as_const(m_source.columns)) {
            const auto cell = std::ranges::find(*correction->correction.cells, column.name, &CorrectedCell::column);
            cells.append(cell == correction->correction.cells->end() ? std::nullopt : cell->text);
        }
    }
    m_cells->setCells(cells);
    m_verdict->hide();
    updateButtons();
    checkNow();
}

void RejectionEditor::textEdited()
{
    if (m_isPresenting || !m_row)
        return;
    m_mode = Mode::Text;
    m_isDirty = true;
    ++m_epoch;
    m_checkDelay.start();
    updateButtons();
}

void RejectionEditor::cellsEdited()
{
    m_mode = Mode::Cells;
    m_isDirty = true;
    ++m_epoch;
    m_text->setExtraSelections({});
    checkNow();
}

RowCorrection RejectionEditor::edited() const
{
    if (m_mode == Mode::Cells)
        return {std::nullopt, m_cells->cells()};
    return {m_text->toPlainText(), std::nullopt};
}

CorrectionRequest RejectionEditor::request() const
{
    return {edited(), m_row->raw};
}

void RejectionEditor::checkNow()
{
    if (!m_row || (m_mode == Mode::Cells && !m_isDirty && !m_row->correction))
        return;
    m_context.async.run(
        this,
        [&rejections = m_context.engine.rejections(), source = m_source.id, row = m_row->id, correction = edited()] {
            return rejections.read(TokenService::localUser(), source, row, correction);
        },
        [this, epoch = m_epoch](const Result<CorrectionReading> &reading) {
            if (epoch == m_epoch)
                showReading(reading);
        });
}

void RejectionEditor::showReading(const Result<CorrectionReading> &reading)
{
    m_fits = reading && !reading->misfit;
    if (!reading) {
        const bool isGone = reading.error().kind == ErrorKind::NotFound; // repaired meanwhile: the list follows
        const bool isNoText = reading.error().kind == ErrorKind::InvalidInput && m_mode == Mode::Text;
        if (isNoText) {
            m_takesText = false;
            m_text->setReadOnly(true);
            m_mode = Mode::Cells;
        } else if (!isGone) {
            showError(reading.error());
        }
        updateButtons();
        return;
    }
    showVerdict(reading->misfit);
    if (m_mode == Mode::Text) {
        QList<std::optional<QString>> cells = reading->cells;
        if (reading->misfit) {
            const QString text = m_text->toPlainText();
            for (const RowParser::Field &field : reading->fields)
                cells.append(plainField(text.mid(field.start, field.length)));
        }
        m_cells->setCells(std::move(cells));
        m_text->setExtraSelections(faultMarks(*m_text->document(), *reading, m_source.columns.size(), m_context.theme));
    }
    updateButtons();
}

void RejectionEditor::showVerdict(const std::optional<Misfit> &misfit)
{
    const bool isUntouched = !m_isDirty && !m_row->correction;
    m_verdict->setVisible(!isUntouched);
    m_verdict->setSeverity(misfit ? Severity::Warning : Severity::Success);
    if (misfit)
        m_verdict->setText(tr("Does not fit yet."), misfit->reason);
    else
        m_verdict->setText(tr("Fits."), m_mode == Mode::Cells ? tr("The cells below would be stored.")
                                                              : tr("It would be stored as below."));
}

void RejectionEditor::updateButtons()
{
    const bool isRunning = m_source.status == SourceStatus::Ingesting;
    const bool isCorrected = m_row && m_row->correction;
    m_undo->setEnabled(m_isDirty && !m_isBusy);
    m_save->setEnabled(m_isDirty && !m_isBusy);
    m_retryRow->setEnabled((m_isDirty || isCorrected) && m_fits && !m_isBusy && !isRunning);
    m_retryAll->setEnabled((m_openCorrections > 0 || (m_isDirty && m_fits)) && !m_isBusy && !isRunning);
    m_forget->setEnabled(isCorrected && !m_isBusy);
}

void RejectionEditor::setBusy(bool busy)
{
    m_isBusy = busy;
    updateButtons();
}

void RejectionEditor::showError(const Error &error)
{
    QString text = error.remedy;
    for (const FieldError &field : error.fields)
        text = field.message;
    m_error->setText(error.message, text);
    m_error->show();
}

void RejectionEditor::save()
{
    if (!m_row || !m_isDirty || m_isBusy)
        return;
    m_error->hide();
    setBusy(true);
    m_context.async.run(
        this,
        [&rejections = m_context.engine.rejections(), source = m_source.id, row = m_row->id, request = request()] {
            return rejections.correct(TokenService::localUser(), source, row, request);
        },
        [this, row = m_row->id, epoch = m_epoch](const Result<CorrectedRow> &corrected) {
            setBusy(false);
            if (!corrected) {
                showError(corrected.error());
                return;
            }
            if (m_row && m_row->id == row && m_epoch == epoch)
                m_isDirty = false;
            Q_EMIT saved(corrected->row);
        });
}

void RejectionEditor::saveDraft()
{
    if (!m_row || !m_isDirty)
        return;
    m_isDirty = false;
    m_context.async.run(
        this,
        [&rejections = m_context.engine.rejections(), source = m_source.id, row = m_row->id, request = request()] {
            return rejections.correct(TokenService::localUser(), source, row, request);
        },
        [this, source = m_source.id](const Result<CorrectedRow> &corrected) {
            // A row that is not there any more has been repaired meanwhile.
            if (!corrected && corrected.error().kind != ErrorKind::NotFound)
                showError(corrected.error());
            else if (corrected && source == m_source.id)
                Q_EMIT saved(corrected->row);
        });
}

void RejectionEditor::retryRow()
{
    if (m_row && m_retryRow->isEnabled())
        retry({m_row->id});
}

void RejectionEditor::retryAll()
{
    if (m_retryAll->isEnabled())
        retry({});
}

void RejectionEditor::retry(const QList<qint64> &rows)
{
    m_error->hide();
    setBusy(true);
    const auto edit = m_row && m_isDirty ? std::optional(request()) : std::nullopt;
    m_context.async.run(
        this,
        [&engine = m_context.engine, source = m_source.id, row = m_row ? m_row->id : 0, rows, edit]() -> Result<RunId> {
            if (edit)
                IDS_CHECK(engine.rejections().correct(TokenService::localUser(), source, row, *edit));
            return engine.ingestion().retry(TokenService::localUser(), source, rows, RunTrigger::Gui);
        },
        [this](const Result<RunId> &run) {
            setBusy(false);
            if (!run) {
                showError(run.error());
                return;
            }
            m_isDirty = false;
            Q_EMIT retryStarted();
        });
}

void RejectionEditor::undo()
{
    if (m_isDirty)
        presentSaved();
}

void RejectionEditor::forget()
{
    if (!m_row || !m_row->correction || m_isBusy)
        return;
    m_error->hide();
    setBusy(true);
    m_context.async.run(
        this,
        [&rejections = m_context.engine.rejections(), source = m_source.id, correction = m_row->correction->id] {
            return rejections.forget(TokenService::localUser(), source, correction);
        },
        [this, row = *m_row](const Result<void> &forgotten) {
            setBusy(false);
            if (!forgotten && forgotten.error().kind != ErrorKind::NotFound) {
                showError(forgotten.error());
                return;
            }
            RejectedRow plain = row;
            plain.correction.reset();
            if (m_row && m_row->id == plain.id)
                m_isDirty = false;
            Q_EMIT saved(plain);
        });
}

} // namespace idstore
