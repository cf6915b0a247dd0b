// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPixmap>

class QWidget;

namespace dt {

/// A widget with plots in it as it stands, in `scale` times as many pixels as it has: letters and
/// lines of plots are drawn anew, not enlarged.
QPixmap viewPicture(QWidget &view, double scale);

} // namespace dt
