// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/ml/MlApi.h"
#include "engine/ml/TwinMath.h"
#include "engine/ml/TwinNet.h"

#include <torch/torch.h>

/// What stands behind MlModule, and what these share.
namespace dt {

Result<std::unique_ptr<TwinTrainer>> makeTrainer(const TwinSpec &spec,
                                                 const TrainingSettings &settings,
                                                 const Compute &compute,
                                                 const TwinMath &math = fastMath());
Result<std::unique_ptr<TwinPredictor>> makePredictor(const TwinSpec &spec,
                                                     const std::vector<NamedTensor> &weights,
                                                     const Compute &compute);
Result<std::vector<NamedTensor>> exportedWeights(const TwinSpec &spec,
                                                 const std::vector<NamedTensor> &weights);
Result<PlainWeights> importedWeights(const TwinSpec &spec, const std::vector<NamedTensor> &weights);

/// Refuses a device that is not there. Sets the threads of the caller, LibTorch's and OpenBLAS's.
Result<torch::Device> prepare(const Compute &compute);

/// (B, 2, S, L) on the device.
torch::Tensor tensorOf(const TwinInputs &inputs, torch::Device device);

/// All numbers of a float tensor anywhere, C order.
std::vector<float> floatsOf(const torch::Tensor &tensor);

/// In physical units.
TwinPrediction physical(const TwinOutputs &outputs, const TwinSpec &spec);

/// LibTorch's exceptions, whose later lines are a stack trace, as an Error.
template <typename T, typename Function>
Result<T> guarded(const char *what, Function function)
{
    try {
        return function();
    } catch (const std::exception &e) {
        const std::string text = e.what();
        return Error{ErrorCode::Engine,
                     std::string(what) + " failed: " + text.substr(0, text.find('\n'))
                         + ". Use a smaller batch, window or twin if memory ran out.",
                     {}};
    }
}

} // namespace dt
