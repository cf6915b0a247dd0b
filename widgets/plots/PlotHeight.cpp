// SPDX-License-Identifier: GPL-3.0-or-later
// PlotCanvas: its height, as data wants it and as a person zooms it.
#include "widgets/plots/PlotCanvas.h"

#include "widgets/plots/PlotCanvasParts.h"

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

/// Of the whole height, how little and how much of it can be shown.
constexpr double MostZoomed = 1.0e-4;
constexpr double LeastZoomed = 8.0;

} // namespace

bool PlotCanvas::hasScaledHeight() const
{
    return !d->map && !d->heightHasWords && d->wholeHeight.size() > 0.0;
}

bool PlotCanvas::isHeightZoomed() const
{
    return d->heightZoomed;
}

void PlotCanvas::zoomHeight(double factor, double around)
{
    QCPAxis &axis = *d->plot->yAxis;
    const QCPRange before = axis.range();
    axis.scaleRange(factor, around);
    const double share = axis.scaleType() == QCPAxis::stLogarithmic
        ? std::log(axis.range().upper / axis.range().lower)
            / std::log(d->wholeHeight.upper / d->wholeHeight.lower)
        : axis.range().size() / d->wholeHeight.size();
    if (!(share >= MostZoomed && share <= LeastZoomed))
        axis.setRange(before);
    d->heightZoomed = true;
    redraw();
}

void PlotCanvas::panHeight(double from, double to)
{
    if (!d->heightZoomed)
        return;
    QCPAxis &axis = *d->plot->yAxis;
    if (axis.scaleType() == QCPAxis::stLogarithmic)
        axis.setRange(axis.range().lower * from / to, axis.range().upper * from / to);
    else
        axis.moveRange(from - to);
    redraw();
}

void PlotCanvas::showWholeHeight()
{
    if (!d->heightZoomed)
        return;
    d->heightZoomed = false;
    d->plot->yAxis->setRange(d->wholeHeight);
    redraw();
}

void PlotCanvas::showAll()
{
    showWholeHeight();
    if (m_axis)
        m_axis->showAll();
}

} // namespace dt
