// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/RowAxis.h"

#include "widgets/plots/PlotCanvas.h"

#include <algorithm>
#include <cmath>
#include <numeric>

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

/// As many names as have a line each in a plot of usual height.
constexpr int MostNames = 6;
/// Letters that fit beside a plot.
constexpr qsizetype MostLetters = 9;

QString shortened(const QString &name)
{
    return name.size() <= MostLetters ? name : name.left(MostLetters - 1) + QChar(0x2026);
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
        // Names stand in the middle of their dendrites' rows, those of the longest where not all
        // have room; the names say what the axis is.
        const std::vector<int> first = firstRows(neuron);
        std::vector<std::size_t> longestFirst(first.size());
        std::iota(longestFirst.begin(), longestFirst.end(), std::size_t{0});
        std::stable_sort(longestFirst.begin(), longestFirst.end(),
                         [&](std::size_t a, std::size_t b) {
                             return neuron.dendrites[a].segments > neuron.dendrites[b].segments;
                         });
        const double apart = static_cast<double>(rows) / MostNames;
        for (const std::size_t i : longestFirst) {
            const double middle = first[i] + (neuron.dendrites[i].segments - 1) / 2.0;
            const bool room = std::all_of(ticks.begin(), ticks.end(), [&](const auto &tick) {
                return std::abs(tick.first - middle) >= apart;
            });
            if (room)
                ticks.emplace_back(middle,
                                   shortened(QString::fromStdString(neuron.dendrites[i].name)));
        }
        std::sort(ticks.begin(), ticks.end());
        canvas.setYLabel({});
    }
    canvas.setYTicks(ticks);
}

} // namespace dt
