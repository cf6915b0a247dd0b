// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace dt {

/// "1 run" or "12 runs": `one` is the whole text for one thing, `many` has %1 where the number
/// goes.
inline QString countedText(qsizetype count, const QString &one, const QString &many)
{
    return count == 1 ? one : many.arg(count);
}

} // namespace dt
