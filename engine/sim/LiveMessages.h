// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"
#include "engine/input/Electrode.h"

#include <QtGlobal>

#include <optional>
#include <vector>

namespace dt {

// The messages of a run without end, which a person pokes while it goes on. Field by field:
// docs/WORKER-PROTOCOL.md. Sent like all others, by encode() and decode() of Messages.h.

/// Program: run this neuron until cancelled. Takes the place of a RunMessage; ends in an
/// EndMessage.
struct LiveRunMessage
{
    quint64 id = 0;
    Neuron neuron;
    /// Electrodes act all the time: their start, duration and holdMv are ignored.
    std::vector<Electrode> electrodes;
    std::vector<Probe> probes; ///< voltages only
    double paceMsPerSecond = 0.0; ///< 0 = as fast as possible; PaceMessage changes it
    bool paused = false;
};

/// Program: go on with another neuron, electrodes or probes. A neuron that differs only in values
/// is changed as it runs (needsRestart() in engine/input/LiveChange.h); else the run begins again
/// at 0.
struct LiveChangeMessage
{
    quint64 id = 0;
    quint64 number = 0; ///< rises from change to change; a report names the newest that took effect
    std::optional<Neuron> neuron;
    std::optional<std::vector<Electrode>> electrodes;
    std::optional<std::vector<Probe>> probes;
};

/// Program: send an event now, to a synapse that exists only for this. With a rate, send a train of
/// events until Release, the next poke or a rewind.
struct PokeMessage
{
    quint64 id = 0;
    quint64 number = 0; ///< counted together with LiveChangeMessage::number
    int kind = 0; ///< index into Neuron::synapseKinds
    int row = 0;
    double weight = 1.0;
    double rateHz = 0.0; ///< events per second of the neuron's time; 0 = one event
};

/// Program: a button was pressed.
struct LiveControlMessage
{
    enum class What { Play, Pause, Step, Rewind, Release };
    quint64 id = 0;
    What what = What::Play;
    double ms = 0.0; ///< for Step: how long to go on before pausing; at least one integration step
};

/// Worker: the next stretch of samples, every 16 ms or so; without samples while it is paused, as a
/// sign of life.
struct LiveReportMessage
{
    quint64 id = 0;
    int epoch = 0; ///< rises with every beginning at 0: rewinds and restarts
    quint64 number = 0; ///< number of the newest change or poke that arrived before the last sample
    bool paused = false;
    qint64 firstSample = 0; ///< sample k is at k / samplesPerMs ms
    std::vector<float> soma; ///< [mV] one per integration step
    std::vector<std::vector<float>> probes; ///< [mV] one for each probe, each as long as soma
    std::vector<float> now; ///< [mV] soma and all segments
};

} // namespace dt
