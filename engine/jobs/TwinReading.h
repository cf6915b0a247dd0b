// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/twin/evaluation/TwinComparison.h"

#include <string>

namespace dt {

/// Reads a twin's file for a comparison: everything but the weights. If the file cannot be read,
/// the result has the reason as its problem. Blocks; any thread.
ComparedTwin readForComparison(const std::string &path);

} // namespace dt
