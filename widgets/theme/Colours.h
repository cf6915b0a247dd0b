// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"

#include <QColor>
#include <QPalette>

namespace dt::colours {

/// The meaning of colour, the same on every page. Nothing is shown by colour alone: excitation also
/// points up, inhibition down, targets are dashed.
inline constexpr QColor Excitatory(0xD5, 0x5E, 0x00);
inline constexpr QColor Inhibitory(0x00, 0x72, 0xB2);
inline constexpr QColor Twin(0x9B, 0x51, 0xA6);
inline constexpr QColor Warning(0xB4, 0x53, 0x09);
inline constexpr QColor Failure(0xB9, 0x1C, 0x1C);

/// Default range of the voltage map [mV].
inline constexpr double VoltageMinMv = -90.0;
inline constexpr double VoltageMaxMv = -20.0;

[[nodiscard]] bool isDark(const QPalette &palette);

/// A data colour for the background of a palette: its hue stays, but it is lightened where the
/// background is dark.
QColor onto(const QColor &colour, const QPalette &palette);
QColor ofPolarity(Polarity polarity, const QPalette &palette);

/// Colour of less important text: captions, units, hints.
QColor muted(const QPalette &palette);
/// Colour of hairlines, grids and frames.
QColor line(const QPalette &palette);
/// Colour of panels that lie on the window.
QColor surface(const QPalette &palette);
QColor ghost(const QPalette &palette);

/// Colours that tell several things of one kind apart, e.g. runs. The first few differ for most
/// eyes, but give names, too. After SeriesCount they begin again.
inline constexpr int SeriesCount = 12;
QColor series(int i, const QPalette &palette);

/// A colour of the perceptually uniform map viridis, where dark is rest; `fraction` is clamped to
/// 0..1.
QColor map(double fraction);
/// A colour for signed numbers; `fraction` is 0..1, with the number 0 in the middle. The number 0
/// has the plot's background colour, positive numbers are violet, negative ones green (after
/// ColorBrewer's PRGn).
QColor diverging(double fraction, const QPalette &palette);
/// The colour of map() for a voltage [mV] in the default range.
QColor voltage(double mv);

} // namespace dt::colours
