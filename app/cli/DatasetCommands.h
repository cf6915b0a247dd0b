// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Io.h"

#include <QStringList>

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

} // namespace dt::cli
