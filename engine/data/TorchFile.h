// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/NamedTensor.h"
#include "engine/base/Result.h"

#include <string>
#include <vector>

namespace dt {

/// Weights as PyTorch's .pt files: zip archives with a pickled dict of tensors. The functions may
/// be called from any thread; they block.

/// Writes a plain dict that torch.load() reads, with weights_only, too: float32 and int64 tensors
/// in the order given. Replaces an older file only if allowed, and only by a complete one.
Status writeTorch(const std::string &path, const std::vector<NamedTensor> &tensors, bool replace);

/// Reads a dict or OrderedDict of tensors, such as a state dict, or the one inside a checkpoint,
/// whatever stands beside it (Unpickler.h). Half and double precision become single; views are
/// resolved. The pickle is interpreted by a small machine that executes nothing. Sizes are limited,
/// and checksums are checked.
Result<std::vector<NamedTensor>> readTorch(const std::string &path);

} // namespace dt
