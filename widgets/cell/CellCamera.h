// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRectF>
#include <QTransform>

#include <optional>

namespace dt {

/// Which part of a picture the window shows, and how large: all of it at first, then as a person
/// zooms and pans. Places in the window are in pixels, places in the picture in its own units.
class CellCamera
{
public:
    /// Transform from the picture to the window. At zoom 1 the picture's `bounds` fit into `area`
    /// of the window.
    [[nodiscard]] QTransform toView(const QRectF &bounds, const QRectF &area) const;

    /// Keeps scale and place as they are for these bounds and this area, however both change from
    /// now on.
    void hold(const QRectF &bounds, const QRectF &area);
    void letGo() { m_held.reset(); }
    [[nodiscard]] bool isHeld() const { return m_held.has_value(); }

    [[nodiscard]] double zoom() const { return m_zoom; }
    /// Zooms; what is seen at `at` in the window stays there. False when the zoom is at its limit.
    bool zoomBy(double factor, const QPointF &at);
    void panBy(const QPointF &by) { m_pan += by; }
    /// Pans back until some of the cell is seen. `cell`: where the cell lies in the window.
    void keepInSight(const QRectF &cell, const QRectF &window);
    void showAll();

private:
    double m_zoom = 1.0;
    QPointF m_pan; ///< [px]
    std::optional<QTransform> m_held; ///< transform to the window at zoom 1
};

} // namespace dt
