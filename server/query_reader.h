// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/services/record_service.h"
#include "server/http/http_message.h"

#include <optional>

namespace idstore {

/// Reads a request's query parameters and gathers everything that is wrong with them. Parameters that are not asked
/// for are let be.
class QueryReader
{
public:
    explicit QueryReader(const QueryItems &items)
        : m_items(items)
    {}

    [[nodiscard]] std::optional<QString> text(QStringView name) const;
    /// A whole number from `lowest` to `highest`; `otherwise` when it is missing.
    [[nodiscard]] qint64 number(QStringView name, qint64 otherwise, qint64 lowest, qint64 highest);
    /// "true" or "false".
    [[nodiscard]] bool flag(QStringView name);
    /// Every `filter[column]=value` and `filter[column][operator]=value`.
    [[nodiscard]] QList<ColumnFilter> filters();
    /// `sort=column`, or `sort=-column` for descending.
    [[nodiscard]] std::optional<RecordSort> sort();
    void complain(const QString &name, const QString &message) { m_errors.append({name, message}); }

    [[nodiscard]] Result<void> finish() const;

private:
    void readFilter(const QString &key, const QString &value, QList<ColumnFilter> &filters);

    const QueryItems &m_items;
    QList<FieldError> m_errors;
};

} // namespace idstore
