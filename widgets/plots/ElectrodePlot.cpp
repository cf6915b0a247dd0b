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

/// The charging current of a voltage step is a hundred times what follows; the axis leaves it out for
/// so long after every step.
constexpr double TransientMs = 1.0;

constexpr std::array Dashes{Qt::SolidLine, Qt::DashLine, Qt::DotLine, Qt::DashDotLine};

QString dashWord(std::size_t i)
{
    const std::array words{ElectrodePlot::tr("solid"), ElectrodePlot::tr("dashed"),
                           ElectrodePlot::tr("dotted"), ElectrodePlot::tr("dash and dot")};
    return words[i % words.size()];
}

} // namespace

ElectrodePlot::ElectrodePlot(QWidget *parent) : PlotCanvas(parent)
{
    setYLabel(tr("I [nA]"));
    setYRange(-0.1, 0.1);
}

void ElectrodePlot::begin(const std::vector<Electrode> &electrodes)
{
    m_electrodes = electrodes;
    m_probes.assign(2 * electrodes.size(), {});
    removeLinesFrom(0);
    for (std::size_t i = 0; i < electrodes.size(); ++i)
        addLine({});
    restyle();
    drawFrom(0);
}

std::size_t ElectrodePlot::probeOf(std::size_t electrode) const
{
    return 2 * electrode + (m_quantity == Quantity::Voltage ? 1 : 0);
}

void ElectrodePlot::extend(const VoltageTrace &trace)
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
    drawFrom(drawn);
}

void ElectrodePlot::setQuantity(Quantity quantity)
{
    m_quantity = quantity;
    setYLabel(quantity == Quantity::Current ? tr("I [nA]") : tr("V [mV]"));
    drawFrom(0);
}

void ElectrodePlot::drawFrom(std::size_t sample)
{
    const double dx = 1.0 / m_samplesPerMs;
    const bool current = m_quantity == Quantity::Current;
    if (sample == 0) {
        m_low = current ? 0.0 : std::numeric_limits<double>::infinity();
        m_high = current ? 0.0 : -std::numeric_limits<double>::infinity();
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
                && std::any_of(steps.begin(), steps.end(), [ms](double step) {
                       return ms >= step && ms < step + TransientMs;
                   });
            if (charging)
                continue;
            m_low = std::min(m_low, static_cast<double>(fresh[k]));
            m_high = std::max(m_high, static_cast<double>(fresh[k]));
        }
    }
    setRange();
    redraw();
}

void ElectrodePlot::setRange()
{
    double low = std::isfinite(m_low) ? m_low : -90.0;
    double high = std::isfinite(m_high) ? m_high : -20.0;
    const double least = m_quantity == Quantity::Current ? 0.01 : 5.0;
    const double room = 0.12 * std::max(high - low, least);
    if (high - low < least)
        high = low + least;
    setYRange(low - room, high + room);
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
