// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/runs/DifferencePanel.h"

#include "widgets/runs/GhostStyle.h"

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

constexpr int Slots = static_cast<int>(RunHistory::MaxPinned);

} // namespace

DifferencePanel::DifferencePanel(const ShownRun &run) :
    RunPanel(QStringLiteral("difference"), tr("Soma: this run minus the ghosts"), run)
{
    for (int slot = 0; slot < Slots; ++slot)
        canvas()->addLine({});
    canvas()->addReference(0.0, {});
    canvas()->setYLabel(tr("ΔV [mV]"));
}

void DifferencePanel::draw()
{
    m_largest = 0.0F;
    for (int slot = 0; slot < Slots; ++slot) {
        canvas()->setLineStyle(slot, ghostStyle(slot, palette()));
        canvas()->setLine(slot, 0.0, 1.0, {});
    }
    subtract(0);
}

void DifferencePanel::extend(const ShownRun::Reach &drawn)
{
    if (run().minusGhosts && drawn.samples < run().trace.somaFine.size())
        subtract(drawn.samples);
}

void DifferencePanel::subtract(std::size_t fromSample)
{
    const VoltageTrace &trace = run().trace;
    const double dx = 1.0 / trace.samplesPerMs;
    for (const RunRecord &ghost : run().ghosts) {
        if (!run().minusGhosts)
            break;
        std::vector<float> values =
            somaSampled(ghost, trace.samplesPerMs, fromSample, trace.somaFine.size());
        for (std::size_t i = 0; i < values.size(); ++i) {
            values[i] = trace.somaFine[fromSample + i] - values[i];
            if (!std::isnan(values[i]))
                m_largest = std::max(m_largest, std::abs(values[i]));
        }
        canvas()->extendLine(ghost.slot, static_cast<double>(fromSample) * dx, dx, values);
        canvas()->setLineName(
            ghost.slot, tr("this run minus %1 [mV]").arg(QString::fromStdString(ghost.title())));
    }
    // Around zero, up to a round number above the largest difference.
    double top = 0.1;
    for (int i = 0; top < 1.05 * static_cast<double>(m_largest); ++i)
        top *= i % 3 == 1 ? 2.5 : 2.0; // 0.1, 0.2, 0.5, 1, ...
    canvas()->setYRange(-top, top);
    canvas()->redraw();
}

QString DifferencePanel::wordsAt(double ms, std::optional<double>) const
{
    if (!run().minusGhosts)
        return {};
    const std::size_t sample = run().sampleAt(ms);
    QStringList words;
    for (const RunRecord &ghost : run().ghosts) {
        const std::vector<float> value =
            somaSampled(ghost, run().trace.samplesPerMs, sample, sample + 1);
        if (value.empty() || std::isnan(value.front()))
            continue;
        const float more = run().trace.somaFine[sample] - value.front();
        words << tr("%1 mV (%2)")
                     .arg(withSign(static_cast<double>(more), 2),
                          QString::fromStdString(ghost.title()));
    }
    return words.join(QStringLiteral(", "));
}

} // namespace dt
