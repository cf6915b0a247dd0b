// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/runs/SpikeRaster.h"

#include <algorithm>

namespace dt {

SpikeRaster::SpikeRaster(QWidget *parent) : PlotCanvas(parent)
{
    setPaperAspect(3.0);
    addMarkers(Shape::Tick, palette().color(QPalette::WindowText));
    setHistory({});
}

void SpikeRaster::setHistory(const std::vector<RunSpikes> &newestFirst)
{
    std::vector<Marker> ticks;
    std::vector<std::pair<double, QString>> labels;
    const auto count = static_cast<double>(std::max<std::size_t>(newestFirst.size(), 4));
    for (std::size_t i = 0; i < newestFirst.size(); ++i) {
        const double y = count - 1.0 - static_cast<double>(i);
        for (const int ms : newestFirst[i].ms)
            ticks.push_back({ms + 0.5, y, 7.0});
        // The plot is low: the newest and, when it is far enough away, the oldest.
        if (i == 0 || (i + 1 == newestFirst.size() && i > 2))
            labels.emplace_back(y, QString::number(newestFirst[i].id));
    }
    setYRange(-0.7, count - 0.3);
    setYTicks(labels);
    setMarkers(0, std::move(ticks));
    setEmptyText(newestFirst.empty() ? tr("The spikes of every run collect here.") : QString());
    redraw();
}

void SpikeRaster::applyTheme()
{
    setMarkersColour(0, palette().color(QPalette::WindowText));
}

} // namespace dt
