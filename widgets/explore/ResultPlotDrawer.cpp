// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/explore/ResultPlotDrawer.h"

#include "widgets/forms/Units.h"
#include "widgets/plots/MarkShapes.h"
#include "widgets/plots/PlotCanvas.h"
#include "widgets/plots/SeriesLegend.h"
#include "widgets/theme/Colours.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace dt {

namespace {

constexpr double DotPx = 7.0;
/// Where there are so many that they would hide each other and the theory.
constexpr double SmallDotPx = 3.5;
constexpr std::size_t MostLargeDots = 32;
/// A colour map has words at so many places along an axis, or fewer.
constexpr std::size_t MostTicks = 8;
/// So many voltages have a colour and a name below their plot, as many as there are colours; the
/// others are grey.
constexpr std::size_t MostNames = 6;

QString displayed(const std::string &s)
{
    return displayUnitsIn(QString::fromStdString(s));
}

QString axisName(const std::string &name, const std::string &unit)
{
    return unit.empty()
        ? displayed(name)
        : QStringLiteral("%1 [%2]").arg(displayed(name), displayUnit(displayed(unit)));
}

/// Smallest and largest number that is one, with room at both ends.
class Range
{
public:
    explicit Range(bool logarithmic) : m_logarithmic(logarithmic) { }

    void take(double value)
    {
        if (!std::isfinite(value) || (m_logarithmic && value <= 0.0))
            return;
        m_low = std::min(m_low, value);
        m_high = std::max(m_high, value);
    }

    [[nodiscard]] std::pair<double, double> padded() const
    {
        if (m_low > m_high)
            return m_logarithmic ? std::pair{0.1, 10.0} : std::pair{0.0, 1.0};
        if (m_logarithmic) {
            const double room = std::max(std::pow(m_high / m_low, 0.06), 1.1);
            return {m_low / room, m_high * room};
        }
        const double width = m_high - m_low;
        if (width > 0.0)
            return {m_low - 0.06 * width, m_high + 0.06 * width};
        // One level: nearly all room is above it, as times and amplitudes are not below 0.
        const double room = std::max(0.1 * std::abs(m_high), 0.5);
        return {m_low - 0.1 * room, m_high + room};
    }

private:
    bool m_logarithmic;
    double m_low = std::numeric_limits<double>::infinity();
    double m_high = -std::numeric_limits<double>::infinity();
};

/// Few numbers as they are; of many, round ones between the positions they would have.
std::vector<std::pair<double, QString>> pickedTicks(const std::vector<double> &values)
{
    const auto number = [](double value) { return QString::number(value, 'g', 4); };
    std::vector<std::pair<double, QString>> ticks;
    if (values.size() <= MostTicks || !std::is_sorted(values.begin(), values.end())) {
        const std::size_t step = (values.size() + MostTicks - 1) / MostTicks;
        for (std::size_t i = 0; i < values.size(); i += std::max<std::size_t>(step, 1))
            ticks.emplace_back(static_cast<double>(i), number(values[i]));
        return ticks;
    }
    const double width = values.back() - values.front();
    double step = std::pow(10.0, std::floor(std::log10(width / static_cast<double>(MostTicks))));
    for (int i = 0; width / step > static_cast<double>(MostTicks); ++i)
        step *= i % 3 == 1 ? 2.5 : 2.0; // 1, 2, 5, 10, ...
    for (double k = std::ceil(values.front() / step); k * step <= values.back(); k += 1.0) {
        const double value = k * step;
        const auto above = std::lower_bound(values.begin(), values.end(), value);
        const auto i = static_cast<double>(above - values.begin());
        const double share = above == values.begin() || *above == *(above - 1)
            ? 1.0
            : (value - *(above - 1)) / (*above - *(above - 1));
        ticks.emplace_back(i - 1.0 + share, number(value));
    }
    return ticks;
}

/// Which of so many are shown in colour: evenly spread.
std::vector<std::size_t> spread(std::size_t count, std::size_t most)
{
    std::vector<std::size_t> chosen;
    for (std::size_t i = 0; i < std::min(count, most); ++i)
        chosen.push_back(count <= most ? i : i * (count - 1) / (most - 1));
    return chosen;
}

/// Which curves of a plot have a colour.
std::vector<std::size_t> coloured(const ResultPlot &plot)
{
    return spread(plot.series.size(), MostMarked);
}

} // namespace

SeriesNumbers seriesNumbers(const std::vector<ResultPlot> &plots)
{
    std::vector<std::string> names; // in order
    std::vector<std::vector<std::string>> together;
    for (const ResultPlot &plot : plots) {
        together.emplace_back();
        for (const std::size_t i : coloured(plot)) {
            const std::string &name = plot.series[i].name;
            if (name.empty())
                continue;
            together.back().push_back(name);
            if (std::find(names.begin(), names.end(), name) == names.end())
                names.push_back(name);
        }
    }
    SeriesNumbers numbers;
    for (const std::string &name : names) {
        if (names.size() <= static_cast<std::size_t>(colours::SeriesCount)) {
            numbers.emplace(name, static_cast<int>(numbers.size()));
            continue;
        }
        // The first that none of the curves beside it has.
        std::set<int> taken;
        for (const std::vector<std::string> &plot : together) {
            if (std::find(plot.begin(), plot.end(), name) == plot.end())
                continue;
            for (const std::string &other : plot) {
                if (const auto slot = numbers.find(other); slot != numbers.end())
                    taken.insert(slot->second);
            }
        }
        int slot = 0;
        while (taken.contains(slot))
            ++slot;
        numbers.emplace(name, slot);
    }
    return numbers;
}

