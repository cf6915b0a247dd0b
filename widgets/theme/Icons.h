// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QPalette>
#include <QString>

namespace dt {

/// An icon of resources/icons (SVG, drawn in currentColor) in the text colour of a palette, with
/// its disabled and checked variants. Ask again when the palette changes.
QIcon themedIcon(const QString &name, const QPalette &palette);

} // namespace dt
