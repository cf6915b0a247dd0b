// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Io.h"

#include <QStringList>

#include <string>

/// The parts of `dendrotwin-cli dataset`. Each gets the arguments after its own name.
namespace dt::cli {

int datasetBuild(const QStringList &arguments, Io &io);
int datasetResume(const QStringList &arguments, Io &io);
int datasetInfo(const QStringList &arguments, Io &io);
int datasetStats(const QStringList &arguments, Io &io);
int datasetVerify(const QStringList &arguments, Io &io);
int datasetFilter(const QStringList &arguments, Io &io);
int datasetImport(const QStringList &arguments, Io &io);
int datasetExport(const QStringList &arguments, Io &io);

/// "1 simulation", "2 simulations"
inline std::string simulationCount(std::size_t n)
{
    return std::to_string(n) + (n == 1 ? " simulation" : " simulations");
}

} // namespace dt::cli
