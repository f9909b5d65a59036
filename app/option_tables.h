// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/options.h"

#include <optional>
#include <span>

namespace idstore {

// Where an option may stand: one bit for the window, `serve` and each command.
inline constexpr unsigned forWindow = 1U << 0;
inline constexpr unsigned forServe = 1U << 1;
inline constexpr unsigned forImport = 1U << 2;
inline constexpr unsigned forIngest = 1U << 3;
inline constexpr unsigned forExport = 1U << 4;
inline constexpr unsigned forTokenCreate = 1U << 5;
inline constexpr unsigned forReports = 1U << 6; ///< list, history, rejects, test, token list
inline constexpr unsigned forActions = 1U << 7; ///< delete, cancel, token revoke
inline constexpr unsigned forAll = ~0U;

/// One option: its names, what it is for, and what it does. The one place where an option is defined.
struct OptionSpec
{
    const char *name; ///< without the dashes
    char letter; ///< one-letter form; '\0': none
    const char *environment; ///< the variable that mirrors it; "": none
    const char *valueName; ///< for the help; nullptr: a switch
    unsigned uses;
    const char *help; ///< untranslated, context "Options"
    /// Stores the value; returns a sentence when the value is wrong.
    std::optional<QString> (*apply)(const QString &value, Invocation &invocation);
};

struct CommandSpec
{
    const char *name; ///< as typed, "token create"
    const char *synopsis; ///< what follows the name
    CommandKind kind;
    unsigned use;
    int minimumArguments;
    int maximumArguments;
    const char *help; ///< untranslated, context "Options"
};

[[nodiscard]] std::span<const OptionSpec> optionTable();
[[nodiscard]] std::span<const CommandSpec> commandTable();

} // namespace idstore
