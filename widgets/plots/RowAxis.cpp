// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/RowAxis.h"

#include "widgets/plots/PlotCanvas.h"

#include <cmath>

namespace dt {

namespace {

/// A round step that cuts `length` into two to five parts.
double roundStep(double length)
{
    const double raw = length / 2.5;
    const double power = std::pow(10.0, std::floor(std::log10(raw)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= raw * 0.75)
            return factor * power;
    }
    return 10.0 * power;
}

} // namespace

void applyRowAxis(PlotCanvas &canvas, const Neuron &neuron, double margin)
{
    const int rows = neuron.segmentCount();
    canvas.setYRange(-0.5 - margin * rows, rows - 0.5 + margin * rows);
    std::vector<std::pair<double, QString>> ticks;
    if (neuron.isBallAndStick()) {
        const double length = neuron.dendrites.front().lengthUm;
        const double step = roundStep(length);
        for (double um = 0.0; um <= length * 1.0001; um += step)
            ticks.emplace_back(um / length * rows - 0.5, QString::number(um));
        canvas.setYLabel(PlotCanvas::tr("x [µm]"));
    } else {
        const auto step = std::max(1.0, roundStep(rows));
        for (double row = 0.0; row < rows; row += step)
            ticks.emplace_back(row, QString::number(row));
        canvas.setYLabel(PlotCanvas::tr("Segment"));
    }
    canvas.setYTicks(ticks);
}

} // namespace dt
