// SPDX-License-Identifier: GPL-3.0-or-later
// The two networks of causal convolutions: plain ones, and pairs of them beside a shortcut.
#include "engine/twin/NetworkKind.h"
#include "engine/twin/NetworkParts.h"
#include "engine/twin/TwinChecker.h"

#include <numeric>

namespace dt {

namespace {

constexpr const char *FirstKernelKey = "first_layer_temporal_kernel_size";
constexpr const char *WidthsKey = "num_features_per_block_list";
constexpr const char *KernelsKey = "temporal_kernel_size_per_block_list";
constexpr const char *DilationsKey = "temporal_dilation_per_block_list";

/// What both have in common. A block is a number of equal layers, or of equal mini-blocks.
template <typename Config>
class ConvolutionalKind : public KindOf<Config>
{
public:
    [[nodiscard]] TwinWindows windows() const override { return {2048, 4096, 8128, 16, 32, 32}; }

    [[nodiscard]] std::vector<NetworkField> fields(TwinNetworkConfig &config) const override
    {
        auto &c = std::get<Config>(config);
        const auto withoutDilation = [&c] {
            c.dilations.assign(c.kernels.size(), 1);
            return true;
        };
        return {{FirstKernelKey, &c.firstKernel, KernelRange},
                {m_countsKey, &(c.*m_counts), {1, MostLayers}},
                {WidthsKey, &c.widths, {1, MostWidth}},
                {KernelsKey, &c.kernels, KernelRange},
                {DilationsKey, &c.dilations, {1, 4096}, withoutDilation},
                {"nonlinearity_str", &c.activation},
                {"leaky_slope", &c.slope, SlopeRange, [&c] { return !hasSlope(c.activation); }},
                {"norm_type", NetworkField::Norm{&c.norm, AnyButNone}}};
    }

    void check(TwinChecker &check, const TwinSpec &spec) const override
    {
        const Config &c = this->configOf(spec);
        const std::vector<int> &counts = c.*m_counts;
        if (counts.empty())
            check.fail(m_countsKey,
                       std::string("The twin's ") + m_countsKey
                           + " is empty. Give at least one block.");
        check.ranges(m_countsKey, counts, {1, MostLayers});
        std::int64_t layers = 0;
        for (const int count : counts)
            layers += std::int64_t{m_convolutions} * count;
        if (layers > MostLayers)
            check.fail(m_countsKey,
                       std::string("The twin's ") + m_countsKey + " makes " + std::to_string(layers)
                           + " layers; at most " + std::to_string(MostLayers) + " are allowed.");
        check.range(FirstKernelKey, c.firstKernel, KernelRange);
        const auto sameLength = [&](const char *field, const std::vector<int> &values) {
            if (values.size() != counts.size())
                check.fail(field,
                           std::string("The twin's ") + field + " has "
                               + std::to_string(values.size()) + " entries, but there are "
                               + std::to_string(counts.size())
                               + " blocks. Give one entry a block.");
        };
        sameLength(WidthsKey, c.widths);
        sameLength(KernelsKey, c.kernels);
        sameLength(DilationsKey, c.dilations);
        // The first fault is the one that is told: lists that do not fit each other come before
        // what they hold.
        NetworkKind::check(check, spec);
    }

    [[nodiscard]] ParameterCount parameters(const TwinSpec &spec) const override
    {
        const Config &c = this->configOf(spec);
        std::int64_t total = convParameters(spec.inputLines(), c.widths[0], c.firstKernel)
            + normParameters(c.norm, c.widths[0]);
        eachUnit(c, [&](std::int64_t in, std::size_t b) { total += unitParameters(c, in, b); });
        return {total, total};
    }

    [[nodiscard]] int width(const TwinSpec &spec) const override
    {
        return this->configOf(spec).widths.back();
    }

    [[nodiscard]] std::int64_t receptiveFieldMs(const TwinSpec &spec) const override
    {
        const Config &c = this->configOf(spec);
        std::int64_t field = c.firstKernel;
        for (std::size_t b = 0; b < (c.*m_counts).size(); ++b)
            field += std::int64_t{m_convolutions} * (c.*m_counts)[b] * (c.kernels[b] - 1)
                * c.dilations[b];
        return field;
    }

