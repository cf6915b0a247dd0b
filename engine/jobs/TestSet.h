// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/dataset/DatasetPlan.h"

#include <string>

namespace dt {

/// A few test simulations of a neuron, made in seconds, for twins whose data set is not at hand.
/// Inputs are drawn as for data sets, with a fixed seed, for the split `test`: whatever seed a
/// twin's data set was built with, it has not learnt from them. `filtered`: only simulations as
/// data sets keep them; neurons that never make such ones do without.
DatasetPlan testSetPlan(const Neuron &neuron, bool filtered = true);

/// File name that one plan has and no other.
std::string testSetName(const DatasetPlan &plan);

} // namespace dt
