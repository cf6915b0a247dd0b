// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/ml/MlApi.h"

namespace dt {

/// Opens the machine-learning module on first use (0.4 s, 160 MB) and keeps it. NotFound, with a
/// sentence, when the library or LibTorch is missing. Any thread.
Result<MlModule *> loadMlModule();

/// The device to compute on: a GPU where LibTorch has one, else the CPU.
Compute::Device bestDevice();

} // namespace dt
