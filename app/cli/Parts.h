// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Io.h"

#include <QStringList>

#include <span>

namespace dt::cli {

/// One of several commands under a name, as `build` of `dendrotwin-cli dataset`.
struct Part
{
    const char *name;
    const char *usage; ///< its arguments
    int (*run)(const QStringList &, Io &);
};

/// Runs the part that the first argument names, or prints help; `about` is a sentence.
int runPart(const char *command, const char *about, std::span<const Part> parts,
            const QStringList &arguments, Io &io);

} // namespace dt::cli
