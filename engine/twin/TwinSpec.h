// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/twin/Scaling.h"
#include "engine/twin/TwinNames.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace dt {

/// What a twin network is: architecture, sizes and options, as plain values. Files and pages hold
/// them, and dt_ml builds the network from them. Formulas: the twins' specification, sections 3-6.
/// Defaults are those of the reference's train script. A causal convolution over all segments comes
/// first (not in the ELM), five linear read-outs last.

/// In the order of TwinNetworkConfig.
enum class Architecture { Tcn, ResNetTcn, Elm, Transformer };

/// The four lists have one entry a block: number of layers, widths [channels], kernels [ms],
/// dilations [ms].
struct TcnConfig
{
    int firstKernel = 51; ///< [ms]
    std::vector<int> layers{4};
    std::vector<int> widths{48}; ///< the first is also the width of the first layer
    std::vector<int> kernels{51};
    std::vector<int> dilations{1};
    ActivationKind activation = ActivationKind::LeakyGelu;
    double slope = 0.15;
    NormType norm = NormType::Rms;
    bool operator==(const TcnConfig &) const = default;
};

/// A mini-block is two convolutions beside a learned 1x1 shortcut.
struct ResNetTcnConfig
{
    int firstKernel = 9; ///< [ms]
    std::vector<int> miniBlocks{15};
    std::vector<int> widths{48};
    std::vector<int> kernels{9};
    std::vector<int> dilations{1};
    ActivationKind activation = ActivationKind::LeakyGelu;
    double slope = 0.15;
    NormType norm = NormType::Rms;
    bool operator==(const ResNetTcnConfig &) const = default;
};

struct ElmConfig
{
    int memory = 64; ///< M, number of memory units
    int hiddenLayers = 1;
    int hiddenWidth = 0; ///< 0: twice the memory
    ActivationKind activation = ActivationKind::LeakyGelu;
    double slope = 0.2;
    NormType preNorm = NormType::Rms;
    ActivationKind postActivation = ActivationKind::LeakyTanh;
    double postSlope = 0.2;
    double lambda = 2.0; ///< gain of the memory's update
    double synapseTauMs = 3.0;
    double memoryTauMinMs = 2.0;
    double memoryTauMaxMs = 40.0;
    bool learnMemoryTau = true;
    double synapseWeight = 0.5; ///< initial weight of every input line
    double deltaTMs = 1.0;
    bool operator==(const ElmConfig &) const = default;

    [[nodiscard]] int resolvedHiddenWidth() const
    {
        return hiddenWidth > 0 ? hiddenWidth : 2 * memory;
    }
};

enum class FeedForward { SwiGlu, Gelu };

/// Both forms compute the same; specs name one because the reference does.
enum class AttentionForm { Blocked, Full };

struct TransformerConfig
{
    int firstKernel = 1; ///< [ms]
    NormType firstNorm = NormType::Rms;
    ActivationKind firstActivation = ActivationKind::LeakyGelu;
    double firstSlope = 0.2;
    int width = 48; ///< D
    int heads = 6;
    int layers = 5;
    int windowMs = 48; ///< keys that a query sees, itself included
    /// Only sets the size of tables in exported files; angles are computed when needed.
    int maxSequence = 8192;
    double dropout = 0.0;
    FeedForward feedForward = FeedForward::SwiGlu;
    int feedForwardWidth = 144; ///< 0: floor(8 D / 3) for SwiGLU, 4 D for GELU
    AttentionForm attention = AttentionForm::Blocked;
    int attentionBlock = 64; ///< affects memory only
    NormType norm = NormType::Rms; ///< RMS or Layer
    bool operator==(const TransformerConfig &) const = default;

    [[nodiscard]] int resolvedFeedForwardWidth() const;
};

using TwinNetworkConfig = std::variant<TcnConfig, ResNetTcnConfig, ElmConfig, TransformerConfig>;

struct TwinSpec
{
    /// Input channels: excitatory and inhibitory.
    static constexpr int InputChannels = 2;

    int segments = 8;
    int dendHeads = 8; ///< dendritic voltages that are predicted
    Scaling scaling;
    TwinNetworkConfig network;
    bool operator==(const TwinSpec &) const = default;

    [[nodiscard]] Architecture architecture() const
    {
        return static_cast<Architecture>(network.index());
    }
    [[nodiscard]] int inputLines() const { return InputChannels * segments; }
};

/// "TCN", "ResNetTCN", "ELM", "Transformer"; what else there is to know of a kind: NetworkKind.h.
std::string_view architectureName(Architecture architecture);
/// Reads a name in any case; NotFound names them all.
Result<Architecture> architectureFromName(std::string_view name);

/// Refuses impossible sizes and what would not fit into memory, with a sentence that names the
/// field as spec files do; the Error's `place` is that name.
Status validateTwin(const TwinSpec &spec);

/// All formulas below are for valid specs.

struct ParameterCount
{
    std::int64_t total = 0;
    std::int64_t trainable = 0;
};
ParameterCount parameterCount(const TwinSpec &spec);

/// How many ms of input, the present one included, an output depends on; 0: all of the past (ELM).
int receptiveFieldMs(const TwinSpec &spec);

/// Channels of the backbone's output.
int backboneWidth(const TwinSpec &spec);

/// Name of a network as the reference forms it, e.g. TCN_D_5_W_48_T_251_params_510K, but with the
/// true receptive field.
std::string shortName(const TwinSpec &spec);

/// Windows [ms] and batch sizes of the published recipe.
struct TwinWindows
{
    int trainMs;
    int validMs;
    int testMs;
    int trainBatch;
    int validBatch;
    int testBatch;
};
TwinWindows defaultWindows(Architecture architecture);

/// Initial logits of the ELM's memory time constants, which are log-spaced. Computed in double: the
/// reference's float32 leaves rounding noise or infinity at both ends.
std::vector<double> initialMemoryLogits(const ElmConfig &config);

struct TwinPreset
{
    std::string_view name; ///< as on the command line
    std::string_view title; ///< as in menus
    std::string_view description;
};

/// The named twins, in the order of menus.
const std::vector<TwinPreset> &twinPresets();

/// What people call the network: the preset's title, or else the short name.
std::string twinTitle(const TwinSpec &spec);

/// The twin of a preset for neurons of so many segments; NotFound names the presets there are.
Result<TwinSpec> presetTwin(std::string_view name, int segments = 8);

} // namespace dt
