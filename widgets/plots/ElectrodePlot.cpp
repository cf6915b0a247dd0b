// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/ElectrodePlot.h"

#include "widgets/theme/Colours.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

namespace dt {

namespace {

/// The charging current of a voltage step is a hundred times what follows; the axis leaves it out
/// for so long after every step.
constexpr double TransientMs = 1.0;
/// No more than this is magnified.
constexpr double LeastNa = 0.01;
constexpr double LeastMv = 1.5;
constexpr double Room = 0.12;

constexpr std::array Dashes{Qt::SolidLine, Qt::DashLine, Qt::DotLine, Qt::DashDotLine};

QString dashWord(std::size_t i)
{
    const std::array words{ElectrodePlot::tr("solid"), ElectrodePlot::tr("dashed"),
                           ElectrodePlot::tr("dotted"), ElectrodePlot::tr("dash and dot")};
    return words[i % words.size()];
}

} // namespace

ElectrodePlot::ElectrodePlot(QWidget *parent) : PlotCanvas(parent), m_range(LeastNa, -0.1, 0.1)
{
    setYLabel(tr("I [nA]"));
    setYRange(m_range.from(), m_range.to());
}

void ElectrodePlot::begin(const std::vector<Electrode> &electrodes)
{
    m_electrodes = electrodes;
    m_probes.assign(2 * electrodes.size(), {});
    removeLinesFrom(0);
    for (std::size_t i = 0; i < electrodes.size(); ++i)
        addLine({});
    restyle();
    m_isOver = false;
    drawFrom(0);
}

std::size_t ElectrodePlot::probeOf(std::size_t electrode) const
{
    return 2 * electrode + (m_quantity == Quantity::Voltage ? 1 : 0);
}

void ElectrodePlot::extend(const VoltageTrace &trace, bool isOver)
{
    if (m_electrodes.empty() || trace.probes.size() < m_probes.size())
        return;
    m_samplesPerMs = trace.samplesPerMs;
    const std::size_t drawn = m_probes.front().size();
    for (std::size_t i = 0; i < m_probes.size(); ++i) {
        const std::vector<float> &all = trace.probes[i];
        if (all.size() > m_probes[i].size())
            m_probes[i].insert(m_probes[i].end(),
                               all.begin() + static_cast<std::ptrdiff_t>(m_probes[i].size()),
                               all.end());
    }
    m_isOver = isOver;
    drawFrom(drawn);
}

void ElectrodePlot::setQuantity(Quantity quantity)
{
    m_quantity = quantity;
    showWholeHeight(); // a zoom was into the other quantity
    m_range = quantity == Quantity::Current ? SteadyRange(LeastNa, -0.1, 0.1)
                                            : SteadyRange(LeastMv, -90.0, -20.0);
    setYLabel(quantity == Quantity::Current ? tr("I [nA]") : tr("V [mV]"));
    drawFrom(0);
}

void ElectrodePlot::drawFrom(std::size_t sample)
{
    const double dx = 1.0 / m_samplesPerMs;
    const bool current = m_quantity == Quantity::Current;
    if (sample == 0) {
        m_seen = {};
        if (current)
            m_seen.take(0.0);
    }
    for (std::size_t i = 0; i < m_electrodes.size(); ++i) {
        const Electrode &e = m_electrodes[i];
        const std::vector<float> &all = m_probes[probeOf(i)];
        const std::span<const float> fresh = std::span(all).subspan(std::min(sample, all.size()));
        if (sample == 0)
            setLine(static_cast<int>(i), 0.0, dx, fresh);
        else
            extendLine(static_cast<int>(i), static_cast<double>(sample) * dx, dx, fresh);
        const std::array steps{0.0, e.startMs, e.startMs + e.durationMs};
        for (std::size_t k = 0; k < fresh.size(); ++k) {
            const double ms = static_cast<double>(sample + k) * dx;
            const bool charging = current && e.clamp == Clamp::Voltage
                && std::any_of(steps.begin(), steps.end(),
                               [ms](double step) { return ms >= step && ms < step + TransientMs; });
            if (charging)
                continue;
            m_seen.take(static_cast<double>(fresh[k]));
        }
    }
    setRange();
    redraw();
}

void ElectrodePlot::setRange()
{
    m_range.fit(m_seen, m_isOver, Room, Room);
    setYRange(m_range.from(), m_range.to());
}

QString ElectrodePlot::words(std::optional<double> ms) const
{
    QStringList parts;
    const auto sample = static_cast<std::size_t>(std::max(0.0, ms.value_or(0.0)) * m_samplesPerMs);
    for (std::size_t i = 0; i < m_electrodes.size(); ++i) {
        const QString name = QString::fromStdString(m_electrodes[i].name);
        const std::vector<float> &all = m_probes[probeOf(i)];
        if (ms && sample < all.size()) {
            const auto value = static_cast<double>(all[sample]);
            parts << (m_quantity == Quantity::Current
                          ? tr("%1 %2 nA").arg(name).arg(value, 0, 'f', 4)
                          : tr("%1 %2 mV").arg(name).arg(value, 0, 'f', 1));
        } else {
            parts << (m_electrodes.size() == 1 ? name : tr("%1 %2").arg(name, dashWord(i)));
        }
    }
    return parts.join(QStringLiteral(", "));
}

void ElectrodePlot::restyle()
{
    for (std::size_t i = 0; i < m_electrodes.size(); ++i)
        setLineStyle(static_cast<int>(i),
                     {m_electrodes.size() == 1 ? palette().color(QPalette::WindowText)
                                               : colours::series(static_cast<int>(i), palette()),
                      1.0, false, false, Dashes[i % Dashes.size()]});
}

void ElectrodePlot::applyTheme()
{
    restyle();
}

} // namespace dt
