// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/runs/SpikesPanel.h"

namespace dt {

namespace {

constexpr int ProbabilityLine = 0;
/// Markers, and how high their ticks stand over the probability.
constexpr int NeuronTicks = 0;
constexpr int TwinTicks = 1;
constexpr double NeuronTickY = 1.36;
constexpr double TwinTickY = 1.13;

} // namespace

SpikesPanel::SpikesPanel(const ShownRun &run) :
    RunPanel(QStringLiteral("spikes"),
             tr("Probability of a spike; above it the spikes: neuron, twin over 0.5"), run)
{
    PlotCanvas &plot = *canvas();
    plot.addLine({});
    plot.addMarkers(PlotCanvas::Shape::Tick, Qt::black);
    plot.addMarkers(PlotCanvas::Shape::Tick, Qt::black);
    plot.setYRange(-0.08, 1.55);
    plot.setYTicks(
        {{0.0, QStringLiteral("0")}, {0.5, QStringLiteral("0.5")}, {1.0, QStringLiteral("1")}});
    plot.setLineName(ProbabilityLine, tr("Probability of a spike, twin"));
    plot.setMarkersName(NeuronTicks, tr("Spikes"));
    plot.setMarkersName(TwinTicks, tr("Spikes of the twin"));
}

void SpikesPanel::draw()
{
    canvas()->setLineStyle(ProbabilityLine, {twinColour()});
    canvas()->setMarkersColour(NeuronTicks, palette().color(QPalette::WindowText));
    canvas()->setMarkersColour(TwinTicks, twinColour());
    extend({});
}

// Spikes and probabilities stand in the middle of their ms.
void SpikesPanel::extend(const ShownRun::Reach &drawn)
{
    drawTwin(ProbabilityLine, run().twin.spikeProbability, drawn.twinMs, 1.0, 0.5);
    std::vector<PlotCanvas::Marker> neuron;
    const std::vector<std::uint8_t> &spike = run().labels.spike;
    for (std::size_t t = 0; t < spike.size(); ++t) {
        if (spike[t])
            neuron.push_back({static_cast<double>(t) + 0.5, NeuronTickY, 9.0});
    }
    std::vector<PlotCanvas::Marker> twin;
    for (int t = 0; t < run().twinMs; ++t) {
        if (run().twin.spikeProbability[static_cast<std::size_t>(t)] > 0.5F)
            twin.push_back({t + 0.5, TwinTickY, 9.0});
    }
    canvas()->setMarkers(NeuronTicks, std::move(neuron));
    canvas()->setMarkers(TwinTicks, std::move(twin));
    canvas()->redraw();
}

QString SpikesPanel::wordsAt(double ms, std::optional<double>) const
{
    return besides(run().twin.spikeProbability, ms, 1.0, 2).mid(2);
}

} // namespace dt
