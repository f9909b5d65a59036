// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace idstore {

/// What sort of thing went wrong. The faces map kinds, and nothing else, to HTTP statuses,
/// dialogs and exit codes; `Error::code` tells cases of one kind apart.
enum class ErrorKind {
    InvalidInput, ///< a value breaks a rule; `fields` says which (HTTP 422)
    Malformed, ///< the request or file cannot be parsed at all (HTTP 400)
    Unauthenticated, ///< no or unknown token (HTTP 401)
    Forbidden, ///< known, but not allowed (HTTP 403)
    NotFound, ///< no such thing, or somebody else's (HTTP 404)
    Conflict, ///< not now: something is in progress or already exists (HTTP 409)
    TooLarge, ///< over a configured limit (HTTP 413)
    StorageFull, ///< no space left where the data is kept (HTTP 507)
    Unavailable, ///< a passing condition; trying again may help (HTTP 503)
    Cancelled, ///< a person or a shutdown stopped it
    Source, ///< the source's data or system refused or broke (a failed run)
    Internal, ///< a defect or a broken machine (HTTP 500, without details)
};

/// A rule broken by one named input field.
struct FieldError
{
    QString field; ///< dotted path as the client wrote it, e.g. "config.table"
    QString message; ///< a sentence that says what is allowed

    bool operator==(const FieldError &) const = default;
};

/// The one error value below the faces. Value type; thread-safe to copy.
/// `message` and `remedy` are shown to people and are translated; `code` is stable and for programs;
/// `cause` is technical detail for the log and is never shown by the REST API for Internal errors.
struct Error
{
    ErrorKind kind = ErrorKind::Internal;
    QString code; ///< stable, lower_snake_case, e.g. "source_not_found"
    QString message; ///< one sentence: what happened
    QString remedy; ///< one sentence: what to do; may be empty
    QString cause; ///< technical detail; may be empty
    QList<FieldError> fields; ///< for InvalidInput

    /// Message and remedy joined: what a person reads.
    [[nodiscard]] QString detail() const;
    /// Code, message and cause joined: what the log says.
    [[nodiscard]] QString logLine() const;

    bool operator==(const Error &) const = default;
};

/// An error of kind Source: the source's data or system refused or broke. `code` is lower_snake_case.
[[nodiscard]] Error sourceError(const char *code, const QString &message, const QString &remedy,
                                const QString &cause = {});

} // namespace idstore
