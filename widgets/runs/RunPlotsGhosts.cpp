// SPDX-License-Identifier: GPL-3.0-or-later
// RunPlots: older runs and foreign traces behind the run that is shown, and what is different.
#include "widgets/runs/RunPlots.h"

#include "widgets/input/EventPainter.h"
#include "widgets/plots/ElectrodePlot.h"
#include "widgets/plots/VoltageMap.h"
#include "widgets/runs/RunLines.h"
#include "widgets/theme/Colours.h"

#include <QCheckBox>

#include <algorithm>
#include <array>
#include <cmath>

namespace dt {

PlotCanvas::LineStyle ghostStyle(int slot, const QPalette &palette)
{
    static constexpr std::array Dashes{Qt::DashLine, Qt::DotLine, Qt::DashDotLine,
                                       Qt::DashDotDotLine};
    PlotCanvas::LineStyle style;
    style.colour = colours::ghost(palette);
    style.dash = Dashes[static_cast<std::size_t>(slot) % Dashes.size()];
    style.widthFactor = slot < static_cast<int>(Dashes.size()) ? 1.0 : 1.8;
    return style;
}

void RunPlots::setGhosts(const std::vector<RunRecord> &pinned)
{
    m_pinned = pinned;
    chooseGhosts();
    drawGhosts();
    showAsEmpty(m_trace.somaFine.empty());
}

void RunPlots::chooseGhosts()
{
    m_ghosts.clear();
    for (const RunRecord &run : m_pinned) {
        if (run.foreign || run.id != m_runId)
            m_ghosts.push_back(run);
    }
    std::sort(m_ghosts.begin(), m_ghosts.end(),
              [](const RunRecord &a, const RunRecord &b) { return a.slot < b.slot; });
    m_differenceCheck->setEnabled(!m_ghosts.empty());
    Q_EMIT ghostsChanged();
}

void RunPlots::drawGhosts()
{
    const auto cap = static_cast<float>(m_neuron.labels.somaCapMv);
    for (int slot = 0; slot < SomaNeuron; ++slot) {
        m_soma->setLine(SomaGhosts + slot, 0.0, 1.0, {});
        m_soma->setLineName(SomaGhosts + slot, {});
    }
    m_ghostsSeen = {};
    for (const RunRecord &ghost : m_ghosts) {
        const int line = SomaGhosts + ghost.slot;
        m_soma->setLineName(line, somaName(QString::fromStdString(ghost.title())));
        if (ghost.trace) {
            std::vector<float> values = ghost.trace->somaFine;
            if (m_capped->isChecked()) {
                for (float &v : values)
                    v = std::min(v, cap);
            }
            m_soma->setLine(line, 0.0, 1.0 / ghost.trace->samplesPerMs, values);
        } else if (ghost.foreign) {
            std::vector<double> values(ghost.foreign->mv.begin(), ghost.foreign->mv.end());
            if (m_capped->isChecked()) {
                for (double &v : values)
                    v = std::min(v, static_cast<double>(cap));
            }
            m_soma->setPoints(line, ghost.foreign->ms, values);
        }
        if (const auto extent = m_soma->extentOf(line))
            m_ghostsSeen.take(Extent{extent->first, extent->second});
    }
    scaleSoma();
    m_soma->redraw();
    const bool shown = m_differenceCheck->isChecked() && !m_ghosts.empty();
    m_stack->setPanelVisible(m_differencePanel, shown);
    drawDifference(0);
    drawDendriteGhosts();
    showMap();
    updateReadOuts();
}

// The selected segment of every ghost that has it: of the same number, which on an unchanged
// morphology is the same place.
void RunPlots::drawDendriteGhosts()
{
    if (m_twinShown) {
        m_dendrite->redraw();
        return;
    }
    m_dendrite->removeLinesFrom(static_cast<int>(m_rows.size()));
    for (const RunRecord &ghost : m_ghosts) {
        if (!m_selectedRow || !ghost.trace || *m_selectedRow >= ghost.trace->segments)
            continue;
        std::vector<float> values;
        const auto n = static_cast<std::size_t>(ghost.trace->segments);
        for (std::size_t i = static_cast<std::size_t>(*m_selectedRow);
             i < ghost.trace->dendV.size(); i += n)
            values.push_back(ghost.trace->dendV[i]);
        const int line = m_dendrite->addLine(ghostStyle(ghost.slot, palette()));
        m_dendrite->setLine(line, 0.0, 1.0, values);
        m_dendrite->setLineName(line,
                                tr("%1, segment %2 V [mV]")
                                    .arg(QString::fromStdString(ghost.title()))
                                    .arg(*m_selectedRow));
    }
    scaleDendrite();
    m_dendrite->redraw();
}

void RunPlots::drawSegment()
{
    const auto n = static_cast<std::size_t>(m_trace.segments);
    std::vector<float> values;
    if (m_selectedRow && static_cast<std::size_t>(*m_selectedRow) < n && !m_twinShown) {
        for (std::size_t i = static_cast<std::size_t>(*m_selectedRow); i < m_trace.dendV.size();
             i += n)
            values.push_back(m_trace.dendV[i]);
        m_soma->setLineName(SomaSegment, tr("Segment %1 V [mV]").arg(*m_selectedRow));
    }
    m_soma->setLine(SomaSegment, 0.0, 1.0, values);
}

void RunPlots::drawDifference(std::size_t from)
{
    if (!m_differenceCheck->isChecked() && from > 0)
        return;
    const int perMs = m_trace.samplesPerMs;
    const double dx = 1.0 / perMs;
    if (from == 0) {
        m_largestDifference = 0.0F;
        for (int slot = 0; slot < SomaNeuron; ++slot)
            m_difference->setLine(slot, 0.0, dx, {});
    }
    if (m_differenceCheck->isChecked()) {
        for (const RunRecord &ghost : m_ghosts) {
            std::vector<float> values = somaSampled(ghost, perMs, from, m_trace.somaFine.size());
            for (std::size_t i = 0; i < values.size(); ++i) {
                values[i] = m_trace.somaFine[from + i] - values[i];
                if (!std::isnan(values[i]))
                    m_largestDifference = std::max(m_largestDifference, std::abs(values[i]));
            }
            m_difference->extendLine(ghost.slot, static_cast<double>(from) * dx, dx, values);
            m_difference->setLineName(
                ghost.slot,
                tr("this run minus %1 [mV]").arg(QString::fromStdString(ghost.title())));
        }
    }
    scaleDifference();
    m_difference->redraw();
}

const RunRecord *RunPlots::mapGhost() const
{
    if (!m_differenceCheck->isChecked())
        return nullptr;
    for (const RunRecord &ghost : m_ghosts) {
        if (ghost.trace && ghost.trace->segments == m_trace.segments)
            return &ghost;
    }
    return nullptr;
}

void RunPlots::showMap()
{
    const RunRecord *ghost = mapGhost();
    m_map->setMinus(ghost ? ghost->trace : nullptr);
    m_mapPanel->setTitle(ghost ? tr("Dendritic voltage V(x, t) minus that of %1")
                                     .arg(QString::fromStdString(ghost->title()))
                               : tr("Dendritic voltage V(x, t), x from the soma"));
}

void RunPlots::setStamp(const QString &stamp)
{
    const std::initializer_list<PlotCanvas *> all{m_painter,    m_map,      m_spikes,     m_soma,
                                                  m_difference, m_dendrite, m_electrodes, m_near,
                                                  m_rate,       m_raster};
    for (PlotCanvas *canvas : all)
        canvas->setStamp(stamp);
}

} // namespace dt
