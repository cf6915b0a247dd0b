// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/MarkShapes.h"

#include "widgets/theme/Colours.h"

#include <QPainter>

#include <array>

namespace dt {

void paintMark(QPainter &painter, PlotSeries::Shape shape, const QPointF &centre, double height,
               const QColor &colour, const QPen &edge)
{
    using Shape = PlotSeries::Shape;
    const double half = height / 2.0;
    const auto at = [&](double x, double y) { return centre + QPointF(x * half, y * half); };
    painter.setPen(edge);
    painter.setBrush(colour);
    switch (shape) {
    case Shape::Tick:
        painter.setPen(QPen(colour, 1.6));
        painter.drawLine(at(0.0, -1.0), at(0.0, 1.0));
        return;
    case Shape::Dot:
        painter.drawEllipse(centre, half, half);
        return;
    case Shape::Ring:
        painter.setPen(QPen(colour, 1.6));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(centre, half, half);
        return;
    case Shape::Cross:
        painter.setPen(QPen(colour, 1.8));
        painter.drawLine(at(-0.9, -0.9), at(0.9, 0.9));
        painter.drawLine(at(-0.9, 0.9), at(0.9, -0.9));
        return;
    case Shape::Square:
        painter.drawRect(QRectF(at(-0.9, -0.9), at(0.9, 0.9)));
        return;
    case Shape::Diamond:
        painter.drawPolygon(
            QPolygonF{{at(0.0, -1.25), at(1.1, 0.0), at(0.0, 1.25), at(-1.1, 0.0)}});
        return;
    case Shape::Up:
    case Shape::Down:
        break;
    }
    const double up = shape == Shape::Up ? -1.0 : 1.0;
    painter.drawPolygon(QPolygonF{{at(0.0, up), at(-0.9, -0.8 * up), at(0.9, -0.8 * up)}});
}

PlotSeries::Shape markOfSeries(int i)
{
    using Shape = PlotSeries::Shape;
    static constexpr std::array Shapes{Shape::Dot,  Shape::Square, Shape::Up,   Shape::Diamond,
                                       Shape::Down, Shape::Ring,   Shape::Cross};
    // Where colours begin again, marks are others.
    const int turn = i / colours::SeriesCount;
    return Shapes[static_cast<std::size_t>(i + turn) % Shapes.size()];
}

} // namespace dt
