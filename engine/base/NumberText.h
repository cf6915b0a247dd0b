// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dt {

/// A number as people write it: the shortest text that reads back equal.
std::string formatNumber(double value);

/// How people write numbers, the same in every field and list and on the command line. A number has
/// a decimal point or a decimal comma and no marks of thousands. The numbers of a list are
/// separated by semicolons, or by commas with a blank, or by blanks; a comma between digits without
/// a blank is taken for a separator only where it can be nothing else. What may be read in two ways
/// is refused with a sentence that shows how to write it. Pure functions; any thread.

/// The finite number that a text says, apart from blanks around it; nothing when it says none, or
/// when its comma may mean thousands.
std::optional<double> numberOf(std::string_view text);

/// Whether the comma of a number may be a decimal one or one of thousands, as in "1,000". After a
/// 0, or after more digits than thousands are grouped by, it can only be decimal.
bool mayMeanThousands(std::string_view text);

/// Reads a number as numberOf() does. The Error names both readings where there are two, else it
/// says what is wrong; its message continues "VALUE = 'text' ".
Result<double> numberFromText(std::string_view text);

/// Which numbers a list may hold. Where commas can be read in two ways, a reading outside these
/// limits does not count.
struct ListLimits
{
    double min = 0.0;
    double max = 0.0;
    bool whole = false;
};

/// The numbers of a list; none for an empty text. The numbers returned may lie outside the limits:
/// the caller says so, about the number as it was typed. ErrorCode::Format: the text is no list of
/// numbers (the message is empty). InvalidValue: it may be read in several ways (the message is a
/// whole sentence).
Result<std::vector<double>> numbersFromText(std::string_view text, const ListLimits &limits);

} // namespace dt
