// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/CsvText.h"
#include "engine/base/Result.h"
#include "engine/cell/Neuron.h"
#include "engine/input/SpikeInput.h"

#include <string>
#include <string_view>
#include <vector>

namespace dt {

/// Painted events as a text table, for spreadsheets and scripts. Columns, by name, in any order:
/// polarity (excitatory or inhibitory), dendrite (its name), x (0..1 along it), time_ms (a whole
/// number), weight (above 0). An event acts in the segment that holds its x, which
/// it keeps when segments change.

/// Writes events as such a table, with a header; numbers read back equal.
std::string eventsAsCsv(const std::vector<InputEvent> &events, const Neuron &neuron);

/// Reads such a table; the events come in the order of the lines. All lines must be right, or none
/// is taken: the message names the first that is wrong by line and column, says what was expected,
/// and how many more there are. `place` names the file. `ask` decides numbers that can be read in
/// two ways; without it they are wrong.
Result<std::vector<InputEvent>> eventsFromCsv(std::string_view text, const Neuron &neuron,
                                              int durationMs, const std::string &place,
                                              const AskDecimalSign &ask = {});

} // namespace dt
