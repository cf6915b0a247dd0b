// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Presets.h"
#include "engine/jobs/MlLoader.h"
#include "engine/jobs/StoredTwin.h"
#include "engine/json/TwinJson.h"
#include "tests/support/SmallTwins.h"

#include <QString>

#include <optional>

namespace dt::test {

/// A small network of an architecture with the weights of a seed, as predicting from: untrained,
/// but as real as any.
inline StoredTwin smallTwin(const QByteArray &architecture, int segments,
                            const std::optional<Neuron> &neuron = {}, std::uint64_t seed = 1)
{
    StoredTwin twin;
    twin.spec = twinFromText(smallSpec(architecture, segments).toStdString(), "test").value();
    TrainingSettings settings;
    settings.seed = seed;
    const Result<MlModule *> ml = loadMlModule();
    if (!ml)
        qFatal("%s", ml.error().message.c_str());
    const auto trainer = (*ml)->trainer(twin.spec, settings, {Compute::Device::Cpu, 1});
    if (!trainer)
        qFatal("%s", trainer.error().message.c_str());
    twin.contents.complete = true;
    twin.contents.neuron = neuron;
    twin.contents.weights = (*trainer)->weights();
    // Near what neurons do, so that it is seen on their axes: -76 mV, 5 Hz, -64 mV.
    for (NamedTensor &tensor : twin.contents.weights) {
        for (const auto &[head, value] :
             {std::pair{"soma", 0.8F}, std::pair{"inst_rate", 0.05F}, std::pair{"dend_v", 0.5F}}) {
            if (tensor.name
                == std::string("backbone_and_heads.") + head + "_head.temporal_conv.bias")
                for (float &v : std::get<std::vector<float>>(tensor.values))
                    v = value;
        }
    }
    return twin;
}

inline void writeSmallTwin(const QString &path, const QByteArray &architecture, int segments,
                           const std::optional<Neuron> &neuron = {}, std::uint64_t seed = 1)
{
    StoredTwin twin = smallTwin(architecture, segments, neuron, seed);
    if (const Status stored = storeTwin(path.toStdString(), twin, true); !stored)
        qFatal("%s", stored.error().message.c_str());
}

} // namespace dt::test
