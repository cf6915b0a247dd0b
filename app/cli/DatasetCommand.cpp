// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Cli.h"
#include "app/cli/DatasetCommands.h"
#include "app/cli/Parts.h"

#include <array>

namespace dt::cli {

int datasetCommand(const QStringList &arguments, Io &io)
{
    static constexpr std::array Parts{
        Part{"build",
             "--neuron NEURON [--set NAME=VALUE]... --train A --valid B --test C\n"
             "        [--duration-ms 8192] [--seed 1] [--jobs J] [--no-filter]\n"
             "        [--engine E] --out ds.h5",
             datasetBuild},
        Part{"resume", "ds.h5 [--jobs J]", datasetResume},
        Part{"info", "ds.h5 [--json]", datasetInfo},
        Part{"stats", "ds.h5 [--json]", datasetStats},
        Part{"verify", "ds.h5 [--json]", datasetVerify},
        Part{"filter", "ds.h5 --out kept.h5 [--range NAME=LO:HI]...", datasetFilter},
        Part{"import-numpy", "FOLDER [--neuron NEURON] --out ds.h5", datasetImport},
        Part{"export-numpy", "ds.h5 --out FOLDER", datasetExport},
    };
    return runPart("dataset", "Data sets: many simulations of one neuron in one file.", Parts,
                   arguments, io);
}

} // namespace dt::cli
