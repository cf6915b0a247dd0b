// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/TwinSpec.h"

#include <algorithm>

namespace dt {

namespace {

struct Row
{
    TwinPreset preset;
    TwinNetworkConfig network;
};

/// One block of equal layers; the first layer has the same kernel.
TcnConfig tcn(int layers, int width, int kernel)
{
    TcnConfig config;
    config.firstKernel = kernel;
    config.layers = {layers};
    config.widths = {width};
    config.kernels = {kernel};
    return config;
}

/// A to E: the course assignment's networks.
const std::vector<Row> &rows()
{
    static const std::vector<Row> Rows{
        {{"tcn-a", "TCN A", "One layer of 8 channels after the first: small, sees 181 ms."},
         tcn(1, 8, 91)},
        {{"tcn-b", "TCN B", "Two layers of 16 channels: sees 181 ms."}, tcn(2, 16, 61)},
        {{"tcn-c", "TCN C", "Four layers of 32 channels: the published network, sees 201 ms."},
         tcn(4, 32, 41)},
        {{"tcn-d", "TCN D", "Seven layers of 64 channels: large, sees 241 ms."}, tcn(7, 64, 31)},
        {{"tcn-e", "TCN E", "Seven layers of 64 channels with short kernels: sees only 81 ms."},
         tcn(7, 64, 11)},
        {{"tcn", "TCN", "A temporal convolutional network; the same as TCN C."}, tcn(4, 32, 41)},
        {{"tcn-large", "Large TCN", "Four layers of 48 channels: sees 251 ms."}, tcn(4, 48, 51)},
        {{"resnet-tcn", "Residual TCN",
          "30 short convolutions in 15 mini-blocks with shortcuts: sees 249 ms."},
         ResNetTcnConfig{}},
        {{"elm", "ELM Neuron",
          "Expressive leaky memory: 64 leaky units updated by a small network every ms."},
         ElmConfig{}},
        {{"transformer", "Transformer",
          "Five blocks of attention over the last 48 ms each: sees 236 ms."},
         TransformerConfig{}},
    };
    return Rows;
}

} // namespace

const std::vector<TwinPreset> &twinPresets()
{
    static const std::vector<TwinPreset> Presets = [] {
        std::vector<TwinPreset> presets;
        for (const Row &row : rows())
            presets.push_back(row.preset);
        return presets;
    }();
    return Presets;
}

std::string twinTitle(const TwinSpec &spec)
{
    for (const Row &row : rows()) {
        if (row.network == spec.network)
            return std::string(row.preset.title);
    }
    return shortName(spec);
}

Result<TwinSpec> presetTwin(std::string_view name, int segments)
{
    const auto row = std::find_if(rows().begin(), rows().end(),
                                  [&](const Row &r) { return r.preset.name == name; });
    if (row == rows().end()) {
        std::string names;
        for (const Row &r : rows())
            names += (names.empty() ? "" : ", ") + std::string(r.preset.name);
        return Error{ErrorCode::NotFound,
                     "There is no twin preset named '" + std::string(name) + "'. There are " + names
                         + ".",
                     std::string(name)};
    }
    TwinSpec spec;
    spec.segments = segments;
    spec.dendHeads = segments;
    spec.network = row->network;
    if (const Status valid = validateTwin(spec); !valid)
        return valid.error();
    return spec;
}

} // namespace dt
