// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <string>
#include <vector>

/// What tests ask of dt_ml, in plain numbers: LibTorch and Qt never meet in one file.
namespace dt::test {

/// The function of that name at each x, in single precision as the twins compute.
Result<std::vector<double>> activation(const std::string &name, double slope,
                                       const std::vector<double> &x);
/// Where the left branch of a two-sided function hands over.
Result<double> crossing(const std::string &name, double slope);

enum class NormKind { ChannelRms, ChannelLayer, LastRms, LastLayer };

/// x with its shape, C order; weight and bias of the normalised axis.
std::vector<double> normalised(NormKind kind, const std::vector<double> &x,
                               const std::vector<long> &shape, const std::vector<double> &weight,
                               const std::vector<double> &bias);

/// "None", "Rms", "Layer", "Batch".
Result<std::string> normType(const std::string &name);

} // namespace dt::test
