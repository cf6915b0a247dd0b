// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simulate/RunMeasures.h"

#include "app/simulate/SimulationController.h"
#include "engine/explore/Measures.h"
#include "widgets/pages/SimulatePage.h"
#include "widgets/plots/MeasureMarks.h"
#include "widgets/runs/RunStrip.h"

#include <QStringList>

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

/// Less is no response but the numbers' last digits.
constexpr double LeastAmplitudeMv = 1.0e-3;

QString bare(double value, int digits = 1)
{
    return std::isnan(value) ? RunMeasures::tr("none") : QString::number(value, 'f', digits);
}

QString number(double value, const QString &unit, int digits = 1)
{
    return std::isnan(value) ? bare(value)
                             : RunMeasures::tr("%1 %2").arg(bare(value, digits), unit);
}

/// Small potentials keep digits that count.
QString millivolts(double value)
{
    return number(value, RunMeasures::tr("mV"), std::abs(value) < 10.0 ? 2 : 1);
}

QString inWords(const QString &what, const PotentialMeasures &m)
{
    return RunMeasures::tr("%1: base %2, peak %3, amplitude %4, rise %5, half-width %6")
        .arg(what, number(m.baseMv, RunMeasures::tr("mV")), number(m.peakMv, RunMeasures::tr("mV")),
             millivolts(m.amplitudeMv), number(m.riseMs, RunMeasures::tr("ms")),
             number(m.halfWidthMs, RunMeasures::tr("ms")));
}

MeasureMarks marksOf(std::span<const float> mv, double samplesPerMs, const ResponseWindow &window,
                     const PotentialMeasures &m)
{
    MeasureMarks marks;
    marks.baseMs = window.fromMs;
    marks.baseMv = m.baseMv;
    marks.peakMs = m.peakMs;
    marks.peakMv = m.peakMv;
    const auto crossing = [&](double share, double from, double until) {
        return crossingMs(mv, samplesPerMs, m.baseMv + share * m.amplitudeMv, from, until);
    };
    if (!std::isnan(m.riseMs)) {
        marks.riseFromMs = crossing(0.1, window.fromMs, m.peakMs);
        marks.riseToMs = marks.riseFromMs + m.riseMs;
    }
    if (!std::isnan(m.halfWidthMs)) {
        marks.halfToMs = crossing(0.5, m.peakMs, window.untilMs);
        marks.halfFromMs = marks.halfToMs - m.halfWidthMs;
    }
    return marks;
}

} // namespace

ResponseWindow responseAt(double cursorMs, const double *markMs,
                          std::span<const InputEvent> painted, double durationMs)
{
    if (markMs)
        return {std::min(*markMs, cursorMs), std::max(*markMs, cursorMs)};
    ResponseWindow window{-1.0, durationMs};
    for (const InputEvent &event : painted) {
        if (event.timeMs <= cursorMs)
            window.fromMs = std::max(window.fromMs, static_cast<double>(event.timeMs));
    }
    for (const InputEvent &event : painted) {
        if (event.timeMs > cursorMs)
            window.untilMs = std::min(window.untilMs, static_cast<double>(event.timeMs));
    }
    return window;
}

RunMeasures::RunMeasures(SimulationController *simulation, SimulatePage *page, QObject *parent) :
    QObject(parent), m_simulation(simulation), m_page(page)
{
    connect(page->plots()->timeAxis(), &TimeAxis::cursorChanged, this, &RunMeasures::refresh);
    connect(page->plots(), &RunPlots::looksChanged, this, &RunMeasures::refresh);
}

void RunMeasures::refresh()
{
    RunPlots &plots = *m_page->plots();
    const VoltageTrace &trace = plots.trace();
    const std::optional<double> cursor = plots.timeAxis()->cursor();
    const std::optional<double> mark = plots.timeAxis()->mark();
    ResponseWindow window;
    if (cursor && trace.recordedMs > 0 && *cursor < trace.recordedMs && !plots.isTwinShown())
        window = responseAt(*cursor, mark ? &*mark : nullptr,
                            m_simulation->setup().stimulus.painted, trace.recordedMs);
    if (window.fromMs < 0.0 || window.untilMs <= window.fromMs) {
        plots.setMeasures({});
        m_page->strip()->setMeasures({});
        return;
    }
    MeasureWindow wanted;
    wanted.eventMs = window.fromMs;
    wanted.untilMs = window.untilMs;
    wanted.direction = Direction::Either;
    std::vector<MeasureMarks> marks;
    std::vector<RunStrip::Measured> rows;
    QStringList words;
    const auto measure = [&](const QString &what, std::span<const float> mv, double samplesPerMs) {
        const PotentialMeasures m = measurePotential(mv, samplesPerMs, wanted);
        if (std::isnan(m.baseMv) || std::abs(m.amplitudeMv) < LeastAmplitudeMv)
            return;
        words << inWords(what, m);
        rows.push_back({what,
                        {bare(m.baseMv), bare(m.peakMv),
                         bare(m.amplitudeMv, std::abs(m.amplitudeMv) < 10.0 ? 2 : 1),
                         bare(m.riseMs), bare(m.halfWidthMs)}});
        marks.push_back(marksOf(mv, samplesPerMs, window, m));
    };
    measure(tr("Soma"), trace.somaFine, trace.samplesPerMs);
    const std::optional<int> row = plots.selectedRow();
    if (row && *row < trace.segments) {
        std::vector<float> values;
        for (std::size_t i = static_cast<std::size_t>(*row); i < trace.dendV.size();
             i += static_cast<std::size_t>(trace.segments))
            values.push_back(trace.dendV[i]);
        measure(tr("Segment %1").arg(*row), values, 1.0);
    }
    plots.setMeasures(marks);
    const QString about =
        mark ? tr("between mark and cursor") : tr("after the event at %1 ms").arg(window.fromMs);
    m_page->strip()->setMeasures(rows, tr("%1 (%2)").arg(words.join(QStringLiteral("; ")), about));
}

} // namespace dt
