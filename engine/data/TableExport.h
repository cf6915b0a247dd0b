// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace dt {

/// A column of a table as it is read on the screen: its head and its cells.
struct TextColumn
{
    std::string head; ///< with the unit, e.g. "Peak [mV]"
    std::vector<std::string> cells;
};

/// The columns as NumPy's .npz archive, one array each, named by its head ("peak_mV"; repeated
/// names get a number). A column whose cells are numbers, empty or a dash is float64, with NaN for
/// an empty cell or a dash; any other column is text of fixed width (UTF-32).
std::string tableAsNpz(const std::vector<TextColumn> &columns);

} // namespace dt
