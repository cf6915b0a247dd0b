// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cell/gestures/TreeGesture.h"

#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"

#include <QPainter>
#include <QWidget>

#include <algorithm>

namespace dt {

void TreeGesture::paintLabel(QPainter &painter, const QWidget &picture, const QPointF &mouse,
                             const QString &text)
{
    painter.setFont(theme::bodyFont());
    const QFontMetricsF metrics(painter.font());
    const QSizeF size(metrics.horizontalAdvance(text) + 2.0 * theme::Grid,
                      metrics.height() + theme::Grid);
    QRectF box(mouse + QPointF(14.0, -size.height() - 10.0), size);
    // Not on the scale bar.
    const QRectF room = QRectF(picture.rect()).adjusted(2, 2, -2, -1.5 * metrics.height());
    box.moveLeft(
        std::clamp(box.left(), room.left(), std::max(room.left(), room.right() - size.width())));
    box.moveTop(
        std::clamp(box.top(), room.top(), std::max(room.top(), room.bottom() - size.height())));
    painter.setPen(QPen(colours::line(picture.palette()), 1.0));
    painter.setBrush(picture.palette().color(QPalette::ToolTipBase));
    painter.drawRoundedRect(box, 4.0, 4.0);
    painter.setPen(picture.palette().color(QPalette::ToolTipText));
    painter.drawText(box, Qt::AlignCenter, text);
}

} // namespace dt
