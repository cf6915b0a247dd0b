// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/dataset/DatasetPlan.h"

#include <string>

namespace dt {

/// The plan of a small test set: a few simulations of a neuron, made in seconds, for twins whose
/// data set is not at hand. Inputs are drawn as for data sets, with a fixed seed, for the split
/// `test`. A twin has not learnt from them, whatever seed its data set was built with. `filtered`:
/// only simulations that pass the filter of data sets; pass false for neurons that never make such
/// ones.
DatasetPlan testSetPlan(const Neuron &neuron, bool filtered = true);

/// A file name that differs between plans.
std::string testSetName(const DatasetPlan &plan);

} // namespace dt
