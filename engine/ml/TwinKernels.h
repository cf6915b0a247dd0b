// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/twin/TwinNames.h"

#include <cstdint>

namespace dt {

/// Hot loops of the convolutional twins and of the Transformer in plain C++, without LibTorch. Each
/// call works on one batch item (or one head of it), so that results do not depend on how calls are
/// shared among threads.

/// RMS norm over the channels of x (C, T), then the non-linearity. Rows of x and of the gradient of
/// y may lie further apart than T numbers; other arrays are packed.
template <typename T>
struct NormCall
{
    int channels = 0;
    std::int64_t steps = 0;
    const T *x = nullptr;
    std::int64_t xRow = 0; ///< numbers from one channel of x to the next
    const T *weight = nullptr; ///< (C)
    T eps = T(0);
    ActivationKind activation = ActivationKind::Identity;
    T slope = T(0);
};

template <typename T>
void normActivationForward(const NormCall<T> &call, T *y);

/// Computes the gradient of x, `gx`, from that of y, `gy`, and adds that of the weight to
/// `gWeight`.
template <typename T>
void normActivationBackward(const NormCall<T> &call, const T *gy, std::int64_t gyRow, T *gx,
                            T *gWeight);

/// A convolution over time with its zeros already in place: y[b, o, t] = bias[o] +
/// sum over c and k of weight[o, c, k] x[b, c, t + k dilation].
template <typename T>
struct ConvCall
{
    std::int64_t batch = 0;
    std::int64_t steps = 0; ///< T, the length of y
    int inputs = 0; ///< C
    int outputs = 0; ///< O
    int taps = 0; ///< K
    std::int64_t dilation = 1;
    const T *x = nullptr; ///< (B, C, (K - 1) dilation + T)
    const T *weight = nullptr; ///< (O, C, K)
    const T *bias = nullptr; ///< (O) or null
    const T *g = nullptr; ///< (B, O, T): gradient of y
};
/// Most output and input channels that one call handles.
inline constexpr int ConvOutputs = 4;
inline constexpr int ConvInputs = 8;

/// Computes y for batch item b and ConvOutputs outputs from `output` on, or what is left of them.
template <typename T>
void convForward(const ConvCall<T> &call, std::int64_t b, int output, T *y);

/// Gradient of the weight for outputs from `output` on and inputs from `input` on: sum over b and t
/// of g[b, o, t] x[b, c, t + k dilation].
template <typename T>
void convWeightGradient(const ConvCall<T> &call, int output, int input, T *gWeight);

/// Attention of one head over packed arrays: q (queries, d), k and v (keys, d). Query i stands at
/// key i + keys - queries and sees `window` keys up to its own.
template <typename T>
struct BandCall
{
    std::int64_t queries = 0;
    std::int64_t keys = 0;
    int width = 0; ///< d
    std::int64_t window = 1;
    const T *q = nullptr;
    const T *k = nullptr;
    const T *v = nullptr;
};

/// logSum (queries) receives the logarithm of the sum of the exponentials of the scores, for the
/// backward pass.
template <typename T>
void bandForward(const BandCall<T> &call, T *y, T *logSum);

template <typename T>
void bandBackward(const BandCall<T> &call, const T *y, const T *logSum, const T *gy, T *gq, T *gk,
                  T *gv);

} // namespace dt
