// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/recording/RunHistory.h"
#include "widgets/plots/PlotCanvas.h"

namespace dt {

/// Numbers of the lines in the plots of a run, and how ghosts look. For RunPlots and its like.

/// Lines of near-spike, rate and dendrite when there is a twin.
inline constexpr int NeuronLine = 0;
inline constexpr int TwinLine = 1;

/// Lines of the soma's plot: ghosts lie behind.
inline constexpr int SomaGhosts = 0;
inline constexpr int SomaNeuron = static_cast<int>(RunHistory::MaxPinned);
inline constexpr int SomaTwin = SomaNeuron + 1;
inline constexpr int SomaSegment = SomaNeuron + 2;
inline constexpr int SomaMeasures = SomaNeuron + 3; ///< rise and half-width of up to two traces
inline constexpr int MostMeasured = 2;
inline constexpr int SomaLines = SomaMeasures + 2 * MostMeasured;

/// Heights of the spikes' ticks over the probability.
inline constexpr double NeuronTickY = 1.36;
inline constexpr double TwinTickY = 1.13;

/// Grey with dashes of its own; the second four are wider.
PlotCanvas::LineStyle ghostStyle(int slot, const QPalette &palette);

} // namespace dt
