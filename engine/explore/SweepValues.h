// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace dt {

/// Values worth trying of what a sweep can vary: the parameter's useful range, in steps that people
/// write. Empty for what is not known.
std::vector<double> usualSweepValues(const std::string &parameter);

} // namespace dt
