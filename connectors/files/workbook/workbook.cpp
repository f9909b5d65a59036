// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/files/workbook/workbook.h"

#include <QCoreApplication>

namespace idstore {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Workbook)
};

} // namespace

void SheetRow::reset(std::int64_t number)
{
    m_number = number;
    m_cells.clear();
    m_text.clear();
}

void SheetRow::add(std::uint32_t column, std::string_view utf8)
{
    if (isTooLarge())
        return;
    m_cells.push_back({column, static_cast<std::uint32_t>(m_text.size()), static_cast<std::uint32_t>(utf8.size())});
    m_text += utf8;
}

namespace workbook_errors {

Error damaged(const QString &cause)
{
    return sourceError("workbook_damaged", Words::tr("The workbook is damaged or not complete."),
                       Words::tr("Open it in the spreadsheet program, save it again, and upload that file."), cause);
}

Error encrypted()
{
    return sourceError("workbook_encrypted", Words::tr("The workbook is protected by a password."),
                       Words::tr("Open it in the spreadsheet program, save it without a password, and upload that "
                                 "file."),
                       {});
}

Error tooLarge(const QString &cause)
{
    return sourceError("workbook_too_large", Words::tr("The workbook unpacks to more data than can be read."),
                       Words::tr("Save the sheet as CSV in the spreadsheet program, and upload that file."), cause);
}

Error notSupported(const QString &format)
{
    return sourceError("workbook_not_supported", Words::tr("This is %1; this format is not read.").arg(format),
                       Words::tr("Open it in the spreadsheet program, save it as an Excel workbook (.xlsx) or as CSV, "
                                 "and upload that file."),
                       {});
}

Error notAWorkbook()
{
    return sourceError("not_a_workbook", Words::tr("There is no spreadsheet in this file."),
                       Words::tr("Upload a spreadsheet, or a CSV file."), {});
}

} // namespace workbook_errors

} // namespace idstore
