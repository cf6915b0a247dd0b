// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/twin/TwinNames.h"

#include <cstdint>
#include <vector>

namespace dt {

/// The ELM's recurrence and its gradient, swept over time for eight batch items side by side: plain
/// C++ without LibTorch, called by one thread for each group of eight. All arrays are (T, width, 8)
/// of one group, T steps; formulas: spec of the twins, section 5.
inline constexpr int ElmLanes = 8;

template <typename T>
struct ElmShape
{
    std::int64_t steps = 0;
    int inputs = 0; ///< N
    int memory = 0; ///< M
    std::vector<int> widths; ///< outputs of every linear layer; the last is M
    /// None also stands for a BatchNorm in use: it only scales and shifts.
    NormType norm = NormType::None;
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

/// What a forward sweep keeps for the backward one. Pointers are null where nothing is to be kept.
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

/// driven (T, N, 8) is synapse weight times input. s (N, 8) and m (M, 8) are the state before the
/// first step and, on return, after the last one.
template <typename T>
void elmForward(const ElmShape<T> &shape, const T *driven, T *s, T *m, const ElmKept<T> &kept);

/// Gradients of a loss. The one with respect to the memory is given, the others are computed.
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

/// m (M, 8) is the memory before the first step.
template <typename T>
void elmBackward(const ElmShape<T> &shape, const ElmKept<T> &kept, const T *m,
                 const ElmGradients<T> &gradients);

} // namespace dt
