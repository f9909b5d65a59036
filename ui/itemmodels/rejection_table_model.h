// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/domain/rejection.h"

#include <QAbstractTableModel>

#include <functional>

namespace idstore {

class AsyncRunner;

/// The rows a run set aside, in the order of the source, growing page by page as a view asks for more. The whole
/// number is known from the first page on.
/// Lives on the window's thread; the loader runs on worker threads.
class RejectionTableModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    using PageLoader = std::function<Result<RejectionPage>(qint64 after, int limit)>;

    static constexpr int pageSize = 200;

    enum ColumnIndex { LineColumn, ColumnColumn, ReasonColumn, CorrectionColumn, RawColumn, columnTotal };
    enum Role {
        CodeRole = Qt::UserRole, ///< QString
        RawRole, ///< QString, the whole raw text
        CorrectionRole, ///< CorrectionState, as an int
    };
    enum CorrectionState { NotCorrected, DoesNotFit, Fits };

    explicit RejectionTableModel(AsyncRunner &async, QObject *parent = nullptr);

    /// Shows what this loader gives, from the start; nothing clears.
    void setLoader(PageLoader loader);

    [[nodiscard]] const QList<RejectedRow> &rejections() const { return m_rejections; }
    /// The correction of this row, and of those with the same text, is another one now.
    void setCorrection(const RejectedRow &row);
    /// Of all pages.
    [[nodiscard]] qint64 total() const { return m_total; }
    /// Whether the first page has arrived.
    [[nodiscard]] bool isLoaded() const { return m_loaded; }
    /// Whether every page has arrived.
    [[nodiscard]] bool isComplete() const { return m_loaded && !m_hasMore; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

Q_SIGNALS:
    /// A page has arrived.
    void loaded();
    void failed(const idstore::Error &error);

private:
    void loadNext();
    [[nodiscard]] static CorrectionState correctionState(const RejectedRow &row);

    AsyncRunner &m_async;
    PageLoader m_loader;
    QList<RejectedRow> m_rejections;
    qint64 m_total = 0;
    qint64 m_next = 0;
    quint64 m_epoch = 0;
    bool m_loaded = false;
    bool m_loading = false;
    bool m_hasMore = false;
};

/// "Too many fields" for "too_many_fields": a reason's code in a person's words.
[[nodiscard]] QString rejectionCodeWord(const QString &code);

} // namespace idstore
