// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace dt {

/// What kind of thing went wrong; decides exit codes and which repair a page may offer.
enum class ErrorCode {
    InvalidValue, ///< a number or name outside what is allowed
    NotFound, ///< a file, preset, program or parameter that does not exist
    Io, ///< reading or writing failed (permissions, device, disk full)
    Format, ///< a file that is not what it should be, or is damaged
    Version, ///< written by a newer version
    Exists, ///< a target that must not be overwritten
    Engine, ///< the simulator refused or failed
    Worker, ///< the worker program crashed, hung or spoke nonsense
    Cancelled,
};

/// One failure: a sentence for the user (what failed, why, what to do) and the place it concerns.
struct Error
{
    ErrorCode code = ErrorCode::InvalidValue;
    std::string message;
    std::string place; ///< file, parameter or data set the message is about; may be empty
};

/// Value or Error. Every fallible function of the project returns one; nothing throws across a
/// public header.
template <typename T>
class [[nodiscard]] Result
{
public:
    Result(T value) : m_state(std::move(value)) { }
    Result(Error error) : m_state(std::move(error)) { }

    [[nodiscard]] bool ok() const { return m_state.index() == 0; }
    explicit operator bool() const { return ok(); }

    [[nodiscard]] const T &value() const & { return std::get<0>(m_state); }
    [[nodiscard]] T &value() & { return std::get<0>(m_state); }
    [[nodiscard]] T value() && { return std::get<0>(std::move(m_state)); }
    const T &operator*() const & { return value(); }
    T &operator*() & { return value(); }
    const T *operator->() const { return &value(); }
    T *operator->() { return &value(); }

    [[nodiscard]] const Error &error() const { return std::get<1>(m_state); }

private:
    std::variant<T, Error> m_state;
};

/// Success without a value.
struct Done
{
};
using Status = Result<Done>;

} // namespace dt
