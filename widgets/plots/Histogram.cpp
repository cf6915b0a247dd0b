// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/Histogram.h"

#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"

#include <QApplication>
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

struct Bins
{
    double from = 0.0;
    double width = 1.0;
    int count = 1;
};

/// Bins that hold equally many places of a lattice, or a smooth distribution would look like a
/// comb. Edges lie halfway between the places, so that rounding moves no value.
Bins chooseBins(double lo, double hi, std::size_t values, double given, double found)
{
    /// As few places are shown better by bars that stand apart.
    constexpr double FewPlaces = 4.0;
    const int count = binCount(values);
    const double step = given > 0.0 ? given : found;
    if (!(step > 0.0) || (hi - lo) / step + 1.5 < FewPlaces)
        return {lo, (hi - lo) / count, count};
    Bins bins;
    bins.width = step * std::max(1.0, std::round((hi - lo) / count / step));
    bins.from = (given > 0.0 ? std::round(lo / step) * step : lo) - 0.5 * step;
    bins.count = std::max(1, static_cast<int>(std::ceil((hi - bins.from) / bins.width - 1e-6)));
    return bins;
}

std::vector<double> binned(const std::vector<double> &values, const Bins &bins)
{
    std::vector<double> counts(static_cast<std::size_t>(bins.count), 0.0);
    for (const double v : values) {
        const auto bin = static_cast<int>(std::floor((v - bins.from) / bins.width));
        counts[static_cast<std::size_t>(std::clamp(bin, 0, bins.count - 1))] += 1.0;
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

/// Marks of the count axis: powers of ten, and 2 and 5 between them while there are few.
std::vector<std::pair<double, QString>> countTicks(double highest)
{
    std::vector<std::pair<double, QString>> ticks;
    const bool fine = highest < 30.0;
    for (double power = 1.0; power <= highest * 1.2; power *= 10.0) {
        for (const double factor : {1.0, 2.0, 5.0}) {
            if ((fine || factor == 1.0) && power * factor <= highest * 1.2)
                ticks.emplace_back(barHeight(power * factor),
                                   QString::number(power * factor, 'f', 0));
        }
    }
    return ticks;
}

} // namespace

double smallestStep(const std::vector<double> &kept, const std::vector<double> &gone)
{
    std::vector<double> all = kept;
    all.insert(all.end(), gone.begin(), gone.end());
    if (all.size() < 2)
        return 0.0;
    std::sort(all.begin(), all.end());
    // Closer ones are the same value, rounded differently.
    const double same = 1e-7 * std::max(std::abs(all.front()), std::abs(all.back()));
    double step = std::numeric_limits<double>::infinity();
    for (std::size_t i = 1; i < all.size(); ++i) {
        if (all[i] - all[i - 1] > same)
            step = std::min(step, all[i] - all[i - 1]);
    }
    return std::isfinite(step) ? step : 0.0;
}

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

void Histogram::setUnit(const QString &unit)
{
    m_unit = unit;
}

void Histogram::setCounted(const Counted &counted)
{
    m_counted = counted;
}

void Histogram::setRangeDraggable(bool draggable)
{
    m_draggable = draggable;
}

void Histogram::setValues(std::vector<double> kept, std::vector<double> gone, double step)
{
    m_kept = std::move(kept);
    m_gone = std::move(gone);
    m_step = step;
    draw();
    say();
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
    const Bins bins =
        chooseBins(lo, hi, m_kept.size() + m_gone.size(), m_step, smallestStep(m_kept, m_gone));
    m_firstBin = bins.from;
    m_binWidth = bins.width;
    const double end = std::max(hi, bins.from + bins.width * bins.count);
    const double margin = 0.04 * (end - bins.from);
    m_from = bins.from - margin;
    m_to = end + margin;

    const std::vector<double> kept = binned(m_kept, bins);
    const std::vector<double> gone = binned(m_gone, bins);
    std::vector<double> all(kept.size());
    double highest = 1.0;
    m_counts.assign(kept.size(), 0);
    for (std::size_t i = 0; i < all.size(); ++i) {
        all[i] = kept[i] + gone[i];
        highest = std::max(highest, all[i]);
        m_counts[i] = static_cast<int>(all[i]);
    }
    setLine(0, bins.from, bins.width, outline(all));
    setLine(1, bins.from, bins.width, outline(kept));
    setXAxis(m_xLabel, m_from, m_to);
    setYTicks(countTicks(highest));
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
    if (!m_draggable || event->button() != Qt::LeftButton || (m_kept.empty() && m_gone.empty()))
        return;
    m_pressedAt = event->position();
    m_pressedX = toPlot(m_pressedAt).x();
    m_dragged = gripAt(m_pressedAt);
    if (m_dragged == Grip::None)
        m_dragged = Grip::Both;
}

void Histogram::plotMouseMove(QMouseEvent *event)
{
    const double x = toPlot(event->position()).x();
    if (m_dragged != Grip::None) {
        // A click makes no range.
        if (m_dragged != Grip::Both
            || std::abs(event->position().x() - m_pressedAt.x())
                >= QApplication::startDragDistance())
            drag(x);
        return;
    }
    setCursor(!m_draggable                                  ? Qt::ArrowCursor
                  : gripAt(event->position()) == Grip::None ? Qt::CrossCursor
                                                            : Qt::SizeHorCursor);
    m_hoveredX = x;
    say();
}

void Histogram::drag(double x)
{
    // Steps that fit the axis: 1, 2 or 5 times a power of ten, some two hundred of them.
    const double rough = (m_to - m_from) / 200.0;
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    const double step = power * (rough / power < 2.0 ? 1.0 : rough / power < 5.0 ? 2.0 : 5.0);
    const auto snapped = [&](double at) {
        return std::round(std::clamp(at, m_from, m_to) / step) * step;
    };
    const double value = snapped(x);
    Range range = m_range.value_or(Range{});
    if (m_dragged == Grip::Lo)
        range.lo = std::min(value, range.hi);
    else if (m_dragged == Grip::Hi)
        range.hi = std::max(value, range.lo);
    else
        range = {std::min(value, snapped(m_pressedX)), std::max(value, snapped(m_pressedX))};
    if (m_range == range)
        return;
    setRange(range);
    Q_EMIT rangeDragged(range.lo, range.hi);
}

void Histogram::plotMouseRelease(QMouseEvent *)
{
    m_dragged = Grip::None;
}

void Histogram::leaveEvent(QEvent *event)
{
    PlotCanvas::leaveEvent(event);
    m_hoveredX.reset();
    say();
}

void Histogram::say()
{
    QString text;
    if (m_hoveredX && !(m_kept.empty() && m_gone.empty())) {
        const double bin = std::floor((*m_hoveredX - m_firstBin) / m_binWidth);
        if (bin >= 0.0 && bin < static_cast<double>(m_counts.size())) {
            const int count = m_counts[static_cast<std::size_t>(bin)];
            const QString value = QString::number(m_firstBin + (bin + 0.5) * m_binWidth, 'g', 3);
            text = tr("%1: %2 %3")
                       .arg(m_unit.isEmpty() ? value : value + QLatin1Char(' ') + m_unit)
                       .arg(count)
                       .arg(count == 1 ? m_counted.one : m_counted.many)
                       .trimmed();
        }
    }
    if (text == m_said)
        return;
    m_said = text;
    Q_EMIT hovered(text);
}

void Histogram::applyTheme()
{
    if (lineCount() < 2)
        return;
    setLineStyle(0, {colours::ghost(palette()), 0.6, true, true});
    setLineStyle(1, {palette().color(QPalette::WindowText), 0.8, true, true});
}

} // namespace dt
