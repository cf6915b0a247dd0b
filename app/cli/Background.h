// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Io.h"
#include "engine/data/DatasetFile.h"

#include <QString>

#include <functional>

namespace dt::cli {

/// Runs work that blocks on another thread, with progress on stderr; Ctrl-C makes the work's
/// progress function return false. Returns what the work returns.
Status inBackground(Io &io, const QString &label,
                    const std::function<Status(const ProgressFunction &)> &work);

} // namespace dt::cli