    [[nodiscard]] std::string shortName(const TwinSpec &spec) const override
    {
        const Config &c = this->configOf(spec);
        // The mean over the first layer and one unit of every block, as the reference has it.
        const auto sumOf = [](const std::vector<int> &v) {
            return std::accumulate(v.begin(), v.end(), std::int64_t{0});
        };
        const auto blocks = static_cast<std::int64_t>(c.widths.size());
        const double width = static_cast<double>(c.widths[0] + m_convolutions * sumOf(c.widths))
            / static_cast<double>(1 + m_convolutions * blocks);
        return std::string(m_shortName) + "_D_"
            + std::to_string(1 + m_convolutions * sumOf(c.*m_counts)) + "_W_" + wholeNumber(width)
            + "_T_" + std::to_string(receptiveFieldMs(spec));
    }

    [[nodiscard]] Result<FirstConvolution> firstConvolution(const TwinSpec &spec) const override
    {
        const Config &c = this->configOf(spec);
        return FirstConvolution{c.widths[0], c.firstKernel};
    }

    [[nodiscard]] NetworkArrays arrays(const TwinSpec &spec, std::int64_t ms) const override
    {
        const Config &c = this->configOf(spec);
        NetworkArrays arrays;
        ConvolutionArrays convolutions(arrays, c.norm, ms);
        convolutions.add(spec.inputLines(), c.widths[0], c.firstKernel, 1, true);
        eachUnit(c, [&](std::int64_t in, std::size_t b) { addUnit(c, in, b, convolutions); });
        convolutions.keep(c.widths.back()); // as the heads read it
        return arrays;
    }

    [[nodiscard]] SettingTexts settings(const TwinSpec &spec) const override
    {
        const Config &c = this->configOf(spec);
        return {{"First kernel [ms]", settingText(c.firstKernel)},
                {m_countsLabel, settingText(c.*m_counts)},
                {"Width [channels]", settingText(c.widths)},
                {"Kernel [ms]", settingText(c.kernels)},
                {"Dilation [ms]", settingText(c.dilations)},
                {"Norm", settingText(c.norm)},
                {"Non-linearity", settingText(c.activation, c.slope)}};
    }

protected:
    ConvolutionalKind(std::vector<int> Config::*counts, const char *countsKey,
                      const char *countsLabel, int convolutions, const char *shortName) :
        m_counts(counts),
        m_countsKey(countsKey), m_countsLabel(countsLabel), m_convolutions(convolutions),
        m_shortName(shortName)
    {
    }

    /// Of one layer or mini-block of block b.
    [[nodiscard]] virtual std::int64_t unitParameters(const Config &c, std::int64_t in,
                                                      std::size_t b) const = 0;
    virtual void addUnit(const Config &c, std::int64_t in, std::size_t b,
                         ConvolutionArrays &arrays) const = 0;

private:
    /// Calls visit(channels of its input, block) for every layer or mini-block.
    template <typename Visit>
    void eachUnit(const Config &c, Visit visit) const
    {
        std::int64_t in = c.widths[0];
        for (std::size_t b = 0; b < (c.*m_counts).size(); ++b) {
            for (int i = 0; i < (c.*m_counts)[b]; ++i) {
                visit(in, b);
                in = c.widths[b];
            }
        }
    }

    std::vector<int> Config::*m_counts; ///< layers or mini-blocks of every block
    const char *m_countsKey;
    const char *m_countsLabel;
    int m_convolutions; ///< one after another in a layer or mini-block
    const char *m_shortName;
};

class TcnKind : public ConvolutionalKind<TcnConfig>
{
public:
    TcnKind() :
        ConvolutionalKind(&TcnConfig::layers, "num_layers_per_block_list", "Layers", 1, "TCN")
    {
    }

    [[nodiscard]] std::string_view name() const override { return "TCN"; }

    [[nodiscard]] double usualSpeed() const override { return 250.0; }

