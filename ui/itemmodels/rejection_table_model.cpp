// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/itemmodels/rejection_table_model.h"

#include "ui/async/async_runner.h"
#include "ui/text/format.h"

#include <QCoreApplication>

namespace idstore {

namespace {

constexpr qsizetype displayLength = 400;

QString shownRaw(const QString &raw)
{
    QString text = raw.left(displayLength);
    text.replace(QLatin1StringView("\r\n"), QLatin1StringView("\n"));
    for (QChar &character : text) {
        if (character == u'\n' || character == u'\r')
            character = QChar(0x21B5);
        else if (character == u'\t')
            character = QChar(0x2192);
    }
    if (raw.size() > displayLength)
        text.append(QChar(0x2026));
    return text;
}

} // namespace

RejectionTableModel::RejectionTableModel(AsyncRunner &async, QObject *parent)
    : QAbstractTableModel(parent)
    , m_async(async)
{}

void RejectionTableModel::setLoader(PageLoader loader)
{
    beginResetModel();
    ++m_epoch;
    m_loader = std::move(loader);
    m_rejections.clear();
    m_total = 0;
    m_next = 0;
    m_loaded = false;
    m_loading = false;
    m_hasMore = false;
    endResetModel();
    if (m_loader)
        loadNext();
}

void RejectionTableModel::loadNext()
{
    m_loading = true;
    m_async.run(
        this, [loader = m_loader, after = m_next] { return loader(after, pageSize); },
        [this, epoch = m_epoch](const Result<RejectionPage> &page) {
            if (epoch != m_epoch)
                return;
            m_loading = false;
            if (!page) {
                m_hasMore = false;
                Q_EMIT failed(page.error());
                return;
            }
            m_total = page->total;
            m_hasMore = page->next > m_next;
            m_next = page->next;
            if (!page->rejections.isEmpty()) {
                const int first = int(m_rejections.size());
                beginInsertRows({}, first, first + int(page->rejections.size()) - 1);
                m_rejections.append(page->rejections);
                endInsertRows();
            }
            m_loaded = true;
            Q_EMIT loaded();
        });
}

void RejectionTableModel::setCorrection(const RejectedRow &row)
{
    for (qsizetype i = 0; i < m_rejections.size(); ++i) {
        RejectedRow &held = m_rejections[i];
        if (held.id != row.id && (!row.hasWholeRaw() || held.raw != row.raw))
            continue;
        held.correction = row.correction;
        Q_EMIT dataChanged(index(int(i), 0), index(int(i), columnTotal - 1));
    }
}

RejectionTableModel::CorrectionState RejectionTableModel::correctionState(const RejectedRow &row)
{
    if (!row.correction)
        return NotCorrected;
    return row.correction->fits() ? Fits : DoesNotFit;
}

int RejectionTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rejections.size());
}

int RejectionTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columnTotal;
}

QVariant RejectionTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const RejectedRow &rejection = m_rejections.at(index.row());
    const CorrectionState state = correctionState(rejection);
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case LineColumn:
            return rejection.line > 0 ? formatCount(rejection.line) : QStringLiteral("\u2014");
        case ColumnColumn:
            return rejection.column.isEmpty() ? tr("whole line") : rejection.column;
        case ReasonColumn:
            return rejectionCodeWord(rejection.code);
        case CorrectionColumn:
            return state == Fits ? tr("corrected") : state == DoesNotFit ? tr("does not fit yet") : QString();
        default:
            return shownRaw(rejection.raw);
        }
    case Qt::ToolTipRole:
        if (index.column() == CorrectionColumn && state == DoesNotFit)
            return rejection.correction->misfit->reason.toHtmlEscaped();
        return index.column() == RawColumn ? QVariant() : QVariant(rejection.reason.toHtmlEscaped());
    case Qt::TextAlignmentRole:
        return int((index.column() == LineColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case CodeRole:
        return rejection.code;
    case RawRole:
        return rejection.raw;
    case CorrectionRole:
        return int(state);
    default:
        return {};
    }
}

QVariant RejectionTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnTotal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == LineColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case LineColumn:
        return tr("Line");
    case ColumnColumn:
        return tr("Column");
    case ReasonColumn:
        return tr("Reason");
    case CorrectionColumn:
        return tr("Correction");
    default:
        return tr("Text in the file");
    }
}

bool RejectionTableModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_hasMore && !m_loading;
}

void RejectionTableModel::fetchMore(const QModelIndex &parent)
{
    if (canFetchMore(parent))
        loadNext();
}

QString rejectionCodeWord(const QString &code)
{
    if (code == QLatin1StringView("too_many_fields"))
        return QCoreApplication::translate("RejectionText", "Too many fields");
    if (code == QLatin1StringView("too_few_fields"))
        return QCoreApplication::translate("RejectionText", "Too few fields");
    if (code == QLatin1StringView("quote_not_closed"))
        return QCoreApplication::translate("RejectionText", "Quote not closed");
    if (code == QLatin1StringView("undecodable"))
        return QCoreApplication::translate("RejectionText", "Unreadable");
    if (code == QLatin1StringView("value_too_long"))
        return QCoreApplication::translate("RejectionText", "Value too long");
    // A reader may know reasons this list does not; its code is made of plain words.
    QString word = code;
    word.replace(u'_', u' ');
    if (!word.isEmpty())
        word[0] = word.at(0).toUpper();
    return word;
}

} // namespace idstore
