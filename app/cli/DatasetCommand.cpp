// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Cli.h"
#include "app/cli/DatasetCommands.h"

#include <array>

namespace dt::cli {

namespace {

struct Part
{
    const char *name;
    const char *usage;
    int (*run)(const QStringList &, Io &);
};

constexpr std::array Parts{
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

void help(std::ostream &out)
{
    out << "Usage: dendrotwin-cli dataset COMMAND ...\n\n"
           "Data sets: many simulations of one neuron in one file.\n\nCommands:\n";
    for (const Part &part : Parts)
        out << "  " << part.name << " " << part.usage << "\n";
    out << "\n'dendrotwin-cli dataset COMMAND --help' explains one.\n";
}

} // namespace

int datasetCommand(const QStringList &arguments, Io &io)
{
    const QString what = arguments.value(0);
    if (what == QLatin1String("--help") || what == QLatin1String("-h")) {
        help(io.out);
        return Ok;
    }
    if (what.isEmpty()) {
        help(io.err);
        return Usage;
    }
    for (const Part &part : Parts) {
        if (what == QLatin1String(part.name))
            return part.run(arguments.mid(1), io);
    }
    return usage(io, "dataset", "There is no 'dataset " + what.toStdString() + "'.");
}

} // namespace dt::cli
