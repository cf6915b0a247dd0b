// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace dt {

/// Where the library of mechanisms lies that came with the running program. Needs an application.
QString mechanismLibraryPath();

} // namespace dt
