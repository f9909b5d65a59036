// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/sql/sql_steps.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace idstore::sql {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ConnectionTest)
};

enum Step { Reach, SignIn, FindTable, ReadRow };

Step failedStep(const QString &code)
{
    const auto isOneOf = [&](std::initializer_list<const char *> codes) {
        return std::ranges::any_of(codes, [&](const char *each) { return code == QLatin1StringView(each); });
    };
    if (isOneOf({"wrong_password", "sign_in_refused", "database_not_found", "client_key_unreadable",
                 "too_many_connections"}))
        return SignIn;
    if (isOneOf({"table_not_found", "column_not_found", "table_has_no_columns", "invalid_input"}))
        return FindTable;
    if (isOneOf({"permission_denied", "table_locked", "statement_timeout", "query_failed"}))
        return ReadRow;
    return Reach;
}

} // namespace

ConnectionReport tryReading(Result<std::unique_ptr<RecordReader>> opened)
{
    const std::array names{Words::tr("Reach the server"), Words::tr("Sign in"), Words::tr("Find the table"),
                           Words::tr("Read one row")};
    ConnectionReport report;
    for (const QString &name : names)
        report.steps.append(TestStep{name, std::nullopt, {}, {}, {}});
    std::optional<Error> failed;
    if (opened) {
        report.columns = (*opened)->columns();
        RowBatch batch;
        if (auto more = (*opened)->read(batch); !more)
            failed = more.error();
    } else {
        failed = opened.error();
    }
    const Step last = failed ? failedStep(failed->code) : ReadRow;
    for (int i = 0; i < last; ++i)
        report.steps[i].ok = true;
    report.steps[last].ok = !failed;
    if (failed) {
        report.steps[last].detail = failed->message;
        report.steps[last].fix = failed->remedy;
    }
    return report;
}

} // namespace idstore::sql
