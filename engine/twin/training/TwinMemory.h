// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/twin/TwinSpec.h"
#include "engine/twin/training/TrainingSettings.h"

#include <cstdint>

namespace dt {

/// Memory that a twin's arrays take, computed from its sizes and not measured: the single precision
/// numbers (4 bytes) that the networks of engine/ml hold at once. What comes on top is the same for
/// all twins and left out: the program, LibTorch and the data set. Pure functions; for valid specs.
///
/// Training a twin with P trainable parameters holds
///
///     weights 4 P + gradients 4 P + AdamW's two moments 8 P
///     + batch x (what the backward pass needs again + input and truth + passing gradients).
///
/// What the backward pass needs again, in numbers a window of L ms (S segments, K dendritic heads,
/// `in` and `out` channels, past = (kernel - 1) dilation):
///
///     convolution     in (L + past), its input with zeros before it
///     norm            out L; Layer 3 out L, Batch 2 out L; without norm out L for the
///                     non-linearity
///     mini-block      its two convolutions and norms, and in L for the shortcut
///     heads           width L for their input, (4 + K) L for what they say
///     ELM             (2 N + 4 M + 2 + 2 sum of hidden widths) L, N = 2 S, M memory, heads'
///                     input included; the batch in whole eights, as its loops take eight at once
///     Transformer     first convolution and norm; a block (11 D + heads + 4 F) L with SwiGLU,
///                     (11 D + heads + 2 F) L with GELU, D more with dropout; 2 D L for the last
///                     norm
///
/// D is the width and F that of the feed-forward net. Gradients pass through three arrays of the
/// widest layer (the ELM: through one of each kind and two copies of the widest).
///
/// Predicting one simulation keeps nothing: it holds the weights, the input, the output, and the
/// largest set of arrays that exist side by side in one layer. (Long inputs are predicted in pieces
/// of a few seconds by engine/jobs/TwinPrediction.h and take no more than one piece does.)
///
/// Measured once, as growth of the peak memory of `dendrotwin-cli` divided by the computed number.
/// `train`, from 32 to 64 windows: TCN A 0.90, TCN C 0.87, residual TCN 0.98, ELM 0.94, Transformer
/// 1.03, where glibc gives freed blocks back at once (MALLOC_MMAP_THRESHOLD_=262144). By default it
/// keeps some, and the TCNs grew 1.5 to 1.9 times as much as computed. `predict`, from 256 to
/// 4096 ms: residual TCN 0.8, ELM and Transformer 0.6.
struct TwinMemory
{
    // All in bytes.
    std::int64_t weights = 0;
    std::int64_t gradients = 0;
    std::int64_t moments = 0; ///< AdamW's two moments
    std::int64_t batch = 0; ///< inputs, and in training the truth
    std::int64_t activations = 0; ///< kept for the backward pass; in prediction those of one layer
    std::int64_t passing = 0; ///< gradients on their way back
    bool operator==(const TwinMemory &) const = default;

    [[nodiscard]] std::int64_t total() const
    {
        return weights + gradients + moments + batch + activations + passing;
    }
};

/// Memory of one training step with `batch` windows of `windowMs` at once.
TwinMemory trainingMemory(const TwinSpec &spec, int batch, int windowMs);
TwinMemory trainingMemory(const TwinSpec &spec, const TrainingSettings &settings);

/// Memory of predicting one whole simulation of `durationMs` at once.
TwinMemory predictionMemory(const TwinSpec &spec, int durationMs);

} // namespace dt
