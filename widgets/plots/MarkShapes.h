// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/plots/canvas/PlotSeries.h"

#include <QPen>

class QPainter;

namespace dt {

/// One mark of this height, the same in plots, legends and printed pictures. `edge` goes around
/// marks that are filled; Qt::NoPen for none.
void paintMark(QPainter &painter, PlotSeries::Shape shape, const QPointF &centre, double height,
               const QColor &colour, const QPen &edge = QPen(Qt::NoPen));

/// Curve `i` of a plot has colours::series(i) and this mark; both together differ for MostMarked
/// curves.
PlotSeries::Shape markOfSeries(int i);
inline constexpr int MostMarked = 24;

} // namespace dt
