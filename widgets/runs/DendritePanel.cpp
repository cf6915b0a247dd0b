// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/runs/DendritePanel.h"

#include "widgets/runs/GhostStyle.h"
#include "widgets/theme/Colours.h"

#include <algorithm>

namespace dt {

namespace {

/// As many traces as can be told apart.
constexpr int StandardRows = 8;
/// Dendrites at rest are not magnified to their last digits.
constexpr double LeastDendriteMv = 1.5;
constexpr double RoomOverDendrite = 0.06;
constexpr double RoomUnderDendrite = 0.03;

QColor between(const QColor &from, const QColor &to, double share)
{
    const auto mixed = [share](float a, float b) {
        return static_cast<float>(a + (b - a) * share);
    };
    return QColor::fromRgbF(mixed(from.redF(), to.redF()), mixed(from.greenF(), to.greenF()),
                            mixed(from.blueF(), to.blueF()));
}

} // namespace

DendritePanel::DendritePanel(const ShownRun &run) :
    RunPanel(QStringLiteral("dendrite"), tr("Dendrite"), run), m_range(LeastDendriteMv, -90.0, 0.0)
{
    canvas()->setYLabel(tr("V [mV]"));
    canvas()->setYRange(m_range.from(), m_range.to());
}

void DendritePanel::draw()
{
    m_rows.clear();
    canvas()->removeLinesFrom(0);
    if (run().withTwin) {
        chooseRowOfTwin();
    } else {
        chooseRows();
        drawGhosts();
    }
    extend({});
}

void DendritePanel::extend(const ShownRun::Reach &drawn)
{
    drawRows(drawn.ms);
    if (run().withTwin)
        drawTwinRow(drawn.twinMs);
    scale();
    canvas()->redraw();
}

void DendritePanel::chooseRows()
{
    const int n = run().trace.segments;
    const int count = std::min(n, StandardRows);
    const QColor near = palette().color(QPalette::WindowText);
    const QColor far = palette().color(QPalette::Highlight);
    for (int i = 0; i < count; ++i) {
        m_rows.push_back(count == 1 ? 0 : i * (n - 1) / (count - 1));
        canvas()->addLine({between(near, far, count == 1 ? 0.0 : double(i) / double(count - 1))});
    }
    if (run().selectedRow && *run().selectedRow < n) {
        m_rows.push_back(*run().selectedRow);
        canvas()->addLine({colours::onto(colours::Warning, palette()), 2.0});
    }
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        canvas()->setLineName(static_cast<int>(i), tr("Segment %1 V [mV]").arg(m_rows[i]));
    setTitle(m_rows.size() < 2
                 ? tr("Dendrite")
                 : tr("Dendrite: %1 of %2 segments, from near the soma (plain) to the tip "
                      "(coloured)")
                       .arg(count)
                       .arg(n));
}

void DendritePanel::chooseRowOfTwin()
{
    const int tip = std::max(0, run().trace.segments - 1);
    const int row = std::clamp(run().selectedRow.value_or(tip), 0, tip);
    m_rows = {row};
    canvas()->addLine({palette().color(QPalette::WindowText)});
    canvas()->addLine({twinColour()});
    canvas()->setLineName(NeuronLine, tr("Segment %1 V [mV]").arg(row));
    canvas()->setLineName(TwinLine, tr("Twin, segment %1 V [mV]").arg(row));
    const double cap = run().neuron.labels.dendCapMv;
    setTitle(run().selectedRow ? tr("Segment %1, capped at %2 mV").arg(row).arg(cap)
                               : tr("Tip of the dendrite, capped at %1 mV").arg(cap));
}

void DendritePanel::drawRows(int fromMs)
{
    if (fromMs == 0)
        m_seen = {};
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        std::vector<float> values = voltageOfRow(run().trace, m_rows[i], fromMs);
        if (run().withTwin) {
            for (float &v : values)
                v = std::min(v, static_cast<float>(run().neuron.labels.dendCapMv));
        }
        m_seen.take(values);
        if (fromMs == 0)
            canvas()->setLine(static_cast<int>(i), 0.0, 1.0, values);
        else
            canvas()->extendLine(static_cast<int>(i), fromMs, 1.0, values);
    }
}

// A twin of another morphology says nothing of this segment.
void DendritePanel::drawTwinRow(int fromMs)
{
    const TwinPrediction &twin = run().twin;
    if (twin.dendHeads != run().trace.segments || run().twinMs == 0)
        return;
    const auto length = static_cast<std::size_t>(twin.lengthMs);
    drawTwin(
        TwinLine,
        std::span(twin.dendMv).subspan(static_cast<std::size_t>(m_rows.front()) * length, length),
        fromMs);
}

// The selected segment of every ghost that has it: of the same number, which on an unchanged
// morphology is the same place.
void DendritePanel::drawGhosts()
{
    for (const RunRecord &ghost : run().ghosts) {
        if (!run().selectedRow || !ghost.trace || *run().selectedRow >= ghost.trace->segments)
            continue;
        const int line = canvas()->addLine(ghostStyle(ghost.slot, palette()));
        canvas()->setLine(line, 0.0, 1.0, voltageOfRow(*ghost.trace, *run().selectedRow));
        canvas()->setLineName(line,
                              tr("%1, segment %2 V [mV]")
                                  .arg(QString::fromStdString(ghost.title()))
                                  .arg(*run().selectedRow));
    }
}

void DendritePanel::scale()
{
    Extent seen = m_seen;
    for (int line = static_cast<int>(m_rows.size()); line < canvas()->lineCount(); ++line) {
        if (const auto extent = canvas()->extentOf(line))
            seen.take(Extent{extent->first, extent->second});
    }
    m_range.fit(seen, run().isOver(), RoomOverDendrite, RoomUnderDendrite);
    canvas()->setYRange(m_range.from(), m_range.to());
}

QString DendritePanel::wordsAt(double ms, std::optional<double> markMs) const
{
    const auto n = static_cast<std::size_t>(run().trace.segments);
    const auto t = static_cast<std::size_t>(ms);
    if ((t + 1) * n > run().trace.dendV.size() || m_rows.empty())
        return {};
    const float *column = run().trace.dendV.data() + t * n;
    if (run().withTwin) {
        const auto row = static_cast<std::size_t>(m_rows.front());
        const TwinPrediction &twin = run().twin;
        QString text =
            inMv(std::min(static_cast<float>(run().neuron.labels.dendCapMv), column[row]));
        if (twin.dendHeads == run().trace.segments && static_cast<int>(t) < run().twinMs)
            text += tr(", twin %1")
                        .arg(inMv(twin.dendMv[row * static_cast<std::size_t>(twin.lengthMs) + t]));
        return text;
    }
    QString text = tr("near soma %1, tip %2").arg(inMv(column[0]), inMv(column[n - 1]));
    if (!run().selectedRow || static_cast<std::size_t>(*run().selectedRow) >= n)
        return text;
    const auto row = static_cast<std::size_t>(*run().selectedRow);
    text += tr(", selected %1").arg(inMv(column[row]));
    if (markMs) {
        const float there = run().trace.dendV[static_cast<std::size_t>(*markMs) * n + row];
        text +=
            tr(" (%1 mV from the mark)").arg(withSign(static_cast<double>(column[row] - there), 2));
    }
    return text;
}

} // namespace dt
