// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/runs/NearPanel.h"

namespace dt {

NearPanel::NearPanel(const ShownRun &run) :
    RunPanel(QStringLiteral("near"), tr("Near a spike"), run)
{
    canvas()->addLine({});
    canvas()->addLine({});
    canvas()->setLineName(NeuronLine, tr("Neuron"));
    canvas()->setLineName(TwinLine, tr("Twin"));
    canvas()->setPaperAspect(3.0);
    canvas()->setYRange(-0.1, 1.25);
    canvas()->setYTicks({{0.0, tr("no")}, {1.0, tr("yes")}});
}

void NearPanel::draw()
{
    canvas()->setLineStyle(NeuronLine, {palette().color(QPalette::WindowText), 1.0, true, true});
    canvas()->setLineStyle(TwinLine, {twinColour()});
    setTitle(run().withTwin ? tr("Near a spike: neuron (filled), the twin's probability")
                            : tr("Near a spike"));
    const LabelSettings &labels = run().neuron.labels;
    setToolTip(
        tr("Yes in the %1 ms that begin with a spike, and wherever the soma is above %2 mV: less "
           "than %3 mV below the cap, or over it.")
            .arg(labels.nearSpikeMs)
            .arg(labels.somaCapMv - labels.nearSpikeVDiffMv)
            .arg(labels.nearSpikeVDiffMv));
    extend({});
}

void NearPanel::extend(const ShownRun::Reach &drawn)
{
    const std::vector<std::uint8_t> &near = run().labels.nearSpike;
    canvas()->setLine(NeuronLine, 0.0, 1.0, std::vector<float>(near.begin(), near.end()));
    drawTwin(TwinLine, run().twin.nearSpikeProbability, drawn.twinMs);
    canvas()->redraw();
}

QString NearPanel::wordsAt(double ms, std::optional<double>) const
{
    return (run().labels.nearSpike[static_cast<std::size_t>(ms)] ? tr("yes") : tr("no"))
        + besides(run().twin.nearSpikeProbability, ms, 1.0, 2);
}

} // namespace dt
