// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Io.h"

#include <QStringList>

/// Parts of `dendrotwin-cli neuron` that read and write files of other programs. Each gets the
/// arguments after its own name.
namespace dt::cli {

int neuronImport(const QStringList &arguments, Io &io);
int neuronExport(const QStringList &arguments, Io &io);
int neuronScriptCommand(const QStringList &arguments, Io &io);

} // namespace dt::cli
