// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/plots/canvas/PlotSeries.h"

#include <QBrush>
#include <QPen>

class QCPColorMap;
class QPainter;

namespace dt {

class PlotMap;

/// What has a name in a plot, each with a sample of how it is drawn at this moment, and the scale
/// of a map's colours: for below a picture. For the time of a painting, as plots change.
class PlotLegend
{
public:
    PlotLegend(const PlotSeries &series, const PlotMap &map);

    /// Whether there is more than one curve to tell apart, or a scale of colours.
    [[nodiscard]] bool tellsApart() const { return m_entries.size() > 1 || m_map; }
    /// Height [px] in a picture of this width; 0 for one without names.
    [[nodiscard]] int height(int width) const;
    /// Paints into an area of that height, with words in this colour.
    void paint(QPainter &painter, const QRect &room, const QColor &words) const;

private:
    struct Entry
    {
        QString text;
        QPen pen; ///< no pen: a marker
        QBrush fill{}; ///< of bars
        QColor colour{}; ///< of the marker
        PlotSeries::Shape shape{};
        int alike = 0; ///< number of further entries with the same sample
        bool marked = false; ///< a line with the marker on it
    };

    void add(Entry entry);
    [[nodiscard]] std::vector<QPoint> places(int width) const;
    void paintSample(QPainter &painter, const Entry &entry, const QPointF &middle) const;
    void paintScale(QPainter &painter, const QPoint &at) const;

    std::vector<Entry> m_entries;
    const QCPColorMap *m_map = nullptr; ///< null where it has no name
    QString m_mapName;
};

} // namespace dt
