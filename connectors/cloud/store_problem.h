// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectors/http/http_message.h"
#include "models/base/error.h"

#include <QString>

namespace idstore::cloud {

/// What was asked of a store, for the sentences of its errors. Names only, never secrets.
struct StorePlace
{
    QString container; ///< the bucket or container
    QString object; ///< empty: a list
    QString region; ///< as configured; empty where there are none
    bool anonymous = false; ///< asked without a key
};

/// What stores refuse for, whatever they call it.
enum class StoreProblem {
    WrongKey, ///< "wrong_key": the secret does not belong to the key
    UnknownKey, ///< "unknown_key": there is no such key (any more)
    MalformedRequest, ///< "request_refused": the store does not understand the signature's form
    WrongToken, ///< "wrong_token": session token or access token
    ExpiredAccess, ///< "access_expired": session token or SAS
    KeyNeeded, ///< "key_needed": nobody's access to what is not public
    AccessDenied, ///< "access_denied"
    NetworkDenied, ///< "network_denied": a firewall of the store's
    WrongRegion, ///< "wrong_region"
    BucketNotFound, ///< "bucket_not_found"
    ContainerNotFound, ///< "container_not_found"
    ObjectNotFound, ///< "object_not_found"
    ObjectChanged, ///< "object_changed": not the version that was asked for
    ObjectArchived, ///< "object_archived"
    ClockWrong, ///< "clock_wrong"
    Busy, ///< "store_busy"; the one of kind Unavailable
    AccountUnavailable, ///< "account_unavailable"
    KeysSwitchedOff, ///< "keys_switched_off": the account wants another way to sign in
    RequesterPays, ///< "requester_pays"
    ApiDisabled, ///< "api_disabled"
    WrongAddress, ///< "wrong_address"
    Refused, ///< "store_refused": anything else
};

/// `cause` is for the log. Kind Source, except Busy (Unavailable).
[[nodiscard]] Error storeError(StoreProblem problem, const StorePlace &place, const QString &cause);

// The errors of the stores from their answers (status 300 and above), with stable codes (see StoreProblem), a plain
// sentence and what to do. What a store writes into an answer may hold parts of the request, signatures and tokens
// among them: nothing of it is repeated but its error code, the number of the request and names of regions, and those
// only if they look like that.

/// S3, what speaks its protocol, and the XML interface of Google Cloud Storage.
[[nodiscard]] Error s3Error(const http::Response &answer, const StorePlace &place);
/// The region that the bucket is in, when the answer says so; lower-case letters, digits and hyphens.
[[nodiscard]] QString s3Region(const http::Response &answer);
/// Azure Blob Storage.
[[nodiscard]] Error azureError(const http::Response &answer, const StorePlace &place);
/// The JSON interface of Google Cloud Storage.
[[nodiscard]] Error googleStorageError(const http::Response &answer, const StorePlace &place);
/// The token endpoint of Google (RFC 6749, section 5.2), asked with an assertion.
[[nodiscard]] Error googleTokenError(const http::Response &answer);

/// What was asked of Google Sheets.
struct SheetPlace
{
    QString spreadsheetId;
    QString range; ///< with the name of the sheet; may be empty
    QString account; ///< the address that the spreadsheet must be shared with; may be empty
};
/// Google Sheets: also "spreadsheet_not_found", "spreadsheet_not_shared", "range_not_found", "not_a_spreadsheet".
[[nodiscard]] Error googleSheetsError(const http::Response &answer, const SheetPlace &place);

/// "HTTP 403, AccessDenied, request 4442587FB7D0A2F9", each part only if it looks like one.
[[nodiscard]] QString answerCause(int status, const QByteArray &code, const QByteArray &requestId = {});

} // namespace idstore::cloud
