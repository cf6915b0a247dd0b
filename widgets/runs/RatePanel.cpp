// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/runs/RatePanel.h"

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

constexpr double HzPerKhz = 1000.0; ///< labels are in spikes a ms

} // namespace

RatePanel::RatePanel(const ShownRun &run) :
    RunPanel(QStringLiteral("rate"), tr("Instantaneous rate [Hz]"), run)
{
    canvas()->addLine({});
    canvas()->addLine({});
    canvas()->setLineName(NeuronLine, tr("Neuron"));
    canvas()->setLineName(TwinLine, tr("Twin"));
}

void RatePanel::draw()
{
    canvas()->setLineStyle(NeuronLine, {palette().color(QPalette::WindowText), 1.0, false, true});
    canvas()->setLineStyle(TwinLine, {twinColour()});
    extend({});
}

void RatePanel::extend(const ShownRun::Reach &drawn)
{
    canvas()->setLine(NeuronLine, 0.0, 1.0, run().labels.instRate, HzPerKhz);
    drawTwin(TwinLine, run().twin.rate, drawn.twinMs, HzPerKhz);
    float highest = 0.05F;
    for (const std::vector<float> *rates : {&run().labels.instRate, &run().twin.rate}) {
        for (const float rate : *rates)
            highest = std::max(highest, rate);
    }
    const double top = std::ceil(static_cast<double>(highest) * HzPerKhz / 25.0) * 25.0;
    canvas()->setYRange(-0.05 * top, 1.04 * top); // silence is a line, not the frame
    canvas()->redraw();
}

QString RatePanel::wordsAt(double ms, std::optional<double> markMs) const
{
    const std::vector<float> &rate = run().labels.instRate;
    const float there = rate[static_cast<std::size_t>(ms)];
    QString text = tr("%1 Hz%2")
                       .arg(static_cast<double>(there) * HzPerKhz, 0, 'f', 1)
                       .arg(besides(run().twin.rate, ms, HzPerKhz, 1));
    if (markMs) {
        const float more = there - rate[static_cast<std::size_t>(*markMs)];
        text += tr(", %1 Hz from the mark").arg(withSign(static_cast<double>(more) * HzPerKhz, 1));
    }
    return text;
}

} // namespace dt
