// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/training/TwinMemory.h"

#include <algorithm>

namespace dt {

namespace {

using Count = std::int64_t;

constexpr Count Bytes = 4;
/// Windows that the ELM's loops take side by side (engine/ml/ElmKernel.h).
constexpr Count ElmLanes = 8;
constexpr Count HeadsBeforeDend = 4;

/// Numbers a window.
struct Arrays
{
    Count kept = 0; ///< needed again by the backward pass
    Count passing = 0; ///< gradients on their way
    Count atOnce = 0; ///< most that exist side by side in one layer, in prediction

    void layer(Count held) { atOnce = std::max(atOnce, held); }
};

Count past(Count kernel, Count dilation)
{
    return (kernel - 1) * dilation;
}

/// Arrays of the layer's size that a norm and its non-linearity need again.
Count normArrays(NormType norm)
{
    switch (norm) {
    case NormType::None:
    case NormType::Rms:
        return 1; // one loop does both, from the convolution's output
    case NormType::Batch:
        return 2;
    case NormType::Layer:
        return 3;
    }
    return 1;
}

/// Convolutions one after another, each followed by norm and non-linearity.
class Convolutions
{
public:
    Convolutions(Arrays &arrays, NormType norm, Count ms) : m_arrays(arrays), m_norm(norm), m_ms(ms)
    {
    }

    /// `shared`: without zeros before it, the input is an array that is counted elsewhere.
    /// `beside`: what is held meanwhile, in prediction.
    void add(Count in, Count out, Count kernel, Count dilation, bool shared = false,
             Count beside = 0)
    {
        const Count before = past(kernel, dilation);
        if (before > 0 || !shared)
            m_arrays.kept += in * (m_ms + before);
        m_arrays.kept += normArrays(m_norm) * out * m_ms;
        m_widest = std::max(m_widest, out);
        m_arrays.passing = 3 * m_widest * m_ms;
        const Count padded = before > 0 ? in * (m_ms + before) : 0;
        m_arrays.layer(beside + in * m_ms + padded + out * m_ms);
        m_arrays.layer(beside + (1 + normArrays(m_norm)) * out * m_ms);
    }

private:
    Arrays &m_arrays;
    NormType m_norm;
    Count m_ms;
    Count m_widest = 0;
};

Arrays arraysOf(const TcnConfig &c, const TwinSpec &spec, Count ms)
{
    Arrays arrays;
    Convolutions convolutions(arrays, c.norm, ms);
    Count width = c.widths[0];
    convolutions.add(spec.inputLines(), width, c.firstKernel, 1, true);
    for (std::size_t b = 0; b < c.layers.size(); ++b) {
        for (int l = 0; l < c.layers[b]; ++l) {
            convolutions.add(width, c.widths[b], c.kernels[b], c.dilations[b]);
            width = c.widths[b];
        }
    }
    return arrays;
}

Arrays arraysOf(const ResNetTcnConfig &c, const TwinSpec &spec, Count ms)
{
    Arrays arrays;
    Convolutions convolutions(arrays, c.norm, ms);
    Count width = c.widths[0];
    convolutions.add(spec.inputLines(), width, c.firstKernel, 1, true);
    for (std::size_t b = 0; b < c.miniBlocks.size(); ++b) {
        const Count out = c.widths[b];
        for (int m = 0; m < c.miniBlocks[b]; ++m) {
            // The shortcut's input, which both it and the first convolution read.
            arrays.kept += width * ms;
            convolutions.add(width, out, c.kernels[b], c.dilations[b], true);
            convolutions.add(out, out, c.kernels[b], c.dilations[b], false, width * ms);
            width = out;
        }
    }
    return arrays;
}

Arrays arraysOf(const ElmConfig &c, const TwinSpec &spec, Count ms)
{
    const Count inputs = spec.inputLines();
    const Count memory = c.memory;
    const Count hidden = Count{c.hiddenLayers} * c.resolvedHiddenWidth();
    const Count seen = inputs + memory;
    const Count widest = std::max<Count>(seen, c.hiddenLayers > 0 ? c.resolvedHiddenWidth() : 0);
    Arrays arrays;
    // Memory, synapses, normalised, centre; outputs of all layers, and of the hidden ones after
    // their non-linearity; the memory once more, as the heads read it.
    arrays.kept = (memory + inputs + seen + 2 + 2 * hidden + memory + memory) * ms;
    arrays.passing = (memory + inputs + hidden + memory + 2 * widest) * ms;
    // Driven and laid out side by side, the memory likewise and as the heads read it.
    arrays.layer((inputs + memory) * ms + (inputs + memory) * ElmLanes * ms);
    return arrays;
}

Arrays arraysOf(const TransformerConfig &c, const TwinSpec &spec, Count ms)
{
    Arrays arrays;
    Convolutions convolutions(arrays, c.firstNorm, ms);
    const Count width = c.width;
    const Count inner = c.resolvedFeedForwardWidth();
    const bool gated = c.feedForward == FeedForward::SwiGlu;
    convolutions.add(spec.inputLines(), width, c.firstKernel, 1, true);
    // Two norms of three arrays; queries, keys, values, the answer twice; the net.
    const Count block =
        11 * width + c.heads + (gated ? 4 : 2) * inner + (c.dropout > 0.0 ? width : 0);
    arrays.kept += (c.layers * block + 2 * width) * ms;
    arrays.passing = 3 * std::max(width, inner) * ms;
    arrays.layer((2 * width + (gated ? 4 : 2) * inner) * ms);
    arrays.layer(6 * width * ms);
    return arrays;
}

Arrays arraysOf(const TwinSpec &spec, Count ms)
{
    return std::visit([&](const auto &config) { return arraysOf(config, spec, ms); }, spec.network);
}

Count outputs(const TwinSpec &spec)
{
    return HeadsBeforeDend + spec.dendHeads;
}

} // namespace

TwinMemory trainingMemory(const TwinSpec &spec, int batch, int windowMs)
{
    const ParameterCount parameters = parameterCount(spec);
    const Arrays arrays = arraysOf(spec, windowMs);
    const Count ms = windowMs;
    const Count whole = spec.architecture() == Architecture::Elm
        ? (batch + ElmLanes - 1) / ElmLanes * ElmLanes
        : batch;
    TwinMemory memory;
    memory.weights = Bytes * parameters.total;
    memory.gradients = Bytes * parameters.trainable;
    memory.moments = 2 * Bytes * parameters.trainable;
    memory.batch = Bytes * batch * (spec.inputLines() + outputs(spec)) * ms;
    // The ELM's heads read its memory, which is among what it keeps.
    const Count read = spec.architecture() == Architecture::Elm ? 0 : backboneWidth(spec);
    memory.activations = Bytes * (whole * arrays.kept + batch * (read + outputs(spec)) * ms);
    memory.passing = Bytes * whole * arrays.passing;
    return memory;
}

TwinMemory trainingMemory(const TwinSpec &spec, const TrainingSettings &settings)
{
    return trainingMemory(spec, settings.trainBatch, settings.trainWindowMs);
}

TwinMemory predictionMemory(const TwinSpec &spec, int durationMs)
{
    const Count ms = durationMs;
    TwinMemory memory;
    memory.weights = Bytes * parameterCount(spec).total;
    memory.batch = Bytes * spec.inputLines() * ms;
    memory.activations = Bytes * (arraysOf(spec, ms).atOnce + outputs(spec) * ms);
    return memory;
}

} // namespace dt
