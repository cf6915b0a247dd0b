// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/CsvText.h"
#include "engine/base/Result.h"

#include <string>
#include <string_view>
#include <vector>

namespace dt {

/// A voltage over time that somebody measured or computed elsewhere.
struct ForeignTrace
{
    std::vector<double> ms; ///< rising
    std::vector<float> mv; ///< voltages, one for each time
};

inline constexpr std::size_t MaxForeignSamples = 5'000'000;

/// A text table with two columns, time in ms and voltage in mV; a header is allowed and its units
/// must be those. An Error names line and column. `place` names the file. `ask` decides numbers
/// that can be read in two ways; without it they are wrong.
Result<ForeignTrace> traceFromCsv(std::string_view text, const std::string &place,
                                  const AskDecimalSign &ask = {});

} // namespace dt
