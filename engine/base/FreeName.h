// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace dt {

/// A name that is not taken: `wanted` itself, or else `wanted`, `between` and the first number from
/// 2 on that makes a free name, e.g. "AMPA 2", "dend_2".
std::string freeName(const std::string &wanted, std::string_view between,
                     const std::function<bool(const std::string &)> &taken);

} // namespace dt
