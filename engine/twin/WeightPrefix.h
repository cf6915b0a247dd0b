// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/NamedTensor.h"
#include "engine/base/Result.h"

#include <string>
#include <vector>

namespace dt {

/// Weights of a file under the names of the network.
struct PlainWeights
{
    std::vector<NamedTensor> weights;
    std::string prefix; ///< that stood before all of their names: "module.", "_orig_mod.model."
    std::vector<std::string> leftOut; ///< names in the file without it: none of this network
};

/// Takes away what programs put before the names when a network is wrapped: by torch.compile, by
/// DataParallel, as a member of a training module. A prefix is that under which all `expected`
/// names are there; names that are right as they are stay. Two such prefixes are an Error: nobody
/// knows which network is meant. Where none fits, the weights stay as they are, but for the usual
/// words in front, so that what is said of them is said of the network's own names.
Result<PlainWeights> plainWeights(std::vector<NamedTensor> weights,
                                  const std::vector<std::string> &expected);

} // namespace dt
