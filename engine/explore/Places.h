// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/cell/DendritePath.h"

#include <string>
#include <string_view>

namespace dt {

/// Places as the settings of experiments write them.

/// Reads a place: "soma"; a number, the share of the path from the soma (0) to its tip (1); or
/// "name:x", a dendrite and how far along it.
Result<Place> placeFromText(const Neuron &neuron, const DendritePath &path, std::string_view text);

/// Writes a place as placeFromText() reads it: "soma", or name and x.
std::string placeText(const Neuron &neuron, const Place &place);

} // namespace dt
