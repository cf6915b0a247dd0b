// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/plots/canvas/PlotSeries.h"

#include <qcustomplot.h>

#include <vector>

namespace dt {

/// Markers of individual size, which QCustomPlot's scatters do not have.
class MarkerLayer : public QCPLayerable
{
public:
    MarkerLayer(QCustomPlot *plot, const PlotSeries::Markers &what);

    /// Gives the texts of all these markers sides where they cover no marker and no other text;
    /// texts that find none are hidden. Valid for the plot's current size.
    static void placeTexts(const std::vector<MarkerLayer *> &all);

    PlotSeries::Markers markers;
    QColor outline;
    bool onPaper = false; ///< what is selected is not outlined
    /// The layers whose texts are placed together when the first of them is drawn; null: texts are
    /// where their markers say.
    const std::vector<MarkerLayer *> *placedWith = nullptr;

protected:
    QRect clipRect() const override;
    void applyDefaultAntialiasingHint(QCPPainter *painter) const override;
    void draw(QCPPainter *painter) override;

private:
    void drawText(QPainter &painter, const PlotSeries::Marker &m, const QPointF &at) const;
    [[nodiscard]] QPointF pixelOf(const PlotSeries::Marker &m) const;

    std::vector<bool> m_textHidden; ///< one for each point, where texts are placed
};

} // namespace dt
