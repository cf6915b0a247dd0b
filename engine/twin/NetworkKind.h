// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/twin/NetworkField.h"
#include "engine/twin/TwinSpec.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace dt {

class TwinChecker;

struct NetworkPreset
{
    TwinPreset preset;
    TwinNetworkConfig network;
};

/// The causal convolution over all segments with which a network begins.
struct FirstConvolution
{
    int units = 0;
    int kernelMs = 0;
};

/// Names of settings and their values, as tables show them.
using SettingTexts = std::vector<std::pair<std::string, std::string>>;

/// How many numbers a network holds for one window; what its heads say and the input are not
/// counted.
struct NetworkArrays
{
    std::int64_t kept = 0; ///< needed again by the backward pass; includes what the heads read
    std::int64_t passing = 0; ///< gradients on their way back
    std::int64_t atOnce = 0; ///< the most that exist side by side in one layer, in prediction
    int lanes = 1; ///< the batch is filled up to a multiple of this number of windows

    void layer(std::int64_t held) { atOnce = std::max(atOnce, held); }
};

/// Everything that the program knows of one kind of network, except its mathematics, which is in
/// engine/ml. Each kind is implemented in a file of engine/twin/kinds. Kinds hold no state: any
/// thread may call them. A spec or config that is passed in must be of the same kind.
class NetworkKind
{
public:
    virtual ~NetworkKind() = default;

    [[nodiscard]] Architecture architecture() const
    {
        return static_cast<Architecture>(standard().index());
    }
    /// The name in files and tables, e.g. "TCN".
    [[nodiscard]] virtual std::string_view name() const = 0;
    /// The config with its defaults.
    [[nodiscard]] virtual TwinNetworkConfig standard() const = 0;
    /// The named networks, in the order of menus.
    [[nodiscard]] virtual std::vector<NetworkPreset> presets() const = 0;
    [[nodiscard]] virtual TwinWindows windows() const = 0;
    /// Billions of operations a second that two cores train it with, until this computer's speed is
    /// known.
    [[nodiscard]] virtual double usualSpeed() const = 0;
    /// All settings, in the order of spec files.
    [[nodiscard]] virtual std::vector<NetworkField> fields(TwinNetworkConfig &config) const = 0;
    /// The few sizes that forms offer, in their order.
    [[nodiscard]] virtual std::vector<NetworkSize> sizes(TwinNetworkConfig &config) const = 0;
    /// Checks the range of every field. Kinds whose fields must fit each other check that, too.
    virtual void check(TwinChecker &check, const TwinSpec &spec) const;

    // All functions below are for valid specs.

    /// Parameters of the network without its heads.
    [[nodiscard]] virtual ParameterCount parameters(const TwinSpec &spec) const = 0;
    /// Number of channels that the heads read.
    [[nodiscard]] virtual int width(const TwinSpec &spec) const = 0;
    /// How many ms of input an output depends on; 0: on all of the past. It may be more than an int
    /// holds: validateTwin() then refuses the spec.
    [[nodiscard]] virtual std::int64_t receptiveFieldMs(const TwinSpec &spec) const = 0;
    /// The longest memory that is worth measuring. A kind without a receptive field must say it.
    [[nodiscard]] virtual int longestMemoryMs(const TwinSpec &spec) const;
    /// The silence after which the network is at rest. A kind without a receptive field must say
    /// it.
    [[nodiscard]] virtual int settledMs(const TwinSpec &spec) const;
    /// What shortName() begins with.
    [[nodiscard]] virtual std::string shortName(const TwinSpec &spec) const = 0;
    /// NotFound, with a sentence that says why, when the network does not begin with one.
    [[nodiscard]] virtual Result<FirstConvolution> firstConvolution(const TwinSpec &spec) const = 0;
    [[nodiscard]] virtual NetworkArrays arrays(const TwinSpec &spec, std::int64_t ms) const = 0;
    /// What twins are compared by.
    [[nodiscard]] virtual SettingTexts settings(const TwinSpec &spec) const = 0;
};

/// The base of the kind whose networks are described by a Config.
template <typename Config>
class KindOf : public NetworkKind
{
public:
    [[nodiscard]] TwinNetworkConfig standard() const final { return Config{}; }

protected:
    static const Config &configOf(const TwinSpec &spec) { return std::get<Config>(spec.network); }
};

/// The kind that a config belongs to. The file of each kind specialises this template, which has no
/// general definition: a kind that lacks it fails to link.
template <typename Config>
const NetworkKind &networkKind();

/// All kinds, by architecture.
using NetworkKinds = std::array<const NetworkKind *, std::variant_size_v<TwinNetworkConfig>>;
const NetworkKinds &networkKinds();

const NetworkKind &kindOf(Architecture architecture);
const NetworkKind &kindOf(const TwinSpec &spec);

/// The names of all kinds as a sentence lists them: "TCN, ResNetTCN, ELM or Transformer".
std::string networkNames();

} // namespace dt
