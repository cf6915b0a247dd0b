// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/Histogram.h"

#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"

#include <QMouseEvent>

#include <algorithm>
#include <cmath>
#include <limits>

namespace dt {

namespace {

constexpr int MaxBins = 60;
constexpr double GripReach = 7.0; // [px]

/// Zero counts lie on the axis, one is visible, and every power of ten is a step further up.
double barHeight(double count)
{
    return count <= 0.0 ? 0.0 : std::log10(count) + 0.5;
}

/// Few values in many bins are a comb.
int binCount(std::size_t values)
{
    return std::clamp(static_cast<int>(2.0 * std::sqrt(static_cast<double>(values))), 8, MaxBins);
}

std::vector<double> binned(const std::vector<double> &values, double from, double to, int bins)
{
    std::vector<double> counts(static_cast<std::size_t>(bins), 0.0);
    for (const double v : values) {
        const auto bin = static_cast<int>((v - from) / (to - from) * bins);
        counts[static_cast<std::size_t>(std::clamp(bin, 0, bins - 1))] += 1.0;
    }
    return counts;
}

/// Steps with one closing point, so that the last bin has its width.
std::vector<float> outline(const std::vector<double> &counts)
{
    std::vector<float> y;
    for (const double count : counts)
        y.push_back(static_cast<float>(barHeight(count)));
    y.push_back(0.0F);
    return y;
}

} // namespace

Histogram::Histogram(QWidget *parent) : PlotCanvas(parent)
{
    addLine({Qt::gray, 0.6, true, true});
    addLine({Qt::black, 0.8, true, true});
    const double hidden = std::numeric_limits<double>::quiet_NaN();
    addUpright(hidden);
    addUpright(hidden);
    applyTheme();
    draw();
}

void Histogram::setXLabel(const QString &label)
{
    m_xLabel = label;
    draw();
}

void Histogram::setValues(std::vector<double> kept, std::vector<double> gone)
{
    m_kept = std::move(kept);
    m_gone = std::move(gone);
    draw();
}

void Histogram::setRange(const std::optional<Range> &range)
{
    if (m_range == range)
        return;
    m_range = range;
    placeGrips();
    redraw();
}

void Histogram::draw()
{
    double lo = std::numeric_limits<double>::infinity();
    double hi = -lo;
    for (const std::vector<double> *values : {&m_kept, &m_gone}) {
        for (const double v : *values) {
            lo = std::min(lo, v);
            hi = std::max(hi, v);
        }
    }
    if (!(lo <= hi)) {
        lo = 0.0;
        hi = 1.0;
    }
    if (hi - lo < 1e-9 * std::max(1.0, std::abs(hi))) {
        const double room = std::max(0.5, 0.05 * std::abs(hi));
        lo -= room;
        hi += room;
    }
    const double margin = 0.04 * (hi - lo);
    m_from = lo - margin;
    m_to = hi + margin;

    const int bins = binCount(m_kept.size() + m_gone.size());
    const std::vector<double> kept = binned(m_kept, lo, hi, bins);
    const std::vector<double> gone = binned(m_gone, lo, hi, bins);
    std::vector<double> all(kept.size());
    double highest = 1.0;
    m_counts.assign(kept.size(), 0);
    for (std::size_t i = 0; i < all.size(); ++i) {
        all[i] = kept[i] + gone[i];
        highest = std::max(highest, all[i]);
        m_counts[i] = static_cast<int>(all[i]);
    }
    const double width = (hi - lo) / bins;
    setLine(0, lo, width, outline(all));
    setLine(1, lo, width, outline(kept));
    setXAxis(m_xLabel, m_from, m_to);
    std::vector<std::pair<double, QString>> ticks;
    for (double count = 1.0; count <= highest * 1.5; count *= 10.0)
        ticks.emplace_back(barHeight(count), QString::number(count, 'f', 0));
    if (ticks.size() == 1 && highest > 1.0)
        ticks.emplace_back(barHeight(highest), QString::number(highest, 'f', 0));
    setYTicks(ticks);
    setYRange(0.0, barHeight(highest) * 1.12 + 0.1);
    setEmptyText(m_kept.empty() && m_gone.empty() ? tr("No values yet") : QString());
    placeGrips();
    redraw();
}

void Histogram::placeGrips()
{
    const double hidden = std::numeric_limits<double>::quiet_NaN();
    setUpright(0, m_range ? std::clamp(m_range->lo, m_from, m_to) : hidden);
    setUpright(1, m_range ? std::clamp(m_range->hi, m_from, m_to) : hidden);
}

Histogram::Grip Histogram::gripAt(const QPointF &pixel) const
{
    if (!m_range)
        return Grip::None;
    const double lo = toPixel({std::clamp(m_range->lo, m_from, m_to), 0.0}).x();
    const double hi = toPixel({std::clamp(m_range->hi, m_from, m_to), 0.0}).x();
    const double toLo = std::abs(pixel.x() - lo);
    const double toHi = std::abs(pixel.x() - hi);
    if (std::min(toLo, toHi) > GripReach)
        return Grip::None;
    // Grips on each other come apart in the direction of the mouse.
    if (toLo == toHi)
        return pixel.x() < lo ? Grip::Lo : Grip::Hi;
    return toLo < toHi ? Grip::Lo : Grip::Hi;
}

void Histogram::plotMousePress(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        m_dragged = gripAt(event->position());
}

void Histogram::plotMouseMove(QMouseEvent *event)
{
    const double x = toPlot(event->position()).x();
    if (m_dragged == Grip::None) {
        setCursor(gripAt(event->position()) == Grip::None ? Qt::ArrowCursor : Qt::SizeHorCursor);
        const auto bins = static_cast<int>(m_counts.size());
        const double share = (x - m_from) / (m_to - m_from);
        const auto bin = static_cast<int>((share - 0.04 / 1.08) * 1.08 * bins);
        if (bin >= 0 && bin < bins && !(m_kept.empty() && m_gone.empty()))
            Q_EMIT hovered(tr("%1: %2").arg(x, 0, 'g', 3).arg(
                m_counts[static_cast<std::size_t>(bin)]));
        return;
    }
    // Steps that fit the axis: 1, 2 or 5 times a power of ten, some two hundred of them.
    const double rough = (m_to - m_from) / 200.0;
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    const double step = power * (rough / power < 2.0 ? 1.0 : rough / power < 5.0 ? 2.0 : 5.0);
    const double value = std::round(std::clamp(x, m_from, m_to) / step) * step;
    Range range = *m_range;
    if (m_dragged == Grip::Lo)
        range.lo = std::min(value, range.hi);
    else
        range.hi = std::max(value, range.lo);
    if (range == *m_range)
        return;
    setRange(range);
    Q_EMIT rangeDragged(range.lo, range.hi);
}

void Histogram::plotMouseRelease(QMouseEvent *)
{
    m_dragged = Grip::None;
}

void Histogram::applyTheme()
{
    if (lineCount() < 2)
        return;
    setLineStyle(0, {colours::ghost(palette()), 0.6, true, true});
    setLineStyle(1, {palette().color(QPalette::WindowText), 0.8, true, true});
}

} // namespace dt
