// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/remote/connection_steps.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace idstore {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ConnectionTest)
};

using Codes = std::initializer_list<const char *>;

bool isOneOf(const QString &code, Codes codes)
{
    return std::ranges::any_of(codes, [&](const char *each) { return code == QLatin1StringView(each); });
}

ConnectionReport reportUpTo(RemoteStep failed, bool allGood)
{
    const std::array names{Words::tr("Reach the server"), Words::tr("Sign in"), Words::tr("Find the file"),
                           Words::tr("Read one row")};
    ConnectionReport report;
    for (std::size_t i = 0; i < names.size(); ++i) {
        TestStep step{names[i], std::nullopt, {}, {}, {}};
        if (allGood || i < static_cast<std::size_t>(failed))
            step.ok = true;
        report.steps.append(step);
    }
    return report;
}

} // namespace

RemoteStep failedStep(const Error &error)
{
    if (isOneOf(error.code, {"host_not_found",
                             "connection_refused",
                             "connection_failed",
                             "connection_lost",
                             "timed_out",
                             "certificate_not_trusted",
                             "tls_failed",
                             "proxy_failed",
                             "private_address_refused",
                             "bad_answer",
                             "too_many_redirects",
                             "redirect_refused",
                             "ca_file_unreadable",
                             "wrong_address",
                             "listing_unreadable",
                             "store_busy",
                             "bad_url",
                             "url_has_password",
                             "plain_http_refused",
                             "server_failed",
                             "rate_limited",
                             "host_key_unknown",
                             "host_key_changed",
                             "cancelled"}))
        return RemoteStep::Reach;
    if (isOneOf(error.code, {"unauthorized",
                             "forbidden",
                             "wrong_key",
                             "wrong_password",
                             "expired_token",
                             "clock_wrong",
                             "wrong_region",
                             "sign_in_failed",
                             "service_account_invalid",
                             "private_key_unreadable",
                             "passphrase_missing",
                             "passphrase_wrong",
                             "sign_in_method_refused",
                             "sftp_refused",
                             "unknown_key",
                             "request_refused",
                             "wrong_token",
                             "access_expired",
                             "key_needed",
                             "network_denied",
                             "keys_switched_off",
                             "account_unavailable",
                             "access_key_malformed",
                             "region_malformed",
                             "account_name_malformed",
                             "account_key_malformed",
                             "sas_malformed",
                             "connection_string_malformed",
                             "sas_not_yet_valid",
                             "sas_may_not_read",
                             "api_disabled",
                             "token_unreadable",
                             "oauth_not_available"}) ||
        error.code.startsWith(u"service_account_"))
        return RemoteStep::SignIn;
    if (isOneOf(error.code, {"not_found",
                             "bucket_not_found",
                             "container_not_found",
                             "object_not_found",
                             "no_file_matches",
                             "unexpected_status",
                             "answer_too_large",
                             "permission_denied",
                             "path_is_folder",
                             "too_many_files",
                             "access_denied",
                             "sas_may_not_list",
                             "bucket_malformed",
                             "object_archived",
                             "object_changed",
                             "requester_pays",
                             "object_unreadable",
                             "spreadsheet_not_found",
                             "spreadsheet_not_shared",
                             "spreadsheet_changed",
                             "spreadsheet_unreadable",
                             "not_a_spreadsheet",
                             "sheet_not_found",
                             "range_not_found"}))
        return RemoteStep::FindFile;
    return RemoteStep::ReadRow;
}

ConnectionReport remoteReportSoFar(RemoteStep next)
{
    return reportUpTo(next, false);
}

ConnectionReport remoteReport(const Columns &columns)
{
    ConnectionReport report = reportUpTo(RemoteStep::ReadRow, true);
    report.columns = columns;
    return report;
}

ConnectionReport remoteReport(const Error &failed)
{
    const RemoteStep step = failedStep(failed);
    ConnectionReport report = reportUpTo(step, false);
    TestStep &shown = report.steps[static_cast<qsizetype>(step)];
    shown.ok = false;
    shown.detail = failed.message;
    shown.fix = failed.remedy;
    shown.cause = failed.cause;
    if (failed.code == QStringLiteral("host_key_unknown")) {
        for (const FieldError &seen : failed.fields)
            shown.suggestion.insert(seen.field.section(u'.', -1), seen.message);
    }
    return report;
}

} // namespace idstore
