// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace dt {

/// `wanted`, or when it is taken, with the first number from 2 on behind it that makes it free;
/// `between` stands before the number: "AMPA 2", "dend_2".
std::string freeName(const std::string &wanted, std::string_view between,
                     const std::function<bool(const std::string &)> &taken);

} // namespace dt
