// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/TwinWindows.h"

namespace dt {

namespace {

template <typename Map>
void apply(std::vector<float> &values, Map map)
{
    for (float &value : values)
        value = map(value);
}

} // namespace

void fillInputs(const DatasetStore &data, Split split, const std::vector<WindowPlace> &places,
                int lengthMs, const Scaling &scaling, TwinInputs &inputs)
{
    inputs.resize(static_cast<int>(places.size()), data.segments(), lengthMs);
    const std::size_t size = 2 * static_cast<std::size_t>(data.segments() * lengthMs);
    for (std::size_t b = 0; b < places.size(); ++b) {
        WindowBuffers buffers;
        buffers.inputs = inputs.values.data() + b * size;
        data.window(split, places[b].simulation, places[b].startMs, lengthMs, buffers);
    }
    apply(inputs.values, [&](float weight) { return scaling.input(weight); });
}

void fillBatch(const DatasetStore &data, Split split, const std::vector<WindowPlace> &places,
               int lengthMs, const Scaling &scaling, TwinBatch &batch)
{
    TwinInputs &inputs = batch.inputs;
    inputs.resize(static_cast<int>(places.size()), data.segments(), lengthMs);
    const auto length = static_cast<std::size_t>(lengthMs);
    const std::size_t lines = static_cast<std::size_t>(data.segments()) * length;
    TwinTruth &truth = batch.truth;
    for (auto *row : {&truth.spikes, &truth.soma, &truth.nearSpikes, &truth.rate})
        row->resize(places.size() * length);
    truth.dend.resize(places.size() * lines);
    for (std::size_t b = 0; b < places.size(); ++b) {
        WindowBuffers buffers;
        buffers.inputs = inputs.values.data() + b * 2 * lines;
        buffers.spikes = truth.spikes.data() + b * length;
        buffers.nearSpikes = truth.nearSpikes.data() + b * length;
        buffers.somaV = truth.soma.data() + b * length;
        buffers.instRate = truth.rate.data() + b * length;
        buffers.dendV = truth.dend.data() + b * lines;
        data.window(split, places[b].simulation, places[b].startMs, lengthMs, buffers);
    }
    apply(inputs.values, [&](float weight) { return scaling.input(weight); });
    apply(truth.soma, [&](float mV) { return scaling.somaTarget(mV); });
    apply(truth.rate, [&](float rate) { return scaling.rateTarget(rate); });
    apply(truth.dend, [&](float mV) { return scaling.dendTarget(mV); });
}

} // namespace dt
