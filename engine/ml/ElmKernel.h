// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/twin/TwinNames.h"

#include <cstdint>
#include <vector>

namespace dt {

/// The ELM's recurrence and its gradient, swept over time for eight batch items side by side: plain
/// C++ without LibTorch, called from one thread a group. All arrays are (T, width, 8) of one group;
/// formulas: spec of the twins, section 5.
inline constexpr int ElmLanes = 8;

template <typename T>
struct ElmShape
{
    std::int64_t steps = 0;
    int inputs = 0; ///< N
    int memory = 0; ///< M
    std::vector<int> widths; ///< outputs of every linear layer; the last is M
    NormType norm = NormType::None; ///< None: only scaled and shifted, as by BatchNorm in use
    T normEps = T(0);
    ActivationKind activation = ActivationKind::Identity;
    T slope = T(0);
    ActivationKind postActivation = ActivationKind::Identity;
    T postSlope = T(0);
    T lambda = T(1);
    const T *kappaS = nullptr; ///< (N)
    const T *kappaM = nullptr; ///< (M)
    const T *normWeight = nullptr; ///< (N + M), null for 1
    const T *normBias = nullptr; ///< (N + M), null for 0
    std::vector<const T *> weights; ///< (out, in)
    std::vector<const T *> transposed; ///< (in, out)
    std::vector<const T *> biases;
};

/// What a forward sweep leaves for the backward one. Null where nothing is to be kept.
template <typename T>
struct ElmKept
{
    T *memory = nullptr; ///< (T, M, 8), always
    T *synapses = nullptr; ///< (T, N, 8)
    T *normalised = nullptr; ///< (T, N + M, 8): what the first layer saw
    T *centre = nullptr; ///< (T, 2, 8): mean and inverse deviation of the norm
    std::vector<T *> linear; ///< (T, width, 8) of every layer, before its non-linearity
    std::vector<T *> active; ///< (T, width, 8) of every hidden layer, after it
};

/// driven (T, N, 8) = synapse weight times input; s (N, 8) and m (M, 8) are the state before, and
/// after on return.
template <typename T>
void elmForward(const ElmShape<T> &shape, const T *driven, T *s, T *m, const ElmKept<T> &kept);

/// Gradients of a loss, given that with respect to the memory.
template <typename T>
struct ElmGradients
{
    const T *memory = nullptr; ///< (T, M, 8), given
    T *driven = nullptr; ///< (T, N, 8)
    std::vector<T *> linear; ///< (T, width, 8) of every layer, before its non-linearity
    T *kappaM = nullptr; ///< (M, 8)
    T *normWeight = nullptr; ///< (N + M, 8)
    T *normBias = nullptr;
};

/// m (M, 8): the memory before the first step.
template <typename T>
void elmBackward(const ElmShape<T> &shape, const ElmKept<T> &kept, const T *m,
                 const ElmGradients<T> &gradients);

} // namespace dt
