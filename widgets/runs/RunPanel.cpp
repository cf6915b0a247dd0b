// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/runs/RunPanel.h"

#include "widgets/theme/Colours.h"

#include <QEvent>

namespace dt {

RunPanel::RunPanel(const QString &name, const QString &title, const ShownRun &run) :
    PlotPanel(name, title, new PlotCanvas), m_run(run)
{
}

QColor RunPanel::twinColour() const
{
    return colours::onto(colours::Twin, palette());
}

void RunPanel::drawTwin(int line, std::span<const float> said, int fromMs, double scale, double x0)
{
    const auto from = static_cast<std::size_t>(fromMs);
    const auto fresh = said.first(static_cast<std::size_t>(m_run.twinMs)).subspan(from);
    if (fromMs == 0)
        canvas()->setLine(line, x0, 1.0, fresh, scale);
    else
        canvas()->extendLine(line, x0 + fromMs, 1.0, fresh, scale);
}

QString RunPanel::besides(const std::vector<float> &said, double ms, double scale, int digits) const
{
    if (!m_run.withTwin || static_cast<int>(ms) >= m_run.twinMs)
        return {};
    return tr(", twin %1")
        .arg(static_cast<double>(said[static_cast<std::size_t>(ms)]) * scale, 0, 'f', digits);
}

QString RunPanel::inMv(float value)
{
    return tr("%1 mV").arg(static_cast<double>(value), 0, 'f', 1);
}

QString RunPanel::withSign(double value, int digits)
{
    const QString text = QString::number(value, 'f', digits);
    return value > 0.0 ? u'+' + text : text;
}

void RunPanel::changeEvent(QEvent *event)
{
    PlotPanel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        draw();
}

} // namespace dt
