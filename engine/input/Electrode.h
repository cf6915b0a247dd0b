// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/cell/Neuron.h"

#include <string>
#include <vector>

namespace dt {

enum class Clamp {
    Current, ///< injects a step of current (NEURON's IClamp)
    Voltage, ///< holds the voltage, with a step (NEURON's SEClamp)
};

/// An electrode in the soma or a dendrite. Its step lasts from startMs for durationMs; before and
/// after, a current clamp is silent and a voltage clamp holds at holdMv.
struct Electrode
{
    std::string name = "electrode";
    Clamp clamp = Clamp::Current;
    int dendrite = SomaIndex; ///< index into Neuron::dendrites
    double x = 0.5; ///< 0..1 along the section; it acts in the segment that contains it
    double startMs = 100.0;
    double durationMs = 500.0;
    double currentNa = 0.1; ///< of a Clamp::Current
    double stepMv = -40.0; ///< of a Clamp::Voltage, during the step
    double holdMv = -85.0; ///< of a Clamp::Voltage, before and after the step
    double seriesMohm = 0.1; ///< of a Clamp::Voltage, between amplifier and cell
    bool on = true; ///< an electrode that is off is as if it were not there
    bool operator==(const Electrode &) const = default;
};

/// What is measured at every integration step, besides the soma's voltage.
struct Probe
{
    enum class What {
        Voltage, ///< [mV] of the segment at (dendrite, x)
        ElectrodeCurrent, ///< [nA] that electrode number `electrode` injects (positive depolarises)
    };
    What what = What::Voltage;
    int dendrite = SomaIndex;
    double x = 0.5;
    int electrode = 0; ///< index into the electrodes of the same simulation
    bool operator==(const Probe &) const = default;
};

inline constexpr double MaxElectrodeNa = 100.0;
inline constexpr double MaxElectrodeMv = 200.0;

/// Refuses electrodes that cannot be used on this neuron, by place, times, strengths, names that
/// are empty or taken twice.
Status validateElectrodes(const std::vector<Electrode> &electrodes, const Neuron &neuron);

/// Refuses probes that cannot be measured on this neuron with these electrodes.
Status validateProbes(const std::vector<Probe> &probes, const std::vector<Electrode> &electrodes,
                      const Neuron &neuron);

/// What is measured of every electrode, in their order: the current, then the voltage at its place.
std::vector<Probe> electrodeProbes(const std::vector<Electrode> &electrodes);

/// A name that no electrode has: `wanted` itself, or `wanted` with the first number behind it that
/// makes it free.
std::string freeElectrodeName(const std::vector<Electrode> &electrodes, const std::string &wanted);

/// Electrodes at the same places (sameDendrite()) after the neuron changed; those on
/// dendrites that are gone are left out.
std::vector<Electrode> remapElectrodes(const std::vector<Electrode> &electrodes,
                                       const Neuron &before, const Neuron &after);

} // namespace dt