ResultPlotDrawer::ResultPlotDrawer(PlotCanvas *canvas, SeriesLegend *legend, QObject *parent) :
    QObject(parent), m_canvas(canvas), m_legend(legend)
{
}

void ResultPlotDrawer::draw(const ResultPlot &plot, const SeriesNumbers &numbers,
                            const QPalette &palette)
{
    m_canvas->setYLabel(axisName(plot.yName, plot.yUnit));
    if (plot.map.values.empty()) {
        drawSeries(plot, numbers, palette);
    } else {
        drawMap(plot.map);
        m_canvas->setXAxis(axisName(plot.xName, plot.xUnit), -0.5,
                           static_cast<double>(plot.map.x.size()) - 0.5);
    }
    m_canvas->redraw();
}

void ResultPlotDrawer::drawUnnamed(const ResultPlot &plot, const QPalette &palette)
{
    const std::vector<std::size_t> named = coloured(plot);
    for (std::size_t i = 0; i < plot.series.size(); ++i) {
        if (std::find(named.begin(), named.end(), i) != named.end())
            continue;
        const int line = m_canvas->addLine({colours::ghost(palette)});
        m_canvas->setPoints(line, plot.series[i].x, plot.series[i].y);
        m_canvas->setLineName(line, displayed(plot.series[i].name));
    }
}

void ResultPlotDrawer::drawSeries(const ResultPlot &plot, const SeriesNumbers &numbers,
                                  const QPalette &palette)
{
    m_canvas->removeLinesFrom(0);
    drawUnnamed(plot, palette);
    Range x(plot.logX);
    Range y(plot.logY);
    std::vector<SeriesLegend::Entry> entries;
    const auto theories =
        std::count_if(plot.series.begin(), plot.series.end(),
                      [](const ResultSeries &s) { return s.style == ResultSeries::Style::Theory; });
    const std::vector<std::size_t> named = coloured(plot);
    for (const ResultSeries &series : plot.series) {
        for (std::size_t k = 0; k < std::min(series.x.size(), series.y.size()); ++k) {
            x.take(series.x[k]);
            y.take(series.y[k]);
            if (k < series.error.size()) {
                y.take(series.y[k] - series.error[k]);
                y.take(series.y[k] + series.error[k]);
            }
        }
    }
    for (std::size_t i = 0; i < named.size(); ++i) {
        const ResultSeries &series = plot.series[named[i]];
        const bool theory = series.style == ResultSeries::Style::Theory;
        const auto known = numbers.find(series.name);
        const int slot = known == numbers.end() ? 0 : known->second;
        const bool plain =
            known == numbers.end() || numbers.size() == 1 || (theory && theories == 1);
        const QColor colour =
            plain ? palette.color(QPalette::WindowText) : colours::series(slot, palette);
        PlotCanvas::LineStyle style;
        style.colour = colour;
        style.dash = theory ? Qt::DashLine : Qt::SolidLine;
        const bool joined = series.style != ResultSeries::Style::Points;
        const int line = m_canvas->addLine(style);
        if (joined)
            m_canvas->setPoints(line, series.x, series.y);
        if (joined && std::any_of(series.error.begin(), series.error.end(), [](double error) {
                return std::isfinite(error);
            }))
            m_canvas->setLineErrors(line, series.error, tr("standard error"));
        m_canvas->setLineName(line, displayed(series.name));
        std::vector<PlotCanvas::Marker> dots;
        for (std::size_t k = 0; k < std::min(series.x.size(), series.y.size()); ++k) {
            if (!theory && !std::isnan(series.y[k]))
                dots.push_back({series.x[k],
                                series.y[k],
                                series.x.size() > MostLargeDots ? SmallDotPx : DotPx,
                                false,
                                {},
                                {}});
        }
        const PlotCanvas::Shape shape = plain ? PlotCanvas::Shape::Dot : markOfSeries(slot);
        while (m_markers.size() <= i)
            m_markers.push_back(m_canvas->addMarkers(shape, colour));
        m_canvas->setMarkersColour(m_markers[i], colour);
        m_canvas->setMarkersShape(m_markers[i], shape);
        m_canvas->setMarkersName(m_markers[i], joined ? QString() : displayed(series.name));
        m_canvas->setMarkers(m_markers[i], std::move(dots));
        if (!theory)
            m_canvas->setLineMarkers(line, m_markers[i]);
        if (!series.name.empty()) {
            SeriesLegend::Entry entry;
            entry.text = displayed(series.name);
            entry.colour = colour;
            entry.dash = joined ? style.dash : Qt::NoPen;
            entry.shape = shape;
            entry.marked = !theory;
            entries.push_back(std::move(entry));
        }
    }
    if (plot.series.size() > named.size()) {
        SeriesLegend::Entry entry;
        entry.text = tr("%1 more").arg(plot.series.size() - named.size());
        entry.colour = colours::ghost(palette);
        entries.push_back(std::move(entry));
    }
    for (std::size_t i = named.size(); i < m_markers.size(); ++i)
        m_canvas->setMarkers(m_markers[i], {});
    for (std::size_t i = 0; i < plot.levels.size(); ++i) {
        const ResultLevel &level = plot.levels[i];
        y.take(level.y);
        if (i < m_levels.size())
            m_canvas->setReference(m_levels[i], level.y, displayed(level.name), true);
        else
            m_levels.push_back(m_canvas->addReference(level.y, displayed(level.name)));
    }
    for (std::size_t i = plot.levels.size(); i < m_levels.size(); ++i)
        m_canvas->setReference(m_levels[i], 0.0, {}, false);
    m_legend->setVisible(!entries.empty());
    m_legend->setEntries(std::move(entries));

    const auto [left, right] = x.padded();
    const auto [bottom, top] = y.padded();
    m_canvas->setXAxis(axisName(plot.xName, plot.xUnit), left, right);
    m_canvas->setYRange(bottom, top);
    if (plot.logX)
        m_canvas->setXLogarithmic();
    if (plot.logY)
        m_canvas->setYLogarithmic();
}

