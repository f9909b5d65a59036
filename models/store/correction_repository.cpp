// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/correction_repository.h"

#include "models/store/catalog_database.h"
#include "models/store/catalog_json.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtEndian>

#include <algorithm>

namespace idstore {

namespace {

QByteArray digestOf(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

QJsonValue orNull(const std::optional<QString> &text)
{
    return text ? QJsonValue(*text) : QJsonValue(QJsonValue::Null);
}

// An array and not an object: the cells keep their order.
QVariant cellsJson(const std::optional<QList<CorrectedCell>> &cells)
{
    if (!cells)
        return {};
    QJsonArray list;
    for (const CorrectedCell &cell : *cells)
        list.append(QJsonArray{cell.column, orNull(cell.text)});
    return QString::fromUtf8(QJsonDocument(list).toJson(QJsonDocument::Compact));
}

std::optional<QList<CorrectedCell>> cellsFromJson(const QVariant &json)
{
    if (json.isNull())
        return std::nullopt;
    QList<CorrectedCell> cells;
    const QJsonArray list = QJsonDocument::fromJson(json.toString().toUtf8()).array();
    for (const QJsonValue &value : list) {
        const QJsonArray pair = value.toArray();
        cells.append(
            {pair.at(0).toString(), pair.at(1).isString() ? std::optional(pair.at(1).toString()) : std::nullopt});
    }
    return cells;
}

QVariant misfitJson(const std::optional<Misfit> &misfit)
{
    if (!misfit)
        return {};
    const QJsonArray parts{misfit->column, misfit->code, misfit->reason};
    return QString::fromUtf8(QJsonDocument(parts).toJson(QJsonDocument::Compact));
}

std::optional<Misfit> misfitFromJson(const QVariant &json)
{
    if (json.isNull())
        return std::nullopt;
    const QJsonArray parts = QJsonDocument::fromJson(json.toString().toUtf8()).array();
    return Misfit{parts.at(0).toString(), parts.at(1).toString(), parts.at(2).toString()};
}

constexpr auto columnList = "id, rejected_raw, raw, cells, misfit, is_open, updated_at";

} // namespace

RowKey RowKey::of(const RejectedRow &row)
{
    if (const auto key = ofText(row))
        return *key;
    return {digestOf("row " + QByteArray::number(row.id)), false};
}

std::optional<RowKey> RowKey::ofText(const Rejection &rejection)
{
    if (!rejection.hasWholeRaw())
        return std::nullopt;
    return RowKey{digestOf("text " + rejection.raw.toUtf8()), true};
}

quint64 RowKey::mark() const
{
    return qFromBigEndian<quint64>(digest.constData());
}

SavedCorrection CorrectionRepository::read(const QSqlQuery &row)
{
    SavedCorrection saved;
    saved.id = row.value(0).toLongLong();
    saved.rejectedRaw = row.value(1).toString();
    if (!row.value(2).isNull())
        saved.correction.raw = row.value(2).toString();
    saved.correction.cells = cellsFromJson(row.value(3));
    saved.misfit = misfitFromJson(row.value(4));
    saved.isOpen = row.value(5).toBool();
    saved.updatedAt = fromCatalogTime(row.value(6).toString());
    return saved;
}

Result<void> CorrectionRepository::save(SourceId source, const RowKey &key, const SavedCorrection &correction)
{
    // A null QString would be bound as NULL.
    const auto text = [](const QString &value) { return value.isNull() ? QStringLiteral("") : value; };
    const QVariant raw = correction.correction.raw ? QVariant(text(*correction.correction.raw)) : QVariant();
    IDS_CHECK(m_catalog.query(
        QStringLiteral(
            "INSERT OR REPLACE INTO row_corrections(source_id, row_key, is_lasting, rejected_raw, raw, cells, misfit,"
            " is_open, updated_at) VALUES(?, ?, ?, ?, ?, ?, ?, 1, ?)"),
        {source.number(), key.digest, key.lasting, text(correction.rejectedRaw), raw,
         cellsJson(correction.correction.cells), misfitJson(correction.misfit), toCatalogTime(correction.updatedAt)}));
    return {};
}

Result<std::optional<SavedCorrection>> CorrectionRepository::find(SourceId source, const RowKey &key)
{
    IDS_TRY(row, m_catalog.query(QStringLiteral("SELECT %1 FROM row_corrections WHERE source_id = ? AND row_key = ?")
                                     .arg(QLatin1StringView(columnList)),
                                 {source.number(), key.digest}));
    return row.next() ? std::optional(read(row)) : std::nullopt;
}

Result<QList<SavedCorrection>> CorrectionRepository::list(SourceId source, qint64 after, int limit)
{
    IDS_TRY(rows, m_catalog.query(QStringLiteral("SELECT %1 FROM row_corrections WHERE source_id = ? AND id > ?"
                                                 " ORDER BY id LIMIT ?")
                                      .arg(QLatin1StringView(columnList)),
                                  {source.number(), after, limit}));
    QList<SavedCorrection> corrections;
    while (rows.next())
        corrections.append(read(rows));
    return corrections;
}

Result<std::vector<quint64>> CorrectionRepository::marks(SourceId source, Which which)
{
    QString sql = QStringLiteral("SELECT row_key FROM row_corrections WHERE source_id = ?");
    if (which == Which::Open)
        sql += QStringLiteral(" AND is_open");
    IDS_TRY(rows, m_catalog.query(sql, {source.number()}));
    std::vector<quint64> marks;
    while (rows.next())
        marks.push_back(RowKey{rows.value(0).toByteArray(), true}.mark());
    std::ranges::sort(marks);
    return marks;
}

Result<qint64> CorrectionRepository::count(SourceId source, Which which)
{
    QString sql = QStringLiteral("SELECT count(*) FROM row_corrections WHERE source_id = ?");
    if (which == Which::Open)
        sql += QStringLiteral(" AND is_open");
    IDS_TRY(row, m_catalog.query(sql, {source.number()}));
    row.next();
    return row.value(0).toLongLong();
}

Result<qint64> CorrectionRepository::newest(SourceId source)
{
    IDS_TRY(row, m_catalog.query(QStringLiteral("SELECT coalesce(max(id), 0) FROM row_corrections WHERE source_id = ?"),
                                 {source.number()}));
    row.next();
    return row.value(0).toLongLong();
}

Result<bool> CorrectionRepository::remove(SourceId source, qint64 id)
{
    IDS_TRY(removed, m_catalog.query(QStringLiteral("DELETE FROM row_corrections WHERE source_id = ? AND id = ?"),
                                     {source.number(), id}));
    return removed.numRowsAffected() > 0;
}

Result<void> CorrectionRepository::removeAll(SourceId source)
{
    IDS_CHECK(m_catalog.query(QStringLiteral("DELETE FROM row_corrections WHERE source_id = ?"), {source.number()}));
    return {};
}

Result<void> CorrectionRepository::keepOpen(qint64 id, const std::optional<Misfit> &misfit)
{
    IDS_CHECK(m_catalog.query(QStringLiteral("UPDATE row_corrections SET is_open = 1, misfit = ? WHERE id = ?"),
                              {misfitJson(misfit), id}));
    return {};
}

Result<void> CorrectionRepository::close(qint64 id)
{
    IDS_CHECK(
        m_catalog.query(QStringLiteral("UPDATE row_corrections SET is_open = 0, misfit = NULL WHERE id = ?"), {id}));
    return {};
}

Result<void> CorrectionRepository::closeUpTo(SourceId source, qint64 id)
{
    IDS_CHECK(m_catalog.query(
        QStringLiteral("DELETE FROM row_corrections WHERE source_id = ? AND id <= ? AND NOT is_lasting"),
        {source.number(), id}));
    IDS_CHECK(m_catalog.query(QStringLiteral("UPDATE row_corrections SET is_open = 0 WHERE source_id = ?"
                                             " AND id <= ?"),
                              {source.number(), id}));
    return {};
}

} // namespace idstore
