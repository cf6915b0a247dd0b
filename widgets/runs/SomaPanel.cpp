// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/runs/SomaPanel.h"

#include "widgets/runs/GhostStyle.h"
#include "widgets/theme/Colours.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>

namespace dt {

namespace {

/// A resting cell is not magnified to its last digits.
constexpr double LeastSomaMv = 1.5;
/// Above the traces, for the ticks of the spikes.
constexpr double RoomOfTicks = 0.12;
constexpr double RoomAbove = 0.06;
constexpr double RoomBelow = 0.03;

} // namespace

SomaPanel::SomaPanel(const ShownRun &run) :
    RunPanel(QStringLiteral("soma"), tr("Soma"), run), m_range(LeastSomaMv, -90.0, 50.0)
{
    PlotCanvas &plot = *canvas();
    plot.setYLabel(tr("V [mV]"));
    plot.setYRange(m_range.from(), m_range.to());
    for (int line = 0; line < Lines; ++line)
        plot.addLine({});
    plot.setLineName(TwinSomaLine, tr("Twin V [mV]"));
    for (int i = 0; i < MostMeasured; ++i) {
        plot.setLineName(MeasureLines + 2 * i, tr("Rise, 10 to 90 % [mV]"));
        plot.setLineName(MeasureLines + 2 * i + 1, tr("Half-width [mV]"));
    }
    plot.addMarkers(PlotCanvas::Shape::Tick, Qt::black);
    plot.setMarkersName(Spikes, tr("Spikes"));
    plot.setMarkersAtTop(Spikes);
    plot.addMarkers(PlotCanvas::Shape::Dot, Qt::black);
    plot.setMarkersName(BaseAndPeak, tr("Base and peak"));
    // Measures are where the mouse is.
    plot.setMarkersOfMoment(BaseAndPeak);
    for (int line = MeasureLines; line < Lines; ++line)
        plot.setLineOfMoment(line);
    plot.addReference(0.0, {});
    plot.addReference(-62.0, {});
}

void SomaPanel::setLooks()
{
    const QColor ink = palette().color(QPalette::WindowText);
    const QColor measure = palette().color(QPalette::Highlight);
    PlotCanvas &plot = *canvas();
    for (int slot = 0; slot < SomaLine; ++slot)
        plot.setLineStyle(slot, ghostStyle(slot, palette()));
    plot.setLineStyle(SomaLine, {ink});
    plot.setLineStyle(TwinSomaLine, {twinColour()});
    plot.setLineStyle(SegmentLine, {colours::onto(colours::Warning, palette()), 1.3});
    for (int line = MeasureLines; line < Lines; ++line)
        plot.setLineStyle(line, {measure, 1.5});
    plot.setMarkersColour(Spikes, ink);
    plot.setMarkersColour(BaseAndPeak, measure);
    const LabelSettings &labels = run().neuron.labels;
    plot.setReference(Threshold, labels.spikeThresholdMv,
                      tr("spike above %1 mV").arg(labels.spikeThresholdMv), !run().capped);
    plot.setReference(Cap, labels.somaCapMv, tr("cap %1 mV").arg(labels.somaCapMv), true);
}

void SomaPanel::draw()
{
    setLooks();
    drawGhosts();
    extend({});
}

void SomaPanel::extend(const ShownRun::Reach &drawn)
{
    drawTrace(drawn.samples);
    drawTwin(TwinSomaLine, run().twin.somaMv, drawn.twinMs);
    drawSegment();
    drawSpikes();
    scale();
    canvas()->redraw();
}

QString SomaPanel::nameOf(const QString &whose) const
{
    return run().capped
        ? tr("%1 V, cut at %2 mV [mV]").arg(whose).arg(run().neuron.labels.somaCapMv)
        : tr("%1 V [mV]").arg(whose);
}

std::vector<float> SomaPanel::shown(std::span<const float> mv) const
{
    std::vector<float> values(mv.begin(), mv.end());
    if (run().capped) {
        for (float &v : values)
            v = std::min(v, static_cast<float>(run().neuron.labels.somaCapMv));
    }
    return values;
}

void SomaPanel::drawTrace(std::size_t fromSample)
{
    const double dx = 1.0 / run().trace.samplesPerMs;
    const std::vector<float> fresh = shown(std::span(run().trace.somaFine).subspan(fromSample));
    if (fromSample == 0) {
        m_seen = {};
        canvas()->setLineName(SomaLine, nameOf(tr("Soma")));
        canvas()->setLine(SomaLine, 0.0, dx, fresh);
    } else
        canvas()->extendLine(SomaLine, static_cast<double>(fromSample) * dx, dx, fresh);
    m_seen.take(fresh);
}

void SomaPanel::drawSegment()
{
    std::vector<float> values;
    if (run().selectedRow && *run().selectedRow < run().trace.segments && !run().withTwin) {
        values = voltageOfRow(run().trace, *run().selectedRow);
        canvas()->setLineName(SegmentLine, tr("Segment %1 V [mV]").arg(*run().selectedRow));
    }
    canvas()->setLine(SegmentLine, 0.0, 1.0, values);
}

void SomaPanel::drawSpikes()
{
    std::vector<PlotCanvas::Marker> ticks;
    const std::vector<std::uint8_t> &spike = run().labels.spike;
    for (std::size_t t = 0; t < spike.size(); ++t) {
        if (spike[t])
            ticks.push_back({static_cast<double>(t) + 0.5, 0.0, 9.0});
    }
    canvas()->setMarkers(Spikes, std::move(ticks));
}

void SomaPanel::drawGhosts()
{
    PlotCanvas &plot = *canvas();
    for (int slot = 0; slot < SomaLine; ++slot) {
        plot.setLine(slot, 0.0, 1.0, {});
        plot.setLineName(slot, {});
    }
    m_ghostsSeen = {};
    for (const RunRecord &ghost : run().ghosts) {
        plot.setLineName(ghost.slot, nameOf(QString::fromStdString(ghost.title())));
        if (ghost.trace) {
            plot.setLine(ghost.slot, 0.0, 1.0 / ghost.trace->samplesPerMs,
                         shown(ghost.trace->somaFine));
        } else if (ghost.foreign) {
            const std::vector<float> mv = shown(ghost.foreign->mv);
            plot.setPoints(ghost.slot, ghost.foreign->ms,
                           std::vector<double>(mv.begin(), mv.end()));
        }
        if (const auto extent = plot.extentOf(ghost.slot))
            m_ghostsSeen.take(Extent{extent->first, extent->second});
    }
}

void SomaPanel::scale()
{
    Extent seen = m_seen;
    seen.take(m_ghostsSeen);
    for (const int line : {TwinSomaLine, SegmentLine}) {
        if (const auto extent = canvas()->extentOf(line))
            seen.take(Extent{extent->first, extent->second});
    }
    const std::vector<std::uint8_t> &spike = run().labels.spike;
    const bool spikes = std::find(spike.begin(), spike.end(), 1) != spike.end();
    m_range.fit(seen, run().isOver(), spikes ? RoomOfTicks : RoomAbove, RoomBelow);
    canvas()->setYRange(m_range.from(), m_range.to());
}

QString SomaPanel::wordsAt(double ms, std::optional<double> markMs) const
{
    const auto cap = static_cast<float>(run().neuron.labels.somaCapMv);
    const auto at = [&](double time) {
        const float v = run().trace.somaFine[run().sampleAt(time)];
        return run().withTwin ? std::min(v, cap) : v;
    };
    QString text = tr("%1 at %2 ms%3")
                       .arg(inMv(at(ms)))
                       .arg(ms, 0, 'f', 1)
                       .arg(besides(run().twin.somaMv, ms, 1.0, 1));
    if (markMs)
        text += tr("; from the mark %1 ms, %2 mV")
                    .arg(withSign(ms - *markMs, 1),
                         withSign(static_cast<double>(at(ms) - at(*markMs)), 2));
    return text;
}

QString SomaPanel::words() const
{
    const std::vector<std::uint8_t> &spike = run().labels.spike;
    const auto spikes = std::count(spike.begin(), spike.end(), 1);
    return spike.empty() ? QString() : spikes == 1 ? tr("1 spike") : tr("%1 spikes").arg(spikes);
}

void SomaPanel::setMeasures(const std::vector<MeasureMarks> &marks)
{
    // The cursor moves often, the response that it is on seldom changes.
    const auto same = [](const MeasureMarks &a, const MeasureMarks &b) {
        return std::bit_cast<std::array<std::uint64_t, sizeof a / 8>>(a)
            == std::bit_cast<std::array<std::uint64_t, sizeof b / 8>>(b);
    };
    if (std::equal(marks.begin(), marks.end(), m_measures.begin(), m_measures.end(), same))
        return;
    m_measures = marks;
    std::vector<PlotCanvas::Marker> dots;
    const auto dot = [&](double ms, double mv, const QString &text, PlotCanvas::Side side) {
        if (!std::isnan(ms) && !std::isnan(mv))
            dots.push_back({ms, mv, 6.0, false, text, side});
    };
    for (int i = 0; i < MostMeasured; ++i) {
        const MeasureMarks m = i < static_cast<int>(marks.size())
            ? marks[static_cast<std::size_t>(i)]
            : MeasureMarks{};
        dot(m.baseMs, m.baseMv, tr("base"), PlotCanvas::Side::Below);
        dot(m.peakMs, m.peakMv, tr("peak"), PlotCanvas::Side::Above);
        const double amplitude = m.peakMv - m.baseMv;
        const auto line = [&](int number, double from, double to, double low, double high) {
            const std::vector<double> x{from, to};
            const std::vector<double> y{m.baseMv + low * amplitude, m.baseMv + high * amplitude};
            if (std::isnan(from) || std::isnan(to))
                canvas()->setPoints(number, {}, {});
            else
                canvas()->setPoints(number, x, y);
        };
        line(MeasureLines + 2 * i, m.riseFromMs, m.riseToMs, 0.1, 0.9);
        line(MeasureLines + 2 * i + 1, m.halfFromMs, m.halfToMs, 0.5, 0.5);
    }
    canvas()->setMarkers(BaseAndPeak, std::move(dots));
    canvas()->redraw();
}

} // namespace dt
