// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/ViewPicture.h"

#include "widgets/plots/PlotCanvas.h"

#include <QLabel>
#include <QPainter>

namespace dt {

QPixmap viewPicture(QWidget &view, double scale)
{
    QPixmap pixels(view.size() * scale);
    pixels.setDevicePixelRatio(scale);
    pixels.fill(view.palette().color(QPalette::Window));
    view.render(&pixels);
    QPainter painter(&pixels);
    for (const PlotCanvas *canvas : view.findChildren<PlotCanvas *>()) {
        if (!canvas->isVisible())
            continue;
        // What an empty plot says lies over it, and render() has drawn it.
        bool empty = false;
        for (const QLabel *label : canvas->findChildren<QLabel *>())
            empty |= label->isVisible();
        if (!empty)
            painter.drawPixmap(QRect(canvas->mapTo(&view, QPoint()), canvas->size()),
                               canvas->picture(scale));
    }
    return pixels;
}

} // namespace dt