void ResultPlotDrawer::drawMap(const ResultMap &map)
{
    std::vector<float> values;
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (const double value : map.values) {
        values.push_back(static_cast<float>(value));
        if (std::isnan(value))
            continue;
        low = std::min(low, value);
        high = std::max(high, value);
    }
    if (low > high) { // nothing is measured yet
        low = 0.0;
        high = 1.0;
    }
    const int rows = static_cast<int>(map.y.size());
    m_canvas->setMap(values, rows, QRectF(-0.5, -0.5, static_cast<double>(map.x.size()), rows));
    m_canvas->setMapColours([](double share) { return colours::map(share); });
    m_canvas->setMapRange(low, high > low ? high : low + 1.0);
    m_canvas->setMapName(axisName(map.name, map.unit));
    m_canvas->setYRange(-0.5, rows - 0.5);
    m_canvas->setXTicks(pickedTicks(map.x));
    m_canvas->setYTicks(pickedTicks(map.y));
    // The scale of the colours, as five samples of it.
    std::vector<SeriesLegend::Entry> entries;
    for (int i = 0; i <= 4; ++i) {
        SeriesLegend::Entry entry;
        const double share = i / 4.0;
        entry.text = QString::number(low + share * (high - low), 'g', 3)
            + (i == 4 ? QStringLiteral(" ") + displayUnit(displayed(map.unit)) : QString());
        entry.colour = colours::map(share);
        entries.push_back(std::move(entry));
    }
    m_legend->setVisible(true);
    m_legend->setEntries(std::move(entries));
}

void ResultPlotDrawer::draw(const std::vector<ResultTrace> &traces, const std::string &time,
                            const QPalette &palette)
{
    m_canvas->removeLinesFrom(0);
    m_canvas->setYLabel(tr("Voltage [mV]"));
    Range x(false);
    Range y(false);
    std::vector<SeriesLegend::Entry> entries;
    const std::vector<std::size_t> chosen = spread(traces.size(), MostNames);
    const auto add = [&](const ResultTrace &trace, const QColor &colour) {
        const int line = m_canvas->addLine({colour});
        m_canvas->setLine(line, trace.startMs, trace.stepMs, trace.mv);
        m_canvas->setLineName(line, displayed(trace.name));
        x.take(trace.startMs);
        x.take(trace.startMs + trace.stepMs * static_cast<double>(trace.mv.size()));
        for (const float v : trace.mv)
            y.take(static_cast<double>(v));
    };
    const auto name = [&](const QString &named, const QColor &colour) {
        SeriesLegend::Entry entry;
        entry.text = named;
        entry.colour = colour;
        entries.push_back(std::move(entry));
    };
    // Grey ones lie behind.
    for (std::size_t i = 0; i < traces.size(); ++i) {
        if (std::find(chosen.begin(), chosen.end(), i) == chosen.end())
            add(traces[i], colours::ghost(palette));
    }
    for (std::size_t k = 0; k < chosen.size(); ++k) {
        const ResultTrace &trace = traces[chosen[k]];
        const QColor colour = traces.size() == 1 ? palette.color(QPalette::WindowText)
                                                 : colours::series(static_cast<int>(k), palette);
        add(trace, colour);
        name(displayed(trace.name), colour);
    }
    if (traces.size() > chosen.size())
        name(tr("%1 more").arg(traces.size() - chosen.size()), colours::ghost(palette));
    m_legend->setVisible(!entries.empty());
    m_legend->setEntries(std::move(entries));
    const auto [left, right] = x.padded();
    const auto [bottom, top] = y.padded();
    m_canvas->setXAxis(axisName(time, "ms"), left, right);
    m_canvas->setYRange(bottom, top);
    m_canvas->redraw();
}

} // namespace dt
