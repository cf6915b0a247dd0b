// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"
#include "engine/input/Stimulus.h"

#include <string>

namespace dt {

/// "Show script": Python text for plain NEURON (`from neuron import h`) that builds the same cell,
/// gives it the same events and electrodes, runs it with the same steps and saves or plots the
/// soma's voltage. It is written to be read: what the program does, in a page or two. Tests run it
/// with Debian's python3-neuron and compare the traces. A plain function, for any thread.

struct ScriptOptions
{
    std::string title = "A neuron"; ///< one line
    /// Where the library of mechanisms is on this machine: what the script uses when neither its
    /// argument --mechanisms nor the variable DENDROTWIN_MECHANISMS names another.
    std::string mechanismLibrary = "libdendromech.so";
};

/// The neuron and the stimulus must be valid (validateNeuron(), validateStimulus(),
/// validateElectrodes()). Labels are not in it: they are derived from the voltage afterwards.
std::string neuronScript(const Neuron &neuron, const Stimulus &stimulus,
                         const ScriptOptions &options);

} // namespace dt
