// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dt {

/// Numbers as sentences say them.

/// "1 point", "2 points"; `many` where an s does not do.
std::string counted(long long count, std::string_view one, std::string_view many = {});
/// The second word alone.
std::string_view pluralOf(long long count, std::string_view one, std::string_view many);

/// A measured or computed number with at most `digits` that count: "28.2018", not
/// "28.201843023086834". What a person typed or a file must give back is
/// formatNumber()'s (NumberText.h).
std::string rounded(double value, int digits = 6);
/// The same of a number that lies outside of a range, with as many digits as it takes to see that.
std::string roundedOutside(double value, double lo, double hi);

/// Words as sentences list them: "a", "a or b", "a, b or c".
std::string listedWithOr(const std::vector<std::string_view> &words);

} // namespace dt
