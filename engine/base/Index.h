// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace dt {

/// Converts an index of ours, an int that is never negative, to the type that the standard
/// containers take.
constexpr std::size_t at(int index)
{
    return static_cast<std::size_t>(index);
}

} // namespace dt