    /// A to E: the course assignment's networks.
    [[nodiscard]] std::vector<NetworkPreset> presets() const override
    {
        return {
            {{"tcn-a", "TCN A", "One layer of 8 channels after the first: small, sees 181 ms."},
             sized(1, 8, 91)},
            {{"tcn-b", "TCN B", "Two layers of 16 channels: sees 181 ms."}, sized(2, 16, 61)},
            {{"tcn-c", "TCN C", "Four layers of 32 channels: the published network, sees 201 ms."},
             sized(4, 32, 41)},
            {{"tcn-d", "TCN D", "Seven layers of 64 channels: large, sees 241 ms."},
             sized(7, 64, 31)},
            {{"tcn-e", "TCN E", "Seven layers of 64 channels with short kernels: sees only 81 ms."},
             sized(7, 64, 11)},
            {{"tcn", "TCN", "A temporal convolutional network; the same as TCN C."},
             sized(4, 32, 41)},
            {{"tcn-large", "Large TCN", "Four layers of 48 channels: sees 251 ms."},
             sized(4, 48, 51)}};
    }

    [[nodiscard]] std::vector<NetworkSize> sizes(TwinNetworkConfig &config) const override
    {
        auto &c = std::get<TcnConfig>(config);
        return {{"tcnLayers", "Layers", "", {1, 32}, &c.layers[0]},
                {"tcnWidth", "Channels", "", {1, 512}, &c.widths[0]},
                // As in the assignment: the first layer's is the same.
                {"tcnKernel", "Kernel", "ms", {1, 500}, &c.kernels[0], [&c] {
                     c.firstKernel = c.kernels[0];
                 }}};
    }

protected:
    [[nodiscard]] std::int64_t unitParameters(const TcnConfig &c, std::int64_t in,
                                              std::size_t b) const override
    {
        return convParameters(in, c.widths[b], c.kernels[b]) + normParameters(c.norm, c.widths[b]);
    }

    void addUnit(const TcnConfig &c, std::int64_t in, std::size_t b,
                 ConvolutionArrays &arrays) const override
    {
        arrays.add(in, c.widths[b], c.kernels[b], c.dilations[b]);
    }

private:
    /// One block of equal layers; the first layer has the same kernel.
    static TcnConfig sized(int layers, int width, int kernel)
    {
        TcnConfig config;
        config.firstKernel = kernel;
        config.layers = {layers};
        config.widths = {width};
        config.kernels = {kernel};
        return config;
    }
};

class ResNetTcnKind : public ConvolutionalKind<ResNetTcnConfig>
{
public:
    ResNetTcnKind() :
        ConvolutionalKind(&ResNetTcnConfig::miniBlocks, "num_miniblocks_per_block_list",
                          "Mini-blocks", 2, "TCN_ResNet")
    {
    }

    [[nodiscard]] std::string_view name() const override { return "ResNetTCN"; }

    [[nodiscard]] double usualSpeed() const override { return 190.0; }

    [[nodiscard]] std::vector<NetworkPreset> presets() const override
    {
        return {{{"resnet-tcn", "Residual TCN",
                  "30 short convolutions in 15 mini-blocks with shortcuts: sees 249 ms."},
                 ResNetTcnConfig{}}};
    }

    [[nodiscard]] std::vector<NetworkSize> sizes(TwinNetworkConfig &config) const override
    {
        auto &c = std::get<ResNetTcnConfig>(config);
        return {{"resnetBlocks", "Mini-blocks", "", {1, 64}, &c.miniBlocks[0]},
                {"resnetWidth", "Channels", "", {1, 512}, &c.widths[0]},
                {"resnetKernel", "Kernel", "ms", {1, 200}, &c.kernels[0]}};
    }

protected:
    [[nodiscard]] std::int64_t unitParameters(const ResNetTcnConfig &c, std::int64_t in,
                                              std::size_t b) const override
    {
        const int out = c.widths[b];
        return convParameters(in, out, c.kernels[b]) + convParameters(out, out, c.kernels[b])
            + convParameters(in, out, 1) + 2 * normParameters(c.norm, out);
    }

    void addUnit(const ResNetTcnConfig &c, std::int64_t in, std::size_t b,
                 ConvolutionArrays &arrays) const override
    {
        const int out = c.widths[b];
        // The shortcut's input, which both it and the first convolution read.
        arrays.keep(in);
        arrays.add(in, out, c.kernels[b], c.dilations[b], true);
        arrays.add(out, out, c.kernels[b], c.dilations[b], false, in);
    }
};

} // namespace

template <>
const NetworkKind &networkKind<TcnConfig>()
{
    static const TcnKind Kind;
    return Kind;
}

template <>
const NetworkKind &networkKind<ResNetTcnConfig>()
{
    static const ResNetTcnKind Kind;
    return Kind;
}

} // namespace dt
