// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/files/workbook/workbook.h"

#include <string_view>

namespace idstore {

/// What the first bytes of a file tell of it.
enum class FileContainer {
    Text, ///< anything that is no workbook; the name says nothing
    Html, ///< a web page, which may hold tables; some programs write one and call it .xls
    Zip, ///< .xlsx, .xlsm, .xlsb, .ods, or any archive
    CompoundFile, ///< .xls, or an encrypted .xlsx, or any older office file ([MS-CFB])
    BareBiff, ///< workbooks older than compound files ([MS-XLS] 2.4.21)
};
[[nodiscard]] FileContainer fileContainer(std::string_view head);

/// Opens the workbook in a file that is no FileContainer::Text, by its content. Errors: workbook_errors; archives and
/// office files that hold no workbook are "not_a_workbook".
[[nodiscard]] Result<std::unique_ptr<Workbook>> openWorkbook(const QString &path);

/// Whether openWorkbook() would know the format, and says so early: looks at the table of contents alone.
[[nodiscard]] Result<void> checkWorkbookFormat(const QString &path);

/// The container of the file; Text when it cannot be read, as reading it as text says why.
[[nodiscard]] FileContainer fileContainerOf(const QString &path);

} // namespace idstore
