// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"

#include <QColor>
#include <QPalette>

namespace dt::colours {

/// The meaning of colour, the same on every page. Nothing is told by colour alone: excitation
/// also points up, inhibition down, targets are dashed.
inline constexpr QColor Excitatory(0xD5, 0x5E, 0x00);
inline constexpr QColor Inhibitory(0x00, 0x72, 0xB2);
inline constexpr QColor Twin(0x9B, 0x51, 0xA6);
inline constexpr QColor Warning(0xB4, 0x53, 0x09);
inline constexpr QColor Failure(0xB9, 0x1C, 0x1C);

/// Range of the voltage map unless somebody changes it [mV].
inline constexpr double VoltageMinMv = -90.0;
inline constexpr double VoltageMaxMv = -20.0;

[[nodiscard]] bool isDark(const QPalette &palette);

/// Data colours keep their hue but are lightened where the background is dark.
QColor onto(const QColor &colour, const QPalette &palette);
QColor ofPolarity(Polarity polarity, const QPalette &palette);

/// Text of lesser weight: captions, units, hints.
QColor muted(const QPalette &palette);
/// Hairlines, grid, frames.
QColor line(const QPalette &palette);
/// Panels that lie on the window.
QColor surface(const QPalette &palette);
QColor ghost(const QPalette &palette);

/// Tells several things of one kind apart, e.g. runs: the first few differ for most eyes. Never
/// alone: give names, too. After SeriesCount they begin again.
inline constexpr int SeriesCount = 12;
QColor series(int i, const QPalette &palette);

/// A colour of the perceptually uniform map (viridis: dark = rest), 0..1, clamped.
QColor map(double fraction);
/// Of signed numbers, 0..1 with zero in the middle: zero looks like the plot's own ground, what
/// lies above it is violet, what lies below is green (after ColorBrewer's PRGn).
QColor diverging(double fraction, const QPalette &palette);
/// The same as map() for a voltage in the default range.
QColor voltage(double mv);

} // namespace dt::colours
