// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/ml/Activation.h"

#include <torch/torch.h>

#include <vector>

namespace dt {

/// The mathematics of the twins that takes time, as a table of functions which can be exchanged:
/// networks call the table and do not know how it computes. plainMath() is LibTorch's own operators
/// and automatic gradients, the judge of every other table. All functions are differentiable and
/// take any number type and device.

/// Banded attention: query i stands at key position i + (keys - queries) and sees the `window` keys
/// up to and including its own. q (B, H, Tq, d), k and v (B, H, Tk, d), Tq <= Tk < Tq + window; q
/// and k already rotated. Probabilities are dropped with probability `dropout` while training.
struct AttentionCall
{
    torch::Tensor q;
    torch::Tensor k;
    torch::Tensor v;
    int window = 1;
    int block = 64; ///< queries handled together; affects memory only
    double dropout = 0.0; ///< 0 outside training
    torch::Generator *generator = nullptr; ///< random numbers for dropout
};

/// One pass of the ELM's recurrence over time (spec of the twins, section 5).
struct ElmCall
{
    torch::Tensor x; ///< (B, N, T)
    torch::Tensor synapseWeight; ///< (N)
    torch::Tensor kappaS; ///< (N), constant
    torch::Tensor kappaM; ///< (M)
    double lambda = 1.0;
    NormType norm = NormType::Rms;
    torch::Tensor normWeight; ///< (N + M), undefined without norm
    torch::Tensor normBias; ///< (N + M), Layer and Batch
    torch::Tensor runningMean; ///< (N + M), Batch; updated while training
    torch::Tensor runningVar;
    bool training = false;
    std::vector<torch::Tensor> weights; ///< (out, in) of every linear layer
    std::vector<torch::Tensor> biases;
    const Activation *activation = nullptr;
    const Activation *postActivation = nullptr;
    torch::Tensor s; ///< (B, N) synapses before the first step
    torch::Tensor m; ///< (B, M) memory before the first step
};

struct ElmResult
{
    torch::Tensor memory; ///< (B, M, T)
    torch::Tensor s; ///< (B, N) synapses after the last step
    torch::Tensor m; ///< (B, M) memory after the last step
};

struct TwinMath
{
    /// Convolves x (B, C, T) with weight (O, C, K) and bias (O) to (B, O, T), with zeros before the
    /// first step: y_t = bias + sum_k W_k x_{t - (K-1-k) dilation}.
    torch::Tensor (*causalConv)(const torch::Tensor &x, const torch::Tensor &weight,
                                const torch::Tensor &bias, std::int64_t dilation);
    /// RMS norm over the channels of x (B, C, T), then the non-linearity.
    torch::Tensor (*rmsNormActivation)(const torch::Tensor &x, const torch::Tensor &weight,
                                       const Activation &activation);
    /// The result is (B, H, Tq, d).
    torch::Tensor (*attention)(const AttentionCall &call);
    ElmResult (*elmScan)(const ElmCall &call);
};

const TwinMath &plainMath();

/// Loops of our own where they are faster: on the CPU, in single and double precision. Elsewhere,
/// and for options that they do not have, the plain functions run. Agrees with plainMath() apart
/// from rounding.
const TwinMath &fastMath();
ElmResult fastElmScan(const ElmCall &call); ///< the ELM's part of fastMath()

/// Zeroes elements with probability p and scales the others by 1 / (1 - p).
torch::Tensor dropout(const torch::Tensor &x, double p, torch::Generator *generator);

} // namespace dt
