// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/input/Electrode.h"
#include "engine/input/SpikeInput.h"

#include <cstdint>
#include <vector>

namespace dt {

/// Random rain: every cell of the input matrix gets weight U(0, maxWeight) with probability
/// 1 - sparsity, separately for excitation and inhibition.
struct Rain
{
    bool on = true;
    std::uint64_t seed = 1;
    double excMaxWeight = 6.0;
    double excSparsity = 0.998;
    double inhMaxWeight = 5.0;
    double inhSparsity = 0.999;
    bool operator==(const Rain &) const = default;
};

/// Axons that the segments share. Each fires at random, at most once a ms; every segment hears all
/// of them, each with a weight of its own, multiplier x U(0, 1)^power: few strong contacts and many
/// weak ones. What arrives in a ms is the sum over the axons that fire, so segments are driven
/// together, unlike by rain. Source: training specification, section 21.
struct Axons
{
    bool on = false;
    std::uint64_t seed = 1;
    int count = 64; ///< number of excitatory axons, and of inhibitory ones
    double excRateHz = 10.0;
    double inhRateHz = 2.0;
    double power = 5.0;
    double multiplier = 3.0;
    bool operator==(const Axons &) const = default;
};

/// The random input that a data set of the neuron is made of: its first training candidate of this
/// seed (docs/DATASETS.md).
struct TrainingInput
{
    bool on = false;
    std::uint64_t seed = 1;
    bool operator==(const TrainingInput &) const = default;
};

/// What a student gives the neuron: painted events plus rain plus axons plus input like training
/// data plus electrodes, for a time.
struct Stimulus
{
    int durationMs = 1024;
    std::vector<InputEvent> painted; ///< in no particular order; several may share a row and ms
    Rain rain;
    Axons axons;
    TrainingInput training;
    std::vector<Electrode> electrodes;
    bool operator==(const Stimulus &) const = default;
};

/// Refuses a stimulus that makes no sense: duration, weights, sparsity, axons out of range or not
/// numbers. Electrodes are judged with their neuron (validateElectrodes()).
Status validateStimulus(const Stimulus &stimulus);

/// Longest run of the window; data sets have their own limit.
inline constexpr int MaxStimulusMs = 60'000;
inline constexpr double MaxStimulusWeight = 1000.0;
inline constexpr int MaxAxons = 256;
/// Duration of the published hand-made input.
inline constexpr int AxonInputMs = 2048;
inline constexpr double MaxAxonRateHz = 1000.0;
inline constexpr double MaxAxonPower = 20.0;
inline constexpr double MaxAxonMultiplier = 100.0;
/// Most painted events that rain is turned into: more can neither be seen nor moved.
inline constexpr std::size_t MaxPaintedEvents = 20'000;

/// Events of the rain alone. Rows have streams of their own, so a longer run begins with the same
/// events as a shorter one.
std::vector<InputEvent> rainEvents(const Rain &rain, int segments, int durationMs);

/// Events of the axons alone, in order of time. Axons and segments have streams of their own: a
/// longer run begins as a shorter one, and more axons or segments leave the others as they were.
std::vector<InputEvent> axonEvents(const Axons &axons, int segments, int durationMs);

/// Events of the input like training data alone.
std::vector<InputEvent> trainingEvents(const TrainingInput &training, int segments, int durationMs);

/// The tutorial's sequence: one excitatory event at 5, 25, 50, 75, 95, 75, 50, 25 and 5 % of the
/// rows, at 10 to 90 % of the duration.
std::vector<InputEvent> outAndBack(int segments, int durationMs, double weight);

/// Adds events to painted ones. One of the same kind, segment and time as a painted one lies on
/// it and could not be seen: their weights add up, to MaxStimulusWeight at most.
void paintEvents(std::vector<InputEvent> &painted, const std::vector<InputEvent> &events);

/// What is simulated: rain, axons and painted events together, rounded to half precision as data
/// sets are. Painted events outside the duration or the rows are left out.
SpikeInput renderStimulus(const Stimulus &stimulus, int segments);

/// What is simulated on this neuron: rain, axons and painted events fall only on segments that have
/// a synapse of their polarity.
SpikeInput renderStimulus(const Stimulus &stimulus, const Neuron &neuron);

/// Indices of painted events within the duration and the rows that find no synapse of their
/// polarity: they are kept, but take no part in a run.
std::vector<std::size_t> unheardEvents(const Stimulus &stimulus, const Neuron &neuron);

/// Moves events to the rows that hold the same places after the neuron's segments changed; finer
/// segments later bring back the rows that they had. Events on dendrites that are gone
/// (sameDendrite()) are dropped.
std::vector<InputEvent> remapEvents(const std::vector<InputEvent> &events, const Neuron &before,
                                    const Neuron &after);

/// The input of a new project: rain and the out-and-back sequence with weight 8; it makes the
/// default neuron fire.
Stimulus defaultStimulus();

} // namespace dt
