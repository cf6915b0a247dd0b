// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include <vector>

namespace dt::test {

/// The values of a tensor, row by row, for files that do not see LibTorch.
inline std::vector<double> plain(const torch::Tensor &tensor)
{
    const torch::Tensor flat = tensor.detach().to(torch::kFloat64).contiguous();
    return {flat.data_ptr<double>(), flat.data_ptr<double>() + flat.numel()};
}

} // namespace dt::test
