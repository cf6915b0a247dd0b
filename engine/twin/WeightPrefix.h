// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/NamedTensor.h"
#include "engine/base/Result.h"

#include <string>
#include <vector>

namespace dt {

/// Weights of a file under the names that the network has for them.
struct PlainWeights
{
    std::vector<NamedTensor> weights;
    std::string prefix; ///< what stood before all of their names, e.g. "_orig_mod.model."
    /// Names in the file without the prefix, which are none of this network's.
    std::vector<std::string> leftOut;
};

/// Takes away what programs put before the names when a network is wrapped: by torch.compile, by
/// DataParallel, as a member of a training module. The prefix is the one with which all `expected`
/// names are in the file; names that are right already stay. Two such prefixes are an Error: nobody
/// knows which network is meant. Where no prefix fits, only the usual words in front of all names
/// are taken away, so that messages about the weights use names like the network's own.
Result<PlainWeights> plainWeights(std::vector<NamedTensor> weights,
                                  const std::vector<std::string> &expected);

} // namespace dt
