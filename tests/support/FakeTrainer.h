// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Random.h"
#include "engine/ml/MlApi.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <iterator>
#include <vector>

namespace dt::test {

/// A trainer without a network. Its weight is a digest of all that it was ever given, so that two
/// trainers with the same weight have been trained alike; its losses follow from the weight.
class FakeTrainer : public TwinTrainer
{
public:
    struct Call
    {
        bool step = false; ///< else of a validation
        TwinBatch batch;
        HeadValues lossWeights{};
        double learningRate = 0.0;
        std::uint64_t number = 0;
        LossValues losses;
        std::uint64_t weight = 0; ///< before
    };

    Result<TrainingStep> step(const TwinBatch &batch, const HeadValues &lossWeights,
                              double learningRate, std::uint64_t number) override
    {
        Call call{true, batch, lossWeights, learningRate, number, {}, m_weight};
        TrainingStep step;
        for (const float value : batch.inputs.values)
            digest(std::bit_cast<std::uint32_t>(value));
        for (const auto *row : {&batch.truth.spikes, &batch.truth.soma, &batch.truth.nearSpikes,
                                &batch.truth.rate, &batch.truth.dend}) {
            for (const float value : *row)
                digest(std::bit_cast<std::uint32_t>(value));
        }
        for (const double value : lossWeights)
            digest(std::bit_cast<std::uint64_t>(value));
        digest(std::bit_cast<std::uint64_t>(learningRate));
        digest(number);
        step.losses = losses(lossWeights, 0);
        step.gradNorm = share(99);
        step.applied = true;
        if (onStep) {
            if (const Status status = onStep(number, step); !status)
                return status.error();
        }
        call.losses = step.losses;
        calls.push_back(std::move(call));
        return step;
    }

    Result<LossValues> validate(const TwinBatch &batch, const HeadValues &lossWeights) override
    {
        // The same weights say something else of other windows.
        const auto where = static_cast<std::uint64_t>(std::llround(batch.truth.soma[0] * 1e6f));
        LossValues values = losses(lossWeights, where + 1);
        if (onValidate)
            onValidate(values);
        calls.push_back({false, batch, lossWeights, 0.0, 0, values, m_weight});
        return values;
    }

    Result<TwinPrediction> predict(const TwinInputs &inputs) override
    {
        const std::size_t points = inputs.points();
        const auto said = static_cast<float>(share(7));
        return TwinPrediction{
            inputs.windows,
            inputs.lengthMs,
            inputs.segments,
            std::vector<float>(points, said),
            std::vector<float>(points, said),
            std::vector<float>(points, -70.0f),
            std::vector<float>(points, 0.01f),
            std::vector<float>(points * static_cast<std::size_t>(inputs.segments), -65.0f)};
    }

    [[nodiscard]] std::vector<NamedTensor> weights() const override
    {
        return {{"w", {}, std::vector<std::int64_t>{static_cast<std::int64_t>(m_weight)}}};
    }
    [[nodiscard]] std::vector<NamedTensor> optimiser() const override { return {}; }
    Status restore(const std::vector<NamedTensor> &weights,
                   const std::vector<NamedTensor> &) override
    {
        m_weight = static_cast<std::uint64_t>(weights[0].integers()->front());
        return Done{};
    }

    [[nodiscard]] std::vector<Call> steps() const
    {
        std::vector<Call> list;
        std::copy_if(calls.begin(), calls.end(), std::back_inserter(list),
                     [](const Call &call) { return call.step; });
        return list;
    }

    std::vector<Call> calls;
    std::function<Status(std::uint64_t, TrainingStep &)> onStep; ///< may change what is said
    std::function<void(LossValues &)> onValidate;

private:
    void digest(std::uint64_t value)
    {
        m_weight = (m_weight ^ value) * 0x100000001b3ULL + (m_weight >> 29);
    }
    /// 0..1
    [[nodiscard]] double share(std::uint64_t what) const
    {
        return RandomStream({m_weight, what}).uniform();
    }
    [[nodiscard]] LossValues losses(const HeadValues &lossWeights, std::uint64_t what) const
    {
        LossValues values;
        for (std::size_t h = 0; h < HeadCount; ++h) {
            values.heads[h] = share(1000 * what + h);
            values.total += lossWeights[h] * values.heads[h];
        }
        return values;
    }

    std::uint64_t m_weight = 1;
};

} // namespace dt::test
