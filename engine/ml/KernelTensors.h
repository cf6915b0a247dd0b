// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/Parallel.h>
#include <torch/torch.h>

namespace dt {

/// Whether kernels can work on a tensor: they exist for single and double precision on the CPU.
/// Everything else is computed by LibTorch's own operators.
inline bool isForKernels(const torch::Tensor &x)
{
    return x.device().is_cpu()
        && (x.scalar_type() == torch::kFloat32 || x.scalar_type() == torch::kFloat64);
}

/// Calls function with a zero of the tensor's number type.
template <typename F>
void perType(const torch::Tensor &like, F function)
{
    if (like.scalar_type() == torch::kFloat32)
        function(float{});
    else
        function(double{});
}

/// Shares out [0, n) among LibTorch's threads, one item at a time.
template <typename F>
void parallel(std::int64_t n, F function)
{
    at::parallel_for(0, n, 1, [&](std::int64_t from, std::int64_t to) {
        for (std::int64_t i = from; i < to; ++i)
            function(i);
    });
}

} // namespace dt
