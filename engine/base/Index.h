// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace dt {

/// An index of ours, an int that is not negative, as the standard containers take it.
constexpr std::size_t at(int index)
{
    return static_cast<std::size_t>(index);
}

} // namespace dt
