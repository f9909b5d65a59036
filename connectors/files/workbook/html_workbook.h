// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/files/workbook/html_tokenizer.h"
#include "connectors/files/workbook/workbook.h"

#include <QFile>

#include <cstddef>
#include <vector>

namespace idstore {

/// The tables of a web page as sheets, for programs that write one and call it .xls. Texts are as a browser shows them:
/// white space is put together, line breaks stay. A table within a cell is one of its own. Tables that only lay
/// something out (of one row or one column) count when there is no other. The file is gone through once to find them,
/// in memory that does not depend on its size.
/// Errors of open(): workbook_errors: "not_a_workbook" (no table, or a page to sign in at), "workbook_damaged" (ends
/// within a table), "workbook_too_large".
class HtmlWorkbook final : public Workbook
{
public:
    static Result<std::unique_ptr<Workbook>> open(const QString &path);

    [[nodiscard]] const std::vector<Sheet> &sheets() const override { return m_sheets; }
    Result<std::unique_ptr<SheetRows>> rows(std::size_t sheet) override;

private:
    explicit HtmlWorkbook(const QString &path);

    Result<void> findTables();

    QFile m_file; ///< stays open: it may lose its last name
    QString m_path;
    std::vector<Sheet> m_sheets;
    std::vector<std::size_t> m_tables; ///< of each sheet, counted from the top of the page
};

} // namespace idstore
