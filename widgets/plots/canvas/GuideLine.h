// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <qcustomplot.h>

namespace dt {

/// The layer of what follows the mouse. It has a paint buffer of its own, so that moving it redraws
/// nothing else.
inline constexpr QLatin1String CursorLayer("cursor");

/// A straight line from edge to edge at one value of an axis: a level with its name, a border that
/// a person can move, the cursor.
class GuideLine : public QCPLayerable
{
public:
    GuideLine(QCustomPlot *plot, Qt::Orientation orientation,
              const QString &layer = QStringLiteral("main"));

    double at; ///< value on the axis; NaN, as at first: not shown
    QColor colour;
    Qt::PenStyle dash = Qt::SolidLine;
    QString caption; ///< text at the right end of a horizontal line
    QColor ground; ///< behind the caption, so that no trace strikes it through
    bool grip = false; ///< a grip in the middle of a vertical line that can be moved

protected:
    QRect clipRect() const override;
    void applyDefaultAntialiasingHint(QCPPainter *painter) const override;
    void draw(QCPPainter *painter) override;

private:
    void drawLevel(QCPPainter &painter, const QRect &plot) const;
    void drawUpright(QCPPainter &painter, const QRect &plot) const;

    Qt::Orientation m_orientation;
};

} // namespace dt
