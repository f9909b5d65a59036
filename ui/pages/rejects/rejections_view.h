// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/source.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QSortFilterProxyModel;
class QStackedLayout;
class QTableView;

namespace idstore {

class Banner;
class Button;
class ChipBar;
class ElidedLabel;
class RejectionTableModel;
struct PageContext;
struct RejectedRow;

/// The rows that the run in use set aside: where they stand, why, and their text. They can be copied and saved to a
/// file. GUI thread only; `context` must outlive it.
class RejectionsView final : public QWidget
{
    Q_OBJECT

public:
    explicit RejectionsView(PageContext &context, QWidget *parent = nullptr);

    /// A null id empties the view.
    void showSource(idstore::SourceId id);

public Q_SLOTS:
    void copy();

private:
    QWidget *buildToolBar();
    QWidget *buildDetail();
    QWidget *buildFooter();
    void buildTable();

    void refresh();
    void present(const Source &source);
    void modelLoaded();
    void updateFooter();
    void rebuildChips();
    void currentChanged();
    void showError(const Error &error);
    void chooseFile();
    void save(const QString &path);
    [[nodiscard]] const RejectedRow *current() const;

    PageContext &m_context;
    SourceId m_id;
    Source m_source;
    bool m_hasSource = false;
    QStringList m_codes; ///< of the chips behind "All"

    RejectionTableModel *m_model;
    QSortFilterProxyModel *m_proxy;
    Banner *m_error;
    QStackedLayout *m_stack = nullptr;
    QLabel *m_sentence = nullptr;
    ChipBar *m_chips = nullptr;
    QWidget *m_chipsPlace = nullptr;
    Button *m_save = nullptr;
    QTableView *m_table = nullptr;
    QLabel *m_lineTitle = nullptr;
    QLabel *m_reason = nullptr;
    QPlainTextEdit *m_raw = nullptr;
    QLabel *m_sum = nullptr;
    ElidedLabel *m_note = nullptr;
};

} // namespace idstore
