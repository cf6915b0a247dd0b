// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <QString>

namespace dt {

class PlotSheet;

/// Pictures for slides and prints have so many times as many pixels as the screen, in each
/// direction.
inline constexpr double PictureScale = 3.0;

/// Writes a picture of plots; the file's ending says how: .svg and .pdf as lines, else PNG.
Status writePicture(const QString &path, const PlotSheet &sheet, const QString &title);

/// A name for a file, made of the words of a title: "ROC curve" becomes "roc-curve".
QString fileNameFrom(const QString &title);

} // namespace dt
