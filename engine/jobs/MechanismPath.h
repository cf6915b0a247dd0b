// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace dt {

/// The path of the library of mechanisms that came with the running program. Needs a
/// QCoreApplication.
QString mechanismLibraryPath();

} // namespace dt
