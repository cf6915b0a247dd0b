// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/recording/Labels.h"
#include "engine/recording/RunHistory.h"
#include "engine/twin/TwinBatch.h"

#include <optional>
#include <vector>

namespace dt {

/// The run that is shown, and what is shown with it: what a twin says of it, older runs, a segment.
/// RunPlots fills it, and its panels draw it.
struct ShownRun
{
    int id = 0;
    int durationMs = 0;
    Neuron neuron;
    VoltageTrace trace; ///< the trace so far, without probes
    SomaLabels labels; ///< labels for the whole ms of the trace

    bool capped = false; ///< the soma is cut at its cap, as a twin gets to see it
    bool withTwin = false;
    TwinPrediction twin;
    int twinMs = 0; ///< how much of the run the twin has said

    std::vector<RunRecord> ghosts; ///< older runs and foreign traces, by slot
    bool minusGhosts = false; ///< differences to the ghosts are shown, too
    std::optional<int> selectedRow; ///< row of the segment that is drawn besides the standard ones

    /// How far a run and its twin had come.
    struct Reach
    {
        std::size_t samples = 0; ///< samples of the soma
        int ms = 0; ///< ms of the dendrites
        int twinMs = 0;
    };

    /// Empties it for a run of this neuron.
    void begin(int runId, const Neuron &ofNeuron, int ms);
    /// Takes what is new in a longer trace; its labels replace those that were there.
    void extend(const VoltageTrace &longer, const SomaLabels &itsLabels);
    /// Takes what is new of what a twin says, which is as long as the run and said up to reachedMs.
    void extendTwin(const TwinPrediction &said, int reachedMs);
    void clearTwin();

    [[nodiscard]] Reach reach() const { return {trace.somaFine.size(), trace.recordedMs, twinMs}; }
    [[nodiscard]] bool isOver() const { return trace.recordedMs >= durationMs; }
    [[nodiscard]] std::size_t sampleAt(double ms) const
    {
        return static_cast<std::size_t>(ms * static_cast<double>(trace.samplesPerMs));
    }
    /// Whether traces and labels have come to this time.
    [[nodiscard]] bool covers(double ms) const
    {
        return sampleAt(ms) < trace.somaFine.size()
            && static_cast<std::size_t>(ms) < labels.instRate.size();
    }
};

/// Voltage of one segment [mV] at every whole ms from fromMs on; empty where the trace has no such
/// segment.
std::vector<float> voltageOfRow(const VoltageTrace &trace, int row, int fromMs = 0);

} // namespace dt
