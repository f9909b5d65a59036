// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/source.h"
#include "models/services/rejection_service.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QTableView;

namespace idstore {

class Banner;
class Button;
class CorrectionCellsModel;
struct PageContext;

/// Corrects one rejected row: its text, with what is wrong marked, or its cells; says at once whether it fits and what
/// would be stored, and saves and retries. What is not saved when another row comes is saved then, as a draft.
/// GUI thread only; `context` must outlive it.
class RejectionEditor final : public QWidget
{
    Q_OBJECT

public:
    explicit RejectionEditor(PageContext &context, QWidget *parent = nullptr);

    /// The source whose rows come; edits under way are kept while it is the same.
    void setSource(const Source &source);
    /// Nothing: no row is chosen.
    void setRow(const std::optional<RejectedRow> &row);
    /// Corrections that a retry of all would take up.
    void setOpenCorrections(qint64 count);
    /// Saves what is not saved.
    void saveDraft();

public Q_SLOTS:
    void save();
    void retryRow();
    void retryAll();
    void undo();
    void forget();

Q_SIGNALS:
    void saved(const idstore::RejectedRow &row);
    void retryStarted();

private:
    enum class Mode { Text, Cells };

    void buildHead();
    void buildText();
    void buildCells();
    void buildButtons();

    void presentSaved();
    void textEdited();
    void cellsEdited();
    void checkNow();
    void showReading(const Result<CorrectionReading> &reading);
    void showVerdict(const std::optional<Misfit> &misfit);
    void updateButtons();
    void setBusy(bool busy);
    void showError(const Error &error);
    void retry(const QList<qint64> &rows);

    [[nodiscard]] RowCorrection edited() const;
    [[nodiscard]] CorrectionRequest request() const;

    PageContext &m_context;
    Source m_source;
    std::optional<RejectedRow> m_row;
    qint64 m_openCorrections = 0;
    Mode m_mode = Mode::Text;
    bool m_isDirty = false;
    bool m_isBusy = false;
    bool m_takesText = true; ///< rows of the source are lines of text
    bool m_fits = false;
    bool m_isPresenting = false; ///< what changes is no person's edit
    quint64 m_epoch = 0; ///< of the text that is being checked
    QTimer m_checkDelay;

    CorrectionCellsModel *m_cells;
    QLabel *m_title = nullptr;
    QLabel *m_draftTag = nullptr;
    QLabel *m_readyTag = nullptr;
    QLabel *m_reason = nullptr;
    QWidget *m_textPart = nullptr;
    Button *m_undo = nullptr;
    QPlainTextEdit *m_text = nullptr;
    Banner *m_verdict = nullptr;
    QTableView *m_table = nullptr;
    Banner *m_error = nullptr;
    Button *m_save = nullptr;
    Button *m_retryRow = nullptr;
    Button *m_retryAll = nullptr;
    Button *m_forget = nullptr;
};

} // namespace idstore
