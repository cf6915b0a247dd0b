// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Io.h"

#include <QStringList>

namespace dt::cli {

/// dendrotwin-cli: finds the command in the arguments (without the program's name), runs it and
/// returns its exit code. Needs a QCoreApplication; commands run their own event loop.
int run(const QStringList &arguments, Io &io);

// Each command gets the arguments after its own name.
int neuronCommand(const QStringList &arguments, Io &io);
int simulateCommand(const QStringList &arguments, Io &io);
int experimentCommand(const QStringList &arguments, Io &io);
int datasetCommand(const QStringList &arguments, Io &io);
int benchCommand(const QStringList &arguments, Io &io);
int trainCommand(const QStringList &arguments, Io &io);
int evaluateCommand(const QStringList &arguments, Io &io);
int predictCommand(const QStringList &arguments, Io &io);
int twinCommand(const QStringList &arguments, Io &io);
// Parts of bench.
int benchDataset(const QStringList &arguments, Io &io);
int benchTrain(const QStringList &arguments, Io &io);
int benchPredict(const QStringList &arguments, Io &io);
int aboutCommand(const QStringList &arguments, Io &io);

} // namespace dt::cli
