// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fast/FastSimulator.h"

#include "engine/cell/Validation.h"
#include "engine/fast/ClampSchedule.h"

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

Status validate(const FastBatch &batch)
{
    if (batch.inputs.empty())
        return Error{ErrorCode::InvalidValue, "There is no input to simulate.", "input"};
    if (Status valid = validateNeuron(batch.neuron); !valid)
        return valid;
    for (std::size_t i = 0; i < batch.inputs.size(); ++i) {
        if (Status valid = validateInput(batch.inputs[i], batch.neuron); !valid)
            return valid;
        if (batch.inputs[i].durationMs != batch.inputs.front().durationMs)
            return Error{ErrorCode::InvalidValue, "The inputs of a batch differ in duration.",
                         "input"};
        static const std::vector<Electrode> None;
        const std::vector<Electrode> &electrodes =
            i < batch.electrodes.size() ? batch.electrodes[i] : None;
        if (Status valid = validateElectrodes(electrodes, batch.neuron); !valid)
            return valid;
        if (i >= batch.probes.size())
            continue;
        if (Status valid = validateProbes(batch.probes[i], electrodes, batch.neuron); !valid)
            return valid;
    }
    return Done{};
}

/// As many simulations as there are lanes, from their start to their end.
class Group
{
public:
    Group(const FastBatch &batch, const FastPlan &plan, std::size_t first, std::size_t count,
          int lanes) :
        m_batch(batch),
        m_plan(plan), m_first(first), m_count(count), m_state(plan, lanes),
        m_clamps(plan, batch.neuron, slice(batch.electrodes), m_state),
        m_fine(static_cast<std::size_t>(plan.samplesPerMs), lanes), m_traces(count),
        m_cursor(count, 0)
    {
        fastInitialise(plan, m_state);
        m_clamps.setStep(0.0, m_state);
        const int durationMs = batch.inputs.front().durationMs;
        for (std::size_t c = 0; c < count; ++c) {
            VoltageTrace &trace = m_traces[c];
            trace.segments = static_cast<int>(plan.nodeOfRow.size());
            trace.samplesPerMs = plan.samplesPerMs;
            const auto samples =
                static_cast<std::size_t>(durationMs) * static_cast<std::size_t>(plan.samplesPerMs)
                + 1;
            trace.somaFine.reserve(samples);
            trace.dendV.reserve(static_cast<std::size_t>(durationMs) * plan.nodeOfRow.size());
            if (first + c < batch.probes.size()) {
                trace.probes.resize(batch.probes[first + c].size());
                for (std::vector<float> &probe : trace.probes)
                    probe.reserve(samples);
            }
        }
    }

    void advanceMs(int ms)
    {
        deliver(ms);
        for (std::size_t c = 0; c < m_count; ++c) {
            for (const int node : m_plan.nodeOfRow)
                m_traces[c].dendV.push_back(voltage(node, c));
            ++m_traces[c].recordedMs;
        }
        for (int step = 0; step < m_plan.samplesPerMs; ++step) {
            std::copy_n(m_state.v.row(0), m_state.lanes,
                        m_fine.row(static_cast<std::size_t>(step)));
            sampleProbes();
            m_ms += m_plan.stepMs / 2.0; // as NEURON adds up its time
            if (!m_state.clampNode.empty())
                m_clamps.setStep(m_ms, m_state);
            fastStep(m_plan, m_state, step);
            m_ms += m_plan.stepMs / 2.0;
        }
        fastEndMs(m_plan, m_state);
        for (std::size_t c = 0; c < m_count; ++c) {
            const auto perMs = static_cast<std::size_t>(m_plan.samplesPerMs);
            std::vector<float> &fine = m_traces[c].somaFine;
            const std::size_t begin = fine.size();
            fine.resize(begin + perMs); // room is reserved
            for (std::size_t step = 0; step < perMs; ++step)
                fine[begin + step] = static_cast<float>(m_fine.row(step)[c]);
        }
    }

    /// The closing sample, at the end time.
    void finish()
    {
        for (std::size_t c = 0; c < m_count; ++c)
            m_traces[c].somaFine.push_back(voltage(0, c));
        sampleProbes();
    }

    [[nodiscard]] bool isFinite() const
    {
        return std::all_of(m_state.v.row(0), m_state.v.row(0) + m_count,
                           [](double v) { return std::isfinite(v); });
    }

