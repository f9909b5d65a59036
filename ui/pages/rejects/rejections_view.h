// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/source.h"

#include <QWidget>

class QLabel;
class QSortFilterProxyModel;
class QSplitter;
class QTableView;

namespace idstore {

class Banner;
class Button;
class ChipBar;
class ElidedLabel;
class LoadingStack;
class RejectionEditor;
class RejectionTableModel;
struct PageContext;
struct RejectedRow;

/// The rows that are set aside: where they stand, why, and their text. They can be corrected and retried, copied, and
/// saved to a file. GUI thread only; `context` must outlive it.
class RejectionsView final : public QWidget
{
    Q_OBJECT

public:
    explicit RejectionsView(PageContext &context, QWidget *parent = nullptr);

    /// A null id empties the view.
    void showSource(idstore::SourceId id);

public Q_SLOTS:
    void copy();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *buildToolBar();
    QWidget *buildFooter();
    void buildTable();
    void connectAll();

    void refresh();
    void present(const Source &source);
    void presentRetry(const IngestionRun &run);
    void countCorrections();
    void askToForgetAll();
    void forgetAll();
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
    LoadingStack *m_stack;
    RejectionEditor *m_editor;
    QSplitter *m_splitter = nullptr;
    ChipBar *m_chips = nullptr;
    QWidget *m_chipsPlace = nullptr;
    Button *m_save = nullptr;
    QTableView *m_table = nullptr;
    QLabel *m_sum = nullptr;
    ElidedLabel *m_note = nullptr;
    Button *m_forgetAll = nullptr;
    qint64 m_remembered = 0;
    bool m_isArranged = false;
    int m_returnTo = 0; ///< the row to stand at when the list has come
};

} // namespace idstore
