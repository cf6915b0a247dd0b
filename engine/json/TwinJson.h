// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/json/NeuronJson.h"
#include "engine/twin/TwinSpec.h"

namespace dt {

/// The JSON form of a twin, {"arch": ..., "config": {...}}, where config holds the constructor
/// arguments of the reference tutorial under its names. Spec files and twin files hold it.
Json toJson(const TwinSpec &spec);

/// The spec that is returned is validated. Keys that are missing keep their defaults; keys of the
/// reference that have no effect are ignored; unknown keys are refused. Members beside arch and
/// config are ignored, so that the reference's own descriptions of its networks can be read.
Result<TwinSpec> twinFromJson(const Json &json, const std::string &place);

std::string twinText(const TwinSpec &spec);
Result<TwinSpec> twinFromText(std::string_view text, const std::string &place);

} // namespace dt
