// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace dt {

/// The mechanisms of mod/ as NEURON loads them.
inline constexpr std::string_view MechanismLibrary = "libdendromech.so";

/// Where a library lies that came with the programs in this folder: the same in a build and when
/// installed. Any thread.
std::string libraryPath(std::string_view programFolder, std::string_view library);

} // namespace dt
