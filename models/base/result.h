// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/error.h"

#include <optional>
#include <utility>
#include <variant>

namespace idstore {

/// A value, or the Error that kept it from coming about. Every fallible call below the faces returns one.
///
///     Result<Source> found = sources.get(user, id);
///     if (!found)
///         return found.error();
///     use(*found);
///
/// or, in a function that itself returns a Result: `IDS_TRY(source, sources.get(user, id));`
template <typename T>
class [[nodiscard]] Result
{
public:
    Result(T value) // NOLINT(google-explicit-constructor): `return value;` is the point
        : m_state(std::in_place_index<0>, std::move(value))
    {}
    Result(Error error) // NOLINT(google-explicit-constructor)
        : m_state(std::in_place_index<1>, std::move(error))
    {}

    [[nodiscard]] bool ok() const { return m_state.index() == 0; }
    explicit operator bool() const { return ok(); }

    T &operator*() & { return std::get<0>(m_state); }
    const T &operator*() const & { return std::get<0>(m_state); }
    T &&operator*() && { return std::get<0>(std::move(m_state)); }
    T *operator->() { return &std::get<0>(m_state); }
    const T *operator->() const { return &std::get<0>(m_state); }

    const Error &error() const & { return std::get<1>(m_state); }
    Error &&error() && { return std::get<1>(std::move(m_state)); }

private:
    std::variant<T, Error> m_state;
};

template <>
class [[nodiscard]] Result<void>
{
public:
    Result() = default;
    Result(Error error) // NOLINT(google-explicit-constructor)
        : m_error(std::move(error))
    {}

    [[nodiscard]] bool ok() const { return !m_error.has_value(); }
    explicit operator bool() const { return ok(); }

    const Error &error() const & { return *m_error; }
    Error &&error() && { return *std::move(m_error); }

private:
    std::optional<Error> m_error;
};

} // namespace idstore

/// Declares `variable` with the value of `expression` (a Result<T>), or returns its error from this function.
#define IDS_TRY(variable, expression)                                                                                  \
    auto variable##Result = (expression);                                                                              \
    if (!variable##Result)                                                                                             \
        return std::move(variable##Result).error();                                                                    \
    auto &variable = *variable##Result

/// The same for a Result<void>, or where the value is of no interest.
#define IDS_CHECK(expression) IDS_CHECK_NAMED(IDS_JOIN(checkedResult, __COUNTER__), expression)

// The counter keeps the names apart where the expression is a lambda that checks results itself.
#define IDS_JOIN(a, b) IDS_JOIN_EXPANDED(a, b)
#define IDS_JOIN_EXPANDED(a, b) a##b
#define IDS_CHECK_NAMED(name, expression)                                                                              \
    do {                                                                                                               \
        auto name = (expression);                                                                                      \
        if (!name)                                                                                                     \
            return std::move(name).error();                                                                            \
    } while (false)
