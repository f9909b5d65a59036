// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/error.h"
#include "server/http/http_message.h"

namespace idstore {

// The one place where errors become HTTP answers: application/problem+json, RFC 9457. Pure functions; any thread.

[[nodiscard]] int httpStatusOf(ErrorKind kind);

/// The answer for an error of a service. Internal errors are logged and answered without their cause.
[[nodiscard]] HttpResponse problemOf(const Error &error);

/// The answer for what HTTP itself refuses. `code` is stable, lower_snake_case.
[[nodiscard]] HttpResponse problem(int status, const QString &code, const QString &detail,
                                   const QList<FieldError> &fields = {});

} // namespace idstore