    std::vector<VoltageTrace> takeTraces() { return std::move(m_traces); }

private:
    [[nodiscard]] std::vector<std::vector<Electrode>>
    slice(const std::vector<std::vector<Electrode>> &all) const
    {
        std::vector<std::vector<Electrode>> mine;
        for (std::size_t i = m_first; i < std::min(all.size(), m_first + m_count); ++i)
            mine.push_back(all[i]);
        return mine;
    }

    [[nodiscard]] float voltage(int node, std::size_t lane) const
    {
        return static_cast<float>(m_state.v.row(static_cast<std::size_t>(node))[lane]);
    }

    /// Events come sorted by time; a cursor for each lane walks along.
    void deliver(int ms)
    {
        for (std::size_t c = 0; c < m_count; ++c) {
            const std::vector<InputEvent> &events = m_batch.inputs[m_first + c].events;
            for (; m_cursor[c] < events.size() && events[m_cursor[c]].timeMs == ms; ++m_cursor[c]) {
                const InputEvent &event = events[m_cursor[c]];
                const auto &groups =
                    event.polarity == Polarity::Excitatory ? m_plan.excitatory : m_plan.inhibitory;
                for (const int g : groups[static_cast<std::size_t>(event.row)])
                    open(static_cast<std::size_t>(g), static_cast<int>(c), event.weight);
            }
        }
    }

    void open(std::size_t g, int lane, double weight)
    {
        const FastPlan::Group &group = m_plan.groups[g];
        const FastPlan::Kind &kind = m_plan.kinds[static_cast<std::size_t>(group.kind)];
        const double first = weight * group.factor * kind.firstUs;
        m_state.synapses.at(4 * g, lane) += first;
        m_state.synapses.at(4 * g + 1, lane) += first;
        if (kind.nmda) {
            const double nmda = weight * group.factor * kind.nmdaUs;
            m_state.synapses.at(4 * g + 2, lane) += nmda;
            m_state.synapses.at(4 * g + 3, lane) += nmda;
        }
    }

    void sampleProbes()
    {
        for (std::size_t c = 0; c < m_count; ++c) {
            VoltageTrace &trace = m_traces[c];
            for (std::size_t p = 0; p < trace.probes.size(); ++p) {
                const Probe &probe = m_batch.probes[m_first + c][p];
                trace.probes[p].push_back(
                    probe.what == Probe::What::Voltage
                        ? voltage(m_plan.nodeAt(m_batch.neuron, probe.dendrite, probe.x), c)
                        : static_cast<float>(m_clamps.currentNa(
                            c, static_cast<std::size_t>(probe.electrode), m_state)));
            }
        }
    }

    const FastBatch &m_batch;
    const FastPlan &m_plan;
    std::size_t m_first;
    std::size_t m_count;
    FastState m_state;
    ClampSchedule m_clamps;
    LaneArray m_fine; ///< the soma's samples of one ms, a row for each step
    std::vector<VoltageTrace> m_traces;
    std::vector<std::size_t> m_cursor;
    double m_ms = 0.0;
};

} // namespace

Result<std::vector<VoltageTrace>> fastSimulate(const FastBatch &batch,
                                               const std::atomic<bool> &cancelled,
                                               const std::function<void(int ms)> &reached)
{
    if (Status valid = validate(batch); !valid)
        return valid.error();
    const FastPlan plan = fastPlan(batch.neuron);
    const int durationMs = batch.inputs.front().durationMs;
    const auto vector = static_cast<std::size_t>(fastVectorLanes());
    std::vector<VoltageTrace> traces;
    for (std::size_t first = 0; first < batch.inputs.size();) {
        const std::size_t count =
            std::min(batch.inputs.size() - first, static_cast<std::size_t>(FastLanes));
        const std::size_t lanes = (count + vector - 1) / vector * vector;
        Group group(batch, plan, first, count, static_cast<int>(lanes));
        for (int ms = 0; ms < durationMs && !cancelled; ++ms) {
            group.advanceMs(ms);
            if (reached)
                reached(ms + 1);
        }
        if (!cancelled)
            group.finish();
        if (!group.isFinite())
            return Error{ErrorCode::Engine,
                         "The voltage left the range of numbers. Use smaller weights or currents.",
                         "engine"};
        for (VoltageTrace &trace : group.takeTraces())
            traces.push_back(std::move(trace));
        first += count;
    }
    return traces;
}

} // namespace dt
