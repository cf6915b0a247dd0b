// SPDX-License-Identifier: GPL-3.0-or-later
// RunPlots: how high what is drawn stands.
#include "widgets/runs/RunPlots.h"

#include "widgets/runs/RunLines.h"

#include <QCheckBox>

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

/// Above the traces, for the ticks of the spikes.
constexpr double RoomOfTicks = 0.12;
constexpr double RoomAbove = 0.06;
constexpr double RoomBelow = 0.03;

} // namespace

void RunPlots::updateRateAxis()
{
    float highest = 0.05F;
    for (const float rate : m_labels.instRate)
        highest = std::max(highest, rate);
    if (m_twinShown) {
        for (const float rate : m_twin.rate)
            highest = std::max(highest, rate);
    }
    const double top = std::ceil(static_cast<double>(highest) * 1000.0 / 25.0) * 25.0;
    m_rate->setYRange(-0.05 * top, 1.04 * top); // silence is a line, not the frame
}

void RunPlots::nameSomaReferences()
{
    const LabelSettings &labels = m_neuron.labels;
    m_soma->setReference(0, labels.spikeThresholdMv,
                         tr("spike above %1 mV").arg(labels.spikeThresholdMv),
                         !m_capped->isChecked());
    m_soma->setReference(1, labels.somaCapMv, tr("cap %1 mV").arg(labels.somaCapMv), true);
    m_nearPanel->setToolTip(
        tr("Yes in the %1 ms that begin with a spike, and wherever the soma is above %2 mV: less "
           "than %3 mV below the cap, or over it.")
            .arg(labels.nearSpikeMs)
            .arg(labels.somaCapMv - labels.nearSpikeVDiffMv)
            .arg(labels.nearSpikeVDiffMv));
}

void RunPlots::scaleSoma()
{
    Extent seen = m_somaSeen;
    seen.take(m_ghostsSeen);
    for (const int line : {SomaTwin, SomaSegment}) {
        if (const auto extent = m_soma->extentOf(line))
            seen.take(Extent{extent->first, extent->second});
    }
    const bool spikes =
        std::find(m_labels.spike.begin(), m_labels.spike.end(), 1) != m_labels.spike.end();
    m_somaRange.fit(seen, isOver(), spikes ? RoomOfTicks : RoomAbove, RoomBelow);
    m_soma->setYRange(m_somaRange.from(), m_somaRange.to());
}

void RunPlots::scaleDendrite()
{
    Extent seen = m_dendriteSeen;
    for (int line = static_cast<int>(m_rows.size()); line < m_dendrite->lineCount(); ++line) {
        if (const auto extent = m_dendrite->extentOf(line))
            seen.take(Extent{extent->first, extent->second});
    }
    m_dendriteRange.fit(seen, isOver(), RoomAbove, RoomBelow);
    m_dendrite->setYRange(m_dendriteRange.from(), m_dendriteRange.to());
}

// Around zero, up to a round number above the largest difference.
void RunPlots::scaleDifference()
{
    double top = 0.1;
    for (int i = 0; top < 1.05 * static_cast<double>(m_largestDifference); ++i)
        top *= i % 3 == 1 ? 2.5 : 2.0; // 0.1, 0.2, 0.5, 1, ...
    m_difference->setYRange(-top, top);
}

} // namespace dt
