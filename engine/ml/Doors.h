// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/ml/MlApi.h"
#include "engine/ml/TwinMath.h"
#include "engine/ml/TwinNet.h"

#include <torch/torch.h>

/// The functions behind MlModule, and what they share.
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

/// Refuses a device that is not there. Sets the number of threads that LibTorch (for the calling
/// thread) and OpenBLAS use.
Result<torch::Device> prepare(const Compute &compute);

/// The inputs as a tensor (B, 2, S, L) on the device.
torch::Tensor tensorOf(const TwinInputs &inputs, torch::Device device);

/// All numbers of a float tensor on any device, in C order.
std::vector<float> floatsOf(const torch::Tensor &tensor);

/// The outputs of a network in physical units.
TwinPrediction physical(const TwinOutputs &outputs, const TwinSpec &spec);

/// Calls a function and turns an exception of LibTorch into an Error. Later lines of its text are a
/// stack trace and left out.
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
