// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPixmap>

class QWidget;

namespace dt {

/// A picture of a widget with plots as it is now, with `scale` times as many pixels in width and
/// height. Letters and lines of plots are drawn again, not enlarged.
QPixmap viewPicture(QWidget &view, double scale);

} // namespace dt
