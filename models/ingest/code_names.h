// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace idstore {

// What a column's name says of digits in it: nobody adds up phone numbers. Only the last words of a name count, so that
// "phone" and "Account no." are codes and "phone_count" and "account_balance" are not. English and German words.

/// Postal codes, phone numbers, account numbers, article numbers and the like.
[[nodiscard]] bool isCodeName(const QString &name);
[[nodiscard]] bool isPostalCodeName(const QString &name);
/// "version": 1.10 comes after 1.9.
[[nodiscard]] bool isVersionName(const QString &name);

} // namespace idstore
