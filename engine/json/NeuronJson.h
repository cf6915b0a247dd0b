// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/cell/Neuron.h"
#include "engine/input/Stimulus.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

namespace dt {

/// The JSON form of neurons, stimuli and electrodes: in project files, as attribute `neuron` of
/// every HDF5 file and on the way to a worker. Things are referred to by name, never by index; keys
/// that are missing keep their defaults; unknown keys are ignored, so that older programs read
/// newer files of the same major version.
using Json = nlohmann::ordered_json;

Json toJson(const Neuron &neuron);
/// `place` names the file in error messages. The result is not yet validated.
Result<Neuron> neuronFromJson(const Json &json, const std::string &place);

Json toJson(const Stimulus &stimulus, const Neuron &neuron);
/// Events are written as (dendrite, x), so they are read for a given neuron.
Result<Stimulus> stimulusFromJson(const Json &json, const Neuron &neuron, const std::string &place);

/// Reads JSON text; a syntax error becomes a sentence with line and column.
Result<Json> parseJson(std::string_view text, const std::string &place);

std::string neuronText(const Neuron &neuron);
Result<Neuron> neuronFromText(std::string_view text, const std::string &place);

} // namespace dt
