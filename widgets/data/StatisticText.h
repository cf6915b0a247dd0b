// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/dataset/Statistics.h"

#include <QString>

namespace dt {

/// Title and unit of a statistic as people read them.
QString statisticTitle(Statistic statistic);
QString statisticUnit(Statistic statistic);

/// A count as the user's language writes it, e.g. 7,211.
QString countText(std::uint64_t count);
/// A duration, e.g. 34 s, 12 min, 1 h 5 min.
QString durationText(double seconds);
/// A size, e.g. 812 KB, 34 MB, 1.2 GB.
QString sizeText(std::uint64_t bytes);

} // namespace dt
