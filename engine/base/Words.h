// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dt {

/// Numbers as sentences say them.

/// A count and its noun: "1 point", "2 points". `many` is the plural where adding an s is not
/// enough.
std::string counted(long long count, std::string_view one, std::string_view many = {});
/// The noun alone: `one` for 1, else `many`.
std::string_view pluralOf(long long count, std::string_view one, std::string_view many);

/// A measured or computed number with at most `digits` significant digits: "28.2018", not
/// "28.201843023086834". formatNumber() (NumberText.h) is for numbers that a person typed or a file
/// must give back.
std::string rounded(double value, int digits = 6);
/// Rounds a number that lies outside a range, with as many digits as it takes to see that it does.
std::string roundedOutside(double value, double lo, double hi);

/// Words as sentences list them: "a", "a or b", "a, b or c".
std::string listedWithOr(const std::vector<std::string_view> &words);

} // namespace dt
