// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace dt {

/// File name without folder and ending.
[[nodiscard]] std::string stemOf(const std::string &path);

/// What to call files in one list: the stem, and behind it as much of the folder as tells files of
/// one stem apart, e.g. "tcn-a (anna)". In the order of the paths.
[[nodiscard]] std::vector<std::string> distinctNames(const std::vector<std::string> &paths);

} // namespace dt
