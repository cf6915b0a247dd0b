// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/explore/Experiment.h"

#include <QtGlobal>

#include <functional>
#include <optional>
#include <vector>

namespace dt::test {

/// Experiments without a simulator: plans, and answers that somebody made up.

inline ExperimentPlan planned(const std::string &id, const ExperimentValues &values,
                              const Neuron &neuron)
{
    const Result<ExperimentPlan> plan = planExperiment(id, values, neuron);
    if (!plan)
        qFatal("%s", plan.error().message.c_str());
    return *plan;
}

/// A trace: the soma and every probe rise by `mv` for 10 ms at the event.
inline VoltageTrace madeUp(const ExperimentPlan &plan, std::size_t i, float mv)
{
    const Trial &trial = plan.trials[i];
    VoltageTrace trace;
    trace.segments = trial.input.segments;
    trace.recordedMs = trial.input.durationMs;
    const double event = trial.voltages.empty() ? 0.0 : trial.voltages.front().window.eventMs;
    for (int k = 0; k <= trial.input.durationMs * 40; ++k) {
        const double ms = k / 40.0 - event;
        // What a current did stays, what an event did goes.
        const bool moved = trial.electrodes.empty() ? ms > 5.0 && ms < 15.0 : ms > 5.0;
        trace.somaFine.push_back(-80.0F + (moved ? mv : 0.0F));
    }
    trace.probes.assign(trial.probes.size(), trace.somaFine);
    for (int ms = 0; ms < trial.input.durationMs; ++ms) {
        for (int row = 0; row < trace.segments; ++row)
            trace.dendV.push_back(trace.somaFine[static_cast<std::size_t>(ms) * 40]);
    }
    return trace;
}

/// A response of this size.
inline PotentialMeasures epsp(double mv)
{
    PotentialMeasures m;
    m.baseMv = -80.0;
    m.peakMv = -80.0 + mv;
    m.amplitudeMv = mv;
    m.timeToPeakMs = 5.0;
    m.aboveMs = 0.0;
    return m;
}

/// A response with a spike on it.
inline PotentialMeasures spike()
{
    PotentialMeasures m = epsp(130.0);
    m.spikes = 1;
    m.spikeMs = {5.0};
    return m;
}

/// What trial i measures of its voltage k.
using Answer = std::function<PotentialMeasures(const Trial &trial, std::size_t k)>;

inline std::vector<std::optional<TrialResult>> answered(const ExperimentPlan &plan,
                                                        const Answer &answer)
{
    std::vector<std::optional<TrialResult>> all;
    for (const Trial &trial : plan.trials) {
        TrialResult result;
        for (std::size_t k = 0; k < trial.voltages.size(); ++k) {
            result.voltages.push_back(answer(trial, k));
            const auto mv = static_cast<float>(result.voltages.back().amplitudeMv);
            result.traces.push_back({trial.name, 0.0, 1.0, {-80.0F, -80.0F + mv, -80.0F}});
        }
        all.emplace_back(std::move(result));
    }
    return all;
}

} // namespace dt::test
