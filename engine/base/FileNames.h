// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace dt {

/// File name without folder and ending.
[[nodiscard]] std::string stemOf(const std::string &path);

/// What to call files in one list, in the order of the paths: the stem, followed by as much of the
/// folder as tells files of one stem apart, e.g. "tcn-a (anna)".
[[nodiscard]] std::vector<std::string> distinctNames(const std::vector<std::string> &paths);

} // namespace dt
