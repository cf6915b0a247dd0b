// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace dt {

class SimulationEngine;

/// The window's first run without a window: simulates the default neuron and input and leaves
/// `recording.h5` and `plots.png` in the folder, drawn by the same widgets. Returns the exit code;
/// says on stderr what it did.
int runHeadless(SimulationEngine &engine, const QString &folder);

} // namespace dt
