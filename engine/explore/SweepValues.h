// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace dt {

/// Values worth trying for a parameter or a number of the input: its useful range, in steps that
/// people write. Empty for an unknown name.
std::vector<double> usualSweepValues(const std::string &parameter);

} // namespace dt
