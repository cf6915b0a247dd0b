// SPDX-License-Identifier: GPL-3.0-or-later
// RunPlots: what a twin says over what the neuron does.
#include "widgets/runs/RunPlots.h"

#include "widgets/runs/RunLines.h"

#include <QCheckBox>

#include <algorithm>

namespace dt {

void RunPlots::setTwinShown(bool shown)
{
    if (shown == m_twinShown)
        return;
    m_twinShown = shown;
    m_stack->setPanelVisible(m_spikesPanel, shown);
    m_stack->setPanelVisible(m_mapPanel, !shown);
    m_stack->setPanelVisible(m_rasterPanel, !shown);
    if (shown)
        m_cappedBefore = m_capped->isChecked();
    m_capped->setChecked(shown || m_cappedBefore);
    m_capped->setEnabled(!shown);
    m_capped->setToolTip(shown ? tr("A twin learns the voltage cut at the soma cap, so both are "
                                    "compared that way. Spikes have a plot of their own.")
                               : tr("Cut the trace at the soma cap, as a twin gets to see it."));
    m_nearPanel->setTitle(shown ? tr("Near a spike: neuron (filled), the twin's probability")
                                : tr("Near a spike"));
    clearTwin();
    chooseRows();
    drawDendrite(0);
    drawGhosts();
    m_dendrite->redraw();
    updateReadOuts();
}

void RunPlots::clearTwin()
{
    m_twin = {};
    m_twinMs = 0;
    drawTwin(0);
}

void RunPlots::extendTwin(const TwinPrediction &said, int reachedMs)
{
    if (!m_twinShown || reachedMs <= m_twinMs)
        return;
    const int from = m_twinMs;
    if (from == 0 || said.lengthMs != m_twin.lengthMs) {
        m_twin = said;
    } else {
        const auto put = [from, reachedMs](std::vector<float> &to, const std::vector<float> &what,
                                           std::ptrdiff_t offset) {
            std::copy(what.begin() + offset + from, what.begin() + offset + reachedMs,
                      to.begin() + offset + from);
        };
        put(m_twin.spikeProbability, said.spikeProbability, 0);
        put(m_twin.nearSpikeProbability, said.nearSpikeProbability, 0);
        put(m_twin.somaMv, said.somaMv, 0);
        put(m_twin.rate, said.rate, 0);
        for (std::ptrdiff_t k = 0; k < said.dendHeads; ++k)
            put(m_twin.dendMv, said.dendMv, k * said.lengthMs);
    }
    m_twinMs = reachedMs;
    drawTwin(from);
    updateReadOuts();
}

void RunPlots::drawTwin(int fromMs)
{
    const auto from = static_cast<std::size_t>(fromMs);
    const auto count = static_cast<std::size_t>(std::max(0, m_twinMs - fromMs));
    const auto draw = [&](PlotCanvas &canvas, int line, std::span<const float> values, double x0,
                          double scale) {
        const auto fresh = values.subspan(count ? from : 0, count);
        if (fromMs == 0)
            canvas.setLine(line, x0, 1.0, fresh, scale);
        else
            canvas.extendLine(line, x0 + fromMs, 1.0, fresh, scale);
    };
    draw(*m_spikes, 0, m_twin.spikeProbability, 0.5, 1.0); // in the middle of the ms, as the ticks
    draw(*m_soma, SomaTwin, m_twin.somaMv, 0.0, 1.0);
    draw(*m_near, TwinLine, m_twin.nearSpikeProbability, 0.0, 1.0);
    draw(*m_rate, TwinLine, m_twin.rate, 0.0, 1000.0);
    if (m_twinShown && m_twin.dendHeads == m_trace.segments && count > 0) {
        const std::size_t at =
            static_cast<std::size_t>(m_rows.front()) * static_cast<std::size_t>(m_twin.lengthMs);
        draw(*m_dendrite, TwinLine,
             std::span(m_twin.dendMv).subspan(at, static_cast<std::size_t>(m_twin.lengthMs)), 0.0,
             1.0);
    } else if (m_twinShown && fromMs == 0 && m_dendrite->lineCount() > TwinLine) {
        m_dendrite->setLine(TwinLine, 0.0, 1.0, {});
    }
    std::vector<PlotCanvas::Marker> ticks;
    for (int t = 0; t < m_twinMs; ++t) {
        if (m_twin.spikeProbability[static_cast<std::size_t>(t)] > 0.5F)
            ticks.push_back({t + 0.5, TwinTickY, 9.0});
    }
    m_spikes->setMarkers(1, std::move(ticks));
    updateRateAxis();
    scaleSoma();
    scaleDendrite();
    for (PlotCanvas *canvas : {m_spikes, m_soma, m_near, m_rate, m_dendrite})
        canvas->redraw();
}

} // namespace dt
