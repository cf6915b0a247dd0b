// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRectF>
#include <QTransform>

#include <optional>

namespace dt {

/// Which part of a picture the window shows, and how large: all of it at first, then as somebody
/// zooms and pans. Places of the window are pixels, those of the picture are in its own units.
class CellCamera
{
public:
    /// From the picture to the window. At zoom 1 the picture's `bounds` fill the `area` of it.
    [[nodiscard]] QTransform toView(const QRectF &bounds, const QRectF &area) const;

    /// From now on bounds and area may change, but scale and place stay as they are for these.
    void hold(const QRectF &bounds, const QRectF &area);
    void letGo() { m_held.reset(); }
    [[nodiscard]] bool isHeld() const { return m_held.has_value(); }

    [[nodiscard]] double zoom() const { return m_zoom; }
    /// What is seen at this place of the window stays there. False: it cannot go further.
    bool zoomBy(double factor, const QPointF &at);
    void panBy(const QPointF &by) { m_pan += by; }
    /// Pans back until some of the cell, which lies there in the window, is seen.
    void keepInSight(const QRectF &cell, const QRectF &window);
    void showAll();

private:
    double m_zoom = 1.0;
    QPointF m_pan; ///< [px]
    std::optional<QTransform> m_held; ///< at zoom 1
};

} // namespace dt
